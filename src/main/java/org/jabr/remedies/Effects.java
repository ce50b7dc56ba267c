package org.jabr.remedies;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jabr.customers.Vault;
import org.jabr.rules.Authority;
import org.jabr.rules.CaseId;
import org.jabr.rules.Money;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The ledger of effects, for reading. */
@Repository
public class Effects {

    private static final String COLUMNS = """
            select effect_key, case_id, case_reference, customer_id, decision_id, moment, remedy, remedy_class, kind, amount_minor, currency,
                item, state, authority, asked_by, decided_by, reason_text, reference, created_at, updated_at, undo_minor, undo_currency
            from effect\s""";

    private final JdbcClient jdbc;
    private final Vault vault;

    Effects(JdbcClient jdbc, Vault vault) {
        this.vault = vault;
        this.jdbc = jdbc;
    }

    /** In the order in which they were placed. */
    public List<Effect> ofCase(CaseId caseId) {
        return jdbc.sql(COLUMNS + "where case_id = :id order by created_at, decision_id, effect_key")
                .param("id", caseId.value())
                .query(this::effect)
                .list();
    }

    public Optional<Effect> find(String key) {
        return jdbc.sql(COLUMNS + "where effect_key = :key")
                .param("key", key)
                .query(this::effect)
                .optional();
    }

    /** These effects, the newest first; unknown keys are left out. */
    public List<Effect> all(List<String> keys) {
        return keys.isEmpty()
                ? List.of()
                : jdbc.sql(COLUMNS + "where effect_key in (:keys) order by created_at desc, effect_key")
                        .param("keys", keys)
                        .query(this::effect)
                        .list();
    }

    /** One page of all effects, oldest first; {@code after} is the key of the last one seen. */
    public List<Effect> list(@Nullable String after, int limit) {
        if (after == null) {
            return jdbc.sql(COLUMNS + "order by created_at, effect_key fetch first :limit rows only")
                    .param("limit", limit)
                    .query(this::effect)
                    .list();
        }
        return jdbc.sql(
                        COLUMNS
                                + "where (created_at, effect_key) > (select created_at, effect_key from effect where effect_key = :after) order by created_at, effect_key fetch first :limit rows only")
                .param("after", after)
                .param("limit", limit)
                .query(this::effect)
                .list();
    }

    /**
     * One page of effects, the newest first; {@code before} is the key of the last one seen.
     *
     * @param state null for all
     */
    public List<Effect> newest(Effect.@Nullable State state, @Nullable String before, int limit) {
        StringBuilder sql = new StringBuilder(COLUMNS).append("where 1 = 1 ");
        if (state != null) {
            sql.append("and state = :state ");
        }
        if (before != null) {
            sql.append(
                    "and (created_at, effect_key) < (select created_at, effect_key from effect where effect_key = :before) ");
        }
        sql.append("order by created_at desc, effect_key desc fetch first :limit rows only");
        JdbcClient.StatementSpec asked = jdbc.sql(sql.toString()).param("limit", limit);
        if (state != null) {
            asked = asked.param("state", state.name());
        }
        if (before != null) {
            asked = asked.param("before", before);
        }
        return asked.query(this::effect).list();
    }

    /** How many effects stand where. */
    public Map<Effect.State, Long> byState() {
        Map<Effect.State, Long> counts = new EnumMap<>(Effect.State.class);
        jdbc.sql("select state, count(*) n from effect group by state").query(row -> {
            counts.put(Effect.State.valueOf(row.getString("state")), row.getLong("n"));
        });
        return counts;
    }

    /**
     * How an effect is on its way.
     *
     * @param attempts how often it was sent
     * @param dueAt when it is looked at next; null for never
     * @param leaseUntil until when a worker is at it; null where none is
     * @param said what was said last, in one word
     * @param undoes the effect that it takes back; null where it is no undo
     * @param undoneBy the newest undo of it; null where there is none
     */
    public record OnItsWay(
            int attempts,
            @Nullable OffsetDateTime dueAt,
            @Nullable OffsetDateTime leaseUntil,
            @Nullable String said,
            @Nullable String undoes,
            @Nullable String undoneBy) {}

