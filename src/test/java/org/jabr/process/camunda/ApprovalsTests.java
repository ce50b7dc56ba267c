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
import java.util.SortedMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jabr.cases.RecoveryCase;
import org.jabr.cases.TimelineEntry;
import org.jabr.people.Absences;
import org.jabr.process.ApprovalRound;
import org.jabr.process.ApprovalWaits;
import org.jabr.releases.Publishing;
import org.jabr.releases.Releases;
import org.jabr.remedies.Effect;
import org.jabr.rules.Authority;
import org.jabr.rules.Decider;
import org.jabr.rules.Problem;
import org.jabr.worklist.NewWork;
import org.jabr.worklist.WorkItem;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Approvals that nobody answers move up, and those of somebody who is away go to their stand-in. */
abstract class ApprovalsTests {

    private static final Decider OTHER = new Decider("supervisor2", Authority.SUPERVISOR);

    @Autowired
    Desk desk;

    @Autowired
    ApprovalRound approvals;

    @Autowired
    ApprovalWaits waits;

    @Autowired
    Absences absences;

    @Autowired
    MovableClock clock;

    @Autowired
    Releases releases;

    @Autowired
    Publishing publishing;

    @Autowired
    JdbcClient jdbc;

    @BeforeEach
    void peopleWorkHere() {
        person("agent", "AGENT");
        person("supervisor", "SUPERVISOR");
        person("supervisor2", "SUPERVISOR");
        person("manager", "MANAGER");
    }

    @AfterEach
    void nobodyDoes() {
        jdbc.sql("delete from account where login in ('agent', 'supervisor', 'supervisor2', 'manager')")
                .update();
    }

    @Test
    void anApprovalThatNobodyAnswersMovesUpStepByStepAndSaysWhy() {
        RecoveryCase recovery = waiting();
        WorkItem before = desk.item(recovery);
        assertThat(before.authority()).isEqualTo(Authority.AGENT);
        approvals.look();
        clock.pass(Duration.between(now(), wait(before).lookAt()).minusSeconds(1));
        approvals.look();
        assertThat(desk.item(recovery).authority()).isEqualTo(Authority.AGENT);
        assertThat(raised(recovery)).isEmpty();

        clock.pass(Duration.ofSeconds(1));
        approvals.look();
        approvals.look();

        WorkItem first = desk.item(recovery);
        assertThat(first.authority()).isEqualTo(Authority.SUPERVISOR);
        assertThat(first.why())
                .contains(new WorkItem.Why("raised", 60, List.of("wait-agent")))
                .hasSize(before.why().size() + 1);
        assertThat(Duration.between(first.effectiveAt(), first.dueAt()).toMinutes())
                .isEqualTo(first.why().stream().mapToLong(WorkItem.Why::minutes).sum());
        assertThat(raised(recovery)).containsExactly("SUPERVISOR");
        refused("WORK-003", () -> desk.worklist.claim(first.id(), AGENT));

        clock.pass(Duration.between(now(), wait(first).lookAt()));
        approvals.look();
        approvals.look();
        assertThat(desk.item(recovery).authority()).isEqualTo(Authority.MANAGER);
        assertThat(raised(recovery)).containsExactly("SUPERVISOR", "MANAGER");
        assertThat(wait(first).lookAt()).isNull();

        clock.pass(Duration.ofDays(9));
        approvals.look();
        assertThat(raised(recovery)).hasSize(2);

        desk.complete(desk.item(recovery), Map.of("verdict", "APPROVE"), MANAGER);
        assertThat(desk.effects(recovery, Effect.State.ASKED)).isEmpty();
        assertThat(waits.of(List.of(first.id()))).isEmpty();
    }

    @Test
    void waitsInWorkingHoursOnly() {
        RecoveryCase recovery = waiting();
        approvals.look();
        OffsetDateTime up = wait(desk.item(recovery)).lookAt();
        clock.pass(Duration.between(now(), up));
        approvals.look();
        // The second step begins when the first one was taken, and a night or a weekend does not count.
        OffsetDateTime next = wait(desk.item(recovery)).lookAt();
        assertThat(Duration.between(up, next)).isGreaterThanOrEqualTo(Duration.ofHours(2));
        assertThat(next.withOffsetSameInstant(java.time.ZoneOffset.ofHours(3)).getHour())
                .isBetween(9, 17);
    }

    @Test
    void aStepIsTakenOnceByTwoWhoLookAtOnce() throws Exception {
        RecoveryCase recovery = waiting();
        approvals.look();
        clock.pass(Duration.between(now(), wait(desk.item(recovery)).lookAt()));

        atOnce(approvals::look);

        assertThat(raised(recovery)).containsExactly("SUPERVISOR");
        assertThat(desk.item(recovery).why())
                .filteredOn(why -> why.part().equals("raised"))
                .hasSize(1);
    }

    @Test
    void whoeverHasItWithoutTheAuthorityHasItNoLonger() {
        RecoveryCase recovery = waiting();
        WorkItem item = desk.item(recovery);
        desk.worklist.claim(item.id(), AGENT);
        approvals.look();
        clock.pass(Duration.between(now(), wait(item).lookAt()));
        approvals.look();
        assertThat(desk.item(recovery).assignee()).isNull();
        assertThat(desk.item(recovery).state()).isEqualTo(WorkItem.State.OPEN);

        desk.worklist.claim(item.id(), MANAGER);
        clock.pass(Duration.between(now(), wait(item).lookAt()));
        approvals.look();
        assertThat(desk.item(recovery).authority()).isEqualTo(Authority.MANAGER);
        assertThat(desk.item(recovery).assignee()).isEqualTo("manager");
    }

