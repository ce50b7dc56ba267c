package org.jabr.finance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jabr.cases.CaseDesk;
import org.jabr.cases.Cases;
import org.jabr.cases.Decisions;
import org.jabr.cases.RecoveryCase;
import org.jabr.finance.Difference.Happened;
import org.jabr.finance.Difference.State;
import org.jabr.intake.CaseIntake;
import org.jabr.intake.Submission;
import org.jabr.remedies.RemedyDesk;
import org.jabr.rules.Authority;
import org.jabr.rules.Decider;
import org.jabr.rules.Moment;
import org.jabr.rules.Money;
import org.jabr.rules.Problem;
import org.jabr.team.NextWork;
import org.jabr.testing.StubEngines;
import org.jabr.worklist.WorkCells;
import org.jabr.worklist.WorkItem;
import org.jabr.worklist.Worklist;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.transaction.support.TransactionOperations;

/** What was promised, granted, executed and settled is compared; each subclass does so on one of the databases. */
@SpringBootTest(properties = {"jabr.demo.data=false", "jabr.finance.every=PT24H"})
@ActiveProfiles("demo")
@Import(StubEngines.class)
abstract class ReconciliationTests {

    private static final Decider MANAGER = new Decider("manager", Authority.MANAGER);

    private final String own = UUID.randomUUID().toString().substring(0, 8);

    @Autowired
    JdbcClient jdbc;

    @Autowired
    CaseIntake intake;

    @Autowired
    Cases cases;

    @Autowired
    CaseDesk desk;

    @Autowired
    Decisions decisions;

    @Autowired
    RemedyDesk remedies;

    @Autowired
    Worklist worklist;

    @Autowired
    NextWork nextWork;

    @Autowired
    Settlements settlements;

    @Autowired
    Reconciliation reconciliation;

    @Autowired
    ReconciliationRound round;

    @Autowired
    Differences differences;

    @Autowired
    FinanceExport export;

    @Autowired
    Promised promised;

    @Autowired
    Clock clock;

    @Autowired
    TransactionOperations transaction;

    /** A case with a decision that grants a refund, and the key that the refund has. */
    private record Granted(RecoveryCase recovery, long decision, String key) {}

    // ---- what agrees

    @Test
    void addsUpADayAndACaseFromThePromiseToTheSettlement() {
        LocalDate day = LocalDate.of(2026, 3, 2);
        Granted done = granted("40.00");
        effect(done, "CONFIRMED", 4000, day);
        Granted stuck = granted("10.00");
        effect(stuck, "NEEDS_PERSON", 1000, day);
        Granted back = granted("7.00");
        effect(back, "REVERSED", 700, day);
        undo(back, -700, day);
        take(line(done.key, "40.00"), line(back.key, "7.00"), line(back.key + "-UNDO", "-7.00"));

        assertThat(reconciliation.days(day, day))
                .containsExactly(new Reconciliation.Day(day, "USD", 5000, 5000, 4000, 4000));
        assertThat(reconciliation.ofCase(back.recovery.id()))
                .allMatch(Reconciliation.Line::agrees)
                .extracting(Reconciliation.Line::settled)
                .containsExactly(700L, -700L);
        assertThat(reconciliation.effects(day, null, 2))
                .extracting(Reconciliation.Line::key)
                .hasSize(2);
        assertThat(reconciliation.effects(
                        day, reconciliation.effects(day, null, 2).get(1).key(), 10))
                .hasSize(2);
        assertThatThrownBy(() -> reconciliation.days(day, day.plusDays(92)))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("SETTLE-015");
    }

    @Test
    void whatTheHouseBooksItselfIsSettledWithIt() {
        Granted granted = granted("12.00");
        desk.grant(granted.recovery.id(), Moment.RESOLVE);
        remedies.carryOut(granted.recovery.id());

        assertThat(reconciliation.ofCase(granted.recovery.id()))
                .singleElement()
                .satisfies(line -> assertThat(line.agrees()).isTrue())
                .extracting(Reconciliation.Line::settled)
                .isEqualTo(1200L);
        round.now();
        assertThat(of(granted)).isEmpty();

        // A provider that says something else is believed.
        take(line(granted.key, "11.50"));
        round.now();
        assertThat(of(granted)).extracting(Difference::code).containsExactly("SETTLE-105");
    }

