package org.jabr.process.camunda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jabr.process.camunda.Desk.AGENT;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jabr.cases.RecoveryCase;
import org.jabr.cases.TimelineEntry;
import org.jabr.process.Migration;
import org.jabr.process.MigrationRound;
import org.jabr.process.Migrations;
import org.jabr.process.Mover;
import org.jabr.releases.Publishing;
import org.jabr.releases.Releases;
import org.jabr.rules.Problem;
import org.jabr.worklist.WorkItem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Running cases move to another release on purpose, and nothing of them is lost on the way. */
abstract class MigrationTests {

    private static final String DIAGRAM = "processes/service-recovery.bpmn";
    private static final Map<String, Object> ANGRY = Map.of("conversation.emotion", "ANGRY");

    @Autowired
    Desk desk;

    @Autowired
    Releases releases;

    @Autowired
    Publishing publishing;

    @Autowired
    Migrations migrations;

    @Autowired
    MigrationRound round;

    @Autowired
    JdbcClient jdbc;

    private String first = "";
    private String from = "";
    private int marks;

    /** Each test has a release of its own to move from, so that it finds no cases of others. */
    @BeforeEach
    void start() {
        first = releases.live().id();
        from = publishing.live(changed(
                "name=\"Send receipt\"",
                "name=\"Send receipt " + System.identityHashCode(this) + "." + marks++ + "\""));
    }

    @AfterEach
    void back() {
        publishing.again(first);
    }

    @Test
    void looksFirstAndChangesNothing() {
        RecoveryCase waiting = angry();
        String to = publishing.live(changed("name=\"Acknowledge in person\"", "name=\"Speak with them\""));

        List<Migration.Candidate> candidates = migrations.preview(plan(to, Map.of()), null);

        assertThat(candidates).hasSize(1);
        assertThat(candidates.get(0).waitsAt()).containsExactly("acknowledgeInPerson");
        assertThat(candidates.get(0).obstacles()).isEmpty();
        assertThat(desk.now(waiting).release()).isEqualTo(from);
        assertThat(desk.item(waiting).release()).isEqualTo(from);
        assertThat(desk.item(waiting).name()).isEqualTo("Acknowledge in person");
        assertThat(desk.recovery.path(waiting.id()).bpmn()).doesNotContain("Speak with them");
    }

    @Test
    void movesCasesWithTheirOpenWorkAndWritesItDown() {
        RecoveryCase waiting = angry();
        SortedMap<String, String> files = changed("name=\"Acknowledge in person\"", "name=\"Speak with them\"");
        files.computeIfPresent(
                DIAGRAM,
                (path, text) -> text.replaceFirst("formKey=\"personal-acknowledgement\"", "formKey=\"escalation\""));
        String to = publishing.live(files);

        Migration batch = moved(to, Map.of());

        assertThat(batch.counts()).containsOnly(Map.entry(Migration.CaseState.MOVED, 1L));
        assertThat(batch.state()).isEqualTo(Migration.State.DONE);
        assertThat(desk.now(waiting).release()).isEqualTo(to);
        WorkItem item = desk.item(waiting);
        assertThat(List.of(item.release(), item.name(), String.valueOf(item.form())))
                .containsExactly(to, "Speak with them", "escalation");
        assertThat(desk.file(waiting).timeline())
                .filteredOn(entry -> entry.kind().equals("MIGRATED"))
                .extracting(TimelineEntry::by)
                .containsExactly("approver");
        assertThat(jdbc.sql("select count(*) from journal_entry where subject = :case and content like '%MIGRATED%'")
                        .param("case", waiting.reference())
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);

        desk.complete(item, Map.of("solution", "We spoke."), AGENT);
        assertThat(desk.passed(waiting)).contains("decideRemedies-person");
        assertThat(desk.file(waiting).decisions())
                .last()
                .satisfies(decision -> assertThat(decision.decision().release()).isEqualTo(to));
    }

