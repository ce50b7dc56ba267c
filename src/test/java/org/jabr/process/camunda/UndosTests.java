package org.jabr.process.camunda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jabr.process.camunda.Desk.AGENT;
import static org.jabr.process.camunda.Desk.MANAGER;
import static org.jabr.process.camunda.Desk.SUPERVISOR;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jabr.cases.ApprovalRules;
import org.jabr.cases.RecoveryCase;
import org.jabr.cases.Stage;
import org.jabr.cases.TimelineEntry;
import org.jabr.customers.PersonalText;
import org.jabr.customers.StaffLink;
import org.jabr.customers.StaffLinks;
import org.jabr.people.Absences;
import org.jabr.process.ApprovalRound;
import org.jabr.process.ApprovalWaits;
import org.jabr.process.Joining;
import org.jabr.process.Undos;
import org.jabr.releases.Publishing;
import org.jabr.releases.Releases;
import org.jabr.remedies.Effect;
import org.jabr.remedies.EffectHistory;
import org.jabr.remedies.Effects;
import org.jabr.remedies.RemedyDesk;
import org.jabr.rules.Authority;
import org.jabr.rules.Decider;
import org.jabr.rules.Problem;
import org.jabr.worklist.WorkItem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whoever wants something taken back has it in the one list, and it is answered there or on the effect's page, once. */
abstract class UndosTests {

    private static final Decider OTHER = new Decider("supervisor2", Authority.SUPERVISOR);
    private static final String WHY = "The bank had paid it already";

    @Autowired
    Desk desk;

    @Autowired
    Undos undos;

    @Autowired
    RemedyDesk remedies;

    @Autowired
    Effects effects;

    @Autowired
    EffectHistory history;

    @Autowired
    Joining joining;

    @Autowired
    ApprovalRound approvals;

    @Autowired
    ApprovalWaits waits;

    @Autowired
    ApprovalRules rules;

    @Autowired
    Absences absences;

    @Autowired
    StaffLinks links;

    @Autowired
    Releases releases;

    @Autowired
    Publishing publishing;

    @Autowired
    MovableClock clock;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    JdbcClient jdbc;

    @BeforeEach
    void peopleWorkHere() {
        person("supervisor", "SUPERVISOR");
        person("supervisor2", "SUPERVISOR");
        person("manager", "MANAGER");
    }

    @AfterEach
    void nobodyDoes() {
        jdbc.sql("delete from account where login in ('supervisor', 'supervisor2', 'manager')")
                .update();
    }

    @Test
    void standsInTheListAsEveryApprovalOfItsCaseDoes() {
        RecoveryCase recovery = paid();
        String undo = ask(recovery);

        WorkItem item = desk.item(recovery);
        assertThat(item.kind()).isEqualTo(WorkItem.Kind.APPROVAL);
        assertThat(item.subject()).isEqualTo(undo);
        assertThat(item.authority()).isEqualTo(Authority.SUPERVISOR);
        assertThat(item.notBy()).isEqualTo("supervisor");
        assertThat(List.of(item.queue(), item.skill(), item.language(), item.release()))
                .containsExactly(recovery.queue(), recovery.skill(), recovery.language(), recovery.release());
        assertThat(item.dueAt()).isEqualTo(recovery.resolveDueAt()).isAfter(now());
        assertThat(item.assignee()).isNull();
        assertThat(waits.of(List.of(item.id()))).hasSize(1);
    }

    @Test
    void isApprovedInTheListAndTakesItBackThoughTheCaseHasEnded() {
        RecoveryCase recovery = paid();
        desk.cases.move(recovery.id(), Stage.CLOSED, "rules");
        String undo = ask(recovery);

        desk.complete(desk.item(recovery), Map.of("verdict", "APPROVE", "reason", "I rang the bank"), OTHER);

        assertThat(state(undo)).isEqualTo(Effect.State.CONFIRMED);
        assertThat(state(refund(recovery))).isEqualTo(Effect.State.REVERSED);
        assertThat(desk.items(recovery)).isEmpty();
        assertThat(kinds(recovery)).containsOnlyOnce("APPROVED");
        assertThat(desk.stage(recovery)).isEqualTo(Stage.CLOSED);
        assertThat(PersonalText.shown(effects.find(undo).orElseThrow().reason()))
                .isEqualTo(WHY);
        assertThat(said(undo)).containsExactly(WHY, "I rang the bank");
        refused("REMEDY-002", () -> undos.answer(undo, false, "too late", MANAGER));
    }