    // ---- what does not

    @Test
    void findsEachSortOfDifference() {
        LocalDate day = LocalDate.of(2026, 2, 3);
        Granted unplaced = granted("5.00");
        jdbc.sql("update promised set decided_at = :at where effect_key = :key")
                .param("at", Reconciliation.start(day))
                .param("key", unplaced.key)
                .update();
        Granted unexecuted = granted("6.00");
        effect(unexecuted, "UNKNOWN", 600, day);
        Granted unsettled = granted("7.00");
        effect(unsettled, "CONFIRMED", 700, day);
        Granted less = granted("8.00");
        effect(less, "CONFIRMED", 800, day);
        Granted other = granted("9.00");
        effect(other, "CONFIRMED", 900, day);
        Granted twice = granted("10.00");
        effect(twice, "CONFIRMED", 1000, day);
        Granted refused = granted("11.00");
        effect(refused, "REFUSED", 1100, day);
        Granted instalments = granted("12.00");
        effect(instalments, "CONFIRMED", 1200, day);
        Granted more = granted("13.00");
        effect(more, "CONFIRMED", 1400, day);
        Granted stray = granted("14.00");
        take(
                line(less.key, "7.90"),
                new SettlementLine(id(), own, null, other.key, null, null, Money.of("9.00", "SAR"), day),
                line(twice.key, "10.00"),
                line(twice.key, "10.00"),
                line(refused.key, "11.00"),
                line(instalments.key, "5.00"),
                line(instalments.key, "7.00"),
                line(more.key, "14.00"),
                line(stray.decision + "-GIFT", "14.00"));
        round.now();

        assertThat(money(unplaced)).containsExactly("SETTLE-101 500/0");
        assertThat(money(unexecuted)).containsExactly("SETTLE-102 600/0");
        assertThat(money(unsettled)).containsExactly("SETTLE-103 700/0");
        assertThat(money(less)).containsExactly("SETTLE-105 800/790");
        assertThat(money(other)).containsExactly("SETTLE-106 900/900");
        assertThat(money(twice)).containsExactly("SETTLE-107 1000/2000");
        // Promised and refused by the gateway, and yet settled: both are so.
        assertThat(money(refused)).containsExactly("SETTLE-108 0/1100", "SETTLE-102 1100/0");
        assertThat(money(instalments)).isEmpty();
        assertThat(money(more)).containsExactly("SETTLE-110 1300/1400");
        assertThat(money(stray)).containsExactly("SETTLE-104 0/1400");
        // Nothing of all this went through the treasury, which the books tell.
        assertThat(of(unexecuted)).extracting(Difference::code).contains("SETTLE-109");
    }

    @Test
    void doesNotExpectWhatIsYoungWithdrawnOrDecidedAgain() {
        LocalDate day = LocalDate.of(2026, 2, 4);
        Granted young = granted("5.00");
        Granted withdrawn = granted("5.00");
        Granted again = granted("5.00");
        desk.decide(again.recovery.id(), Moment.RESOLVE, Decider.RULES);
        for (Granted one : List.of(withdrawn, again)) {
            jdbc.sql("update promised set decided_at = :at where effect_key = :key")
                    .param("at", Reconciliation.start(day))
                    .param("key", one.key)
                    .update();
        }
        jdbc.sql("update recovery_case set stage = 'WITHDRAWN' where id = :id")
                .param("id", withdrawn.recovery.id().value())
                .update();
        Granted asked = granted("5.00");
        effect(asked, "ASKED", 500, day);
        jdbc.sql("update effect set asked_by = 'rules' where effect_key = :key")
                .param("key", asked.key)
                .update();
        round.now();

        for (Granted one : List.of(young, withdrawn, again, asked)) {
            assertThat(money(one)).isEmpty();
        }
    }

