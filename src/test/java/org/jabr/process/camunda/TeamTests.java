package org.jabr.process.camunda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jabr.process.camunda.Desk.MANAGER;
import static org.jabr.process.camunda.Desk.SUPERVISOR;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert;
import org.jabr.cases.Allowances;
import org.jabr.cases.RecoveryCase;
import org.jabr.customers.PersonalText;
import org.jabr.people.AccountChange;
import org.jabr.people.AccountChanges;
import org.jabr.people.Breaks;
import org.jabr.people.Trait;
import org.jabr.rules.Authority;
import org.jabr.rules.Decider;
import org.jabr.rules.Money;
import org.jabr.rules.Problem;
import org.jabr.rules.Remedy;
import org.jabr.rules.RuleRef;
import org.jabr.team.NextWork;
import org.jabr.team.Note;
import org.jabr.team.Notes;
import org.jabr.team.Roster;
import org.jabr.team.Wellbeing;
import org.jabr.treasury.Grant;
import org.jabr.treasury.Treasury;
import org.jabr.worklist.NewWork;
import org.jabr.worklist.Routing;
import org.jabr.worklist.WorkItem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Load, breaks, notes, who can do what, and what somebody gets next. */
abstract class TeamTests {

    private static final Decider AMAL = new Decider("amal", Authority.AGENT);
    private static final Decider BASIM = new Decider("basim", Authority.AGENT);

    @Autowired
    Desk desk;

    @Autowired
    Wellbeing wellbeing;

    @Autowired
    NextWork nextWork;

    @Autowired
    Notes notes;

    @Autowired
    Roster roster;

    @Autowired
    AccountChanges changes;

    @Autowired
    Breaks breaks;

    @Autowired
    Treasury treasury;

    @Autowired
    Allowances allowances;

    @Autowired
    Routing routing;

    @Autowired
    MovableClock clock;

    @Autowired
    JdbcClient jdbc;

    @BeforeEach
    void peopleWorkHere() {
        jdbc.sql(
                        "update work_item set state = 'CANCELLED', stand = 'DONE', cell = 'DONE' where state in ('OPEN', 'CLAIMED')")
                .update();
        person("amal", "AGENT");
        person("basim", "AGENT");
        person("supervisor", "SUPERVISOR");
        person("manager", "MANAGER");
        // A day later nothing of the day before counts.
        clock.pass(Duration.ofDays(8));
    }

    @AfterEach
    void nobodyDoes() {
        jdbc.sql("delete from account where login in ('amal', 'basim', 'supervisor', 'manager')")
                .update();
        jdbc.sql("delete from team_note").update();
    }

    @Test
    void hardConversationsInARowAreCountedSinceTheLastBreakAndTheRulesSayWhatWouldDoGood() {
        for (int i = 0; i < 3; i++) {
            done(open(angry(), 300), AMAL);
        }
        assertThat(wellbeing.of("amal").facts().hardInARow()).isEqualTo(3);
        assertThat(wellbeing.of("amal").kind()).isEqualTo(Wellbeing.Kind.NONE);
        done(open(angry(), 300), AMAL);

        Wellbeing.Advice advice = wellbeing.of("amal");
        assertThat(advice.kind()).isEqualTo(Wellbeing.Kind.BREAK);
        assertThat(advice.because()).containsExactly(new RuleRef("care-break-hard"));
        assertThat(advice.breakMinutes()).isEqualTo(15);
        assertThat(wellbeing.of("basim").facts().hardInARow()).isZero();

        wellbeing.takeBreak(AMAL);
        assertThat(wellbeing.of("amal").breakUntil()).isEqualTo(now().plusMinutes(15));
        assertThat(wellbeing.of("amal").facts().hardInARow()).isZero();
        clock.pass(Duration.ofMinutes(16));
        assertThat(wellbeing.of("amal").breakUntil()).isNull();
        assertThat(wellbeing.of("amal").kind()).isEqualTo(Wellbeing.Kind.NONE);
    }

    @Test
    void anEasyOneInBetweenEndsTheRow() {
        done(open(angry(), 300), AMAL);
        done(open(angry(), 300), AMAL);
        done(open(calm(), 300), AMAL);
        done(open(angry(), 300), AMAL);
        assertThat(wellbeing.of("amal").facts().hardInARow()).isEqualTo(1);
    }

