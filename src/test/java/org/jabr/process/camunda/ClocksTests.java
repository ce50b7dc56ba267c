package org.jabr.process.camunda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jabr.process.camunda.Desk.AGENT;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert;
import org.jabr.cases.ClockDesk;
import org.jabr.cases.ClockEvent;
import org.jabr.cases.ClockState;
import org.jabr.cases.PauseFinder;
import org.jabr.cases.PauseSign;
import org.jabr.cases.Promise;
import org.jabr.cases.PromiseDesk;
import org.jabr.cases.RecoveryCase;
import org.jabr.cases.Stage;
import org.jabr.cases.TimelineEntry;
import org.jabr.customers.PersonalText;
import org.jabr.process.PromiseRound;
import org.jabr.releases.Publishing;
import org.jabr.releases.Releases;
import org.jabr.rules.Moment;
import org.jabr.rules.Problem;
import org.jabr.worklist.WorkItem;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Clocks and promises of real cases, on real databases. */
abstract class ClocksTests {

    private static final String WAITING = "WAITING_FOR_CUSTOMER";

    @Autowired
    Desk desk;

    @Autowired
    ClockDesk clocks;

    @Autowired
    PromiseDesk promiseDesk;

    @Autowired
    PauseFinder finder;

    @Autowired
    PromiseRound promises;

    @Autowired
    MovableClock clock;

    @Autowired
    Releases releases;

    @Autowired
    Publishing publishing;

    @Test
    void aPausedClockIsNeverShownAsRunningAndItsWorkIsDueLater() {
        RecoveryCase recovery = waiting();
        ClockDesk.Story before = resolve(recovery);
        WorkItem item = desk.item(recovery);
        assertThat(item.dueAt()).isEqualTo(desk.now(recovery).resolveDueAt());

        clocks.pause(recovery.reference(), before.clock().id(), WAITING, new PersonalText("asked for a photo"), AGENT);
        clock.pass(Duration.ofDays(3));

        ClockDesk.Story paused = resolve(recovery);
        assertThat(paused.state().run()).isEqualTo(ClockState.Run.PAUSED);
        assertThat(paused.state().remaining()).isEqualTo(before.state().remaining());
        assertThat(paused.state().breached()).isFalse();

        clocks.resume(recovery.reference(), before.clock().id(), AGENT);

        ClockDesk.Story after = resolve(recovery);
        assertThat(after.state().run()).isEqualTo(ClockState.Run.RUNNING);
        assertThat(after.state().remaining()).isEqualTo(before.state().remaining());
        assertThat(after.events())
                .extracting(ClockEvent::kind)
                .containsExactly(ClockEvent.Kind.STARTED, ClockEvent.Kind.PAUSED, ClockEvent.Kind.RESUMED);
        assertThat(after.events().get(1).by()).isEqualTo("agent");
        assertThat(PersonalText.shown(after.events().get(1).note())).isEqualTo("asked for a photo");
        assertThat(desk.now(recovery).resolveDueAt())
                .isEqualTo(after.clock().dueAt())
                .isAfter(before.clock().dueAt());
        WorkItem moved = desk.item(recovery);
        assertThat(moved.dueAt()).isEqualTo(after.clock().dueAt());
        assertThat(Duration.between(moved.effectiveAt(), moved.dueAt()))
                .isEqualTo(Duration.between(item.effectiveAt(), item.dueAt()));
    }

    @Test
    void aReplyOnAnyChannelResumesWhatWaitedForTheCustomer() {
        for (String channel : List.of("WEB", "EMAIL")) {
            RecoveryCase recovery = waiting();
            pause(recovery, WAITING);
            clock.pass(Duration.ofHours(1));

            desk.cases.contacted(recovery.id(), channel, new PersonalText("Here it is"), null, Map.of(), "customer");

            assertThat(resolve(recovery).state().run()).isEqualTo(ClockState.Run.RUNNING);
            assertThat(last(recovery).by()).isEqualTo("customer");
            assertThat(last(recovery).reason()).isEqualTo("CUSTOMER_ANSWERED");
        }
    }

    @Test
    void aReplyDoesNotResumeWhatWaitsForSomebodyElse() {
        RecoveryCase recovery = waiting();
        pause(recovery, "WAITING_FOR_SUPPLIER");

        desk.cases.contacted(recovery.id(), "WEB", new PersonalText("Any news?"), null, Map.of(), "customer");

        assertThat(resolve(recovery).state().run()).isEqualTo(ClockState.Run.PAUSED);
    }

