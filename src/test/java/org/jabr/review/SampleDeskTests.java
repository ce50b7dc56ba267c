package org.jabr.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jabr.audit.DecisionFilter;
import org.jabr.audit.SearchLook;
import org.jabr.intake.CaseIntake;
import org.jabr.intake.Submission;
import org.jabr.journal.Journal;
import org.jabr.journal.SealLook;
import org.jabr.rules.Money;
import org.jabr.rules.Problem;
import org.jabr.testing.StubEngines;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ActiveProfiles;

/** Samples from the draw to the last observation closed. */
@SpringBootTest(properties = {"jabr.demo.data=false", "jabr.journal.every=PT24H", "jabr.audit.search-every=PT24H"})
@ActiveProfiles("demo")
@Import({StubEngines.class, SealLook.class, SearchLook.class})
abstract class SampleDeskTests {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final DecisionFilter INTAKES = DecisionFilter.of(Map.of("moment", "intake"));

    @Autowired
    SampleDesk desk;

    @Autowired
    ObservationDesk observations;

    @Autowired
    ReviewRules rules;

    @Autowired
    CaseIntake intake;

    @Autowired
    SealLook seal;

    @Autowired
    SearchLook search;

    @Autowired
    Journal journal;

    @Autowired
    JdbcClient jdbc;

    @BeforeEach
    void twoAudit() {
        jdbc.sql("delete from account_trait where login = 'agent2' and kind = 'ROLE' and word = 'AUDITOR'")
                .update();
        jdbc.sql("insert into account_trait (login, kind, word) values ('agent2', 'ROLE', 'AUDITOR')")
                .update();
    }

    @Test
    void aSampleIsAsLargeAsItsPlanSaysAndAnybodyDrawsTheSameAgain() {
        report(70);
        Sample.Whole whole = desk.get(draw("seed-1", "auditor", "agent2"));
        Sample sample = whole.sample();
        SampleSize size = SampleSize.of(sample.population(), 0.90, 0.10, 0);

        assertThat(sample.population()).isGreaterThanOrEqualTo(70);
        assertThat(sample.size()).isEqualTo(size.size()).isLessThan(sample.population());
        assertThat(whole.items()).hasSize(sample.size());
        assertThat(whole.items()).extracting(SampleItem::decision).doesNotHaveDuplicates();
        assertThat(whole.items()).extracting(SampleItem::moment).containsOnly("intake");
        Map<String, Long> shared =
                whole.items().stream().collect(Collectors.groupingBy(SampleItem::assignedTo, Collectors.counting()));
        assertThat(shared).containsOnlyKeys("auditor", "agent2");
        assertThat(shared.get("auditor") - shared.get("agent2")).isBetween(-1L, 1L);

        assertThat(decisions(draw("seed-1", "auditor"))).isEqualTo(decisions(sample.id()));
        assertThat(decisions(draw("seed-2", "auditor"))).isNotEqualTo(decisions(sample.id()));
        assertThat(desk.drawnAgain(sample.id())).isTrue();
        report(5);
        assertThat(desk.drawnAgain(sample.id()))
                .as("what came later was not there to be drawn")
                .isTrue();
        assertThat(draw("seed-1", "auditor"))
                .satisfies(id -> assertThat(desk.get(id).sample().population()).isEqualTo(sample.population() + 5));

        long gone = whole.items().get(0).decision();
        jdbc.sql("update found_decision set tier = 'GONE', moment = 'route' where id = :id")
                .param("id", gone)
                .update();
        try {
            assertThat(desk.drawnAgain(sample.id())).isFalse();
        } finally {
            jdbc.sql("update found_decision set tier = 'BRONZE', moment = 'intake' where id = :id")
                    .param("id", gone)
                    .update();
        }
    }

    @Test
    void aDrawIsAnEntryThatSaysHowAndWhatCameOfIt() {
        report(3);
        long id = draw("seed-3", "auditor");
        assertThat(journal.newest("sample.drawn", "sample-" + id, null, 5))
                .singleElement()
                .satisfies(entry -> assertThat(entry.content())
                        .contains("\"seed\":\"seed-3\"", "\"plan\":\"quick\"", "\"filter\":{\"moment\":\"intake\"}"));
        desk.take(id, "auditor");
        assertThat(journal.newest("sample.exported", "sample-" + id, null, 5)).hasSize(1);
    }

    @Test
    void nothingIsDrawnFromNothingByNobodyOrUnderNoPlan() {
        report(1);
        DecisionFilter nothing = DecisionFilter.of(Map.of("case", "R-none"));
        fails("REVIEW-002", () -> desk.draw(wanted("a", nothing, "quick", "s", "auditor"), "auditor"));
        fails("REVIEW-001", () -> desk.draw(wanted("a", INTAKES, "thorough", "s", "auditor"), "auditor"));
        fails("REVIEW-003", () -> desk.draw(wanted(" ", INTAKES, "quick", "s", "auditor"), "auditor"));
        fails("REVIEW-003", () -> desk.draw(wanted("a", INTAKES, "quick", "x".repeat(61), "auditor"), "auditor"));
        fails("REVIEW-004", () -> desk.draw(wanted("a", INTAKES, "quick", "s"), "auditor"));
        fails("REVIEW-004", () -> desk.draw(wanted("a", INTAKES, "quick", "s", "manager"), "auditor"));
        fails("REVIEW-005", () -> desk.get(999_999));
    }

