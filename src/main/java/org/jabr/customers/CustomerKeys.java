package org.jabr.customers;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jabr.rules.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * One key per customer, made with the customer and destroyed when the customer is erased. Keys are remembered for a
 * short time, so that a case does not ask for one with every text, and so that after an erasure every node has forgotten
 * the key soon. A key that was made in a transaction is remembered only after its commit: texts sealed under a key that
 * was rolled back would be lost.
 */
@Component
class CustomerKeys {

    private static final int BYTES = 32;
    private static final int MOST = 50_000;
    private static final Duration REMEMBERED = Duration.ofMinutes(1);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final JdbcClient jdbc;
    private final KeyWrap wrap;
    private final Clock clock;

    /** Empty: the customer was erased. */
    private final Cache<Long, Optional<SecretKey>> known =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(REMEMBERED).build();

    /** Who was erased here lately: a reader that had asked before the commit must not remember the key after it. */
    private final Cache<Long, Boolean> destroyed =
            Caffeine.newBuilder().expireAfterWrite(REMEMBERED.multipliedBy(2)).build();

    CustomerKeys(JdbcClient jdbc, KeyWrap wrap, Clock clock) {
        this.jdbc = jdbc;
        this.wrap = wrap;
        this.clock = clock;
    }

    /** For reading. @return empty where the customer was erased @throws Problem {@code CUSTOMER-003} */
    Optional<SecretKey> find(long customerId) {
        Optional<SecretKey> remembered = remembered(customerId);
        return remembered == null ? read(customerId, row(customerId)) : remembered;
    }

    /**
     * For sealing. A customer who was there before there were keys gets one.
     *
     * @return empty where the customer was erased
     * @throws Problem {@code CUSTOMER-003}
     */
    Optional<SecretKey> sealing(long customerId) {
        Optional<SecretKey> remembered = remembered(customerId);
        if (remembered != null) {
            return remembered;
        }
        Row row = row(customerId);
        if (row.content == null && !row.erased && !row.sealed) {
            // Of two who find none, the second waits here and then finds the first one's.
            jdbc.sql("update customer set created_at = created_at where id = :id")
                    .param("id", customerId)
                    .update();
            row = row(customerId);
            if (row.content == null && !row.erased) {
                return Optional.of(make(customerId));
            }
        }
        return read(customerId, row);
    }

    /** Part of the transaction that makes the customer, or holds its row. */
    SecretKey make(long customerId) {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        SecretKey key = new SecretKeySpec(bytes, "AES");
        jdbc.sql("insert into customer_key (customer_id, content, made_at) values (:id, :content, :at)")
                .param("id", customerId)
                .param("content", wrap.close(customerId, key))
                .param("at", OffsetDateTime.now(clock))
                .update();
        if (TransactionSynchronizationManager.isSynchronizationActive()) {
            madeHere().put(customerId, key);
        } else {
            remember(customerId, Optional.of(key));
        }
        return key;
    }

    private @Nullable Optional<SecretKey> remembered(long customerId) {
        SecretKey fresh = madeHere().get(customerId);
        if (fresh != null) {
            return Optional.of(fresh);
        }
        return destroyed.getIfPresent(customerId) == null ? known.getIfPresent(customerId) : Optional.empty();
    }

    private Optional<SecretKey> read(long customerId, Row row) {
        if (row.content == null && !row.erased) {
            throw new Problem(Problem.Kind.CONFLICT, "CUSTOMER-003", customerId);
        }
        Optional<SecretKey> read = Optional.ofNullable(row.content).map(content -> wrap.open(customerId, content));
        remember(customerId, read);
        return read;
    }

    /** What was read beside a text. */
    void offer(long customerId, @Nullable String content) {
        if (content != null
                && known.getIfPresent(customerId) == null
                && !madeHere().containsKey(customerId)) {
            remember(customerId, Optional.of(wrap.open(customerId, content)));
        }
    }

    /** The next who asks reads it again. */
    void forget(long customerId) {
        known.invalidate(customerId);
    }

    /** Part of the transaction that erases the customer; from its commit on nobody seals or reads with the key. */
    void destroy(long customerId) {
        jdbc.sql("delete from customer_key where customer_id = :id")
                .param("id", customerId)
                .update();
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                destroyed.put(customerId, true);
                forget(customerId);
            }
        });
    }

    private record Row(@Nullable String content, boolean erased, boolean sealed) {}

    private Row row(long customerId) {
        return jdbc.sql("""
                        select k.content, c.sealed, case when c.erased_at is null then 0 else 1 end gone
                        from customer c left join customer_key k on k.customer_id = c.id where c.id = :id
                        """)
                .param("id", customerId)
                .query((row, n) -> new Row(row.getString("content"), row.getInt("gone") == 1, row.getBoolean("sealed")))
                .optional()
                .orElse(new Row(null, false, true));
    }

    private void remember(long customerId, Optional<SecretKey> key) {
        if (destroyed.getIfPresent(customerId) == null) {
            known.put(customerId, key);
            if (destroyed.getIfPresent(customerId) != null) {
                known.invalidate(customerId);
            }
        }
    }

    /** The keys that the transaction under way made. */
    @SuppressWarnings("unchecked")
    private Map<Long, SecretKey> madeHere() {
        Map<Long, SecretKey> made = (Map<Long, SecretKey>) TransactionSynchronizationManager.getResource(this);
        if (made != null || !TransactionSynchronizationManager.isSynchronizationActive()) {
            return made == null ? Map.of() : made;
        }
        Map<Long, SecretKey> fresh = new HashMap<>();
        TransactionSynchronizationManager.bindResource(this, fresh);
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void suspend() {
                TransactionSynchronizationManager.unbindResource(CustomerKeys.this);
            }

            @Override
            public void resume() {
                TransactionSynchronizationManager.bindResource(CustomerKeys.this, fresh);
            }

            @Override
            public void afterCommit() {
                fresh.forEach((customerId, key) -> remember(customerId, Optional.of(key)));
            }

            @Override
            public void afterCompletion(int status) {
                TransactionSynchronizationManager.unbindResourceIfPossible(CustomerKeys.this);
            }
        });
        return fresh;
    }
}