    @Test
    void whoHasABreakGetsNothingNewAndKeepsWhatIsTheirs() {
        WorkItem item = open(calm(), 300);
        assertThat(routing.desk().suggest(item, "amal"))
                .hasValueSatisfying(one -> assertThat(one.who().login()).isEqualTo("amal"));
        WorkItem own = open(calm(), 300);
        desk.worklist.claim(own.id(), AMAL);

        wellbeing.takeBreak(AMAL);

        assertThat(routing.desk().suggest(item, "amal"))
                .hasValueSatisfying(one -> assertThat(one.who().login()).isNotEqualTo("amal"));
        assertThat(desk.worklist.get(own.id()).assignee()).isEqualTo("amal");
        assertThat(assigned("amal")).isNull();
        desk.worklist.release(own.id(), AMAL);
        assertThat(nextWork.next(AMAL)).isEmpty();

        wellbeing.back(AMAL);
        assertThat(breaks.now("amal")).isEmpty();
        assertThat(assigned("amal")).isEqualTo("amal");
    }

    @Test
    void ofTwoBreaksAtOnceOneBegins() throws Exception {
        atOnce(() -> wellbeing.takeBreak(AMAL));
        assertThat(jdbc.sql("select count(*) from account_break where login = 'amal'")
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void afterThreeHardOnesSomethingEasierComesNextUnlessTheFirstIsDueSoon() {
        WorkItem hard = open(angry(), 120);
        WorkItem easy = open(calm(), 240);
        NextWork.Given first = nextWork.next(BASIM).orElseThrow();
        assertThat(first.item().id()).isEqualTo(hard.id());
        assertThat(first.because()).isEqualTo(NextWork.Because.FIRST);
        desk.worklist.release(hard.id(), BASIM);
        for (int i = 0; i < 3; i++) {
            done(open(angry(), 600), AMAL);
        }

        NextWork.Given eased = nextWork.next(AMAL).orElseThrow();
        assertThat(eased.item().id()).isEqualTo(easy.id());
        assertThat(eased.because()).isEqualTo(NextWork.Because.EASIER);
        assertThat(eased.hardInARow()).isEqualTo(3);
        assertThat(eased.rules()).containsExactly(new RuleRef("next-easier"));
        assertThat(nextWork.next(AMAL).orElseThrow().because()).isEqualTo(NextWork.Because.OWN);
        desk.worklist.release(easy.id(), AMAL);

        clock.pass(Duration.ofMinutes(61));
        NextWork.Given due = nextWork.next(AMAL).orElseThrow();
        assertThat(due.item().id()).isEqualTo(hard.id());
        assertThat(due.rules()).containsExactly(new RuleRef("next-due"));
    }

    @Test
    void ofTwoWhoAskAtOnceEachGetsAnother() throws Exception {
        WorkItem one = open(calm(), 120);
        WorkItem other = open(calm(), 240);
        List<Long> got = new ArrayList<>();
        CyclicBarrier gate = new CyclicBarrier(2);
        ExecutorService two = Executors.newFixedThreadPool(2);
        try {
            List<Future<Long>> running = new ArrayList<>();
            for (Decider who : List.of(AMAL, BASIM)) {
                running.add(two.submit(() -> {
                    gate.await();
                    return nextWork.next(who).orElseThrow().item().id();
                }));
            }
            for (Future<Long> each : running) {
                got.add(each.get());
            }
        } finally {
            two.shutdownNow();
        }
        assertThat(got).containsExactlyInAnyOrder(one.id(), other.id());
    }

    @Test
    void workDoneOutsideBusinessHoursIsCountedButNotItsTime() {
        OffsetDateTime saturday = OffsetDateTime.parse("2026-05-02T09:00:00Z");
        while (now().getDayOfWeek() != saturday.getDayOfWeek()) {
            clock.pass(Duration.ofDays(1));
        }
        for (int i = 0; i < 5; i++) {
            done(open(calm(), 300), AMAL);
        }
        Wellbeing.Advice advice = wellbeing.of("amal");
        assertThat(advice.facts().afterHours()).isEqualTo(5);
        assertThat(advice.kind()).isEqualTo(Wellbeing.Kind.LIGHTER);
        clock.pass(Duration.ofDays(8));
        assertThat(wellbeing.of("amal").facts().afterHours()).isZero();
    }

    @Test
    void coachingIsForTheTwoAndManagersAndRecognitionForAll() {
        RecoveryCase recovery = calm();
        notes.write(Note.Kind.COACHING, "amal", recovery.reference(), new PersonalText("Let her finish"), SUPERVISOR);
        notes.write(Note.Kind.RECOGNITION, "amal", null, new PersonalText("Well done"), SUPERVISOR);

        assertThat(notes.to("amal", AMAL, 9)).hasSize(2);
        assertThat(notes.to("amal", SUPERVISOR, 9)).hasSize(2);
        assertThat(notes.to("amal", MANAGER, 9)).hasSize(2);
        assertThat(notes.to("amal", BASIM, 9)).extracting(Note::kind).containsExactly(Note.Kind.RECOGNITION);
        assertThat(notes.to("amal", new Decider("supervisor2", Authority.SUPERVISOR), 9))
                .extracting(Note::kind)
                .containsExactly(Note.Kind.RECOGNITION);
        assertThat(notes.recognitions(9)).hasSize(1);

        Note coaching = notes.to("amal", AMAL, 9).get(1);
        assertThat(coaching.caseReference()).isEqualTo(recovery.reference());
        assertThat(notes.unread("amal")).isEqualTo(2);
        notes.read("amal");
        assertThat(notes.unread("amal")).isZero();
        notes.answer(coaching.id(), new PersonalText("I will"), AMAL);
        assertThat(PersonalText.shown(notes.to("amal", SUPERVISOR, 9).get(1).answer()))
                .isEqualTo("I will");
        assertThat(jdbc.sql("select answer_text from team_note where id = :id")
                        .param("id", coaching.id())
                        .query(String.class)
                        .single())
                .matches("k:" + recovery.customerId() + ":[A-Za-z0-9+/=]+");

        refused("TEAM-006", () -> notes.answer(coaching.id(), new PersonalText("Me too"), BASIM));
        refused("TEAM-002", () -> notes.write(Note.Kind.RECOGNITION, "basim", null, new PersonalText("x"), AMAL));
        refused(
                "TEAM-004",
                () -> notes.write(Note.Kind.RECOGNITION, "supervisor", null, new PersonalText("x"), SUPERVISOR));
        refused("TEAM-005", () -> notes.write(Note.Kind.RECOGNITION, "amal", null, new PersonalText(" "), SUPERVISOR));
        refused(
                "CASE-001",
                () -> notes.write(Note.Kind.RECOGNITION, "amal", "R-1999-000001", new PersonalText("x"), SUPERVISOR));
    }

    @Test
    void everyChangeOfAPersonIsWrittenDownWithWhoMadeIt() {
        roster.away("amal", now(), now().plusDays(3), "basim", "supervisor");
        long absence = roster.absences("amal").get(0).id();
        roster.there("amal", absence, "manager");
        roster.there("amal", absence, "manager");
        roster.set("amal", Trait.SKILL, Set.of("SENIOR", "EMPATHY"), "supervisor");
        roster.set("amal", Trait.SKILL, Set.of("EMPATHY", "SENIOR"), "supervisor");
        roster.set("amal", Trait.LANGUAGE, Set.of("fr"), "admin");
        roster.set("amal", Trait.QUEUE, Set.of("DELIVERY"), "admin");

        assertThat(changes.of("amal", 9))
                .extracting(AccountChange::kind, AccountChange::by)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(AccountChange.Kind.DESKS, "admin"),
                        org.assertj.core.groups.Tuple.tuple(AccountChange.Kind.LANGUAGES, "admin"),
                        org.assertj.core.groups.Tuple.tuple(AccountChange.Kind.SKILLS, "supervisor"),
                        org.assertj.core.groups.Tuple.tuple(AccountChange.Kind.ABSENCE_REMOVED, "manager"),
                        org.assertj.core.groups.Tuple.tuple(AccountChange.Kind.ABSENCE_ADDED, "supervisor"));
        assertThat(changes.of("amal", 9).get(2).detail()).isEqualTo("EMPATHY SENIOR");
        assertThat(roster.get("amal").languages()).containsExactly("fr");
        assertThat(jdbc.sql("select count(*) from journal_entry where kind = 'account.changed' and subject = 'amal'")
                        .query(Long.class)
                        .single())
                .isGreaterThanOrEqualTo(5);

        refused("TEAM-008", () -> roster.away("amal", now().minusDays(2), now().minusDays(1), null, "supervisor"));
        refused("TEAM-009", () -> roster.away("amal", now(), now().plusDays(1), "amal", "supervisor"));
        refused("TEAM-003", () -> roster.away("nobody", now(), now().plusDays(1), null, "supervisor"));
        refused("TEAM-010", () -> roster.set("amal", Trait.SKILL, Set.of("<b>"), "supervisor"));
    }

    @Test
    void tellsWhatIsLeftOfAnAllowanceByCurrency() {
        RecoveryCase recovery = calm();
        treasury.reserve(
                recovery.id(),
                List.of(new Grant(
                        "team-" + recovery.id().value(),
                        recovery.id(),
                        recovery.reference(),
                        recovery.customerId(),
                        "",
                        "CREDIT",
                        Remedy.RemedyClass.GOODWILL,
                        Money.of("120.00", "USD"),
                        Authority.RULES,
                        AMAL,
                        true,
                        now())));

        assertThat(allowances.currencies(List.of("amal", "basim"))).containsExactly("USD");
        Allowances.Allowance own = allowances.of(AMAL, List.of("USD")).get(0);
        assertThat(own.used()).isEqualTo(Money.of("120.00", "USD"));
        assertThat(own.left()).isEqualTo(own.limit().minus(own.used()));
        assertThat(allowances.of(BASIM, List.of("USD")).get(0).used()).isEqualTo(Money.of("0.00", "USD"));
        assertThat(allowances.currencies(List.of("basim"))).isEmpty();
    }

    @Test
    void countsOpenWorkByKind() {
        WorkItem one = open(calm(), 300);
        WorkItem late = open(calm(), -5);
        desk.worklist.claim(one.id(), AMAL);
        desk.worklist.claim(late.id(), AMAL);
        assertThat(desk.worklist.kinds(List.of("amal", "basim")))
                .isEqualTo(Map.of("amal", Map.of(WorkItem.Kind.TASK, 2L)));
        assertThat(desk.worklist.late(List.of("amal", "basim"))).isEqualTo(Map.of("amal", 1L));
    }

    /** Whose a new item becomes that is meant for this person. */
    private String assigned(String login) {
        return desk.worklist.get(open(calm(), 300, login).id()).assignee();
    }

    private RecoveryCase calm() {
        return desk.lateDelivery().reported();
    }

    private RecoveryCase angry() {
        return desk.lateDelivery().fact("conversation.emotion", "ANGRY").reported();
    }

    private void done(WorkItem item, Decider by) {
        desk.worklist.complete(item.id(), Map.of(), by);
    }

    private WorkItem open(RecoveryCase recovery, int minutes) {
        return open(recovery, minutes, null);
    }

    private WorkItem open(RecoveryCase recovery, int minutes, @org.jspecify.annotations.Nullable String assignee) {
        desk.worklist.open(new NewWork(
                WorkItem.Kind.TASK,
                "Look into it",
                recovery.id(),
                recovery.reference(),
                recovery.release(),
                null,
                "lookInto",
                null,
                null,
                Authority.AGENT,
                null,
                "GENERAL",
                "STANDARD",
                "en",
                assignee,
                now().plusMinutes(minutes),
                List.of(new WorkItem.Why("due", 0, List.of()))));
        return desk.worklist.get(jdbc.sql("select max(id) from work_item where case_id = :id")
                .param("id", recovery.id().value())
                .query(Long.class)
                .single());
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
        for (Map.Entry<String, String> trait :
                Map.of("ROLE", role, "LANGUAGE", "en", "SKILL", "STANDARD").entrySet()) {
            jdbc.sql("insert into account_trait (login, kind, word) values (:login, :kind, :word)")
                    .param("login", login)
                    .param("kind", trait.getKey())
                    .param("word", trait.getValue())
                    .update();
        }
    }

    private static void refused(String code, ThrowableAssert.ThrowingCallable what) {
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
