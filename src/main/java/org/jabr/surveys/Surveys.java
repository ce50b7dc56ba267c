package org.jabr.surveys;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.jabr.cases.CaseDesk;
import org.jabr.cases.Cases;
import org.jabr.cases.RecoveryCase;
import org.jabr.customers.Vault;
import org.jabr.rules.CaseId;
import org.jabr.rules.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Asks customers how it went, and takes their answers. */
@Service
public class Surveys {

    private final JdbcClient jdbc;
    private final Cases cases;
    private final CaseDesk desk;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final Vault vault;

    Surveys(JdbcClient jdbc, Cases cases, CaseDesk desk, ApplicationEventPublisher events, Clock clock, Vault vault) {
        this.vault = vault;
        this.jdbc = jdbc;
        this.cases = cases;
        this.desk = desk;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Opens a survey of a kind for a case without asking for it: the customer finds it on the own page. A survey that
     * is still open takes on the kind.
     */
    @Transactional
    public void open(CaseId caseId, String kind) {
        int rows = jdbc.sql(
                        "update survey set kind = :kind, asked_at = :at where case_id = :caseId and answered_at is null")
                .param("caseId", caseId.value())
                .param("kind", kind)
                .param("at", OffsetDateTime.now(clock))
                .update();
        if (rows > 0) {
            return;
        }
        RecoveryCase recovery = cases.get(caseId);
        jdbc.sql("insert into survey (case_id, customer_id, kind, asked_at) values (:caseId, :customer, :kind, :at)")
                .param("caseId", caseId.value())
                .param("customer", recovery.customerId())
                .param("kind", kind)
                .param("at", OffsetDateTime.now(clock))
                .update();
    }

    /** Asks the customer for an answer; counts as having been surveyed. */
    @Transactional
    public void ask(CaseId caseId, String kind) {
        open(caseId, kind);
        desk.note(caseId, "SURVEY_ASKED", Map.of("survey", kind), "rules");
    }

    /**
     * Takes an answer. The newest open survey of the case takes it; without one it is kept as given unasked.
     *
     * @throws Problem {@code SURVEY-001} where the case was answered already, {@code SURVEY-002} where a score is out
     *     of its range or nothing was answered
     */
    @Transactional
    public void answer(CaseId caseId, Survey.Answer answer) {
        check(answer);
        List<Survey> surveys = ofCase(caseId);
        Survey open = surveys.stream()
                .filter(s -> s.answeredAt() == null)
                .reduce((a, b) -> b)
                .orElse(null);
        if (open == null) {
            throw new Problem(Problem.Kind.CONFLICT, "SURVEY-001", caseId.value());
        }
        int rows = jdbc.sql("""
                        update survey set answered_at = :at, csat = :csat, ces = :ces, nps = :nps, satisfied = :satisfied, comment_text = :comment
                        where id = :id and answered_at is null
                        """)
                .param("id", open.id())
                .param("at", OffsetDateTime.now(clock))
                .param("csat", answer.csat())
                .param("ces", answer.ces())
                .param("nps", answer.nps())
                .param("satisfied", answer.satisfied())
                .param("comment", vault.stored(open.customerId(), answer.comment()))
                .update();
        if (rows == 0) {
            throw new Problem(Problem.Kind.CONFLICT, "SURVEY-001", caseId.value());
        }
        desk.note(caseId, "SURVEY_ANSWERED", answer.facts(), "customer");
        events.publishEvent(new Survey.Answered(caseId, answer));
    }

    public List<Survey> ofCase(CaseId caseId) {
        return jdbc.sql(
                        "select id, case_id, customer_id, kind, asked_at, answered_at, csat, ces, nps, satisfied, comment_text from survey where case_id = :id order by id")
                .param("id", caseId.value())
                .query(this::survey)
                .list();
    }

    private static void check(Survey.Answer answer) {
        boolean empty =
                answer.csat() == null && answer.ces() == null && answer.nps() == null && answer.satisfied() == null;
        if (empty || out(answer.csat(), 1, 5) || out(answer.ces(), 1, 7) || out(answer.nps(), 0, 10)) {
            throw new Problem(Problem.Kind.INVALID, "SURVEY-002");
        }
    }

    private static boolean out(@Nullable Integer score, int lowest, int highest) {
        return score != null && (score < lowest || score > highest);
    }

    private Survey survey(ResultSet row, int n) throws SQLException {
        OffsetDateTime answeredAt = row.getObject("answered_at", OffsetDateTime.class);
        Survey.Answer answer = answeredAt == null
                ? null
                : new Survey.Answer(
                        (Integer) row.getObject("csat"),
                        (Integer) row.getObject("ces"),
                        (Integer) row.getObject("nps"),
                        (Boolean) row.getObject("satisfied"),
                        vault.read(row.getString("comment_text")));
        return new Survey(
                row.getLong("id"),
                new CaseId(row.getLong("case_id")),
                row.getLong("customer_id"),
                row.getString("kind"),
                row.getObject("asked_at", OffsetDateTime.class),
                answeredAt,
                answer);
    }
}
