package org.jabr.remedies;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jabr.customers.PersonalText;
import org.jabr.customers.Vault;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Every step of every effect, in order; what is written here is never changed. */
@Repository
public class EffectHistory {

    /** What a worker brought too late: another one had taken over, so nothing was made of it. */
    static final String FENCED_OFF = "FENCED_OFF";

    private static final String COLUMNS =
            "select effect_key, from_state, to_state, attempt, fence, code, said_text, by_whom, at from effect_event ";

    private final JdbcClient jdbc;
    private final Vault vault;
    private final Clock clock;

    EffectHistory(JdbcClient jdbc, Clock clock, Vault vault) {
        this.vault = vault;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * One step.
     *
     * @param from null where it began
     * @param attempt how often it had been sent by then
     * @param fence who was at it: the number of the claim
     * @param code what the gateway, or the house, said in one word; null where nothing was said
     * @param said the gateway's own words
     */
    public record Step(
            Effect.@Nullable State from,
            Effect.State to,
            int attempt,
            long fence,
            @Nullable String code,
            @Nullable PersonalText said,
            String by,
            OffsetDateTime at) {}

    public List<Step> of(String key) {
        return jdbc.sql(COLUMNS + "where effect_key = :key order by id")
                .param("key", key)
                .query((row, n) -> step(row))
                .list();
    }

    /** The steps of several effects, by their keys. */
    public Map<String, List<Step>> of(Collection<String> keys) {
        Map<String, List<Step>> steps = new HashMap<>();
        if (!keys.isEmpty()) {
            jdbc.sql(COLUMNS + "where effect_key in (:keys) order by id")
                    .param("keys", keys)
                    .query(row -> {
                        steps.computeIfAbsent(row.getString("effect_key"), key -> new ArrayList<>())
                                .add(step(row));
                    });
        }
        return steps;
    }

    private Step step(ResultSet row) throws SQLException {
        String from = row.getString("from_state");
        return new Step(
                from == null ? null : Effect.State.valueOf(from),
                Effect.State.valueOf(row.getString("to_state")),
                row.getInt("attempt"),
                row.getLong("fence"),
                row.getString("code"),
                vault.read(row.getString("said_text")),
                row.getString("by_whom"),
                Objects.requireNonNull(row.getObject("at", OffsetDateTime.class)));
    }

    private @Nullable String stored(String key, @Nullable PersonalText said) {
        return said == null
                ? null
                : vault.storedNote(
                        jdbc.sql("select customer_id from effect where effect_key = :key")
                                .param("key", key)
                                .query(Long.class)
                                .single(),
                        said);
    }

    /** Part of the transaction in which it happens. Attempt and fence are those that stand with the effect by now. */
    void add(
            String key,
            Effect.@Nullable State from,
            Effect.State to,
            @Nullable String code,
            @Nullable PersonalText said,
            String by) {
        jdbc.sql("""
                        insert into effect_event (effect_key, from_state, to_state, attempt, fence, code, said_text, by_whom, at)
                        select effect_key, cast(:from as varchar(12)), cast(:to as varchar(12)), attempts, fence, cast(:code as varchar(40)),
                            cast(:said as text), cast(:by as varchar(60)), cast(:at as timestamp(3) with time zone)
                        from effect where effect_key = :key
                        """)
                .param("key", key)
                .param("from", from == null ? null : from.name())
                .param("to", to.name())
                .param("code", code)
                .param("said", stored(key, said))
                .param("by", by)
                .param("at", OffsetDateTime.now(clock))
                .update();
    }
}
