package org.jabr.cases;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jabr.customers.Fingerprint;
import org.jabr.customers.PersonalText;
import org.jabr.customers.Vault;
import org.jabr.rules.CaseFacts;
import org.jabr.rules.CaseId;
import org.jabr.rules.Decision;
import org.jabr.rules.Moment;
import org.jabr.rules.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;

/** Every decision ever made, with its facts, as it was. */
@Repository
public class Decisions {

    private static final String COLUMNS =
            """
            select d.id, d.case_id, c.reference, d.moment, d.release_id, d.as_of, d.facts_text, d.result, d.engine, d.decided_by, c.customer_id,
            """ + Vault.keyOf("c.customer_id") + " from decision d join recovery_case c on c.id = d.case_id ";

    private final JdbcClient jdbc;
    private final Vault vault;
    private final Documents documents;

    Decisions(JdbcClient jdbc, Documents documents, Vault vault) {
        this.vault = vault;
        this.jdbc = jdbc;
        this.documents = documents;
    }

    /** What was kept of a decision, and what stands for its texts elsewhere. */
    record Kept(long id, Fingerprint facts, Fingerprint result) {}

    Kept add(CaseId caseId, long customerId, Decision decision, String engine, String by) {
        String facts = documents.write(decision.facts().document());
        String result = documents.write(DecisionDocument.resultOf(decision));
        Fingerprint ofFacts = Fingerprint.of(facts);
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        jdbc.sql("""
                        insert into decision (case_id, moment, release_id, as_of, facts_text, result, salt, engine, decided_by)
                        values (:caseId, :moment, :release, :asOf, :facts, :result, :salt, :engine, :by)
                        """)
                .param("caseId", caseId.value())
                .param("moment", decision.moment().name())
                .param("release", decision.release())
                .param("asOf", decision.asOf())
                .param("facts", vault.stored(customerId, new PersonalText(facts)))
                .param("result", result)
                .param("salt", ofFacts.salt())
                .param("engine", engine)
                .param("by", by)
                .update(key, "id");
        return new Kept(
                Objects.requireNonNull(key.getKeyAs(Long.class)), ofFacts, Fingerprint.of(ofFacts.salt(), result));
    }

    /** @throws Problem {@code DECISION-001}; {@code DECISION-002} where what is stored cannot be read any more */
    public StoredDecision get(long id) {
        return jdbc.sql(COLUMNS + "where d.id = :id")
                .param("id", id)
                .query(this::decision)
                .optional()
                .orElseThrow(() -> new Problem(Problem.Kind.NOT_FOUND, "DECISION-001", id));
    }

    public List<StoredDecision> ofCase(CaseId caseId) {
        return jdbc.sql(COLUMNS + "where d.case_id = :id order by d.id")
                .param("id", caseId.value())
                .query(this::decision)
                .list();
    }

    public Optional<StoredDecision> latest(CaseId caseId, Moment moment) {
        return jdbc.sql(COLUMNS
                        + "where d.case_id = :id and d.moment = :moment order by d.id desc fetch first 1 rows only")
                .param("id", caseId.value())
                .param("moment", moment.name())
                .query(this::decision)
                .optional();
    }

    /**
     * The very texts that the journal's fingerprints stand for.
     *
     * @param salt in hexadecimal; null once it is erased, or where none was made yet
     * @param engine what decided; null where that was not written down yet
     */
    public record AsStored(
            long id, @Nullable String salt, @Nullable String engine, String facts, String result) {}

    /** By the ids of the decisions, in their order. */
    public List<AsStored> asStored(Collection<Long> ids) {
        return ids.isEmpty()
                ? List.of()
                : jdbc.sql(
                                "select d.id, d.salt, d.engine, d.facts_text, d.result, c.customer_id, "
                                        + Vault.keyOf("c.customer_id")
                                        + " from decision d join recovery_case c on c.id = d.case_id where d.id in (:ids) order by d.id")
                        .param("ids", ids)
                        .query((row, n) -> textOf(row))
                        .list();
    }

    private AsStored textOf(ResultSet row) throws SQLException {
        vault.offer(row.getLong("customer_id"), row);
        return new AsStored(
                row.getLong("id"),
                row.getString("salt"),
                row.getString("engine"),
                PersonalText.shown(vault.read(row.getString("facts_text"))),
                row.getString("result"));
    }

    /** Ids of the newest decisions. */
    public List<Long> newest(int limit) {
        return jdbc.sql("select id from decision order by id desc fetch first :limit rows only")
                .param("limit", limit)
                .query(Long.class)
                .list();
    }

    /** Ids after {@code after} in order, for walking through all decisions. */
    public List<Long> idsAfter(long after, int limit) {
        return jdbc.sql("select id from decision where id > :after order by id fetch first :limit rows only")
                .param("after", after)
                .param("limit", limit)
                .query(Long.class)
                .list();
    }

    private StoredDecision decision(ResultSet row, int n) throws SQLException {
        try {
            vault.offer(row.getLong("customer_id"), row);
            return read(row);
        } catch (RuntimeException spoiled) {
            throw new Problem(Problem.Kind.CONFLICT, "DECISION-002", row.getLong("id"));
        }
    }

    private StoredDecision read(ResultSet row) throws SQLException {
        OffsetDateTime asOf = row.getObject("as_of", OffsetDateTime.class);
        CaseFacts facts = new CaseFacts(
                asOf,
                documents.readIfAny(documents.facts(row.getString("facts_text")).value()));
        Decision decision = DecisionDocument.read(
                row.getString("moment"),
                asOf,
                row.getString("release_id"),
                facts,
                documents.read(row.getString("result")));
        return new StoredDecision(
                row.getLong("id"),
                new CaseId(row.getLong("case_id")),
                row.getString("reference"),
                decision,
                row.getString("engine"),
                row.getString("decided_by"),
                asOf);
    }
}