    @Test
    void saysWhatStandsInTheWayAndTakesAnotherStepForIt() {
        RecoveryCase waiting = angry();
        RecoveryCase elsewhere = desk.lateDelivery().open();
        String to = publishing.live(changed("acknowledgeInPerson", "speakInPerson"));

        assertThat(migrations.preview(plan(to, Map.of()), null))
                .extracting(one -> one.recovery().reference(), one -> one.obstacles().stream()
                        .map(obstacle -> obstacle.element() + " " + obstacle.code())
                        .toList())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                waiting.reference(), List.of("acknowledgeInPerson MIG-011")),
                        org.assertj.core.groups.Tuple.tuple(elsewhere.reference(), List.of()));
        assertThat(migrations
                        .preview(plan(to, Map.of("acknowledgeInPerson", "decideRemedies")), null)
                        .get(0)
                        .obstacles())
                .extracting(Mover.Obstacle::code)
                .contains("MIG-013");
        assertThat(migrations
                        .preview(plan(to, Map.of("acknowledgeInPerson", "nowhere")), null)
                        .get(0)
                        .obstacles())
                .extracting(Mover.Obstacle::code)
                .contains("MIG-012");

        Migration without = moved(to, Map.of());
        assertThat(without.count("REFUSED")).isEqualTo(1);
        assertThat(migrations
                        .results(without.id(), Migration.CaseState.REFUSED, 10)
                        .get(0)
                        .obstacles())
                .extracting(Mover.Obstacle::element)
                .containsExactly("acknowledgeInPerson");
        assertThat(desk.now(waiting).release()).isEqualTo(from);
        assertThat(desk.now(elsewhere).release()).isEqualTo(to);

        moved(to, Map.of("acknowledgeInPerson", "speakInPerson"));
        assertThat(desk.now(waiting).release()).isEqualTo(to);
        assertThat(desk.item(waiting).element()).isEqualTo("speakInPerson");
        desk.complete(desk.item(waiting), ANGRY, AGENT);
        assertThat(desk.passed(waiting)).contains("speakInPerson", "decideRemedies-person");
    }

    @Test
    void goesOnAfterARestartAndStopsWhenItIsCalledOff() {
        List<RecoveryCase> cases = List.of(angry(), angry(), angry());
        String to = publishing.live(changed("name=\"Acknowledge in person\"", "name=\"Speak with them\""));

        long id = migrations.start(plan(to, Map.of()), "approver");
        round.workOn(1);
        assertThat(migrations.get(id).count("MOVED")).isEqualTo(1);
        assertThat(migrations.get(id).state()).isEqualTo(Migration.State.RUNNING);
        round.work();
        assertThat(migrations.get(id).count("MOVED")).isEqualTo(3);
        assertThat(cases).allSatisfy(one -> assertThat(desk.now(one).release()).isEqualTo(to));

        Migration.Plan home = new Migration.Plan(to, from, Map.of(), null, null);
        long back = migrations.start(home, "approver");
        round.workOn(1);
        migrations.cancel(back, "manager");
        round.work();
        assertThat(migrations.get(back).count("WAITING")).isEqualTo(2);
        assertThat(migrations.get(back).endedBy()).isEqualTo("manager");
    }

    @Test
    void movesCalledProcessesAlong() throws IOException {
        SortedMap<String, String> files = releases.files(from);
        files.put("processes/ask-around.bpmn", resource("ask-around.bpmn"));
        files.put("processes/goodwill-gesture.bpmn", resource("goodwill-gesture.bpmn"));
        files.put("processes/forms/carrier-call.form", resource("carrier-call.form"));
        files.computeIfPresent(
                "rules/intake.dmn",
                (path, text) -> text.replace("<text>\"service-recovery\"</text>", "<text>\"goodwill-gesture\"</text>"));
        from = publishing.live(files);
        RecoveryCase waiting = desk.lateDelivery().open();
        files.computeIfPresent(
                "processes/ask-around.bpmn", (path, text) -> text.replace("name=\"Call them\"", "name=\"Ring them\""));
        String to = publishing.live(files);

        moved(to, Map.of());

        assertThat(desk.item(waiting).name()).isEqualTo("Ring them");
        desk.complete(desk.item(waiting), Map.of("mood", "KIND"), AGENT);
        assertThat(desk.letters(waiting)).containsExactly("thanks");
        assertThat(desk.ended(waiting)).isTrue();
    }

    @Test
    void movesStoppedCasesAndHasTheirStepTriedAgain() {
        SortedMap<String, String> files = releases.files(from);
        files.computeIfPresent(
                DIAGRAM,
                (path, text) ->
                        text.replace("value=\"mode,tone,channel\"", "value=\"mode,tone,channel,resolveMinutes\""));
        from = publishing.live(files);
        RecoveryCase stopped = desk.lateDelivery().reported();
        desk.workAndFail(stopped);
        assertThat(desk.item(stopped).kind()).isEqualTo(WorkItem.Kind.INCIDENT);

        moved(first, Map.of());
        desk.work(stopped);

        assertThat(desk.now(stopped).release()).isEqualTo(first);
        assertThat(desk.recovery.incidents(stopped.id())).isEmpty();
        assertThat(desk.items(stopped)).isEmpty();
        assertThat(desk.letters(stopped)).contains("receipt");
    }

    @Test
    void leavesCasesWhoseFactsTheOtherReleaseCannotRead() {
        RecoveryCase waiting = angry();
        String to = publishing.live(changed("name=\"Acknowledge in person\"", "name=\"Speak with them\""));
        jdbc.sql("update recovery_case set given_text = :text where id = :id")
                .param("text", "t:{\"conversation.emotion\":\"FURIOUS\"}")
                .param("id", waiting.id().value())
                .update();

        assertThat(migrations.preview(plan(to, Map.of()), null).get(0).obstacles())
                .containsExactly(new Mover.Obstacle("", "FACTS-002", "conversation.emotion"));
        assertThat(moved(to, Map.of()).count("REFUSED")).isEqualTo(1);
        assertThat(desk.now(waiting).release()).isEqualTo(from);
        assertThat(desk.item(waiting).release()).isEqualTo(from);
    }

    @Test
    void losesNoWorkAndDoesNoStepTwiceWhileAgentsGoOn() throws Exception {
        List<RecoveryCase> cases = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            cases.add(angry());
        }
        String to = publishing.live(changed("name=\"Acknowledge in person\"", "name=\"Speak with them\""));
        migrations.start(plan(to, Map.of()), "approver");
        CountDownLatch ready = new CountDownLatch(1);
        ExecutorService people = Executors.newFixedThreadPool(2);
        try {
            Future<?> mover = people.submit(() -> {
                ready.await();
                round.work();
                return null;
            });
            Future<?> agent = people.submit(() -> {
                ready.await();
                for (RecoveryCase one : backwards(cases)) {
                    completed(one);
                }
                return null;
            });
            ready.countDown();
            mover.get(2, TimeUnit.MINUTES);
            agent.get(2, TimeUnit.MINUTES);
        } finally {
            people.shutdown();
        }

        assertThat(cases).allSatisfy(one -> {
            assertThat(desk.now(one).release()).isEqualTo(to);
            assertThat(desk.worklist.ofCase(one.id()))
                    .filteredOn(item -> item.kind() == WorkItem.Kind.ACKNOWLEDGEMENT)
                    .extracting(WorkItem::state)
                    .containsExactly(WorkItem.State.DONE);
            desk.work(one);
            assertThat(desk.history
                            .createHistoricActivityInstanceQuery()
                            .processInstanceId(desk.instance(one))
                            .activityId("decideRemedies-person")
                            .count())
                    .isEqualTo(1);
            assertThat(desk.letters(one)).containsOnlyOnce("resolution");
        });
    }

    @Test
    void refusesPlansThatCannotBe() {
        assertThatThrownBy(() -> migrations.start(plan(from, Map.of()), "approver"))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("MIG-001"));
        assertThatThrownBy(() -> migrations.start(plan(first, Map.of()), "approver"))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("MIG-004"));
        assertThatThrownBy(() -> migrations.get(-1))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("MIG-003"));
    }

    /** As an agent does: who is told that something changed meanwhile looks again and presses once more. */
    private void completed(RecoveryCase one) {
        for (int i = 0; i < 20; i++) {
            WorkItem item = desk.worklist.ofCase(one.id()).stream()
                    .filter(open -> open.kind() == WorkItem.Kind.ACKNOWLEDGEMENT)
                    .findFirst()
                    .orElseThrow();
            try {
                desk.worklist.complete(item.id(), ANGRY, AGENT);
                return;
            } catch (RuntimeException changedMeanwhile) {
                if (i == 19) {
                    throw changedMeanwhile;
                }
            }
        }
    }

    private static List<RecoveryCase> backwards(List<RecoveryCase> cases) {
        List<RecoveryCase> copy = new ArrayList<>(cases);
        java.util.Collections.reverse(copy);
        return copy;
    }

    private RecoveryCase angry() {
        return desk.lateDelivery().fact("conversation.emotion", "ANGRY").open();
    }

    private Migration moved(String to, Map<String, String> steps) {
        long id = migrations.start(plan(to, steps), "approver");
        round.work();
        return migrations.get(id);
    }

    private Migration.Plan plan(String to, Map<String, String> steps) {
        return new Migration.Plan(from, to, steps, null, null);
    }

    private SortedMap<String, String> changed(String old, String fresh) {
        SortedMap<String, String> files = releases.files(from.isEmpty() ? first : from);
        files.computeIfPresent(DIAGRAM, (path, text) -> {
            assertThat(text).contains(old);
            return text.replace(old, fresh);
        });
        return files;
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = MigrationTests.class.getResourceAsStream("/process/" + name)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
