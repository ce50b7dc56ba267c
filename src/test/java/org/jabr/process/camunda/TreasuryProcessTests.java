package org.jabr.process.camunda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.jabr.process.camunda.Desk.AGENT;
import static org.jabr.process.camunda.Desk.SUPERVISOR;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.runtime.Job;
import org.jabr.cases.BooksCheck;
import org.jabr.cases.RecoveryCase;
import org.jabr.cases.Stage;
import org.jabr.remedies.Effect;
import org.jabr.rules.Authority;
import org.jabr.rules.CaseId;
import org.jabr.rules.Decider;
import org.jabr.rules.Moment;
import org.jabr.rules.Money;
import org.jabr.rules.Remedy;
import org.jabr.treasury.Grant;
import org.jabr.treasury.LedgerReading;
import org.jabr.treasury.Treasury;
import org.jabr.worklist.WorkItem;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What becomes of what is granted when budgets do not reach, on the default diagram and the default rules. */
@ProcessTest
class TreasuryProcessTests {

    private static final Map<String, Object> CALM = Map.of("conversation.emotion", "CALM");

    @Autowired
    Desk desk;

    @Autowired
    Treasury treasury;

    @Autowired
    LedgerReading ledger;

    @Autowired
    BooksCheck books;

    @Autowired
    JdbcClient jdbc;

    @Test
    void keepsTheBooksOfACaseThatRunsStraightThrough() {
        RecoveryCase recovery = desk.lateDelivery().open();

        List<Effect> valued = desk.effects(recovery, Effect.State.CONFIRMED).stream()
                .filter(effect -> effect.money() != null)
                .toList();
        assertThat(valued).isNotEmpty();
        for (Effect effect : valued) {
            assertThat(kinds(effect)).contains("OWE", "PAY");
        }
        assertThat(books.look()).isEmpty();
    }

    @Test
    void asksInsteadOfOverspendingWhereOthersWereFaster() {
        RecoveryCase recovery =
                desk.lateDelivery().fact("failure.practicalImpact", "MAJOR").reported();
        workWhileOthersAreFaster(recovery);

        Effect asked = desk.effects(recovery, Effect.State.ASKED).get(0);
        assertThat(asked.remedyClass()).isEqualTo("GOODWILL");
        assertThat(asked.authority()).isEqualTo(Authority.SUPERVISOR);
        assertThat(desk.file(recovery).timeline())
                .filteredOn(entry -> entry.kind().equals("BUDGET_USED_UP"))
                .first()
                .satisfies(entry ->
                        assertThat(entry.values().get("pot")).isEqualTo("window/" + recovery.customerId() + "/USD"));
        WorkItem item = desk.item(recovery);
        assertThat(item.kind()).isEqualTo(WorkItem.Kind.APPROVAL);
        assertThat(item.authority()).isEqualTo(Authority.SUPERVISOR);

        desk.complete(item, Map.of("verdict", "APPROVE"), SUPERVISOR);
        assertThat(desk.file(recovery).remedies())
                .filteredOn(effect -> effect.key().equals(asked.key()))
                .singleElement()
                .satisfies(effect -> assertThat(effect.state()).isEqualTo(Effect.State.CONFIRMED));
        // What the supervisor gave beyond the budget stands in the open.
        assertThat(kinds(asked)).contains("OVERDRAW", "RESERVE", "COMMIT", "OWE", "PAY");
        assertThat(ledger.account("window/" + recovery.customerId() + "/USD/available")
                        .balance())
                .isZero();
        assertThat(books.look()).isEmpty();
    }

    @Test
    void givesBackWhatWasReservedWhenTheCustomerWithdraws() {
        RecoveryCase recovery =
                desk.lateDelivery().fact("failure.practicalImpact", "MAJOR").reported();
        while (!atMoney(next(recovery)) && step(recovery)) {
            // Until money is about to leave.
        }
        desk.transaction.executeWithoutResult(status -> {
            desk.cases.grant(recovery.id(), new Moment("resolve"));
        });
        Effect reserved = desk.effects(recovery, Effect.State.RESERVED).stream()
                .filter(effect -> effect.money() != null)
                .findFirst()
                .orElseThrow();
        desk.transaction.executeWithoutResult(status -> desk.cases.withdraw(recovery.id(), "agent"));

        assertThat(desk.stage(recovery)).isEqualTo(Stage.WITHDRAWN);
        assertThat(kinds(reserved)).contains("OWE", "CANCEL").doesNotContain("PAY");
        assertThat(books.look()).isEmpty();
    }

    @Test
    void findsWhereLedgerAndEffectsDoNotAgree() {
        RecoveryCase recovery = desk.lateDelivery().open();
        Effect effect = desk.effects(recovery, Effect.State.CONFIRMED).stream()
                .filter(one -> one.money() != null)
                .findFirst()
                .orElseThrow();
        desk.transaction.executeWithoutResult(status -> {
            jdbc.sql("update effect set amount_minor = amount_minor + 1 where effect_key = :key")
                    .param("key", effect.key())
                    .update();
            assertThat(books.look())
                    .extracting(BooksCheck.Difference::code, BooksCheck.Difference::what)
                    .containsExactly(tuple("BOOKS-007", effect.key()));
            assertThat(books.last()).hasSize(1);
            status.setRollbackOnly();
        });
    }

    /** As the engine would, but each time that something is about to be given, others get there first. */
    private void workWhileOthersAreFaster(RecoveryCase recovery) {
        for (int i = 0; i < 30; i++) {
            Job job = next(recovery);
            if (job == null) {
                List<WorkItem> items = desk.items(recovery);
                if (items.isEmpty() || items.get(0).kind() == WorkItem.Kind.APPROVAL) {
                    return;
                }
                desk.worklist.complete(items.get(0).id(), CALM, AGENT);
            } else {
                if (atMoney(job)) {
                    others(recovery, i);
                }
                desk.jobs.executeJob(job.getId());
            }
        }
    }

    private void others(RecoveryCase recovery, int n) {
        treasury.reserve(
                new CaseId(1_000_000 + recovery.id().value()),
                List.of(new Grant(
                        "other-" + recovery.id().value() + "-" + n,
                        new CaseId(1_000_000 + recovery.id().value()),
                        "R-OTHER",
                        recovery.customerId(),
                        "",
                        "CREDIT",
                        Remedy.RemedyClass.GOODWILL,
                        Money.of("175.00", "USD"),
                        Authority.MANAGER,
                        Decider.RULES,
                        true,
                        OffsetDateTime.now(ZoneOffset.UTC).plusDays(1))));
    }

    private boolean atMoney(@Nullable Job job) {
        return job != null
                && desk.jobs
                        .createJobDefinitionQuery()
                        .jobDefinitionId(job.getJobDefinitionId())
                        .singleResult()
                        .getActivityId()
                        .startsWith("carryOutRemedies");
    }

    private boolean step(RecoveryCase recovery) {
        desk.jobs.executeJob(next(recovery).getId());
        return true;
    }

    private @Nullable Job next(RecoveryCase recovery) {
        return desk
                .runtime
                .createProcessInstanceQuery()
                .processInstanceBusinessKey(recovery.reference())
                .list()
                .stream()
                .flatMap(instance ->
                        desk.jobs.createJobQuery().processInstanceId(instance.getId()).messages().list().stream())
                .findFirst()
                .map(job -> desk.jobs.createJobQuery().jobId(job.getId()).singleResult())
                .orElse(null);
    }

    private List<String> kinds(Effect effect) {
        return jdbc.sql("select kind from movement where effect_key = :key")
                .param("key", effect.key())
                .query(String.class)
                .list();
    }
}