    @Test
    void letsTheDiagramBeWhereItIs() {
        RecoveryCase recovery = paid();
        List<String> before = desk.waitsAt(recovery);
        ask(recovery);

        desk.complete(desk.item(recovery), Map.of("verdict", "APPROVE"), OTHER);

        assertThat(before).isNotEmpty();
        assertThat(desk.waitsAt(recovery)).isEqualTo(before);
    }

    @Test
    void isRefusedInTheListWithAReasonAndCanBeAskedForAgain() {
        RecoveryCase recovery = paid();
        String undo = ask(recovery);
        WorkItem item = desk.item(recovery);
        refused("CASE-005", () -> desk.complete(item, Map.of("verdict", "REFUSE"), OTHER));
        assertThat(desk.item(recovery).open()).isTrue();

        desk.complete(item, Map.of("verdict", "REFUSE", "reason", "It had not"), OTHER);

        assertThat(state(undo)).isEqualTo(Effect.State.REFUSED);
        assertThat(state(refund(recovery))).isEqualTo(Effect.State.CONFIRMED);
        assertThat(said(undo)).containsExactly(WHY, "It had not");
        assertThat(kinds(recovery)).contains("APPROVAL_REFUSED");
        String again = ask(recovery);
        assertThat(again).isEqualTo(undo + "-2");
        assertThat(desk.item(recovery).subject()).isEqualTo(again);
    }

    @Test
    void isTakenBackWholeOrNotAtAll() {
        RecoveryCase recovery = paid();
        String undo = ask(recovery);

        refused(
                "REMEDY-005",
                () -> desk.complete(desk.item(recovery), Map.of("verdict", "APPROVE", "amount", "1.00"), OTHER));

        assertThat(state(undo)).isEqualTo(Effect.State.ASKED);
        assertThat(desk.item(recovery).open()).isTrue();
    }

    @Test
    void isNotAnsweredByWhoAskedForItNorBelowASupervisor() {
        RecoveryCase recovery = paid();
        String undo = ask(recovery);
        WorkItem item = desk.item(recovery);

        refused("WORK-004", () -> desk.complete(item, Map.of("verdict", "APPROVE"), SUPERVISOR));
        refused("WORK-004", () -> undos.answer(undo, true, null, SUPERVISOR));
        refused("WORK-003", () -> desk.complete(item, Map.of("verdict", "APPROVE"), AGENT));
        refused("WORK-003", () -> undos.answer(undo, true, null, AGENT));

        assertThat(state(undo)).isEqualTo(Effect.State.ASKED);
        assertThat(undos.answerable(effects.find(undo).orElseThrow(), SUPERVISOR))
                .isFalse();
        assertThat(undos.answerable(effects.find(undo).orElseThrow(), OTHER)).isTrue();
    }

    @Test
    void isNotAnsweredByWhoIsCloseToTheCustomer() {
        RecoveryCase recovery = paid();
        String undo = ask(recovery);
        WorkItem item = desk.item(recovery);
        links.declare(
                "supervisor2",
                desk.customers.get(recovery.customerId()).externalRef(),
                StaffLink.Relation.RELATIVE,
                OTHER);

        refused("GUARD-001", () -> desk.complete(item, Map.of("verdict", "APPROVE"), OTHER));
        refused("GUARD-001", () -> undos.answer(undo, true, null, OTHER));
        assertThat(undos.answerable(effects.find(undo).orElseThrow(), OTHER)).isFalse();

        undos.answer(undo, true, null, MANAGER);
        assertThat(state(undo)).isEqualTo(Effect.State.CONFIRMED);
    }

    @Test
    void isAnsweredOnTheEffectsPageWhoeverHasTheWorkWhichEndsWithIt() {
        RecoveryCase recovery = paid();
        String undo = ask(recovery);
        WorkItem item = desk.item(recovery);
        desk.worklist.claim(item.id(), OTHER);
        refused("CASE-005", () -> undos.answer(undo, false, " ", MANAGER));

        undos.answer(undo, true, null, MANAGER);

        assertThat(state(undo)).isEqualTo(Effect.State.CONFIRMED);
        assertThat(state(refund(recovery))).isEqualTo(Effect.State.REVERSED);
        assertThat(desk.worklist.get(item.id()).state()).isEqualTo(WorkItem.State.CANCELLED);
        refused("WORK-002", () -> desk.complete(item, Map.of("verdict", "REFUSE", "reason", "no"), OTHER));
        refused("REMEDY-002", () -> undos.answer(undo, true, null, OTHER));
        refused("REMEDY-001", () -> undos.answer(refund(recovery), true, null, OTHER));
        approvals.look();
        assertThat(waits.of(List.of(item.id()))).isEmpty();
    }

