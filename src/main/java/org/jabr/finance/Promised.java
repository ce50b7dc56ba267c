package org.jabr.finance;

import java.time.OffsetDateTime;
import java.util.List;
import org.jabr.cases.Decisions;
import org.jabr.cases.RecoveryCase;
import org.jabr.cases.StoredDecision;
import org.jabr.rules.CaseId;
import org.jabr.rules.Decision;
import org.jabr.rules.Money;
import org.jabr.rules.Outcome;
import org.jabr.rules.Verdict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Writes down what decisions grant in money, in the transaction that stores them: their documents are not read again
 * whenever sums are asked for. What an approver grants is known by its effect.
 */
@Component
@Order(Promised.WHEN)
class Promised implements ApplicationRunner {

    /** After the books were opened. */
    static final int WHEN = 300;

    private static final Logger LOG = LoggerFactory.getLogger(Promised.class);
    private static final int AT_ONCE = 200;

    private final JdbcClient jdbc;
    private final Decisions decisions;
    private final TransactionOperations transaction;

    Promised(JdbcClient jdbc, Decisions decisions, TransactionOperations transaction) {
        this.jdbc = jdbc;
        this.decisions = decisions;
        this.transaction = transaction;
    }

    @EventListener
    void decided(RecoveryCase.Decided event) {
        add(
                event.decisionId(),
                event.recovery().id(),
                event.recovery().reference(),
                event.decision(),
                event.decision().asOf());
    }

    /** Reads the decisions of before, a few at a time, once. */
    @Override
    public void run(ApplicationArguments arguments) {
        int read = 0;
        Integer some;
        do {
            some = transaction.execute(status -> readSome());
            read += some == null ? 0 : some;
        } while (some != null && some > 0);
        if (read > 0) {
            LOG.info("{} decisions of before were read for what they promised", read);
        }
    }

    private record Until(long done, long until) {}

    private int readSome() {
        Until turn = jdbc.sql("select done_id, until_id from finance_turn where name = 'promised' for update")
                .query((row, n) -> new Until(row.getLong("done_id"), row.getLong("until_id")))
                .single();
        if (turn.done >= turn.until) {
            return 0;
        }
        List<Long> ids = decisions.idsAfter(turn.done, AT_ONCE).stream()
                .filter(id -> id <= turn.until)
                .toList();
        for (long id : ids) {
            StoredDecision stored = decisions.get(id);
            add(id, stored.caseId(), stored.caseReference(), stored.decision(), stored.asOf());
        }
        jdbc.sql("update finance_turn set done_id = :done where name = 'promised'")
                .param("done", ids.isEmpty() ? turn.until : ids.get(ids.size() - 1))
                .update();
        return ids.size();
    }

    private void add(long decisionId, CaseId caseId, String reference, Decision decision, OffsetDateTime at) {
        for (Outcome outcome : decision.outcome()) {
            Money money = outcome.amount();
            if (outcome.verdict() == Verdict.GRANT && money != null && money.isPositive()) {
                jdbc.sql("""
                                insert into promised (effect_key, decision_id, case_id, case_reference, moment, remedy, amount_minor, currency,
                                    decided_at)
                                values (:key, :decision, :case, :reference, :moment, :remedy, :amount, :currency, :at)
                                """)
                        .param("key", decisionId + "-" + outcome.remedy())
                        .param("decision", decisionId)
                        .param("case", caseId.value())
                        .param("reference", reference)
                        .param("moment", decision.moment().name())
                        .param("remedy", outcome.remedy())
                        .param("amount", money.minor())
                        .param("currency", money.currency())
                        .param("at", at)
                        .update();
            }
        }
    }
}