    @Test
    void staysWhereItIsWhereItsReleaseSaysNothing() {
        String first = releases.live().id();
        SortedMap<String, String> files = releases.files(first);
        files.remove("rules/approval-wait.dmn");
        files.remove("rules/scenarios/approval-wait.csv");
        publishing.live(files);
        RecoveryCase recovery = waiting();
        publishing.again(first);
        approvals.look();
        clock.pass(Duration.ofDays(5));
        approvals.look();
        assertThat(desk.item(recovery).authority()).isEqualTo(Authority.AGENT);
    }

    @Test
    void whatLiesWithSomebodyWhoIsAwayGoesToTheirStandIn() {
        RecoveryCase recovery = waiting();
        WorkItem item = desk.item(recovery);
        desk.worklist.claim(item.id(), SUPERVISOR);
        approvals.look();
        assertThat(desk.item(recovery).assignee()).isEqualTo("supervisor");

        absences.add("supervisor", now(), now().plusDays(2), "supervisor2", "manager");
        approvals.look();
        approvals.look();

        assertThat(desk.item(recovery).assignee()).isEqualTo("supervisor2");
        assertThat(kinds(recovery)).containsOnlyOnce("APPROVAL_DELEGATED");
        desk.complete(desk.item(recovery), Map.of("verdict", "APPROVE"), OTHER);
        assertThat(desk.effects(recovery, Effect.State.ASKED)).isEmpty();
    }

    @Test
    void aStandInNeverGetsTheirOwnRequestNorWhatIsAboveThem() {
        RecoveryCase recovery = waiting();
        absences.add("manager", now(), now().plusDays(2), "supervisor2", "manager");
        absences.add("supervisor", now(), now().plusDays(2), "supervisor2", "manager");
        long above = open(recovery, Authority.MANAGER, null, null);
        long own = open(recovery, Authority.SUPERVISOR, "supervisor2", null);
        hold(above, "manager");
        hold(own, "supervisor");

        approvals.look();

        assertThat(desk.worklist.get(above).assignee()).isNull();
        assertThat(desk.worklist.get(own).assignee()).isNull();
        assertThat(kinds(recovery)).contains("APPROVAL_FREED").doesNotContain("APPROVAL_DELEGATED");
        refused("WORK-004", () -> desk.worklist.claim(own, OTHER));
        refused("WORK-003", () -> desk.worklist.claim(above, OTHER));
        // and also where it is meant for somebody away from the beginning
        assertThat(desk.worklist
                        .get(open(recovery, Authority.SUPERVISOR, "supervisor2", "supervisor"))
                        .assignee())
                .isNull();
        assertThat(desk.worklist
                        .get(open(recovery, Authority.SUPERVISOR, null, "supervisor"))
                        .assignee())
                .isEqualTo("supervisor2");
    }

    /** A case that waits for approval. */
    private RecoveryCase waiting() {
        RecoveryCase recovery = desk.lateDelivery()
                .type("DEFECTIVE_ITEM")
                .fact("conversation.desiredOutcome", "REFUND")
                .loss("160.00")
                .open();
        assertThat(desk.item(recovery).kind()).isEqualTo(WorkItem.Kind.APPROVAL);
        return recovery;
    }

    private long open(RecoveryCase recovery, Authority authority, @Nullable String notBy, @Nullable String assignee) {
        desk.worklist.open(new NewWork(
                WorkItem.Kind.APPROVAL,
                "Approve",
                recovery.id(),
                recovery.reference(),
                recovery.release(),
                null,
                "approveRemedy",
                null,
                null,
                authority,
                notBy,
                "GENERAL",
                "STANDARD",
                "en",
                assignee,
                now().plusDays(1),
                List.of(new WorkItem.Why("due", 0, List.of()))));
        return jdbc.sql("select max(id) from work_item where case_id = :id")
                .param("id", recovery.id().value())
                .query(Long.class)
                .single();
    }

    private void hold(long item, String login) {
        desk.worklist.claim(item, new Decider(login, Authority.MANAGER));
    }

    private ApprovalWaits.Wait wait(WorkItem item) {
        return waits.of(List.of(item.id())).get(item.id());
    }

    private List<Object> raised(RecoveryCase recovery) {
        return desk.file(recovery).timeline().stream()
                .filter(entry -> entry.kind().equals("APPROVAL_RAISED"))
                .map(entry -> entry.values().get("to"))
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

    private static void refused(String code, org.assertj.core.api.ThrowableAssert.ThrowingCallable what) {
        assertThatThrownBy(what).isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.code())
                .isEqualTo(code));
    }

    private static void atOnce(Runnable what) throws Exception {
        CyclicBarrier gate = new CyclicBarrier(2);
        ExecutorService two = Executors.newFixedThreadPool(2);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                running.add(two.submit(() -> {
                    gate.await();
                    what.run();
                    return null;
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } finally {
            two.shutdownNow();
        }
    }
}
