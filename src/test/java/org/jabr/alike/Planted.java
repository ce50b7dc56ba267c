package org.jabr.alike;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jabr.cases.RecoveryCase;
import org.jabr.customers.PersonalText;
import org.jabr.customers.Vault;
import org.jabr.intake.CaseIntake;
import org.jabr.intake.Submission;
import org.jabr.rules.Money;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;

/** Puts decisions into the database as if they had been made: cases like one that was reported, so many as one likes. */
@TestComponent
public class Planted {

    private final CaseIntake intake;
    private final JdbcClient jdbc;

    @Nullable
    private RecoveryCase pattern;

    private int count;

    Planted(CaseIntake intake, JdbcClient jdbc) {
        this.intake = intake;
        this.jdbc = jdbc;
    }

    /** @param refund amount in USD that was granted; zero for nothing */
    public record Row(
            OffsetDateTime at,
            String tier,
            String channel,
            String language,
            String by,
            int loss,
            int refund,
            String extra) {

        public Row(OffsetDateTime at, String tier, String channel, String language, String by, int loss, int refund) {
            this(at, tier, channel, language, by, loss, refund, "");
        }
    }

    /** Of a case of its own. @return the id of the decision */
    public long decision(Row row) {
        return decision(newCase(), row);
    }

    /** Of that case. */
    public long decision(long caseId, Row row) {
        String facts = """
                {"asOf":"%s","failure":{"type":"LATE_DELIVERY","currency":"USD","loss":{"amount":"%d.00","currency":"USD"}},\
                "customer":{"tier":"%s","language":"%s"},"conversation":{"channel":"%s"},"recovery":{"severity":3},\
                "means":{"decider":"%s"%s}}""".formatted(
                        row.at(),
                        row.loss(),
                        row.tier(),
                        row.language(),
                        row.channel(),
                        row.by().equals("rules") ? "RULES" : "AGENT",
                        row.extra());
        String outcome = row.refund() == 0 ? "" : """
                {"remedy":"REFUND","amount":{"amount":"%d.00","currency":"USD"},"verdict":"GRANT","authority":"RULES","because":["a"]}""".formatted(row.refund());
        return stored(caseId, row.at(), row.by(), Vault.plain(new PersonalText(facts)), outcome);
    }

    /** @param facts as their column holds them */
    long stored(long caseId, OffsetDateTime at, String by, @Nullable String facts, String outcome) {
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        jdbc.sql("""
                        insert into decision (case_id, moment, release_id, as_of, facts_text, result, decided_by)
                        values (:case, 'resolve', :release, :at, :facts, :result, :by)
                        """)
                .param("case", caseId)
                .param("release", pattern().release())
                .param("at", at)
                .param("facts", facts)
                .param("result", "{\"settings\":[],\"proposals\":[],\"objections\":[],\"outcome\":[" + outcome + "]}")
                .param("by", by)
                .update(key, "id");
        return Objects.requireNonNull(key.getKeyAs(Long.class));
    }

    /** @return its id */
    public long newCase() {
        RecoveryCase like = pattern();
        String columns = jdbc
                .sql(
                        "select lower(column_name) from information_schema.columns where lower(table_name) = 'recovery_case'")
                .query(String.class)
                .list()
                .stream()
                .distinct()
                .filter(one -> !List.of("id", "reference", "external_ref").contains(one))
                .collect(Collectors.joining(", "));
        long id = jdbc.sql("select max(id) + 1000 from recovery_case")
                .query(Long.class)
                .single();
        jdbc.sql("insert into recovery_case (id, reference, " + columns
                        + ") select cast(:id as bigint), cast(:reference as varchar(20)), " + columns
                        + " from recovery_case where id = :like")
                .param("id", id)
                .param("reference", "PL-%05d".formatted(++count).toUpperCase(Locale.ROOT))
                .param("like", like.id().value())
                .update();
        return id;
    }

    /** Something that was asked for because of a decision. */
    public void asked(
            long decision, String key, String askedBy, @Nullable String decidedBy, String state, OffsetDateTime at) {
        jdbc.sql("""
                        insert into effect (effect_key, case_id, case_reference, customer_id, decision_id, moment, remedy, remedy_class, kind,
                            amount_minor, currency, state, authority, asked_by, decided_by, created_at, updated_at)
                        select cast(:key as varchar(80)), c.id, c.reference, c.customer_id, d.id, d.moment, 'GOODWILL', 'GOODWILL', 'CREDIT',
                            1000, 'USD', cast(:state as varchar(12)), 'SUPERVISOR', cast(:asked as varchar(60)),
                            cast(:decided as varchar(60)), cast(:at as timestamp(3) with time zone),
                            cast(:at as timestamp(3) with time zone)
                        from decision d join recovery_case c on c.id = d.case_id where d.id = :decision
                        """)
                .param("key", key)
                .param("state", state)
                .param("asked", askedBy)
                .param("decided", decidedBy)
                .param("at", at)
                .param("decision", decision)
                .update();
    }

    /** A step of it, as its history keeps it. */
    public void answered(String key, String to, String by, OffsetDateTime at) {
        jdbc.sql("""
                        insert into effect_event (effect_key, from_state, to_state, attempt, fence, by_whom, at)
                        values (:key, 'ASKED', :to, 0, 0, :by, :at)
                        """)
                .param("key", key)
                .param("to", to)
                .param("by", by)
                .param("at", at)
                .update();
    }

    public String release() {
        return pattern().release();
    }

    private RecoveryCase pattern() {
        RecoveryCase known = pattern;
        if (known == null) {
            known = intake.receive(
                            new Submission(
                                    "PLANTED",
                                    "PLANTED-1",
                                    "EMAIL",
                                    "Delivery",
                                    "Late",
                                    null,
                                    Money.of("90.00", "USD"),
                                    null,
                                    null,
                                    null,
                                    "en",
                                    Map.of("failure.type", "LATE_DELIVERY"),
                                    Map.of()),
                            "agent")
                    .recovery();
            pattern = known;
        }
        return known;
    }
}