    @Test
    void whoIsAskedAnswersEveryQuestionAndAnErrorNeedsWords() {
        report(4);
        long id = draw("seed-4", "auditor");
        Map<String, SampleItem.Answer> right = answers(id, SampleItem.Answer.YES);
        fails("REVIEW-007", () -> desk.judge(id, 1, 0, right, "", "agent2"));
        Map<String, SampleItem.Answer> open = new TreeMap<>(right);
        open.remove(open.keySet().iterator().next());
        fails("REVIEW-009", () -> desk.judge(id, 1, 0, open, "", "auditor"));
        Map<String, SampleItem.Answer> wrong = answers(id, SampleItem.Answer.NO);
        fails("REVIEW-010", () -> desk.judge(id, 1, 0, wrong, "  ", "auditor"));
        fails("REVIEW-011", () -> desk.judge(id, 1, 0, wrong, "x".repeat(2001), "auditor"));
        fails("REVIEW-005", () -> desk.judge(id, 999, 0, right, "", "auditor"));
        long decision = desk.item(id, 1).decision();
        jdbc.sql("update decision set decided_by = 'auditor' where id = :id")
                .param("id", decision)
                .update();
        fails("REVIEW-008", () -> desk.judge(id, 1, 0, right, "", "auditor"));
        jdbc.sql("update decision set decided_by = 'rules' where id = :id")
                .param("id", decision)
                .update();

        assertThat(desk.judge(id, 1, 0, wrong, "Nadia's loss was higher", "auditor"))
                .isEqualTo(SampleItem.Verdict.ERROR);
        fails("REVIEW-012", () -> desk.judge(id, 1, 0, right, "", "auditor"));
        assertThat(desk.judge(id, 1, 1, right, "", "auditor"))
                .as("a second thought, of what was read")
                .isEqualTo(SampleItem.Verdict.CORRECT);
        assertThat(journal.newest("sample.judged", "sample-" + id, null, 5))
                .hasSize(2)
                .noneMatch(entry -> entry.content().contains("Nadia"));
    }

    @Test
    void ofTwoWhoJudgeAtOnceOneIsTold() throws Exception {
        report(2);
        long id = draw("seed-5", "auditor");
        Map<String, SampleItem.Answer> right = answers(id, SampleItem.Answer.YES);
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            Callable<String> judging = () -> {
                try {
                    return desk.judge(id, 1, 0, right, "", "auditor").name();
                } catch (Problem problem) {
                    return problem.code();
                }
            };
            List<String> said = new ArrayList<>();
            for (Future<String> one : pool.invokeAll(List.of(judging, judging, judging, judging))) {
                said.add(one.get());
            }
            assertThat(said).containsExactlyInAnyOrder("CORRECT", "REVIEW-012", "REVIEW-012", "REVIEW-012");
        } finally {
            pool.shutdown();
            assertThat(pool.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        }
        assertThat(journal.newest("sample.judged", "sample-" + id, null, 5)).hasSize(1);
    }

    @Test
    void aSampleThatIsWhollyJudgedSaysSomethingAboutAllAndIsClosedForGood() {
        report(30);
        long good = draw("seed-6", "auditor");
        judgeAll(good, 0);
        Sample.Conclusion conclusion = desk.get(good).conclusion();
        assertThat(conclusion.errors()).isZero();
        assertThat(conclusion.holds()).isTrue();
        assertThat(conclusion.upperPercent()).isLessThanOrEqualTo(new BigDecimal("10.00"));

        long bad = draw("seed-7", "auditor");
        fails("REVIEW-013", () -> desk.close(bad, "auditor"));
        judgeAll(bad, 3);
        assertThat(desk.get(bad).conclusion().holds()).isFalse();
        desk.close(bad, "auditor");
        fails("REVIEW-006", () -> desk.close(bad, "auditor"));
        fails("REVIEW-006", () -> desk.judge(bad, 1, 1, answers(bad, SampleItem.Answer.YES), "", "auditor"));
        fails("REVIEW-006", () -> desk.assign(bad, "auditor", "agent2", "auditor"));
        assertThat(journal.newest("sample.closed", "sample-" + bad, null, 5))
                .singleElement()
                .satisfies(entry -> assertThat(entry.content()).contains("\"errors\":3", "\"holds\":false"));
    }

