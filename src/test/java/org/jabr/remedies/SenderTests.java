package org.jabr.remedies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jabr.customers.Customer;
import org.jabr.customers.Customers;
import org.jabr.customers.MadeUp;
import org.jabr.customers.PersonalText;
import org.jabr.remedies.OutsideGateway.Answer;
import org.jabr.remedies.OutsideGateway.Outcome;
import org.jabr.remedies.SendingLedger.Claim;
import org.jabr.remedies.SendingLedger.Result;
import org.jabr.rules.Authority;
import org.jabr.rules.CaseId;
import org.jabr.rules.Decider;
import org.jabr.rules.Money;
import org.jabr.rules.Problem;
import org.jabr.rules.Remedy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;

@SpringBootTest(
        classes = {SendingRoom.class, SendingRoom.ByHand.class},
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = {
            "jabr.gateways.effects.lease=PT60S",
            "jabr.gateways.effects.rate=100000",
            "jabr.gateways.effects.breaker-share=100",
            "jabr.gateways.effects.breaker-calls=100000",
            "spring.flyway.baseline-on-migrate=true",
            "spring.flyway.baseline-version=0"
        })
abstract class SenderTests {

    private static final CaseId CASE = new CaseId(7);
    private static final Remedy REFUND = new Remedy("REFUND", Remedy.RemedyClass.RESTITUTION, "REFUND");
    private static final Remedy APOLOGY = new Remedy("APOLOGY", Remedy.RemedyClass.CARE, "MESSAGE");
    private static final Decider AGENT = new Decider("agent", Authority.AGENT);
    private static final Decider SUPERVISOR = new Decider("supervisor", Authority.SUPERVISOR);
    private static final Decider OTHER = new Decider("other", Authority.SUPERVISOR);
    private static final String KEY = "1-REFUND";

    @Autowired
    RemedyDesk desk;

    @Autowired
    Effects effects;

    @Autowired
    EffectHistory history;

    @Autowired
    SendingLedger ledger;

    @Autowired
    Sender sender;

    @Autowired
    SendingRoom.Partner partner;

    @Autowired
    SendingRoom.News news;

    @Autowired
    Ticking clock;

    @Autowired
    Customers customers;

    @Autowired
    MadeUp madeUp;

    @Autowired
    JdbcClient jdbc;

    Customer customer;

    @BeforeEach
    void anEmptyLedger() {
        for (String table : List.of("effect_event", "effect", "gateway_booking", "inside_customer")) {
            jdbc.sql("delete from " + table).update();
        }
        customer = customers.findOrCreate("C-1");
        partner.asBefore();
        news.heard.clear();
    }

    // ---- the straight way

    @Test
    void sendsWhatIsReservedAfterItsKeyIsCommitted() {
        List<Integer> known = new ArrayList<>();
        partner.onSend = (effect, ref) -> {
            known.add(jdbc.sql("select count(*) from effect where effect_key = :key and state = 'SENT'")
                    .param("key", effect.key())
                    .query(Integer.class)
                    .single());
            return partner.carriesOut(effect, ref);
        };
        place(1, "8.00");

        assertThat(state(KEY)).isEqualTo(Effect.State.RESERVED);
        sender.round();

        assertThat(known).containsExactly(1);
        assertThat(state(KEY)).isEqualTo(Effect.State.CONFIRMED);
        assertThat(effects.find(KEY).orElseThrow().reference()).isEqualTo("G-1-REFUND");
        assertThat(states(KEY)).containsExactly(Effect.State.RESERVED, Effect.State.SENT, Effect.State.CONFIRMED);
        assertThat(news.heard)
                .extracting(event -> event.effect().state())
                .containsExactly(Effect.State.RESERVED, Effect.State.SENT, Effect.State.CONFIRMED);
        assertThat(sender.round()).isZero();
        assertThat(partner.asked).containsExactly("send 1-REFUND");
    }

    @Test
    void keepsWordsAndMadeUpCustomersInside() {
        madeUp.add(List.of("C-1"));
        madeUp.add(List.of("C-1"));
        place(1, "8.00");
        desk.place(List.of(order(2, APOLOGY, null)));
        desk.carryOut(CASE);
        sender.round();

        assertThat(partner.asked).isEmpty();
        assertThat(state(KEY)).isEqualTo(Effect.State.CONFIRMED);
        assertThat(state("2-APOLOGY")).isEqualTo(Effect.State.CONFIRMED);
    }