    @Test
    void isAnsweredOnceByTwoWhoAnswerAtOnceOnThePage() throws Exception {
        for (int i = 0; i < 5; i++) {
            RecoveryCase recovery = paid();
            String undo = ask(recovery);

            List<String> answers =
                    atOnce(() -> undos.answer(undo, true, null, OTHER), () -> undos.answer(undo, false, "no", MANAGER));

            assertThat(answers).containsExactlyInAnyOrder("", "REMEDY-002");
            assertAnsweredOnce(recovery, undo);
        }
    }

    @Test
    void isAnsweredOnceByTwoWhoAnswerAtOnceInTheListAndOnThePage() throws Exception {
        for (int i = 0; i < 5; i++) {
            RecoveryCase recovery = paid();
            String undo = ask(recovery);
            WorkItem item = desk.item(recovery);

            List<String> answers = atOnce(
                    () -> desk.worklist.complete(item.id(), Map.of("verdict", "APPROVE"), OTHER),
                    () -> undos.answer(undo, false, "no", MANAGER));

            assertThat(answers).isIn(List.of("", "REMEDY-002"), List.of("WORK-002", ""));
            assertAnsweredOnce(recovery, undo);
        }
    }

    @Test
    void whoAnswersOnThePageWaitsForWhoAnswersInTheList() throws Exception {
        RecoveryCase recovery = paid();
        String undo = ask(recovery);
        WorkItem item = desk.item(recovery);
        CountDownLatch held = new CountDownLatch(1);
        ExecutorService two = Executors.newFixedThreadPool(2);
        try {
            Future<String> list = two.submit(() -> attempt(() -> desk.transaction.executeWithoutResult(status -> {
                desk.worklist.hold(recovery.id());
                held.countDown();
                // Time enough for the other one to come to whatever it takes first.
                pause();
                desk.worklist.complete(item.id(), Map.of("verdict", "APPROVE"), OTHER);
            })));
            Future<String> page = two.submit(() -> {
                held.await();
                return attempt(() -> undos.answer(undo, false, "no", MANAGER));
            });
            assertThat(List.of(list.get(1, TimeUnit.MINUTES), page.get(1, TimeUnit.MINUTES)))
                    .containsExactly("", "REMEDY-002");
        } finally {
            two.shutdownNow();
        }
        assertThat(state(undo)).isEqualTo(Effect.State.CONFIRMED);
    }

    @Test
    void movesUpAsTheRulesSayAndThenOnlyWhoStandsThereAnswers() {
        RecoveryCase recovery = paid();
        desk.cases.move(recovery.id(), Stage.CLOSED, "rules");
        String undo = ask(recovery);
        WorkItem item = desk.item(recovery);
        OffsetDateTime up = rules.next(recovery.id(), Authority.SUPERVISOR, now())
                .orElseThrow()
                .at();
        // The time of the case itself is over, so it is due when it would move up.
        assertThat(item.dueAt()).isEqualTo(up);
        approvals.look();
        clock.pass(Duration.between(now(), up));
        approvals.look();
        approvals.look();

        assertThat(desk.item(recovery).authority()).isEqualTo(Authority.MANAGER);
        assertThat(kinds(recovery)).containsOnlyOnce("APPROVAL_RAISED");
        refused("WORK-003", () -> desk.complete(item, Map.of("verdict", "APPROVE"), OTHER));
        refused("WORK-003", () -> undos.answer(undo, true, null, OTHER));
        assertThat(undos.answerable(effects.find(undo).orElseThrow(), OTHER)).isFalse();
        undos.answer(undo, true, null, MANAGER);
        assertThat(state(undo)).isEqualTo(Effect.State.CONFIRMED);
    }