    @Test
    void roundsThatGoAtOnceOpenADifferenceAndItsWorkOnce() throws Exception {
        Granted unsettled = granted("21.00");
        effect(unsettled, "CONFIRMED", 2100, LocalDate.of(2026, 2, 5));
        ExecutorService nodes = Executors.newFixedThreadPool(6);
        try {
            List<Callable<ReconciliationRound.Done>> rounds = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                rounds.add(round::now);
            }
            for (Future<ReconciliationRound.Done> one : nodes.invokeAll(rounds)) {
                one.get();
            }
        } finally {
            nodes.shutdown();
        }

        assertThat(money(unsettled)).containsExactly("SETTLE-103 2100/0");
        WorkItem work = work(unsettled).get(0);
        assertThat(work(unsettled))
                .filteredOn(item -> differences.of(item).code().equals("SETTLE-103"))
                .hasSize(1);
        assertThat(work.queue()).isEqualTo("FINANCE");
        assertThat(work.authority()).isEqualTo(Authority.MANAGER);
    }

    @Test
    void aRoundThatIsKilledLeavesNothingHalfDone() {
        Granted unsettled = granted("24.00");
        effect(unsettled, "CONFIRMED", 2400, LocalDate.of(2026, 2, 11));
        transaction.executeWithoutResult(killed -> {
            round.now();
            killed.setRollbackOnly();
        });
        assertThat(of(unsettled)).isEmpty();
        assertThat(work(unsettled)).isEmpty();

        round.now();
        assertThat(money(unsettled)).containsExactly("SETTLE-103 2400/0");
        assertThat(work(unsettled))
                .filteredOn(item -> differences.of(item).code().equals("SETTLE-103"))
                .hasSize(1);
    }

    @Test
    void closesADifferenceAndItsWorkOnceItIsGone() {
        Granted unsettled = granted("22.00");
        effect(unsettled, "CONFIRMED", 2200, LocalDate.of(2026, 2, 6));
        round.now();
        Difference open = one(unsettled, "SETTLE-103");
        long work = differences.work(open.id()).orElseThrow();

        take(line(unsettled.key, "22.00"));
        round.now();

        assertThat(differences.get(open.id()).state()).isEqualTo(State.GONE);
        assertThat(worklist.get(work).state()).isEqualTo(WorkItem.State.CANCELLED);
        assertThat(differences.history(open.id()))
                .extracting(Difference.Step::happened)
                .containsExactly(Happened.OPENED, Happened.GONE);
    }

    @Test
    void aDifferenceThatSomebodyExplainedComesBackOnlyWhenItChanges() {
        Granted less = granted("23.00");
        effect(less, "CONFIRMED", 2300, LocalDate.of(2026, 2, 7));
        take(line(less.key, "22.00"));
        round.now();
        Difference first = one(less, "SETTLE-105");
        long work = differences.work(first.id()).orElseThrow();

        assertThatThrownBy(() -> worklist.complete(work, Map.of(), MANAGER))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("SETTLE-013");
        assertThatThrownBy(() -> differences.accept(first.id(), "fee", new Decider("agent", Authority.AGENT)))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("WORK-003");
        differences.accept(first.id(), "The provider's fee", MANAGER);
        assertThat(worklist.get(work).state()).isEqualTo(WorkItem.State.DONE);
        round.now();
        assertThat(differences.get(first.id()).state()).isEqualTo(State.ACCEPTED);
        assertThat(differences.get(first.id()).reason()).isEqualTo("The provider's fee");
        assertThat(money(less)).isEmpty();
        assertThatThrownBy(() -> differences.accept(first.id(), "again", MANAGER))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("SETTLE-012");

        take(line(less.key, "0.50"));
        round.now();
        assertThat(money(less)).containsExactly("SETTLE-105 2300/2250");
        take(line(less.key, "0.10"));
        round.now();
        assertThat(money(less)).containsExactly("SETTLE-105 2300/2260");
        assertThat(differences.history(one(less, "SETTLE-105").id()))
                .extracting(Difference.Step::happened)
                .containsExactly(Happened.OPENED, Happened.CHANGED);
    }

    @Test
    void aLineThatBelongsToNoCaseIsWorkOfTheFinanceDesk() {
        Difference stray = stray(LocalDate.of(2026, 2, 12));
        WorkItem work = worklist.get(differences.work(stray.id()).orElseThrow());

        assertThat(stray.caseId()).isNull();
        assertThat(settlements.of(stray).orElseThrow().key()).isEqualTo(own);
        assertThat(work.caseId()).isNull();
        assertThat(work.caseReference()).isNull();
        assertThat(work.queue()).isEqualTo("FINANCE");
        assertThat(work.authority()).isEqualTo(Authority.MANAGER);
        assertThat(worklist.cells().open(WorkCells.Cell::language))
                .extracting(WorkCells.Named::name)
                .doesNotContain("");
        assertThatThrownBy(() -> worklist.complete(
                        work.id(), Map.of("reason", "ours"), new Decider("supervisor", Authority.SUPERVISOR)))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("WORK-003");
        worklist.claim(work.id(), MANAGER);
        assertThat(nextWork.next(MANAGER).orElseThrow().item().id()).isEqualTo(work.id());
        worklist.complete(work.id(), Map.of("reason", "Paid for the other house"), MANAGER);

        assertThat(differences.get(stray.id()).state()).isEqualTo(State.ACCEPTED);
        assertThat(differences.get(stray.id()).reason()).isEqualTo("Paid for the other house");
        assertThat(jdbc.sql("select weight from work_done where item_id = :id")
                        .param("id", work.id())
                        .query(String.class)
                        .single())
                .isNotEmpty();
    }

    @Test
    void aDifferenceThatNobodyEverHadAsWorkBecomesWorkWithTheNextRound() {
        Difference stray = stray(LocalDate.of(2026, 2, 13));
        jdbc.sql("delete from work_item where task = :task")
                .param("task", "difference-" + stray.id())
                .update();
        round.now();

        assertThat(differences.work(stray.id())).isPresent();
        round.now();
        assertThat(jdbc.sql("select count(*) from work_item where task = :task")
                        .param("task", "difference-" + stray.id())
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    // ---- lines

    @Test
    void takesALineOnceAndRefusesWhatCannotBe() {
        Granted granted = granted("30.00");
        effect(granted, "CONFIRMED", 3000, LocalDate.of(2026, 2, 8));
        SettlementLine line = new SettlementLine(
                id(), own, "7", granted.key, null, "REFUND", Money.of("30.00", "USD"), LocalDate.of(2026, 2, 9));
        assertThat(take(line)).containsExactly("added");
        assertThat(take(line)).containsExactly("known");
        assertThat(take(with(line, Money.of("29.00", "USD")))).containsExactly("SETTLE-010");

        Money ten = Money.of("10.00", "USD");
        LocalDate day = LocalDate.of(2026, 2, 9);
        assertThat(take(
                        new SettlementLine(id(), own, null, null, null, null, ten, day),
                        new SettlementLine(id(), own, null, "=cmd()", null, null, ten, day),
                        new SettlementLine(id(), own, null, "-7", null, null, ten, day),
                        new SettlementLine(id(), own, null, granted.key, null, "WISH", ten, day),
                        new SettlementLine(id(), own, null, granted.key, null, null, Money.zero("USD"), day),
                        new SettlementLine(id(), own, null, granted.key, null, null, Money.of("-1.00", "USD"), day),
                        new SettlementLine(id(), own, null, granted.key, null, null, Money.of("5000.01", "USD"), day),
                        new SettlementLine(
                                id(),
                                own,
                                null,
                                granted.key,
                                null,
                                null,
                                ten,
                                LocalDate.now(clock).plusDays(3))))
                .containsExactly(
                        "SETTLE-003",
                        "SETTLE-004",
                        "SETTLE-004",
                        "SETTLE-005",
                        "SETTLE-006",
                        "SETTLE-007",
                        "SETTLE-008",
                        "SETTLE-009");
    }

    @Test
    void aLineFindsItsEffectByTheReferenceAlsoWhenItCameFirst() {
        Granted granted = granted("31.00");
        String reference = "PAY-" + own + "-31";
        take(new SettlementLine(
                id(), own, null, null, reference, null, Money.of("31.00", "USD"), LocalDate.of(2026, 2, 10)));
        effect(granted, "CONFIRMED", 3100, LocalDate.of(2026, 2, 10));
        jdbc.sql("update effect set reference = :reference where effect_key = :key")
                .param("reference", reference)
                .param("key", granted.key)
                .update();
        round.now();

        assertThat(settlements.ofCase(granted.recovery.id()))
                .extracting(SettlementLine.Taken::effect)
                .containsExactly(granted.key);
        assertThat(money(granted)).isEmpty();
    }

    @Test
    void readsTheDecisionsOfBeforeOnce() {
        Granted granted = granted("33.00");
        jdbc.sql("delete from promised where effect_key = :key")
                .param("key", granted.key)
                .update();
        jdbc.sql("update finance_turn set done_id = :done, until_id = :until where name = 'promised'")
                .param("done", granted.decision - 1)
                .param("until", granted.decision)
                .update();
        promised.run(new DefaultApplicationArguments());
        promised.run(new DefaultApplicationArguments());

        assertThat(reconciliation.ofCase(granted.recovery.id()))
                .extracting(Reconciliation.Line::key, Reconciliation.Line::promised)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(granted.key, 3300L));
    }

    // ---- exports

    @Test
    void theJournalBalancesAndClosesWithWhatItOpenedWithAndItsEntries() {
        Granted granted = granted("41.00");
        desk.grant(granted.recovery.id(), Moment.RESOLVE);
        remedies.carryOut(granted.recovery.id());
        LocalDate today = LocalDate.now(clock.withZone(ZoneOffset.UTC));
        List<FinanceExport.JournalLine> lines = new ArrayList<>();
        export.journal(today.minusDays(1), today, lines::add);

        assertThat(lines)
                .filteredOn(line -> line.key().equals(granted.key))
                .extracting(
                        FinanceExport.JournalLine::movement,
                        FinanceExport.JournalLine::account,
                        FinanceExport.JournalLine::debit,
                        FinanceExport.JournalLine::credit)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(granted.key + "/owe", "6810", 4100L, 0L),
                        org.assertj.core.groups.Tuple.tuple(granted.key + "/owe", "2400", 0L, 4100L),
                        org.assertj.core.groups.Tuple.tuple(granted.key + "/pay", "2400", 4100L, 0L),
                        org.assertj.core.groups.Tuple.tuple(granted.key + "/pay", "1590", 0L, 4100L));
        assertThat(lines)
                .filteredOn(line -> line.sort() == FinanceExport.Sort.DAY)
                .isNotEmpty()
                .allMatch(line -> line.debit() == line.credit());
        long opening = sum(lines, FinanceExport.Sort.OPENING, "1590");
        assertThat(sum(lines, FinanceExport.Sort.CLOSING, "1590"))
                .isEqualTo(opening + sum(lines, FinanceExport.Sort.ENTRY, "1590"));

        List<FinanceExport.EffectLine> effects = new ArrayList<>();
        export.effects(today, today, effects::add);
        assertThat(effects)
                .filteredOn(line -> line.key().equals(granted.key))
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.amount()).isEqualTo(4100);
                    assertThat(line.state()).isEqualTo("CONFIRMED");
                    assertThat(line.executedAt()).isNotNull();
                });
        assertThatThrownBy(() -> export.check(today, today.minusDays(1)))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("SETTLE-016");
    }

    private static long sum(List<FinanceExport.JournalLine> lines, FinanceExport.Sort sort, String account) {
        return lines.stream()
                .filter(line -> line.sort() == sort
                        && line.account().equals(account)
                        && line.currency().equals("USD"))
                .mapToLong(line -> line.debit() - line.credit())
                .sum();
    }

    // ---- how cases come about

    private Granted granted(String loss) {
        RecoveryCase recovery = intake.receive(
                        new Submission(
                                null,
                                own + "-" + UUID.randomUUID(),
                                "EMAIL",
                                "Delivery",
                                "Late",
                                "Late",
                                Money.of(loss, "USD"),
                                null,
                                null,
                                null,
                                "en",
                                Map.of(),
                                Map.of()),
                        "agent")
                .recovery();
        desk.decide(recovery.id(), Moment.RESOLVE, Decider.RULES);
        long decision =
                decisions.latest(recovery.id(), Moment.RESOLVE).orElseThrow().id();
        return new Granted(recovery, decision, decision + "-REFUND");
    }

    private void effect(Granted granted, String state, long amount, LocalDate day) {
        insert(granted, granted.key, "RESTITUTION", state, amount, null, null, day);
    }

    private void undo(Granted granted, long amount, LocalDate day) {
        insert(granted, granted.key + "-UNDO", "UNDO", "CONFIRMED", null, amount, granted.key, day);
    }

    private void insert(
            Granted granted,
            String key,
            String sort,
            String state,
            Long amount,
            Long undo,
            String undoes,
            LocalDate day) {
        OffsetDateTime at = Reconciliation.start(day).plusHours(9);
        jdbc.sql("""
                        insert into effect (effect_key, case_id, case_reference, customer_id, decision_id, moment, remedy, remedy_class, kind,
                            amount_minor, currency, undo_minor, undo_currency, undoes, state, authority, created_at, updated_at)
                        values (:key, :case, :reference, :customer, :decision, 'resolve', 'REFUND', :class, 'REFUND', :amount, :currency,
                            :undo, :undoCurrency, :undoes, :state, 'RULES', :at, :at)
                        """)
                .param("key", key)
                .param("case", granted.recovery.id().value())
                .param("reference", granted.recovery.reference())
                .param("customer", granted.recovery.customerId())
                .param("decision", granted.decision)
                .param("class", sort)
                .param("amount", amount)
                .param("currency", amount == null ? null : "USD")
                .param("undo", undo)
                .param("undoCurrency", undo == null ? null : "USD")
                .param("undoes", undoes)
                .param("state", state)
                .param("at", at)
                .update();
    }

    private String id() {
        return own + "/" + UUID.randomUUID();
    }

    private SettlementLine line(String key, String amount) {
        return new SettlementLine(id(), own, null, key, null, null, Money.of(amount, "USD"), LocalDate.of(2026, 3, 3));
    }

    private static SettlementLine with(SettlementLine line, Money money) {
        return new SettlementLine(
                line.identity(),
                line.provider(),
                line.id(),
                line.key(),
                line.reference(),
                line.kind(),
                money,
                line.settledOn());
    }

    private List<String> take(SettlementLine... lines) {
        return settlements.take(List.of(lines), "manager").stream()
                .map(became -> became.why() != null ? became.why().code() : became.added() ? "added" : "known")
                .toList();
    }

    /** Something that was settled and that nothing in the house explains. */
    private Difference stray(LocalDate day) {
        take(new SettlementLine(id(), own, null, own, null, null, Money.of("3.00", "USD"), day));
        round.now();
        String subject = SettlementLine.SUBJECT
                + settlements.strays(day, 50).stream()
                        .filter(taken -> own.equals(taken.line().key()))
                        .findFirst()
                        .orElseThrow()
                        .number();
        return differences.list(State.OPEN, null, 1000).stream()
                .filter(one -> one.subject().equals(subject))
                .findFirst()
                .orElseThrow();
    }

    private List<Difference> of(Granted granted) {
        return differences.ofCase(granted.recovery.id()).stream()
                .filter(one -> one.state() == State.OPEN)
                .toList();
    }

    /** What is open apart from the books. */
    private List<String> money(Granted granted) {
        return of(granted).stream()
                .filter(one -> !one.code().equals("SETTLE-109"))
                .map(one -> one.code() + " " + one.expected() + "/" + one.found())
                .toList();
    }

    private Difference one(Granted granted, String code) {
        return of(granted).stream()
                .filter(one -> one.code().equals(code))
                .findFirst()
                .orElseThrow();
    }

    private List<WorkItem> work(Granted granted) {
        return worklist.ofCase(granted.recovery.id()).stream()
                .filter(Differences::isOne)
                .toList();
    }
}