    @Test
    void doesNotSendWhatACustomerWithdrewInTime() {
        place(1, "8.00");
        desk.cancelOpen(CASE, Decider.RULES);
        sender.round();

        assertThat(partner.asked).isEmpty();
        assertThat(state(KEY)).isEqualTo(Effect.State.CANCELLED);
    }

    @Test
    void leavesAWithdrawalAloneWhereTheMoneyIsUnderWay() {
        place(1, "8.00");
        Claim claim = claimed();
        desk.cancelOpen(CASE, Decider.RULES);
        ledger.take(List.of(new Result(claim, Answer.done("G"), false)));

        assertThat(state(KEY)).isEqualTo(Effect.State.CONFIRMED);
    }

    @Test
    void endsWhatWasWithdrawnWhileItWasClaimedAndNeverLeftTheHouse() {
        place(1, "8.00");
        Claim claim = claimed();
        desk.cancelOpen(CASE, Decider.RULES);
        ledger.take(List.of(new Result(claim, null, false)));

        assertThat(state(KEY)).isEqualTo(Effect.State.CANCELLED);
        clock.pass(Duration.ofHours(1));
        assertThat(sender.round()).isZero();
    }

    // ---- what nobody knows

    @Test
    void asksBeforeItSendsAgainWhatNobodyKnows() {
        partner.onSend = (effect, ref) -> {
            partner.carriesOut(effect, ref);
            return Answer.unknown("TIMEOUT");
        };
        place(1, "8.00");
        sender.round();
        assertThat(state(KEY)).isEqualTo(Effect.State.UNKNOWN);

        clock.pass(Duration.ofSeconds(4));
        sender.round();
        assertThat(state(KEY)).isEqualTo(Effect.State.UNKNOWN);
        clock.pass(Duration.ofSeconds(1));
        sender.round();

        assertThat(state(KEY)).isEqualTo(Effect.State.CONFIRMED);
        assertThat(partner.asked).containsExactly("send 1-REFUND", "status 1-REFUND");
    }

    @Test
    void asksAtOnceWhereSomebodySaysThatMoreIsKnownAndBelievesNothing() {
        partner.onSend = (effect, ref) -> Answer.of(Outcome.PENDING);
        partner.onStatus = key -> Answer.of(Outcome.PENDING);
        place(1, "8.00");
        assertThat(desk.askSoon(KEY)).isFalse();
        sender.round();
        assertThat(sender.round()).isZero();

        assertThat(desk.askSoon(KEY)).isTrue();
        assertThat(state(KEY)).isEqualTo(Effect.State.SENT);
        sender.round();
        assertThat(state(KEY)).isEqualTo(Effect.State.SENT);
        partner.onStatus = key -> Answer.done("G");
        assertThat(desk.askSoon(KEY)).isTrue();
        sender.round();

        assertThat(state(KEY)).isEqualTo(Effect.State.CONFIRMED);
        assertThat(desk.askSoon(KEY)).isFalse();
        assertThat(desk.askSoon("0-NOTHING")).isFalse();
    }

    @Test
    void sendsAgainWithTheSameKeyWhatTheGatewayHasNeverSeen() {
        partner.onSend = (effect, ref) -> Answer.unknown("CONNECTION");
        place(1, "8.00");
        sender.round();
        partner.onSend = partner::carriesOut;
        clock.pass(Duration.ofSeconds(5));
        sender.round();

        assertThat(state(KEY)).isEqualTo(Effect.State.CONFIRMED);
        assertThat(partner.asked).containsExactly("send 1-REFUND", "status 1-REFUND", "send 1-REFUND");
        assertThat(effects.onItsWay(KEY).orElseThrow().attempts()).isEqualTo(2);
    }

    @Test
    void asksAPersonAfterTheLastWait() {
        partner.onSend = (effect, ref) -> Answer.unknown("STATUS-500");
        partner.onStatus = key -> Answer.unknown("STATUS-500");
        place(1, "8.00");
        sender.round();
        for (Duration wait :
                List.of(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofMinutes(5), Duration.ofHours(1))) {
            assertThat(state(KEY)).isEqualTo(Effect.State.UNKNOWN);
            clock.pass(wait.minusMillis(1));
            assertThat(sender.round()).isZero();
            clock.pass(Duration.ofMillis(1));
            sender.round();
        }

        assertThat(state(KEY)).isEqualTo(Effect.State.NEEDS_PERSON);
        assertThat(news.heard.get(news.heard.size() - 1).failed()).isTrue();
        assertThat(partner.asked).filteredOn(call -> call.startsWith("send")).hasSize(1);
        clock.pass(Duration.ofDays(1));
        assertThat(sender.round()).isZero();
    }