    @Test
    void aPauseSurvivesAReassessmentAndTheDueTimeFollowsTheNewLevel() {
        RecoveryCase recovery = waiting();
        pause(recovery, "WAITING_FOR_SUPPLIER");
        int severity = desk.now(recovery).severity();

        desk.cases.contacted(
                recovery.id(),
                "EMAIL",
                new PersonalText("I was ill because of it"),
                null,
                Map.of("failure.practicalImpact", "MAJOR"),
                "customer");
        desk.cases.reassess(recovery.id());

        assertThat(desk.now(recovery).severity()).isGreaterThan(severity);
        ClockDesk.Story after = resolve(recovery);
        assertThat(after.state().run()).isEqualTo(ClockState.Run.PAUSED);
        assertThat(after.events())
                .extracting(ClockEvent::kind)
                .containsExactly(ClockEvent.Kind.STARTED, ClockEvent.Kind.PAUSED, ClockEvent.Kind.RECOMPUTED);
        assertThat(desk.now(recovery).resolveDueAt()).isEqualTo(after.clock().dueAt());
    }

    @Test
    void aPauseSurvivesAnotherReleaseAndIsReckonedByItsCalendar() {
        RecoveryCase recovery = waiting();
        pause(recovery, "WAITING_FOR_SUPPLIER");
        ClockDesk.Story before = resolve(recovery);
        String first = releases.live().id();
        SortedMap<String, String> files = releases.files(first);
        files.computeIfPresent(
                "rules/calendars/business.yml", (path, text) -> text.replace("09:00-17:00", "09:00-13:00"));
        String later = publishing.live(files);
        publishing.again(first);
        clock.pass(Duration.ofMinutes(5));

        desk.cases.repin(recovery.id(), later, "approver");

        ClockDesk.Story after = resolve(recovery);
        assertThat(after.state().run()).isEqualTo(ClockState.Run.PAUSED);
        assertThat(after.clock().dueAt()).isAfter(before.clock().dueAt());
        clock.pass(Duration.ofDays(4));
        clocks.resume(recovery.reference(), after.clock().id(), AGENT);
        assertThat(resolve(recovery).state().remaining())
                .isEqualTo(after.state().remaining());
        assertThat(desk.now(recovery).resolveDueAt())
                .isEqualTo(resolve(recovery).clock().dueAt());
        // and the past is as it was
        assertThat(clocks.stories(recovery.reference(), before.clock().startedAt())
                        .get(0)
                        .state()
                        .dueAt())
                .isEqualTo(before.clock().dueAt());
    }

    @Test
    void nothingIsCountedAfterTheCaseIsResolvedAndAReopenedOneBeginsAnew() {
        RecoveryCase recovery = waiting();
        desk.cases.move(recovery.id(), Stage.RESOLVED, "rules");
        clock.pass(Duration.ofDays(30));
        assertThat(resolve(recovery).state().run()).isEqualTo(ClockState.Run.STOPPED);
        assertThat(resolve(recovery).state().breached()).isFalse();
        refused("CLOCK-002", () -> pause(recovery, WAITING));

        desk.cases.reopen(recovery.id());

        List<ClockDesk.Story> both = clocks.stories(recovery.reference());
        assertThat(both)
                .extracting(story -> story.state().run())
                .containsExactly(ClockState.Run.STOPPED, ClockState.Run.RUNNING);
        assertThat(desk.now(recovery).resolveDueAt())
                .isEqualTo(both.get(1).clock().dueAt());
    }

    @Test
    void aPauseSurvivesReopeningWhereTheClockNeverStopped() {
        RecoveryCase recovery = waiting();
        pause(recovery, "WAITING_FOR_SUPPLIER");

        desk.cases.reopen(recovery.id());

        assertThat(clocks.stories(recovery.reference())).hasSize(1);
        assertThat(resolve(recovery).state().run()).isEqualTo(ClockState.Run.PAUSED);
    }