    @Test
    void isAskedForAlsoWhereTheRulesHaveNoAnswerAboutItsTime() {
        String first = releases.live().id();
        SortedMap<String, String> files = releases.files(first);
        files.remove("rules/scenarios/approval-wait.csv");
        files.computeIfPresent(
                "rules/approval-wait.dmn",
                (name, dmn) ->
                        dmn.replaceFirst("(\"wait-supervisor-in-answers-waitsFor\">\\s*<text>)-", "$1\"AGENT\""));
        assertThat(files.get("rules/approval-wait.dmn"))
                .isNotEqualTo(releases.files(first).get("rules/approval-wait.dmn"));
        publishing.live(files);
        RecoveryCase recovery = paid();
        publishing.again(first);
        desk.cases.move(recovery.id(), Stage.CLOSED, "rules");

        ask(recovery);

        assertThat(desk.item(recovery).dueAt()).isEqualTo(now());
    }

    @Test
    void goesToTheStandInOfWhoeverIsAway() {
        RecoveryCase recovery = paid();
        desk.cases.move(recovery.id(), Stage.CLOSED, "rules");
        String undo = ask(recovery);
        desk.worklist.claim(desk.item(recovery).id(), OTHER);
        absences.add("supervisor2", now(), now().plusDays(2), "manager", "manager");
        approvals.look();
        assertThat(desk.item(recovery).assignee()).isEqualTo("manager");

        absences.add("manager", now(), now().plusDays(2), "supervisor", "manager");
        approvals.look();
        // Who asked for it never gets it.
        assertThat(desk.item(recovery).assignee()).isNull();
        assertThat(kinds(recovery)).contains("APPROVAL_DELEGATED", "APPROVAL_FREED");
        assertThat(state(undo)).isEqualTo(Effect.State.ASKED);
    }

    @Test
    void staysWithItsMoneyWhereItsCaseIsMerged() {
        RecoveryCase merged = paid();
        RecoveryCase survivor = desk.lateDelivery().of(merged).open();
        String before = ask(merged);

        joining.merge(merged.reference(), survivor.reference(), "one matter", SUPERVISOR);

        assertThat(desk.item(merged).subject()).isEqualTo(before);
        assertThat(desk.items(survivor)).noneMatch(Undos::isOne);
        desk.worklist.complete(desk.item(merged).id(), Map.of("verdict", "REFUSE", "reason", "no"), OTHER);
        assertThat(state(before)).isEqualTo(Effect.State.REFUSED);

        String after = ask(merged);
        assertThat(desk.items(merged)).isEmpty();
        WorkItem item =
                desk.items(survivor).stream().filter(Undos::isOne).findFirst().orElseThrow();
        assertThat(item.subject()).isEqualTo(after);
        desk.worklist.complete(item.id(), Map.of("verdict", "APPROVE"), OTHER);
        assertThat(state(after)).isEqualTo(Effect.State.CONFIRMED);
        assertThat(state(refund(merged))).isEqualTo(Effect.State.REVERSED);
    }

    @Test
    void givesWorkOnceToWhatWaitedBeforeThereWasWorkForIt() throws Exception {
        RecoveryCase recovery = paid();
        String undo = ask(recovery);
        forgetTheWork(undo);

        assertThat(atOnce(approvals::look, approvals::look)).containsExactly("", "");
        approvals.look();

        WorkItem item = desk.item(recovery);
        assertThat(item.subject()).isEqualTo(undo);
        assertThat(item.notBy()).isEqualTo("supervisor");
        desk.complete(item, Map.of("verdict", "APPROVE"), OTHER);
        approvals.look();
        assertThat(desk.items(recovery)).isEmpty();
        assertThat(state(undo)).isEqualTo(Effect.State.CONFIRMED);
    }

    @Test
    void isAnsweredOnThePageAlsoBeforeItHasWork() {
        RecoveryCase recovery = paid();
        String undo = ask(recovery);
        forgetTheWork(undo);
        assertThat(undos.answerable(effects.find(undo).orElseThrow(), SUPERVISOR))
                .isFalse();
        assertThat(undos.answerable(effects.find(undo).orElseThrow(), OTHER)).isTrue();
        refused("WORK-004", () -> undos.answer(undo, true, null, SUPERVISOR));
        forgetTheWork(undo);

        undos.answer(undo, true, null, OTHER);

        assertThat(state(undo)).isEqualTo(Effect.State.CONFIRMED);
        approvals.look();
        assertThat(desk.items(recovery)).isEmpty();
    }

    @Test
    void leavesTheListWhereItIsNotWantedAnyMore() {
        RecoveryCase recovery = paid();
        String undo = ask(recovery);
        WorkItem item = desk.item(recovery);

        desk.transaction.executeWithoutResult(status -> {
            desk.worklist.hold(recovery.id());
            jdbc.sql("update effect set state = 'CANCELLED' where effect_key = :key")
                    .param("key", undo)
                    .update();
            events.publishEvent(new Effect.Changed(effects.find(undo).orElseThrow(), "rules"));
        });

        assertThat(desk.worklist.get(item.id()).state()).isEqualTo(WorkItem.State.CANCELLED);
        assertThat(desk.waitsAt(recovery)).isNotEmpty();
    }