    @Test
    void asksPatientlyWhileTheGatewayIsAtItAndThenAPerson() {
        partner.onSend = (effect, ref) -> Answer.of(Outcome.PENDING);
        partner.onStatus = key -> Answer.of(Outcome.PENDING);
        place(1, "8.00");
        sender.round();
        for (int i = 0; i < 70; i++) {
            assertThat(state(KEY)).isEqualTo(Effect.State.SENT);
            clock.pass(Duration.ofHours(1));
            sender.round();
        }
        clock.pass(Duration.ofHours(3));
        sender.round();

        assertThat(state(KEY)).isEqualTo(Effect.State.NEEDS_PERSON);
        assertThat(partner.asked).filteredOn(call -> call.startsWith("send")).hasSize(1);
    }

    @Test
    void takesARefusalAsFinalAndKeepsItsWords() {
        partner.onSend =
                (effect, ref) -> new Answer(Outcome.REFUSED, "REFUSED", null, new PersonalText("account closed"));
        place(1, "8.00");
        sender.round();

        assertThat(state(KEY)).isEqualTo(Effect.State.REFUSED);
        EffectHistory.Step last = history.of(KEY).get(2);
        assertThat(PersonalText.shown(last.said())).isEqualTo("account closed");
        assertThat(news.heard.get(2).failed()).isTrue();
    }

    @Test
    void treatsAGatewayThatThrowsAsOneThatSaysNothing() {
        partner.onSend = (effect, ref) -> {
            throw new IllegalStateException("broken");
        };
        place(1, "8.00");
        sender.round();

        assertThat(state(KEY)).isEqualTo(Effect.State.UNKNOWN);
    }

    // ---- leases and fences

    @Test
    void asksAboutWhatAWorkerNeverCameBackWith() {
        place(1, "8.00");
        Claim lost = claimed();
        partner.carriesOut(lost.effect(), "C-1");
        clock.pass(Duration.ofSeconds(59));
        assertThat(sender.round()).isZero();
        clock.pass(Duration.ofSeconds(1));
        sender.round();

        assertThat(state(KEY)).isEqualTo(Effect.State.CONFIRMED);
        assertThat(partner.asked).containsExactly("status 1-REFUND");
        assertThat(history.of(KEY)).extracting(EffectHistory.Step::code).contains("LEASE_EXPIRED");
    }

    @Test
    void fencesOffAWorkerThatWakesUpLate() {
        place(1, "8.00");
        Claim late = claimed();
        clock.pass(Duration.ofSeconds(60));
        Claim now = claimed();

        ledger.take(List.of(new Result(late, Answer.unknown("TIMEOUT"), false)));

        assertThat(effects.onItsWay(KEY).orElseThrow().leaseUntil()).isEqualTo(now.leaseUntil());
        assertThat(history.of(KEY)).extracting(EffectHistory.Step::code).contains("FENCED_OFF");
        // Nobody else gets at it while the second one is.
        clock.pass(Duration.ofSeconds(20));
        assertThat(ledger.claim(10)).isEmpty();
        ledger.take(List.of(new Result(now, Answer.done("G"), false)));
        assertThat(state(KEY)).isEqualTo(Effect.State.CONFIRMED);
        ledger.take(List.of(new Result(late, new Answer(Outcome.REFUSED, "REFUSED", null, null), false)));
        assertThat(state(KEY)).isEqualTo(Effect.State.CONFIRMED);
    }

    @Test
    void givesALateWorkersUntouchedEffectBackOnlyWhereItIsStillItsOwn() {
        place(1, "8.00");
        Claim late = claimed();
        clock.pass(Duration.ofSeconds(60));
        claimed();

        ledger.take(List.of(new Result(late, null, false)));

        assertThat(state(KEY)).isEqualTo(Effect.State.UNKNOWN);
    }

    @Test
    void makesNoCallForWhichTheLeaseIsTooShort() {
        place(1, "8.00");
        Claim claim = claimed();
        clock.pass(Duration.ofSeconds(54));
        assertThat(ledger.timeForACall(claim)).isTrue();
        clock.pass(Duration.ofSeconds(1));
        assertThat(ledger.timeForACall(claim)).isFalse();

        ledger.take(List.of(new Result(claim, null, false)));
        assertThat(state(KEY)).isEqualTo(Effect.State.RESERVED);
        assertThat(effects.onItsWay(KEY).orElseThrow().attempts()).isZero();
        sender.round();
        assertThat(partner.asked).containsExactly("send 1-REFUND");
    }

