package org.jabr.cases;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jabr.customers.PersonalText;
import org.jabr.customers.Vault;
import org.jabr.rules.CaseId;
import org.jabr.rules.Choice;
import org.jabr.rules.Moment;
import org.jabr.rules.Money;
import org.jabr.rules.Problem;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;

/** What people chose instead of the rules' recommendations. */
@Repository
public class Choices {

    private static final String COLUMNS =
            "select id, case_id, moment, chosen, why_text, chosen_by, chosen_at, state, decision_id, draft_id from remedy_choice ";

    private final JdbcClient jdbc;
    private final Vault vault;
    private final Documents documents;
    private final Cases cases;

    Choices(JdbcClient jdbc, Documents documents, Vault vault, Cases cases) {
        this.cases = cases;
        this.vault = vault;
        this.jdbc = jdbc;
        this.documents = documents;
    }

    /** @throws Problem {@code CHOICE-003} */
    public RemedyChoice get(long id) {
        return jdbc.sql(COLUMNS + "where id = :id")
                .param("id", id)
                .query(this::choice)
                .optional()
                .orElseThrow(() -> new Problem(Problem.Kind.NOT_FOUND, "CHOICE-003", id));
    }

    public List<RemedyChoice> ofCase(CaseId caseId) {
        return jdbc.sql(COLUMNS + "where case_id = :id order by id")
                .param("id", caseId.value())
                .query(this::choice)
                .list();
    }

    /** The choice behind a decision. */
    public Optional<RemedyChoice> ofDecision(long decisionId) {
        return jdbc.sql(COLUMNS + "where decision_id = :id order by id desc fetch first 1 rows only")
                .param("id", decisionId)
                .query(this::choice)
                .optional();
    }

    /** The choices that a draft proposes as rules. */
    public List<RemedyChoice> ofDraft(String draft) {
        return jdbc.sql(COLUMNS + "where draft_id = :draft order by id")
                .param("draft", draft)
                .query(this::choice)
                .list();
    }

    /** What this person chose and the diagram has not asked about yet. */
    Optional<RemedyChoice> open(CaseId caseId, Moment moment, String by) {
        return jdbc.sql(
                        COLUMNS
                                + "where case_id = :id and moment = :moment and chosen_by = :by and state = 'OPEN' order by id desc fetch first 1 rows only")
                .param("id", caseId.value())
                .param("moment", moment.name())
                .param("by", by)
                .query(this::choice)
                .optional();
    }

    long add(CaseId caseId, Moment moment, List<Choice> chosen, PersonalText why, String by, OffsetDateTime at) {
        jdbc.sql(
                        "update remedy_choice set state = 'DROPPED' where case_id = :id and moment = :moment and state = 'OPEN'")
                .param("id", caseId.value())
                .param("moment", moment.name())
                .update();
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        jdbc.sql("""
                        insert into remedy_choice (case_id, moment, chosen, why_text, chosen_by, chosen_at, state)
                        values (:caseId, :moment, :chosen, :why, :by, :at, 'OPEN')
                        """)
                .param("caseId", caseId.value())
                .param("moment", moment.name())
                .param(
                        "chosen",
                        documents.write(Map.of(
                                "chosen", chosen.stream().map(Choices::document).toList())))
                .param("why", vault.stored(cases.customerOf(caseId), why))
                .param("by", by)
                .param("at", at)
                .update(key, "id");
        return Objects.requireNonNull(key.getKeyAs(Long.class));
    }

    void decided(long id, long decisionId) {
        jdbc.sql("update remedy_choice set state = 'DECIDED', decision_id = :decision where id = :id")
                .param("id", id)
                .param("decision", decisionId)
                .update();
    }

    /** Remembers the draft that proposes it. @throws Problem {@code CHOICE-004} where it was proposed before */
    void proposed(long id, String draft) {
        int rows = jdbc.sql("update remedy_choice set draft_id = :draft where id = :id and draft_id is null")
                .param("id", id)
                .param("draft", draft)
                .update();
        if (rows == 0) {
            throw new Problem(Problem.Kind.CONFLICT, "CHOICE-004", id);
        }
    }

    static Map<String, Object> document(Choice choice) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("remedy", choice.remedy());
        Map<String, Object> amount = DecisionDocument.money(choice.amount());
        if (amount != null) {
            document.put("amount", amount);
        }
        return document;
    }

    private RemedyChoice choice(ResultSet row, int n) throws SQLException {
        List<Choice> chosen = new ArrayList<>();
        if (documents.read(row.getString("chosen")).get("chosen") instanceof List<?> picks) {
            picks.forEach(pick -> chosen.add(read((Map<?, ?>) pick)));
        }
        long decision = row.getLong("decision_id");
        boolean undecided = row.wasNull();
        return new RemedyChoice(
                row.getLong("id"),
                new CaseId(row.getLong("case_id")),
                new Moment(row.getString("moment")),
                chosen,
                vault.must(row.getString("why_text")),
                row.getString("chosen_by"),
                row.getObject("chosen_at", OffsetDateTime.class),
                RemedyChoice.State.valueOf(row.getString("state")),
                undecided ? null : decision,
                row.getString("draft_id"));
    }

    private static Choice read(Map<?, ?> pick) {
        Money money = pick.get("amount") instanceof Map<?, ?> amount
                ? Money.of(String.valueOf(amount.get("amount")), String.valueOf(amount.get("currency")))
                : null;
        return new Choice(String.valueOf(pick.get("remedy")), money);
    }
}