    @Test
    void goesOnWaitingWhereTheCustomerWithdraws() {
        RecoveryCase recovery = paid();
        String undo = ask(recovery);

        desk.cases.withdraw(recovery.id(), "customer");
        desk.work(recovery);

        assertThat(desk.ended(recovery)).isTrue();
        desk.complete(desk.item(recovery), Map.of("verdict", "APPROVE"), OTHER);
        assertThat(state(undo)).isEqualTo(Effect.State.CONFIRMED);
    }

    /** A case whose refund was paid. */
    private RecoveryCase paid() {
        RecoveryCase recovery = desk.lateDelivery().open();
        assertThat(state(refund(recovery))).isEqualTo(Effect.State.CONFIRMED);
        assertThat(desk.items(recovery)).isEmpty();
        return recovery;
    }

    private String refund(RecoveryCase recovery) {
        return effects.ofCase(recovery.id()).stream()
                .filter(effect -> effect.remedy().equals("REFUND"))
                .findFirst()
                .orElseThrow()
                .key();
    }

    private String ask(RecoveryCase recovery) {
        return remedies.undo(refund(recovery), WHY, SUPERVISOR);
    }

    private void forgetTheWork(String undo) {
        long id = undos.work(undo).orElseThrow().id();
        jdbc.sql("delete from approval_wait where item_id = :id")
                .param("id", id)
                .update();
        jdbc.sql("delete from work_item where id = :id").param("id", id).update();
    }

    private void assertAnsweredOnce(RecoveryCase recovery, String undo) {
        Effect.State state = state(undo);
        assertThat(state).isIn(Effect.State.CONFIRMED, Effect.State.REFUSED);
        assertThat(state(refund(recovery)))
                .isEqualTo(state == Effect.State.CONFIRMED ? Effect.State.REVERSED : Effect.State.CONFIRMED);
        assertThat(desk.items(recovery)).isEmpty();
        assertThat(kinds(recovery)).filteredOn(kind -> kind.startsWith("APPRO")).hasSize(1);
    }

    private Effect.State state(String key) {
        return effects.find(key).orElseThrow().state();
    }

    private List<String> said(String key) {
        return history.of(key).stream()
                .map(EffectHistory.Step::said)
                .filter(Objects::nonNull)
                .map(PersonalText::value)
                .toList();
    }

    private List<String> kinds(RecoveryCase recovery) {
        return desk.file(recovery).timeline().stream().map(TimelineEntry::kind).toList();
    }

    private OffsetDateTime now() {
        return OffsetDateTime.now(clock);
    }

    private void person(String login, String role) {
        jdbc.sql(
                        "insert into account (login, name_en, name_ar, password_hash, password_is_one_time, active, created_at) values (:login, :login, :login, '-', false, true, :at)")
                .param("login", login)
                .param("at", now())
                .update();
        jdbc.sql("insert into account_trait (login, kind, word) values (:login, 'ROLE', :role)")
                .param("login", login)
                .param("role", role)
                .update();
    }

    private static void pause() {
        try {
            Thread.sleep(700);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void refused(String code, org.assertj.core.api.ThrowableAssert.ThrowingCallable what) {
        assertThatThrownBy(what).isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.code())
                .isEqualTo(code));
    }

    /** The code of the refusal; empty where there was none. */
    private static String attempt(Runnable what) {
        try {
            what.run();
            return "";
        } catch (Problem problem) {
            return problem.code();
        }
    }

    private static List<String> atOnce(Runnable... whats) throws Exception {
        CyclicBarrier gate = new CyclicBarrier(whats.length);
        ExecutorService threads = Executors.newFixedThreadPool(whats.length);
        try {
            List<Future<String>> running = new ArrayList<>();
            for (Runnable what : whats) {
                running.add(threads.submit((Callable<String>) () -> {
                    gate.await();
                    return attempt(what);
                }));
            }
            List<String> answers = new ArrayList<>();
            for (Future<String> one : running) {
                answers.add(one.get(1, TimeUnit.MINUTES));
            }
            return answers;
        } finally {
            threads.shutdownNow();
        }
    }
}