    @Test
    void letsNoTwoWorkersAtOneEffect() throws Exception {
        int many = 120;
        IntStream.rangeClosed(1, many).forEach(i -> place(i, "1.00"));
        int workers = 6;
        CountDownLatch go = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(workers);
        try {
            List<Future<List<String>>> running = new ArrayList<>();
            for (int w = 0; w < workers; w++) {
                running.add(threads.submit(() -> {
                    go.await();
                    List<String> mine = new ArrayList<>();
                    // H2 may find all of the oldest taken, and says none; then it looks again.
                    while (unclaimed() > 0) {
                        ledger.claim(7).forEach(claim -> mine.add(claim.effect().key()));
                    }
                    return mine;
                }));
            }
            go.countDown();
            List<String> all = new ArrayList<>();
            for (Future<List<String>> one : running) {
                all.addAll(one.get());
            }
            assertThat(all).doesNotHaveDuplicates().hasSize(many);
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void placesAnOrderOnceHoweverManyPlaceItAtOnce() throws Exception {
        int workers = 8;
        CountDownLatch go = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(workers);
        try {
            for (int round = 1; round <= 20; round++) {
                long decision = round;
                List<Future<?>> running = IntStream.range(0, workers)
                        .<Future<?>>mapToObj(i -> threads.submit(() -> {
                            go.await();
                            desk.place(List.of(order(decision, REFUND, "8.00")));
                            return null;
                        }))
                        .toList();
                go.countDown();
                for (Future<?> one : running) {
                    try {
                        one.get();
                    } catch (java.util.concurrent.ExecutionException loser) {
                        // Whoever comes second is told so, and looks again.
                        assertThat(loser).hasCauseInstanceOf(org.springframework.dao.DataAccessException.class);
                    }
                }
            }
            assertThat(effects.ofCase(CASE)).hasSize(20);
        } finally {
            threads.shutdown();
        }
    }

    // ---- many

    @Test
    void comesToTheSameTotalWhereAThirdOfTheAnswersIsLost() {
        java.util.Random random = new java.util.Random(11);
        partner.onSend = (effect, ref) -> {
            Answer answer = partner.carriesOut(effect, ref);
            return random.nextInt(100) < 30 ? Answer.unknown("CONNECTION") : answer;
        };
        partner.onStatus = key -> random.nextInt(100) < 30 ? Answer.unknown("CONNECTION") : partner.tells(key);
        int many = 300;
        IntStream.rangeClosed(1, many).forEach(i -> place(i, "1.00"));
        rounds();
        assertThat(effects.newest(Effect.State.UNKNOWN, null, 200)).isNotEmpty();

        clock.pass(Duration.ofSeconds(5));
        rounds();
        clock.pass(Duration.ofSeconds(30));
        rounds();

        assertThat(effects.newest(Effect.State.UNKNOWN, null, 200)).isEmpty();
        assertThat(effects.byState()).containsOnlyKeys(Effect.State.CONFIRMED);
        assertThat(partner.done).hasSize(many);
        assertThat(partner.asked).filteredOn(call -> call.startsWith("send")).hasSize(many);
    }

    // ---- people

    @Test
    void letsAPersonHaveTheGatewayAskedAgain() {
        needsPerson();
        assertCode("REMEDY-003", () -> desk.askAgain(KEY, AGENT));
        partner.onStatus = partner::tells;
        partner.onSend = partner::carriesOut;
        desk.askAgain(KEY, SUPERVISOR);
        sender.round();

        assertThat(state(KEY)).isEqualTo(Effect.State.CONFIRMED);
        assertCode("REMEDY-010", () -> desk.askAgain(KEY, SUPERVISOR));
    }

    @Test
    void letsAnotherPersonSayWhatBecameOfIt() {
        needsPerson();
        assertCode("REMEDY-011", () -> desk.foundDone(KEY, " ", SUPERVISOR));
        assertCode("REMEDY-009", () -> desk.foundUndone(KEY, " ", SUPERVISOR));
        jdbc.sql("update effect set decided_by = 'supervisor'").update();
        assertCode("REMEDY-004", () -> desk.foundDone(KEY, "B-1", SUPERVISOR));
        desk.foundDone(KEY, "B-1", OTHER);

        assertThat(state(KEY)).isEqualTo(Effect.State.CONFIRMED);
        assertThat(effects.find(KEY).orElseThrow().reference()).isEqualTo("B-1");
    }

    // ---- taking back

    @Test
    void takesBackByAnEffectOfItsOwnThatSomebodyElseApproves() {
        place(1, "8.00");
        assertCode("REMEDY-007", () -> desk.undo(KEY, "paid by the bank", SUPERVISOR));
        sender.round();
        assertCode("REMEDY-003", () -> desk.undo(KEY, "paid by the bank", AGENT));
        assertCode("REMEDY-009", () -> desk.undo(KEY, "", SUPERVISOR));
        String undo = desk.undo(KEY, "paid by the bank", SUPERVISOR);
        assertCode("REMEDY-008", () -> desk.undo(KEY, "again", OTHER));
        assertCode("REMEDY-004", () -> desk.approve(undo, null, null, SUPERVISOR));
        assertThat(partner.asked).containsExactly("send 1-REFUND");
        desk.approve(undo, null, null, OTHER);

        assertThat(state(KEY)).isEqualTo(Effect.State.CONFIRMED);
        sender.round();

        assertThat(partner.asked).containsExactly("send 1-REFUND", "send 1-REFUND-UNDO");
        assertThat(state(undo)).isEqualTo(Effect.State.CONFIRMED);
        assertThat(effects.find(undo).orElseThrow().money()).isEqualTo(Money.of("-8.00", "USD"));
        assertThat(state(KEY)).isEqualTo(Effect.State.REVERSED);
        assertCode("REMEDY-007", () -> desk.undo(KEY, "once more", SUPERVISOR));
    }

    @Test
    void asksForARefusedUndoOnceMore() {
        place(1, "8.00");
        sender.round();
        String undo = desk.undo(KEY, "paid by the bank", SUPERVISOR);
        desk.refuse(undo, "it was not", OTHER);

        assertThat(desk.undo(KEY, "it was", SUPERVISOR)).isEqualTo("1-REFUND-UNDO-2");
        assertThat(state(KEY)).isEqualTo(Effect.State.CONFIRMED);
    }

    @Test
    void takesBackInTheHouseWhatWasBookedInTheHouse() {
        madeUp.add(List.of("C-1"));
        place(1, "8.00");
        desk.approve(desk.undo(KEY, "a mistake", SUPERVISOR), null, null, OTHER);

        assertThat(state(KEY)).isEqualTo(Effect.State.REVERSED);
        assertThat(jdbc.sql("select sum(amount_minor) from gateway_booking")
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(partner.asked).isEmpty();
    }

    @Test
    void listsTheNewestFirstPageByPage() {
        IntStream.rangeClosed(1, 5).forEach(i -> place(i, "1.00"));
        Set<String> seen =
                effects.newest(null, null, 3).stream().map(Effect::key).collect(Collectors.toSet());
        String last = effects.newest(null, null, 3).get(2).key();
        effects.newest(Effect.State.RESERVED, last, 3).forEach(effect -> seen.add(effect.key()));

        assertThat(seen).hasSize(5);
        assertThat(effects.byState()).containsEntry(Effect.State.RESERVED, 5L);
    }

    private void needsPerson() {
        partner.onSend = (effect, ref) -> Answer.unknown("STATUS-500");
        partner.onStatus = key -> Answer.unknown("STATUS-500");
        place(1, "8.00");
        sender.round();
        for (int i = 0; i < 4; i++) {
            clock.pass(Duration.ofHours(1));
            sender.round();
        }
        assertThat(state(KEY)).isEqualTo(Effect.State.NEEDS_PERSON);
    }

    private void rounds() {
        while (sender.round() > 0) {
            // As long as there is something to do.
        }
    }

    private int unclaimed() {
        return jdbc.sql("select count(*) from effect where lease_until is null")
                .query(Integer.class)
                .single();
    }

    private Claim claimed() {
        List<Claim> claims = ledger.claim(10);
        assertThat(claims).hasSize(1);
        return claims.get(0);
    }

    private void place(long decision, String amount) {
        desk.place(List.of(order(decision, REFUND, amount)));
        desk.carryOut(CASE);
    }

    private RemedyOrder order(long decision, Remedy remedy, @org.jspecify.annotations.Nullable String amount) {
        return new RemedyOrder(
                CASE,
                "R-2026-000007",
                customer.id(),
                "GENERAL",
                decision,
                "resolve",
                remedy,
                amount == null ? null : Money.of(amount, "USD"),
                null,
                false,
                false,
                Authority.RULES,
                "rules");
    }

    private Effect.State state(String key) {
        return effects.find(key).orElseThrow().state();
    }

    private List<Effect.State> states(String key) {
        return history.of(key).stream().map(EffectHistory.Step::to).toList();
    }

    private static void assertCode(String code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.code())
                .isEqualTo(code));
    }
}