    @Test
    void aClockOfTheLawIsNotPausedUnlessItsRegimeSaysSo() {
        RecoveryCase recovery = desk.lateDelivery()
                .fact("failure.regime", "FINANCE_US")
                .fact("conversation.emotion", "ANGRY")
                .open();
        ClockDesk.Story statutory = clocks.stories(recovery.reference()).stream()
                .filter(story -> story.clock().statutory())
                .findFirst()
                .orElseThrow();

        assertThat(statutory.reasons()).isEmpty();
        refused(
                "CLOCK-004",
                () -> clocks.pause(recovery.reference(), statutory.clock().id(), WAITING, null, AGENT));
        refused("CLOCK-004", () -> pause(recovery, "COFFEE"));
        refused(
                "CLOCK-001",
                () -> clocks.pause(waiting().reference(), statutory.clock().id(), WAITING, null, AGENT));
    }

    @Test
    void ofTwoWhoPauseAtOnceOneIsTold() throws Exception {
        RecoveryCase recovery = waiting();
        long id = resolve(recovery).clock().id();

        List<String> told = atOnce(() -> {
            try {
                clocks.pause(recovery.reference(), id, WAITING, null, AGENT);
                return "";
            } catch (Problem problem) {
                return problem.code();
            }
        });

        assertThat(told).containsExactlyInAnyOrder("", "CLOCK-003");
        assertThat(resolve(recovery).events()).hasSize(2);
    }

    @Test
    void aMissIsFoundOnceByTwoWhoLookAtOnce() throws Exception {
        RecoveryCase recovery = waiting();
        long asked = intakes(recovery);
        clock.pass(Duration.ofDays(30));

        atOnce(() -> {
            promises.look();
            return "";
        });

        assertThat(desk.file(recovery).timeline())
                .extracting(TimelineEntry::kind)
                .filteredOn("PROMISE_MISSED"::equals)
                .hasSize(1);
        assertThat(intakes(recovery)).isEqualTo(asked + 1);
        desk.work(recovery);
        assertThat(desk.letters(recovery)).containsOnlyOnce("apology");
    }

    @Test
    void aLetterGoesOutBeforeAPromiseIsDueOnceByTwoWhoLookAtOnce() throws Exception {
        RecoveryCase recovery = waiting();
        promiseDesk.make(recovery.reference(), new PersonalText("Ring you on Sunday"), now().plusDays(2), AGENT);
        promises.look();
        assertThat(desk.letters(recovery)).doesNotContain("progress");
        clock.pass(Duration.ofHours(45));

        atOnce(() -> {
            promises.look();
            return "";
        });
        promises.look();

        List<String> letters = desk.letters(recovery);
        assertThat(letters).filteredOn("progress"::equals).hasSize(aboutToBeDue(recovery));
        assertThat(desk.file(recovery).contacts())
                .filteredOn(contact -> "progress".equals(contact.letter()))
                .extracting(contact -> PersonalText.shown(contact.body()))
                .anySatisfy(body -> assertThat(body).contains("keeping to it: Ring you on Sunday"));
    }

    @Test
    void aPromiseInWordsIsKeptByAPersonAndNotMissedAfterwards() {
        RecoveryCase recovery = waiting();
        promiseDesk.make(recovery.reference(), new PersonalText("Ring you"), now().plusHours(2), AGENT);
        Promise made = agreed(recovery);
        assertThat(PersonalText.shown(made.said())).isEqualTo("Ring you");
        assertThat(made.by()).isEqualTo("agent");

        promiseDesk.keep(recovery.reference(), made.id(), AGENT);
        clock.pass(Duration.ofHours(3));
        promises.look();

        assertThat(agreed(recovery).state()).isEqualTo(Promise.State.KEPT);
        refused("PROMISE-004", () -> promiseDesk.keep(recovery.reference(), made.id(), AGENT));
        refused("PROMISE-003", () -> promiseDesk.keep(waiting().reference(), made.id(), AGENT));
        refused(
                "PROMISE-002",
                () -> promiseDesk.make(recovery.reference(), new PersonalText("x"), now().minusMinutes(1), AGENT));
        refused(
                "PROMISE-001",
                () -> promiseDesk.make(recovery.reference(), new PersonalText("  "), now().plusDays(1), AGENT));
    }

