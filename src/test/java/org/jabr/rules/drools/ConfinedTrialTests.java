package org.jabr.rules.drools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jabr.rules.CaseFacts;
import org.jabr.rules.DecisionFailed;
import org.jabr.rules.Finding;
import org.jabr.rules.Moment;
import org.jabr.rules.Problem;
import org.jabr.rules.Progress;
import org.jabr.rules.RuleRef;
import org.jabr.rules.RuleTrial;
import org.jabr.rules.Rulebook;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfinedTrialTests {

    private static final Duration IDLE = Duration.ofMinutes(5);

    private static final ConfinedTrial TRIAL =
            new ConfinedTrial(TrialProgram.own("512m"), ConfinedTrial.Limits.usual(), 2, IDLE);

    @AfterAll
    static void leaveNothingBehind() {
        List<ProcessHandle> processes = handles(TRIAL);
        assertThat(processes).isNotEmpty();
        TRIAL.close();
        assertThat(processes).noneMatch(ProcessHandle::isAlive);
    }

    @Test
    void findsInAProcessOfItsOwnWhatIsFoundHere() {
        Map<String, String> files = new HashMap<>(DefaultRelease.files());
        assertThat(TRIAL.compile(files)).isEmpty();

        files.computeIfPresent("rules/exceed.dmn", (path, text) -> text.replace("<text>15</text>", "<text></text>"));
        List<Finding> here = new DroolsRulebookCompiler().compile("x", files).findings();

        assertThat(here).isNotEmpty();
        assertThat(TRIAL.compile(files)).isEqualTo(here);
        assertThatThrownBy(() -> TRIAL.rulebook("draft", files))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("RULE-054"));
    }

    @Test
    void decidesLikeTheRulebookHere() {
        Rulebook here = DefaultRelease.rulebook();
        Rulebook there = TRIAL.rulebook("default", DefaultRelease.files());
        RandomCases cases = new RandomCases(11);
        List<RuleTrial.Question> questions = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            Map<String, Object> document = cases.next();
            Moment moment = here.moments().get(i % here.moments().size());
            questions.add(new RuleTrial.Question(moment, document));
            CaseFacts facts = here.read(document);
            assertThat(there.read(document)).isEqualTo(facts);
            if (i < 10) {
                assertThat(there.decide(moment, facts)).isEqualTo(here.decide(moment, facts));
                assertThat(there.touched(moment, facts)).isEqualTo(here.touched(moment, facts));
            }
        }

        List<RuleTrial.Answer> answers = TRIAL.decideAll("default", DefaultRelease.files(), questions);

        assertThat(answers).hasSameSizeAs(questions);
        for (int i = 0; i < questions.size(); i++) {
            RuleTrial.Question question = questions.get(i);
            assertThat(answers.get(i).decision())
                    .isEqualTo(here.decide(question.moment(), here.read(question.facts())));
        }
    }

    @Test
    void speaksLikeTheRulebookHere() {
        Rulebook here = DefaultRelease.rulebook();
        Rulebook there = TRIAL.rulebook("default", DefaultRelease.files());
        Locale arabic = Locale.forLanguageTag("ar");
        RuleRef rule = new RuleRef("part-refund-mid-loyal");

        assertThat(there.release()).isEqualTo("default");
        assertThat(there.moments()).isEqualTo(here.moments());
        assertThat(there.catalogue()).isEqualTo(here.catalogue());
        assertThat(there.currencies()).isEqualTo(here.currencies());
        assertThat(there.rules()).isEqualTo(here.rules());
        assertThat(there.explain(rule, arabic)).isEqualTo(here.explain(rule, arabic));
        assertThat(there.word("GOLD", arabic)).isEqualTo(here.word("GOLD", arabic));
        assertThat(there.parameters("lifetime-value").keySet())
                .isEqualTo(here.parameters("lifetime-value").keySet());
    }

    @Test
    void answersAShortQuestionAlsoWhereItsProcessIsGoneAndTheFilesMustBeCompiledAgain() {
        Duration shorterThanCompiling = Duration.ofMillis(400);
        try (ConfinedTrial trial = new ConfinedTrial(
                TrialProgram.own("512m"), limits(Duration.ofMinutes(4), shorterThanCompiling), 1, IDLE)) {
            Rulebook there = trial.rulebook("default", DefaultRelease.files());
            handles(trial).forEach(ProcessHandle::destroyForcibly);

            assertThat(there.word("GOLD", Locale.ENGLISH)).isEqualTo("Gold");
        }
    }

    @Test
    void refusesLikeTheRulebookHere() {
        Map<String, String> files = new HashMap<>(DefaultRelease.files());
        files.computeIfPresent(
                "rules/tables/severity.dmn",
                (path, text) -> text.replaceFirst("(?s)<rule id=\"level-2\">.*?</rule>", ""));
        Rulebook here = new DroolsRulebookCompiler().compile("gap", files).rulebook();
        Rulebook there = TRIAL.rulebook("gap", files);
        Map<String, Object> document = new HashMap<>(DefaultRelease.baseCase());
        document.put("surprise", 1);

        assertThatThrownBy(() -> there.read(document)).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.code()).isEqualTo("FACTS-005");
            assertThat(problem.values()).containsExactly("surprise");
        });
        CaseFacts facts = here.read(DefaultRelease.baseCase());
        Throwable expected = failure(() -> here.decide(Moment.INTAKE, facts));
        assertThat(expected).isInstanceOf(DecisionFailed.class);
        assertThatThrownBy(() -> there.decide(Moment.INTAKE, facts))
                .isInstanceOf(DecisionFailed.class)
                .hasMessage(expected.getMessage());
        assertThat(TRIAL.decideAll("gap", files, List.of(new RuleTrial.Question(Moment.INTAKE, facts.document()))))
                .containsExactly(new RuleTrial.Answer(null, "RULES-003"));
    }

    @ParameterizedTest
    @CsvSource({
        "loop, RULE-050",
        "deaf, RULE-050",
        "talkative, RULE-050",
        "eat, RULE-051",
        "die, RULE-052",
        "garbage, RULE-052",
        "shapeless, RULE-052",
        "deep, RULE-052",
        "huge, RULE-052",
        "forgetful, RULE-052"
    })
    void makesAFindingOfAProcessThatGotOutOfHand(String how, String code) {
        Map<String, String> files = Map.of("rules/large.csv", "x".repeat(1_000_000));
        try (ConfinedTrial trial = misbehaving(how, Duration.ofSeconds(code.equals("RULE-050") ? 2 : 60))) {
            assertThat(trial.compile(files))
                    .extracting(Finding::code, Finding::blocking)
                    .containsExactly(org.assertj.core.groups.Tuple.tuple(code, true));
            assertThat(trial.processes()).isEmpty();
            assertThatThrownBy(() -> trial.rulebook("x", files))
                    .isInstanceOfSatisfying(
                            Problem.class, problem -> assertThat(problem.code()).isEqualTo(code));
            assertThat(trial.processes()).isEmpty();
        }
        assertThat(misbehaving()).isEmpty();
    }

    @Test
    void endsTheProcessWhenTheWorkIsCalledOff() throws Exception {
        try (ConfinedTrial trial = misbehaving("loop", Duration.ofMinutes(5))) {
            CompletableFuture<Boolean> called = new CompletableFuture<>();
            Progress progress = new Progress() {
                @Override
                public void at(long done, long of) {}

                @Override
                public boolean cancelled() {
                    return called.isDone();
                }
            };
            CompletableFuture<List<Finding>> work =
                    CompletableFuture.supplyAsync(() -> trial.mutants(Map.of(), progress));
            while (trial.processes().isEmpty()) {
                Thread.sleep(10);
            }
            called.complete(true);

            assertThat(work.get(60, TimeUnit.SECONDS)).isEmpty();
            assertThat(trial.processes()).isEmpty();
        }
    }

    @Test
    void saysThatNoPlaceIsFree() throws Exception {
        ConfinedTrial.Limits limits = limits(Duration.ofSeconds(1), Duration.ofMinutes(5));
        try (ConfinedTrial trial = new ConfinedTrial(program("loop"), limits, 1, IDLE)) {
            CompletableFuture<List<Finding>> work =
                    CompletableFuture.supplyAsync(() -> trial.mutants(Map.of(), Progress.NONE));
            while (trial.processes().isEmpty()) {
                Thread.sleep(10);
            }

            assertThat(trial.compile(Map.of())).extracting(Finding::code).containsExactly("RULE-053");

            trial.close();
            assertThat(work.get(60, TimeUnit.SECONDS)).extracting(Finding::code).containsExactly("RULE-052");
        }
    }

    @Test
    void keepsTheProcessWarmAndEndsItWhenNobodyAsks() throws Exception {
        try (ConfinedTrial trial =
                new ConfinedTrial(TrialProgram.own("256m"), ConfinedTrial.Limits.usual(), 2, Duration.ofSeconds(2))) {
            trial.compile(Map.of());
            List<ProcessHandle> first = handles(trial);
            trial.compile(Map.of("rules/words.csv", "value,en,ar\n"));
            assertThat(handles(trial)).isEqualTo(first).hasSize(1);

            first.get(0).onExit().get(60, TimeUnit.SECONDS);
            trial.compile(Map.of());
            assertThat(handles(trial)).doesNotContainAnyElementsOf(first).hasSize(1);
        }
    }

    @Test
    void endsWithTheProcessThatStartedIt() throws Exception {
        Process process = TrialProgram.own("256m").start();
        process.getOutputStream().close();

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void givesTheProcessNothingOfItsOwnEnvironment() throws Exception {
        Process process = program("environment").start();
        String shown = new String(process.getInputStream().readAllBytes());

        assertThat(System.getenv()).isNotEmpty();
        assertThat(shown).isEqualTo("{}");
    }

    private static Throwable failure(org.assertj.core.api.ThrowableAssert.ThrowingCallable work) {
        return org.assertj.core.api.Assertions.catchThrowable(work);
    }

    private static ConfinedTrial misbehaving(String how, Duration most) {
        return new ConfinedTrial(program(how), limits(most, most), 1, IDLE);
    }

    private static ConfinedTrial.Limits limits(Duration compile, Duration others) {
        return new ConfinedTrial.Limits(compile, others, others, others, others);
    }

    private static TrialProgram program(String how) {
        return TrialProgram.running("64m", Misbehaving.class, how);
    }

    private static List<ProcessHandle> handles(ConfinedTrial trial) {
        return trial.processes().stream()
                .map(pid -> ProcessHandle.of(pid).orElseThrow())
                .toList();
    }

    /** What is left of misbehaving processes. */
    private static List<ProcessHandle> misbehaving() {
        return ProcessHandle.current()
                .children()
                .filter(child ->
                        child.isAlive() && child.info().commandLine().orElse("").contains(Misbehaving.class.getName()))
                .toList();
    }
}
