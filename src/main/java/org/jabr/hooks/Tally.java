package org.jabr.hooks;

import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Counts by day how often who was let in or refused. What was counted is written down every few seconds, so that a flood
 * of refusals is no flood of writing.
 */
@Component
class Tally {

    /** Whoever calls under a name that nobody has. */
    static final String NOBODY = "";

    /** Taken by whoever writes a tally that there is not yet. */
    private static final int STRIPE = 16;

    private static final int DAYS = 30;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final Map<Entry, Count> counted = new ConcurrentHashMap<>();

    /** Whoever reads waits for what somebody else just took to write it down; else it would be in neither place. */
    private final ReentrantLock writing = new ReentrantLock();

    Tally(JdbcClient jdbc, PlatformTransactionManager transactions, Clock clock) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    private record Entry(String source, String code, LocalDate day) {}

    private record Count(long n, OffsetDateTime lastAt) {

        Count and(Count other) {
            return new Count(n + other.n, lastAt.isAfter(other.lastAt) ? lastAt : other.lastAt);
        }
    }

    /** @param code an outcome, or why it was refused */
    void count(String source, String code) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        counted.merge(new Entry(source, code, now.toLocalDate()), new Count(1, now), Count::and);
    }

    @PreDestroy
    @Scheduled(initialDelayString = "PT5S", fixedDelayString = "PT5S")
    void writeDown() {
        writing.lock();
        try {
            List.copyOf(counted.keySet()).forEach(this::writeDown);
        } finally {
            writing.unlock();
        }
    }

    private void writeDown(Entry entry) {
        Count count = counted.remove(entry);
        if (count != null) {
            try {
                transaction.executeWithoutResult(status -> write(entry, count));
            } catch (RuntimeException e) {
                counted.merge(entry, count, Count::and);
                throw e;
            }
        }
    }

    private void write(Entry entry, Count count) {
        if (add(entry, count)) {
            return;
        }
        jdbc.sql("select id from hook_stripe where id = :id for update")
                .param("id", STRIPE)
                .query(Integer.class)
                .single();
        // Somebody else may have made it while this waited.
        if (!add(entry, count)) {
            jdbc.sql("insert into hook_tally (source, code, on_day, n, last_at) values (:source, :code, :day, :n, :at)")
                    .param("source", entry.source)
                    .param("code", entry.code)
                    .param("day", entry.day)
                    .param("n", count.n)
                    .param("at", count.lastAt)
                    .update();
            jdbc.sql("delete from hook_tally where on_day < :before")
                    .param("before", entry.day.minusDays(DAYS))
                    .update();
        }
    }

    private boolean add(Entry entry, Count count) {
        return jdbc.sql("""
                        update hook_tally set n = n + :n, last_at = :at
                        where source = :source and code = :code and on_day = :day
                        """)
                        .param("n", count.n)
                        .param("at", count.lastAt)
                        .param("source", entry.source)
                        .param("code", entry.code)
                        .param("day", entry.day)
                        .update()
                > 0;
    }

    /** The last thirty days, by source and code. */
    List<HookHealth.Counted> all() {
        writeDown();
        return jdbc.sql(
                        "select source, code, sum(n) n, max(last_at) last_at from hook_tally where on_day >= :from group by source, code order by source, code")
                .param("from", LocalDate.now(clock).minusDays(DAYS))
                .query((row, n) -> new HookHealth.Counted(
                        row.getString("source"),
                        row.getString("code"),
                        row.getLong("n"),
                        Objects.requireNonNull(row.getObject("last_at", OffsetDateTime.class))))
                .list();
    }
}