    @Test
    void aPromiseInWordsIsWorkOfWhoeverMadeItUntilItIsKept() {
        RecoveryCase recovery = waiting();
        promiseDesk.make(recovery.reference(), new PersonalText("Ring you"), now().plusHours(2), AGENT);
        promiseDesk.make(recovery.reference(), new PersonalText("Write to you"), now().plusHours(3), AGENT);
        List<Promise> made = desk.file(recovery).promises().stream()
                .filter(promise -> promise.kind() == Promise.Kind.AGREED)
                .toList();
        WorkItem ring = toKeep(made.get(0));
        assertThat(ring.assignee()).isEqualTo("agent");
        assertThat(ring.dueAt()).isEqualTo(made.get(0).dueAt());
        assertThat(ring.effectiveAt()).isEqualTo(ring.dueAt().minusMinutes(recovery.boostMinutes()));

        promiseDesk.move(recovery.reference(), made.get(0).id(), now().plusHours(5), AGENT);
        assertThat(toKeep(made.get(0)).dueAt()).isEqualTo(now().plusHours(5));
        assertThat(toKeep(made.get(1)).dueAt()).isEqualTo(made.get(1).dueAt());

        desk.worklist.complete(ring.id(), Map.of(), AGENT);
        promiseDesk.keep(recovery.reference(), made.get(1).id(), AGENT);

        assertThat(desk.file(recovery).promises())
                .filteredOn(promise -> promise.kind() == Promise.Kind.AGREED)
                .extracting(Promise::state)
                .containsOnly(Promise.State.KEPT);
        assertThat(toKeep(made.get(0)).state()).isEqualTo(WorkItem.State.DONE);
        assertThat(toKeep(made.get(1)).state()).isEqualTo(WorkItem.State.CANCELLED);
    }

    @Test
    void aMissedPromiseStaysWorkAndItsCaseWithdrawnTakesItAway() {
        RecoveryCase recovery = waiting();
        promiseDesk.make(recovery.reference(), new PersonalText("Ring you"), now().plusHours(2), AGENT);
        Promise made = agreed(recovery);
        clock.pass(Duration.ofHours(3));
        promises.look();
        desk.worklist.complete(toKeep(made).id(), Map.of(), AGENT);
        assertThat(agreed(recovery).state()).isEqualTo(Promise.State.MISSED);

        RecoveryCase other = waiting();
        promiseDesk.make(other.reference(), new PersonalText("Ring you"), now().plusHours(2), AGENT);
        desk.cases.move(other.id(), Stage.WITHDRAWN, "customer");
        assertThat(toKeep(agreed(other)).state()).isEqualTo(WorkItem.State.CANCELLED);
    }

    private WorkItem toKeep(Promise promise) {
        return desk.worklist.ofCase(promise.caseId()).stream()
                .filter(item -> item.kind() == WorkItem.Kind.PROMISE
                        && String.valueOf(promise.id()).equals(item.subject()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aPromiseIsMovedOnlyByTellingTheCustomer() {
        RecoveryCase recovery = waiting();
        promiseDesk.make(recovery.reference(), new PersonalText("Ring you"), now().plusHours(2), AGENT);
        Promise made = agreed(recovery);

        promiseDesk.move(recovery.reference(), made.id(), now().plusHours(5), AGENT);
        clock.pass(Duration.ofHours(3));
        promises.look();

        assertThat(agreed(recovery).state()).isEqualTo(Promise.State.OPEN);
        assertThat(desk.letter(recovery, "promise-moved")).contains("Ring you");
        clock.pass(Duration.ofHours(3));
        refused("PROMISE-005", () -> promiseDesk.move(recovery.reference(), made.id(), now().plusHours(5), AGENT));
        promises.look();
        assertThat(agreed(recovery).state()).isEqualTo(Promise.State.MISSED);
    }

    @Test
    void aPromiseStaysAsItWasWhereNoLetterCanSayOtherwise() {
        String first = releases.live().id();
        SortedMap<String, String> files = releases.files(first);
        files.remove("processes/letters/promise-moved.en.txt");
        files.remove("processes/letters/promise-moved.ar.txt");
        publishing.live(files);
        RecoveryCase recovery = waiting();
        publishing.again(first);
        promiseDesk.make(recovery.reference(), new PersonalText("Ring you"), now().plusHours(2), AGENT);
        Promise made = agreed(recovery);

        refused("PROMISE-006", () -> promiseDesk.move(recovery.reference(), made.id(), now().plusHours(5), AGENT));

        assertThat(agreed(recovery).dueAt()).isEqualTo(made.dueAt());
    }

    @Test
    void findsPausesThatLookAsIfTheyOnlySavedADeadline() {
        RecoveryCase innocent = waiting();
        pause(innocent, "WAITING_FOR_SUPPLIER");
        RecoveryCase recovery = waiting();
        desk.cases.spoken(recovery.id(), AGENT);
        OffsetDateTime due = resolve(recovery).clock().dueAt();
        clock.pass(Duration.between(now(), due).minusMinutes(30));
        pause(recovery, WAITING);

        List<PauseFinder.Found> found = finder.look(0).found();

        assertThat(found).noneMatch(one -> one.recovery().id().equals(innocent.id()));
        assertThat(found)
                .filteredOn(one -> one.recovery().id().equals(recovery.id()))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.signs())
                            .containsExactly(PauseSign.NEAR_DEADLINE, PauseSign.BY_OWNER, PauseSign.NO_CONTACT);
                    assertThat(one.remaining()).isEqualTo(Duration.ofMinutes(30));
                    assertThat(one.ended()).isNull();
                });
    }

