package org.jabr.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jabr.cases.DecisionDocument;
import org.jabr.cases.PastDecisions;
import org.jabr.cases.RecoveryCase;
import org.jabr.intake.CaseIntake;
import org.jabr.intake.Submission;
import org.jabr.journal.Entry;
import org.jabr.journal.Journal;
import org.jabr.releases.Releases;
import org.jabr.replay.ReplayRun.Counts;
import org.jabr.rules.CaseFacts;
import org.jabr.rules.Moment;
import org.jabr.rules.Money;
import org.jabr.rules.Problem;
import org.jabr.rules.Rulebook;
import org.jabr.rules.RulebookCompiler;
import org.jabr.testing.StubEngines;
import org.jabr.testing.StubRulebook;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ActiveProfiles;

/** Everything decided again, on rules of a few lines that wait where a test wants them to. */
@SpringBootTest(properties = {"jabr.demo.data=false", "jabr.replays.every=PT1H", "jabr.replays.page=3"})
@ActiveProfiles("demo")
@Import({StubEngines.class, ReplayRunsTests.Gates.class})
abstract class ReplayRunsTests {

    private static final OffsetDateTime MARCH = OffsetDateTime.of(2026, 3, 2, 9, 0, 0, 0, ZoneOffset.UTC);

    @Autowired
    ReplayRuns runs;

    @Autowired
    ReplayStore store;

    @Autowired
    ReplayRunner runner;

    @Autowired
    Replay replay;

    @Autowired
    DifferenceTexts texts;

    @Autowired
    PastDecisions past;

    @Autowired
    Releases releases;

    @Autowired
    CaseIntake intake;

    @Autowired
    Journal journal;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Clock clock;

    @Autowired
    ObjectMapper json;

    /** Lets decisions through one by one, and counts them. */
    @TestConfiguration(proxyBeanMethods = false)
    static class Gates {

        static volatile Semaphore gate = open();
        static final AtomicInteger DECIDED = new AtomicInteger();

        static Semaphore open() {
            return new Semaphore(Integer.MAX_VALUE / 2);
        }