    @Test
    void whatSomebodyHasNotJudgedIsHandedOver() {
        report(10);
        long id = draw("seed-8", "auditor");
        desk.judge(id, 1, 0, answers(id, SampleItem.Answer.YES), "", "auditor");
        fails("REVIEW-004", () -> desk.assign(id, "auditor", "manager", "auditor"));
        int handed = desk.assign(id, "auditor", "agent2", "auditor");
        Sample.Whole whole = desk.get(id);
        assertThat(handed).isEqualTo(whole.sample().size() - 1);
        assertThat(whole.items().get(0).assignedTo()).isEqualTo("auditor");
        assertThat(whole.next("auditor")).isEmpty();
        assertThat(whole.next("agent2"))
                .hasValueSatisfying(item -> assertThat(item.place()).isEqualTo(2));
    }

    @Test
    void anObservationIsFollowedUpUntilSomebodyElseClosesIt() {
        report(2);
        long id = draw("seed-9", "auditor");
        fails("REVIEW-014", () -> observations.raise(id, 1, "minor", "late", "It was late", "auditor"));
        desk.judge(id, 1, 0, answers(id, SampleItem.Answer.NO), "It was late", "auditor");
        fails("REVIEW-001", () -> observations.raise(id, 1, "dreadful", "late", "It was late", "auditor"));
        fails("REVIEW-001", () -> observations.raise(id, 1, "minor", "bad-luck", "It was late", "auditor"));
        fails("REVIEW-015", () -> observations.raise(id, 1, "minor", "late", " ", "auditor"));
        long raised = observations.raise(id, 1, "critical", "late", "Nadia waited too long", "auditor");

        Observation open = observations.get(raised);
        assertThat(open.department()).isEqualTo("OPERATIONS");
        int days = rules.severity(open.release(), "critical").days();
        assertThat(open.dueOn())
                .isBetween(LocalDate.now().plusDays(days - 1), LocalDate.now().plusDays(days + 1));
        fails("REVIEW-017", () -> observations.close(raised, "Fine", "auditor"));
        observations.answer(raised, "There are two more people now", "agent2");
        fails("REVIEW-017", () -> observations.answer(raised, "And again", "manager"));
        fails("REVIEW-018", () -> observations.close(raised, "I find my answer convincing", "agent2"));
        observations.reopen(raised, "Still late", "auditor");
        observations.answer(raised, "Three more", "manager");
        observations.close(raised, "Seen", "auditor");

        Observation closed = observations.get(raised);
        assertThat(closed.state()).isEqualTo(Observation.State.CLOSED);
        assertThat(closed.steps())
                .extracting(Observation.Step::deed)
                .containsExactly(
                        Observation.Deed.RAISED,
                        Observation.Deed.ANSWERED,
                        Observation.Deed.REOPENED,
                        Observation.Deed.ANSWERED,
                        Observation.Deed.CLOSED);
        assertThat(journal.newest(null, "observation-" + raised, null, 10))
                .hasSize(5)
                .noneMatch(entry -> entry.content().contains("Nadia"));
        jdbc.sql("update observation set state = 'OPEN', due_on = :past where id = :id")
                .param("past", LocalDate.now().minusDays(2))
                .param("id", raised)
                .update();
        assertThat(observations.late(observations.get(raised))).isTrue();
        assertThat(observations.list(Observation.State.OPEN, 0, 100))
                .extracting(Observation::id)
                .contains(raised);
        fails("REVIEW-016", () -> observations.get(999_999));
    }

    private void judgeAll(long id, int errors) {
        for (SampleItem item : desk.get(id).items()) {
            boolean wrong = item.place() <= errors;
            desk.judge(
                    id,
                    item.place(),
                    item.version(),
                    answers(id, wrong ? SampleItem.Answer.NO : SampleItem.Answer.YES),
                    wrong ? "Wrong" : "",
                    "auditor");
        }
    }

    private Map<String, SampleItem.Answer> answers(long id, SampleItem.Answer answer) {
        return rules.questions(desk.get(id).sample().release(), "intake").stream()
                .collect(Collectors.toMap(ReviewRules.Question::name, question -> answer));
    }

    private List<Long> decisions(long id) {
        return desk.get(id).items().stream().map(SampleItem::decision).toList();
    }

    private long draw(String seed, String... assignees) {
        return desk.draw(wanted("Sample " + seed, INTAKES, "quick", seed, assignees), "auditor");
    }

    private static SampleDesk.Wanted wanted(
            String name, DecisionFilter filter, String plan, String seed, String... assignees) {
        return new SampleDesk.Wanted(name, filter, plan, seed, List.of(assignees));
    }

    private static void fails(String code, ThrowingCallable deed) {
        assertThatThrownBy(deed).isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.code())
                .isEqualTo(code));
    }

    private void report(int times) {
        for (int i = 0; i < times; i++) {
            int n = COUNT.incrementAndGet();
            intake.receive(
                    new Submission(
                            "REVIEW-" + n,
                            "V-" + n,
                            "EMAIL",
                            "Delivery",
                            "Late " + n,
                            null,
                            Money.of("40.00", "USD"),
                            null,
                            null,
                            null,
                            "en",
                            Map.of(),
                            Map.of()),
                    "agent");
        }
        seal.now();
        search.now();
    }
}
