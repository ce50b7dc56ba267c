package org.jabr.process.camunda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.jabr.process.camunda.Desk.AGENT;
import static org.jabr.process.camunda.Desk.SUPERVISOR;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.camunda.bpm.engine.runtime.Job;
import org.jabr.cases.BooksCheck;
import org.jabr.cases.Decisions;
import org.jabr.cases.RecoveryCase;
import org.jabr.cases.Stage;
import org.jabr.remedies.Effect;
import org.jabr.rules.Authority;
import org.jabr.rules.CaseId;
import org.jabr.rules.Decider;
import org.jabr.rules.Moment;
import org.jabr.rules.Money;
import org.jabr.rules.Problem;
import org.jabr.rules.Remedy;
import org.jabr.treasury.BudgetChange;
import org.jabr.treasury.BudgetDesk;
import org.jabr.treasury.Grant;
import org.jabr.treasury.LedgerReading;
import org.jabr.treasury.Rates;
import org.jabr.treasury.Treasury;
import org.jabr.worklist.WorkItem;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;

/**
 * What becomes of what is granted when budgets do not reach, on the default diagram and the default rules; with a house of its own, because
 * what other tests grant counts against the same budgets.
 */
@ProcessTest
@DirtiesContext(classMode = DirtiesContext.ClassMode.BEFORE_CLASS)
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
    BudgetDesk budgets;

    @Autowired
    Rates rates;

    @Autowired
    Decisions decisions;

    @Autowired
    @Qualifier("openingEntries")
    ApplicationRunner opening;

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
    void asksAboveWhereWhoApprovesMayNotGoBeyondTheBudget() {
        RecoveryCase recovery =
                desk.lateDelivery().loss("600.00").fact("failure.silent", true).open();
        desk.complete(desk.item(recovery), Map.of("verdict", "APPROVE"), AGENT);
        WorkItem asked = desk.item(recovery);
        assertThat(asked.authority()).isEqualTo(Authority.AGENT);
        others(recovery, 99);

        desk.complete(asked, Map.of("verdict", "APPROVE"), new Decider("agent2", Authority.AGENT));

        assertThat(desk.effects(recovery, Effect.State.ASKED))
                .singleElement()
                .satisfies(effect -> assertThat(effect.authority()).isEqualTo(Authority.SUPERVISOR));
        assertThat(desk.item(recovery).authority()).isEqualTo(Authority.SUPERVISOR);
        assertThat(desk.file(recovery).timeline())
                .extracting(entry -> entry.kind())
                .contains("BUDGET_USED_UP")
                .as("only the refund before is approved")
                .containsOnlyOnce("APPROVED");

        desk.complete(desk.item(recovery), Map.of("verdict", "APPROVE"), SUPERVISOR);
        assertThat(desk.effects(recovery, Effect.State.ASKED)).isEmpty();
        assertThat(books.look()).isEmpty();
    }

    @Test
    void letsManagersRaiseABudgetAndAnotherOneAgreeToMuch() {
        RecoveryCase recovery = desk.lateDelivery().open();
        reserve(recovery, "DELIVERY", 1, 100);
        Decider manager = new Decider("manager", Authority.MANAGER);
        String pot = "team/DELIVERY/USD";
        long before = budgets.get(pot).limit();

        assertCode("TREASURY-010", () -> budgets.change(pot, 500, "Ramadan", SUPERVISOR));
        assertCode("TREASURY-007", () -> budgets.change(pot, 500, " ", manager));
        assertCode("TREASURY-004", () -> budgets.change("team/NOWHERE/USD", 500, "why", manager));
        assertThat(budgets.change(pot, 500, "Ramadan", manager)).isTrue();
        assertThat(budgets.get(pot).limit()).isEqualTo(before + 500);

        assertThat(budgets.change(pot, 1_000_000, "A storm", manager)).isFalse();
        assertThat(budgets.get(pot).limit()).isEqualTo(before + 500);
        BudgetChange asked = budgets.changes(1).get(0);
        assertThat(asked.state()).isEqualTo(BudgetChange.State.ASKED);
        assertCode("TREASURY-006", () -> budgets.decide(asked.id(), true, manager));
        budgets.decide(asked.id(), true, new Decider("manager2", Authority.MANAGER));
        assertCode("TREASURY-005", () -> budgets.decide(asked.id(), false, new Decider("manager2", Authority.MANAGER)));
        assertThat(budgets.get(pot).limit()).isEqualTo(before + 1_000_500);
        assertThat(ledger.account(pot + "/available").balance())
                .isEqualTo(budgets.get(pot).left());

        budgets.change(pot, -500, "It is over", manager);
        assertThat(ledger.account(pot + "/available").balance())
                .isEqualTo(budgets.get(pot).left());
        assertThat(books.look()).isEmpty();
    }

    @Test
    void keepsCountOfGiftsOnceSomebodyPutsSomeIn() {
        Decider manager = new Decider("manager", Authority.MANAGER);
        RecoveryCase recovery = desk.lateDelivery().open();
        assertThat(gifts(recovery)).isNull();

        budgets.change("stock/GIFT/pieces", 3, "Delivered", manager);
        assertThat(gifts(recovery)).isEqualTo("3");
        assertCode("TREASURY-001", () -> budgets.change("stock/GIFT/pieces", -4, "Broken", manager));
        budgets.change("stock/GIFT/pieces", -3, "Broken", manager);
        assertThat(gifts(recovery)).isEqualTo("0");
        // Other tests know nothing of a store.
        jdbc.sql("delete from posting where account_id in (select id from ledger_account where code like 'stock/%')")
                .update();
        jdbc.sql("delete from ledger_account where code like 'stock/%'").update();
        jdbc.sql("delete from pot where kind = 'STOCK'").update();
    }

    private @Nullable String gifts(RecoveryCase recovery) {
        desk.transaction.executeWithoutResult(status -> desk.cases.decide(recovery.id(), Moment.EXCEED, Decider.RULES));
        Object means = decisions
                .latest(recovery.id(), Moment.EXCEED)
                .orElseThrow()
                .decision()
                .facts()
                .document()
                .get("means");
        Object pieces = ((Map<?, ?>) Objects.requireNonNull(means)).get("giftsInStock");
        return pieces == null ? null : pieces.toString();
    }

    @Test
    void convertsOnlyByARateThatIsValidOnTheDay() {
        LocalDate day = LocalDate.parse("2026-05-01");
        assertThat(rates.convert(Money.of("10.01", "USD"), "SAR", day)).isEqualTo(Money.of("37.54", "SAR"));
        assertThat(rates.convert(Money.of("37.50", "SAR"), "USD", day)).isEqualTo(Money.of("10.00", "USD"));
        assertThat(rates.convert(Money.of("5", "JPY"), "JPY", day)).isEqualTo(Money.of("5", "JPY"));
        assertCode("TREASURY-002", () -> rates.convert(Money.of("1.00", "USD"), "EUR", day));
        assertCode("TREASURY-003", () -> rates.convert(Money.of("1.00", "USD"), "SAR", LocalDate.parse("2027-01-01")));
    }

    @Test
    void entersWhatWasGrantedBeforeThereWereBooks() throws Exception {
        RecoveryCase recovery = desk.lateDelivery().open();
        Effect effect = desk.effects(recovery, Effect.State.CONFIRMED).stream()
                .filter(one -> one.money() != null)
                .findFirst()
                .orElseThrow();
        jdbc.sql("""
                        insert into effect (effect_key, case_id, case_reference, customer_id, decision_id, moment, remedy, remedy_class, kind,
                            amount_minor, currency, state, authority, decided_by, team, created_at, updated_at)
                        select :key, case_id, case_reference, customer_id, decision_id, moment, 'CREDIT', 'GOODWILL', 'CREDIT', 300, 'USD',
                            'CONFIRMED', 'RULES', 'rules', team, created_at, updated_at from effect where effect_key = :like
                        """)
                .param("key", "before-CREDIT-" + recovery.id().value())
                .param("like", effect.key())
                .update();
        assertThat(books.look()).extracting(BooksCheck.Difference::code).containsExactly("BOOKS-005");

        opening.run(new DefaultApplicationArguments());

        assertThat(books.look()).isEmpty();
        assertThat(jdbc.sql("select state from pot_claim where effect_key = :key")
                        .param("key", "before-CREDIT-" + recovery.id().value())
                        .query(String.class)
                        .list())
                .isNotEmpty()
                .containsOnly("SPENT");
    }

    private static void assertCode(String code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.code())
                .isEqualTo(code));
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
        reserve(recovery, "", n, 17_500);
    }

    private void reserve(RecoveryCase recovery, String team, int n, long minor) {
        treasury.reserve(
                new CaseId(1_000_000 + recovery.id().value()),
                List.of(new Grant(
                        "other-" + recovery.id().value() + "-" + n,
                        new CaseId(1_000_000 + recovery.id().value()),
                        "R-OTHER",
                        recovery.customerId(),
                        team,
                        "CREDIT",
                        Remedy.RemedyClass.GOODWILL,
                        Money.ofMinor(minor, "USD"),
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