    public Optional<OnItsWay> onItsWay(String key) {
        return jdbc.sql("""
                        select attempts, due_at, lease_until, said, undoes,
                            (select max(u.effect_key) from effect u where u.undoes = e.effect_key) undone_by
                        from effect e where effect_key = :key
                        """)
                .param("key", key)
                .query((row, n) -> new OnItsWay(
                        row.getInt("attempts"),
                        row.getObject("due_at", OffsetDateTime.class),
                        row.getObject("lease_until", OffsetDateTime.class),
                        row.getString("said"),
                        row.getString("undoes"),
                        row.getString("undone_by")))
                .optional();
    }

    /** Goodwill granted to a customer since then, in one currency, in minor units summed up. */
    public Money goodwillSince(long customerId, String currency, OffsetDateTime since) {
        Long minor = jdbc.sql("""
                        select coalesce(sum(amount_minor), 0) from effect
                        where customer_id = :customer and remedy_class = 'GOODWILL' and currency = :currency and created_at >= :since
                            and state in ('RESERVED', 'SENT', 'UNKNOWN', 'CONFIRMED', 'NEEDS_PERSON')
                        """)
                .param("customer", customerId)
                .param("currency", currency)
                .param("since", since)
                .query(Long.class)
                .single();
        return Money.ofMinor(minor, currency);
    }

    /** In how many cases since then a customer was granted both of two remedies. */
    public int casesWithBoth(long customerId, String one, String other, OffsetDateTime since) {
        return jdbc.sql("""
                        select count(*) from (
                            select case_id from effect
                            where customer_id = :customer and remedy in (:one, :other) and created_at >= :since
                                and state in ('RESERVED', 'SENT', 'UNKNOWN', 'CONFIRMED', 'NEEDS_PERSON')
                            group by case_id having count(distinct remedy) = 2) both_given
                        """)
                .param("customer", customerId)
                .param("one", one)
                .param("other", other)
                .param("since", since)
                .query(Integer.class)
                .single();
    }

    /** The newest of these remedies that the customer was granted. */
    public Optional<String> newestOf(long customerId, List<String> remedies) {
        return jdbc.sql("""
                        select remedy from effect where customer_id = :customer and remedy in (:remedies)
                            and state in ('RESERVED', 'SENT', 'UNKNOWN', 'CONFIRMED', 'NEEDS_PERSON')
                        order by created_at desc, effect_key desc fetch first 1 rows only
                        """)
                .param("customer", customerId)
                .param("remedies", remedies)
                .query(String.class)
                .optional();
    }

    private Effect effect(ResultSet row, int n) throws SQLException {
        return new Effect(
                row.getString("effect_key"),
                new CaseId(row.getLong("case_id")),
                row.getString("case_reference"),
                row.getLong("customer_id"),
                row.getLong("decision_id"),
                row.getString("moment"),
                row.getString("remedy"),
                row.getString("remedy_class"),
                row.getString("kind"),
                money(row),
                row.getString("item"),
                Effect.State.valueOf(row.getString("state")),
                Authority.valueOf(row.getString("authority")),
                row.getString("asked_by"),
                row.getString("decided_by"),
                vault.read(row.getString("reason_text")),
                row.getString("reference"),
                row.getObject("created_at", OffsetDateTime.class),
                row.getObject("updated_at", OffsetDateTime.class));
    }

    private static @Nullable Money money(ResultSet row) throws SQLException {
        String taken = row.getString("undo_currency");
        if (taken != null) {
            return Money.ofMinor(row.getLong("undo_minor"), taken);
        }
        String currency = row.getString("currency");
        return currency == null ? null : Money.ofMinor(row.getLong("amount_minor"), currency);
    }
}