        @Bean
        static BeanPostProcessor gates() {
            return new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    if (!name.equals("stubCompiler")) {
                        return bean;
                    }
                    RulebookCompiler compiler = (RulebookCompiler) bean;
                    return (RulebookCompiler) (release, files) -> new RulebookCompiler.Compilation(
                            gated(compiler.compile(release, files).rulebook()), List.of());
                }
            };
        }

        private static Rulebook gated(Rulebook rulebook) {
            return (Rulebook) Proxy.newProxyInstance(
                    Rulebook.class.getClassLoader(), new Class<?>[] {Rulebook.class}, (proxy, method, arguments) -> {
                        if (method.getName().equals("decide")) {
                            gate.acquire();
                            DECIDED.incrementAndGet();
                        }
                        try {
                            return method.invoke(rulebook, arguments);
                        } catch (InvocationTargetException thrown) {
                            throw thrown.getTargetException();
                        }
                    });
        }
    }

    @BeforeEach
    void forgetsThePast() {
        Gates.gate.release(1000);
        Gates.gate = Gates.open();
        jdbc.sql("delete from replay_difference").update();
        jdbc.sql("delete from replay_run").update();
        jdbc.sql("delete from decision").update();
    }

    @Test
    void tellsTheIdenticalFromTheDifferentTheFailedAndTheErased() {
        List<Long> ids = decisions(8, MARCH);
        change(ids.get(2), "result", result("10.02", "another-rule"));
        change(ids.get(3), "facts_text", facts("666"));
        change(ids.get(4), "facts_text", "t:{}");
        change(ids.get(5), "facts_text", "t:");
        change(ids.get(6), "facts_text", "t:{\"failure\":");
        change(ids.get(7), "result", "[]");
        change(ids.get(1), "result", result("99.00", "stub"));

        ReplayRun run = ended(runs.start(null, null, "auditor"));

        assertThat(run)
                .extracting(ReplayRun::state, ReplayRun::total, ReplayRun::counts, ReplayRun::failure)
                .containsExactly(ReplayRun.State.DONE, 8L, new Counts(1, 2, 3, 2), null);
        List<ReplayRun.Differing> differing = runs.differing(run.id(), 0, 50);
        assertThat(differing)
                .extracting(ReplayRun.Differing::decision, ReplayRun.Differing::failure)
                .containsExactly(
                        tuple(ids.get(1), null),
                        tuple(ids.get(2), null),
                        tuple(ids.get(3), "RULES-003"),
                        tuple(ids.get(6), "REPLAY-004"),
                        tuple(ids.get(7), "REPLAY-004"));
        assertThat(differing.get(0).differences())
                .singleElement()
                .satisfies(one -> assertThat(one.was().money()).isEqualTo(Money.of("99.00", "USD")));
        assertThat(differing.get(0).places())
                .extracting(ReplayRun.Place::path, ReplayRun.Place::was, ReplayRun.Place::is)
                .contains(tuple("outcome[0].amount.amount", "99.00", "10.01"));
        assertThat(differing.get(1).differences()).isEmpty();
        assertThat(differing.get(1).places()).extracting(ReplayRun.Place::path).contains("outcome[0].because[0]");
        assertThat(runs.differing(run.id(), ids.get(2), 2))
                .extracting(ReplayRun.Differing::decision)
                .containsExactly(ids.get(3), ids.get(6));
    }

    @Test
    void decidesOnlyWhatWasDecidedSinceThenAndAtThatMoment() {
        decisions(2, MARCH.minusDays(1));
        List<Long> later = decisions(3, MARCH);
        change(later.get(0), "moment", "route");
        assertThat(ended(runs.start(MARCH, null, "auditor")).total()).isEqualTo(3);
        assertThat(ended(runs.start(MARCH, "resolve", "auditor")).counts()).isEqualTo(new Counts(2, 0, 0, 0));
        assertThat(ended(runs.start(null, "resolve", "auditor")).total()).isEqualTo(4);
        assertThat(ended(runs.start(MARCH.plusYears(1), null, "auditor")))
                .extracting(ReplayRun::state, ReplayRun::total, ReplayRun::percent)
                .containsExactly(ReplayRun.State.DONE, 0L, 100);
        assertThatThrownBy(() -> runs.start(null, "Not a moment", "auditor")).hasMessageContaining("RULES-001");
    }

    @Test
    void namesTheEnginesOfThenAndOfNow() {
        List<Long> ids = decisions(3, MARCH);
        change(ids.get(0), "engine", "Drools 7");
        change(ids.get(1), "engine", null);
        ReplayRun run = ended(runs.start(null, null, "auditor"));
        String release = releases.live().id();
        assertThat(runs.parts(run.id()))
                .containsExactlyInAnyOrder(
                        new ReplayRun.Part(release, "Drools 7", "stub", null, new Counts(1, 0, 0, 0)),
                        new ReplayRun.Part(release, null, "stub", null, new Counts(1, 0, 0, 0)),
                        new ReplayRun.Part(release, "stub", "stub", null, new Counts(1, 0, 0, 0)));
        assertThat(replay.of(ids.get(0)))
                .extracting(Replayed::identical, Replayed::engineThen, Replayed::engineNow)
                .containsExactly(true, "Drools 7", "stub");
    }

    @Test
    void failsWhereSomebodyChangedAFileOfTheRelease() {
        List<Long> ids = decisions(4, MARCH);
        assertThat(ended(runs.start(null, null, "auditor")).counts()).isEqualTo(new Counts(4, 0, 0, 0));
        String release = releases.live().id();
        String path = releases.files(release).firstKey();
        String content = releases.file(release, path).orElseThrow();
        file(release, path, content + " ");
        try {
            ReplayRun run = ended(runs.start(null, null, "auditor"));
            assertThat(run)
                    .extracting(ReplayRun::state, ReplayRun::counts)
                    .containsExactly(ReplayRun.State.DONE, new Counts(0, 0, 4, 0));
            assertThat(runs.parts(run.id()))
                    .extracting(ReplayRun.Part::failure, ReplayRun.Part::engineNow)
                    .containsExactly(tuple("RELEASE-029", null));
            assertThat(runs.differing(run.id(), 0, 9))
                    .extracting(ReplayRun.Differing::failure)
                    .containsOnly("RELEASE-029")
                    .hasSize(4);
            refused("RELEASE-029", () -> replay.of(ids.get(0)));
            refused("RELEASE-029", () -> replay.under(ids.get(0), release));
        } finally {
            file(release, path, content);
        }
        assertThat(ended(runs.start(null, null, "auditor")).counts()).isEqualTo(new Counts(4, 0, 0, 0));
        assertThat(replay.of(ids.get(0)).identical()).isTrue();
    }

    @Test
    void isOneRunWhileOneOverTheSameDecisionsIsUnderWayAndIsCalledOff() {
        decisions(5, MARCH);
        Gates.gate = new Semaphore(0);
        ReplayRun first = runs.start(MARCH, null, "auditor");
        assertThat(runs.start(MARCH.withOffsetSameInstant(ZoneOffset.ofHours(3)), null, "analyst")
                        .id())
                .isEqualTo(first.id());
        ReplayRun other = runs.start(MARCH, "resolve", "analyst");
        assertThat(other.id()).isNotEqualTo(first.id());

        runs.cancel(first.id(), "approver");
        runs.cancel(first.id(), "analyst");
        openTheGate();

        assertThat(ended(other).counts().identical()).isEqualTo(5);
        assertThat(runs.get(first.id()))
                .extracting(ReplayRun::state, ReplayRun::counts)
                .containsExactly(ReplayRun.State.CANCELLED, Counts.NONE);
        assertThat(entries("replay.ended", first)).singleElement().satisfies(entry -> assertThat(entry.by())
                .isEqualTo("approver"));
        assertThat(ended(runs.start(MARCH, null, "auditor")).id()).isNotEqualTo(first.id());
    }

    @Test
    void writesDownWhoStartedItAndWhatCameOfIt() {
        List<Long> ids = decisions(2, MARCH);
        change(ids.get(1), "result", result("99.00", "stub"));
        ReplayRun run = ended(runs.start(MARCH, "resolve", "auditor"));
        assertThat(entries("replay.started", run)).singleElement().satisfies(entry -> {
            assertThat(entry.by()).isEqualTo("auditor");
            assertThat(entry.content())
                    .isEqualTo("{\"decisions\":2,\"moment\":\"resolve\",\"since\":\"2026-03-02T09:00:00Z\"}");
        });
        assertThat(entries("replay.ended", run)).singleElement().satisfies(entry -> {
            assertThat(entry.by()).isEqualTo("replay");
            assertThat(entry.content())
                    .isEqualTo(
                            "{\"decisions\":2,\"different\":1,\"erased\":0,\"failed\":0,\"failure\":\"\",\"identical\":1,\"state\":\"DONE\"}");
        });
    }

    @Test
    void goesOnAtOnceAfterANodeThatStoppedAndDecidesNothingTwice() {
        List<Long> ids = decisions(7, MARCH);
        change(ids.get(0), "result", result("99.00", "stub"));
        change(ids.get(6), "result", result("99.00", "stub"));
        ReplayRunner stopping = new ReplayRunner(store, past, releases, texts, clock, 2);
        stopping.start();
        Gates.gate = new Semaphore(3);
        Gates.DECIDED.set(0);
        ReplayRun run = runs.get(store.begin(
                        new ReplayStore.Wanted(null, null, "auditor", ids.get(6), 7),
                        stopping.name(),
                        OffsetDateTime.now(clock))
                .id());
        stopping.runInBackground(run);
        await(() -> Gates.DECIDED.get() == 3);
        CompletableFuture<Void> stopped = CompletableFuture.runAsync(stopping::stop);
        await(() -> !stopping.isRunning());
        openTheGate();
        stopped.join();

        ReplayRun half = runs.get(run.id());
        assertThat(half)
                .extracting(ReplayRun::state, ReplayRun::counts)
                .containsExactly(ReplayRun.State.RUNNING, new Counts(3, 1, 0, 0));

        runner.takeOver();

        assertThat(ended(run))
                .extracting(ReplayRun::state, ReplayRun::total, ReplayRun::counts)
                .containsExactly(ReplayRun.State.DONE, 7L, new Counts(5, 2, 0, 0));
        assertThat(Gates.DECIDED).hasValue(7);
        assertThat(runs.differing(run.id(), 0, 9))
                .extracting(ReplayRun.Differing::decision)
                .containsExactly(ids.get(0), ids.get(6));
        assertThat(entries("replay.ended", run)).hasSize(1);
    }

    @Test
    void takesOverFromANodeOfWhichNothingIsHeardAndKeepsNothingMoreOfIt() {
        List<Long> ids = decisions(7, MARCH);
        OffsetDateTime longAgo = OffsetDateTime.now(clock).minus(Duration.ofMinutes(5));
        long id = store.begin(new ReplayStore.Wanted(null, null, "auditor", ids.get(6), 7), "another-node", longAgo)
                .id();
        ReplayTally tally = new ReplayTally();
        List<ReplayRun.Differing> differing = new ArrayList<>();
        for (PastDecisions.Past one : past.page(PastDecisions.Filter.ALL, 0, ids.get(2), 10)) {
            tally.add(new ReplayRun.Part(one.release(), "stub", null, "RULES-003", new Counts(0, 0, 1, 0)));
            differing.add(DifferenceTexts.failed(one, "RULES-003"));
        }
        assertThat(store.keep(id, "another-node", ids.get(2), tally.parts(), differing, false, longAgo))
                .isTrue();

        runner.takeOver();

        ReplayRun run = ended(runs.get(id));
        assertThat(run)
                .extracting(ReplayRun::state, ReplayRun::counts)
                .containsExactly(ReplayRun.State.DONE, new Counts(4, 0, 3, 0));
        assertThat(runs.parts(id)).hasSize(2);
        assertThat(store.keep(id, "another-node", ids.get(3), tally.parts(), differing, false, longAgo))
                .as("the other node wakes up again")
                .isFalse();
        assertThat(runs.differing(id, 0, 9)).hasSize(3);
    }

    @Test
    void leavesARunAloneThatIsAlive() {
        List<Long> ids = decisions(1, MARCH);
        long id = store.begin(
                        new ReplayStore.Wanted(null, null, "auditor", ids.get(0), 1),
                        "another-node",
                        OffsetDateTime.now(clock))
                .id();
        runner.takeOver();
        ended(runs.start(MARCH, null, "auditor"));
        assertThat(runs.get(id))
                .extracting(ReplayRun::state, ReplayRun::counts)
                .containsExactly(ReplayRun.State.RUNNING, Counts.NONE);
    }

    @Test
    void listsTheNewestRunFirst() {
        decisions(1, MARCH);
        ReplayRun first = ended(runs.start(null, null, "auditor"));
        ReplayRun second = ended(runs.start(null, null, "auditor"));
        assertThat(runs.newest(null, 9)).containsExactly(second, first);
        assertThat(runs.newest(second.id(), 9)).containsExactly(first);
        refused("REPLAY-001", () -> runs.get(-1));
    }

    @Test
    void asksAnotherReleaseAndChangesNothing() {
        List<Long> ids = decisions(2, MARCH);
        String live = releases.live().id();
        change(ids.get(1), "facts_text", "t:{}");
        long entries =
                jdbc.sql("select count(*) from journal_entry").query(Long.class).single();
        change(ids.get(0), "result", result("99.00", "another-rule"));

        Counterfactual found = replay.under(ids.get(0), live);

        assertThat(found.decision().release()).isEqualTo(live);
        assertThat(found.differences())
                .singleElement()
                .satisfies(one -> assertThat(one.is().money()).isEqualTo(Money.of("10.00", "USD")));
        assertThat(found.places()).extracting(Replayed.Difference::path).contains("outcome[0].because[0]");
        refused("REPLAY-002", () -> replay.under(ids.get(1), live));
        refused("RELEASE-002", () -> replay.under(ids.get(0), "r-none"));
        refused("DECISION-001", () -> replay.under(-1, live));
        assertThat(replay.of(ids.get(1)))
                .extracting(Replayed::identical, Replayed::erased, Replayed::failure)
                .containsExactly(false, true, "REPLAY-002");
        assertThat(jdbc.sql("select count(*) from journal_entry")
                        .query(Long.class)
                        .single())
                .isEqualTo(entries);
        assertThat(jdbc.sql("select count(*) from decision").query(Long.class).single())
                .isEqualTo(2);
    }

    private static void refused(String code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.code())
                .isEqualTo(code));
    }

    private List<Entry> entries(String kind, ReplayRun run) {
        return journal.newest(kind, "replay-" + run.id(), null, 9);
    }

    private static void openTheGate() {
        Semaphore narrow = Gates.gate;
        Gates.gate = Gates.open();
        narrow.release(1000);
    }

    private void change(long id, String column, String value) {
        jdbc.sql("update decision set " + column + " = :value where id = :id")
                .param("value", value)
                .param("id", id)
                .update();
    }

    private void file(String release, String path, String content) {
        jdbc.sql("update release_file set content = :content where release_id = :release and path = :path")
                .param("content", content)
                .param("release", release)
                .param("path", path)
                .update();
    }

    private ReplayRun ended(ReplayRun run) {
        await(() -> !runs.get(run.id()).running());
        return runs.get(run.id());
    }

    private static void await(BooleanSupplier condition) {
        for (int i = 0; i < 1200 && !condition.getAsBoolean(); i++) {
            try {
                Thread.sleep(25);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    private static String facts(String amount) {
        return "t:{\"asOf\":\"2026-03-02T09:00:00Z\",\"failure\":{\"currency\":\"USD\",\"loss\":{\"amount\":\"" + amount
                + "\",\"currency\":\"USD\"}}}";
    }

    /** What the rules of a few lines say about such a loss; {@code rule} instead of theirs in the reasons of the outcome. */
    private String result(String amount, String rule) {
        StubRulebook rulebook = new StubRulebook(releases.live().id());
        Map<String, Object> loss = Map.of("amount", amount, "currency", "USD");
        Map<String, Object> document =
                Map.of("asOf", MARCH.toInstant().toString(), "failure", Map.of("currency", "USD", "loss", loss));
        Map<String, Object> result = new LinkedHashMap<>(
                DecisionDocument.resultOf(rulebook.decide(Moment.RESOLVE, new CaseFacts(MARCH, document))));
        try {
            String text = json.writeValueAsString(result);
            int outcome = text.indexOf("\"outcome\"");
            return text.substring(0, outcome) + text.substring(outcome).replace("\"stub\"", "\"" + rule + "\"");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Past decisions of one new case, refunding 10.00, 10.01 and so on. */
    private List<Long> decisions(int n, OffsetDateTime at) {
        String own = UUID.randomUUID().toString();
        RecoveryCase recovery = intake.receive(
                        new Submission(
                                own,
                                own,
                                "EMAIL",
                                "Rail",
                                "Late",
                                null,
                                Money.of("10.00", "USD"),
                                null,
                                null,
                                null,
                                "en",
                                Map.of(),
                                Map.of()),
                        "agent")
                .recovery();
        jdbc.sql("delete from decision where case_id = :id")
                .param("id", recovery.id().value())
                .update();
        for (int i = 0; i < n; i++) {
            String amount = "10.0" + i;
            jdbc.sql("""
                            insert into decision (case_id, moment, release_id, as_of, facts_text, result, engine, decided_by)
                            values (:case, 'resolve', :release, :at, :facts, :result, 'stub', 'test')
                            """)
                    .param("case", recovery.id().value())
                    .param("release", recovery.release())
                    .param("at", at)
                    .param("facts", facts(amount))
                    .param("result", result(amount, "stub"))
                    .update();
        }
        return jdbc.sql("select id from decision where case_id = :id order by id")
                .param("id", recovery.id().value())
                .query(Long.class)
                .list();
    }
}