    @Test
    void findsManyShortPausesAndOnesThatTheCustomerHadAnsweredAlready() {
        RecoveryCase recovery = waiting();
        desk.cases.contacted(recovery.id(), "PHONE", new PersonalText("Well?"), null, Map.of(), "agent");
        for (int i = 0; i < 3; i++) {
            clock.pass(Duration.ofMinutes(10));
            pause(recovery, WAITING);
            clock.pass(Duration.ofMinutes(10));
            clocks.resume(recovery.reference(), resolve(recovery).clock().id(), AGENT);
        }

        assertThat(finder.look(0).found())
                .filteredOn(one -> one.recovery().id().equals(recovery.id()))
                .hasSize(3)
                .allSatisfy(one -> assertThat(one.signs()).contains(PauseSign.MANY_SHORT, PauseSign.CUSTOMER_ANSWERED));
    }

    /** A case that waits for approval, with all its time ahead. */
    private RecoveryCase waiting() {
        RecoveryCase recovery = desk.lateDelivery()
                .type("DEFECTIVE_ITEM")
                .fact("conversation.desiredOutcome", "REFUND")
                .loss("160.00")
                .open();
        assertThat(desk.items(recovery)).hasSize(1);
        return recovery;
    }

    private void pause(RecoveryCase recovery, String reason) {
        clocks.pause(recovery.reference(), resolve(recovery).clock().id(), reason, null, AGENT);
    }

    private ClockDesk.Story resolve(RecoveryCase recovery) {
        return clocks.stories(recovery.reference()).stream()
                .filter(story -> story.clock().kind().equals("resolve"))
                .findFirst()
                .orElseThrow();
    }

    private ClockEvent last(RecoveryCase recovery) {
        List<ClockEvent> events = resolve(recovery).events();
        return events.get(events.size() - 1);
    }

    private Promise agreed(RecoveryCase recovery) {
        return desk.file(recovery).promises().stream()
                .filter(promise -> promise.kind() == Promise.Kind.AGREED)
                .findFirst()
                .orElseThrow();
    }

    /** How many promises have their letter. */
    private int aboutToBeDue(RecoveryCase recovery) {
        return (int) desk.file(recovery).promises().stream()
                .filter(promise -> promise.progressAt() != null)
                .count();
    }

    private long intakes(RecoveryCase recovery) {
        return desk.file(recovery).decisions().stream()
                .filter(stored -> stored.decision().moment().equals(Moment.INTAKE))
                .count();
    }

    private OffsetDateTime now() {
        return OffsetDateTime.now(clock);
    }

    private static void refused(String code, ThrowableAssert.ThrowingCallable what) {
        assertThatThrownBy(what).isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.code())
                .isEqualTo(code));
    }

    private static List<String> atOnce(Callable<String> what) throws Exception {
        CyclicBarrier gate = new CyclicBarrier(2);
        ExecutorService two = Executors.newFixedThreadPool(2);
        try {
            List<Future<String>> running = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                running.add(two.submit(() -> {
                    gate.await();
                    return what.call();
                }));
            }
            List<String> answers = new ArrayList<>();
            for (Future<String> one : running) {
                answers.add(one.get());
            }
            return answers;
        } finally {
            two.shutdownNow();
        }
    }
}
