package org.jabr.rules.drools;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jabr.rules.Finding;
import org.jabr.rules.Progress;
import org.jabr.rules.Rulebook;
import org.jabr.rules.Scenarios;
import org.junit.jupiter.api.Test;

class RuleInspectorTests {

    private static final String SATISFACTION = "rules/scenarios/satisfaction.csv";
    private static final String GUARDRAILS = "rules/guardrails.drl";

    private final DroolsRuleInspector inspector = new DroolsRuleInspector();

    // ---------------------------------------------------------------- scenarios

    @Test
    void findsNothingToSayAboutTheScenariosOfTheDefaultRelease() {
        assertThat(inspector.scenarios(DefaultRelease.files(), Progress.NONE)).isEmpty();
    }

    @Test
    void namesScenariosThatFailOrCannotBeReadAndRulesThatNoneTouches() {
        Map<String, String> files = new HashMap<>(DefaultRelease.files());
        files.keySet().removeIf(path -> path.startsWith("rules/scenarios/") && path.endsWith(".csv"));
        files.put(SATISFACTION, """
                id,title,moment,given,expected,because
                good,Says yes,satisfaction,answers.satisfied true,satisfied true,satisfied-said-yes
                wrong,Says no,satisfaction,answers.satisfied false,satisfied true,satisfied-said-no
                good,Lower two,satisfaction,answers.csat 2,satisfied false,satisfied-csat-low
                odd,A loss without an amount,resolve,loss,REFUND 5.00 GRANT,chosen
                """);
        files.put("rules/scenarios/other.csv", "id,title\nx,y\n");
        List<Finding> findings = inspector.scenarios(files, Progress.NONE);
        assertThat(findings).anySatisfy(finding -> {
            assertThat(finding.code()).isEqualTo("SCEN-001");
            assertThat(finding.blocking()).isTrue();
            assertThat(finding.file()).isEqualTo(SATISFACTION);
            assertThat(finding.place()).isEqualTo("wrong");
            assertThat(finding.values().get(2).toString()).contains("expected satisfied true, found satisfied false");
        });
        assertThat(findings)
                .extracting(Finding::code, Finding::place)
                .contains(
                        org.assertj.core.groups.Tuple.tuple("SCEN-002", ""),
                        org.assertj.core.groups.Tuple.tuple("SCEN-006", "good"),
                        org.assertj.core.groups.Tuple.tuple("SCEN-007", "odd"),
                        org.assertj.core.groups.Tuple.tuple("SCEN-005", "satisfied-nps-high"),
                        org.assertj.core.groups.Tuple.tuple("SCEN-005", "self-grant"))
                .doesNotContain(org.assertj.core.groups.Tuple.tuple("SCEN-005", "satisfied-csat-low"));
        assertThat(findings)
                .filteredOn(finding -> finding.place().equals("self-grant"))
                .allSatisfy(finding -> assertThat(finding.file()).isEqualTo(GUARDRAILS));
    }

    @Test
    void saysThatNothingIsPlayedWithoutABaseCaseOrWithoutRulesThatCompile() {
        Map<String, String> files = new HashMap<>(DefaultRelease.files());
        files.put("rules/scenarios/base-case.json", "{\"asOf\":");
        assertThat(inspector.scenarios(files, Progress.NONE))
                .extracting(Finding::code)
                .containsExactly("SCEN-003");
        files.putAll(DefaultRelease.files());
        files.put(GUARDRAILS, "rule");
        assertThat(inspector.scenarios(files, Progress.NONE))
                .extracting(Finding::code)
                .containsExactly("SCEN-004");
        assertThat(inspector.mutants(files, Progress.NONE))
                .extracting(Finding::code)
                .containsExactly("MUTANT-005");
        assertThat(inspector.contracts(files, Progress.NONE))
                .extracting(Finding::code)
                .containsExactly("CONTRACT-005");
    }

    // ---------------------------------------------------------------- small changes

    @Test
    void listsTheChangesThatNoScenarioNoticesAndNoOthers() {
        Map<String, String> files = few();
        Map<String, String> unnoticed = Tried.FINDINGS.stream()
                .filter(finding -> finding.code().equals("MUTANT-001"))
                .collect(Collectors.toMap(
                        finding -> finding.place() + " " + finding.values().get(1),
                        finding -> " " + finding.values().get(3) + " ",
                        String::concat));
        assertThat(unnoticed.get("satisfied-csat-low answers.csat"))
                .as("2 is played, 3 is not")
                .contains(" <= 3 ")
                .doesNotContain(" < 2 ", " <= 1 ");
        assertThat(unnoticed).doesNotContainKey("satisfied-said-yes satisfied").containsKey("level-3 level");
        // the same said by the engine itself, with each change compiled into the release
        assertThat(noticed(files, "rules/satisfaction.dmn", "&lt;= 2<", "&lt;= 3<"))
                .isFalse();
        assertThat(noticed(files, "rules/satisfaction.dmn", "&lt;= 2<", "&lt;= 1<"))
                .isTrue();
        assertThat(noticed(files, "rules/satisfaction.dmn", "&lt;= 2<", "&lt; 2<"))
                .isTrue();
    }

    @Test
    void listsTheChangesOfGuardrailsThatNoScenarioNotices() {
        Map<String, String> files = few();
        Map<String, String> unnoticed = Tried.FINDINGS.stream()
                .filter(finding -> finding.code().equals("MUTANT-002"))
                .collect(Collectors.toMap(
                        Finding::place, finding -> finding.values().get(1).toString()));
        assertThat(unnoticed).containsKeys("budget-empty/team", "same-surprise-twice");
        assertThat(unnoticed.get("abuse-review/value"))
                .as("60 is played, 59 is not")
                .contains("abuseScore >= 60 → abuseScore >= 59")
                .doesNotContain("abuseScore >= 61", "abuseScore > 60");
        assertThat(noticed(files, GUARDRAILS, "abuseScore >= 60", "abuseScore >= 59"))
                .isFalse();
        assertThat(noticed(files, GUARDRAILS, "abuseScore >= 60", "abuseScore > 60"))
                .isTrue();
        assertThat(unnoticed.getOrDefault("self-grant", "")).doesNotContain("MANAGER → RULES");
        assertThat(noticed(
                        files,
                        GUARDRAILS,
                        "objections.askAnother($remedy, Authority.MANAGER);\nend\n\nrule \"refund-and",
                        "objections.askAnother($remedy, Authority.RULES);\nend\n\nrule \"refund-and"))
                .isTrue();
    }

    @Test
    void stopsWhenItIsCalledOff() {
        Progress calledOff = new Progress() {
            @Override
            public void at(long done, long of) {}

            @Override
            public boolean cancelled() {
                return true;
            }
        };
        assertThat(inspector.mutants(few(), calledOff)).isEmpty();
        assertThat(inspector.tables(DefaultRelease.files(), calledOff)).isEmpty();
        assertThat(inspector.contracts(DefaultRelease.files(), calledOff)).isEmpty();
    }

    /** All changes tried once for all tests. */
    private static final class Tried {
        private static final List<Finding> FINDINGS = new DroolsRuleInspector().mutants(few(), Progress.NONE);
    }

    /** The default release with a handful of scenarios, so that all its changes are soon tried. */
    private static Map<String, String> few() {
        Map<String, String> files = new HashMap<>(DefaultRelease.files());
        files.keySet().removeIf(path -> path.startsWith("rules/scenarios/") && path.endsWith(".csv"));
        files.put(SATISFACTION, DefaultRelease.files().get(SATISFACTION));
        files.put("rules/scenarios/few.csv", """
                id,title,moment,given,expected,because
                few-01,Claims found untrue,resolve,abuseScore 60,REFUND 8.00 ASK SUPERVISOR; APOLOGY GRANT,"REFUND: part-refund-low, abuse-review, restitution-rules-silver"
                few-02,A relative decides,resolve,decider AGENT; deciderRelated true,REFUND 8.00 ASK MANAGER; APOLOGY GRANT,"REFUND: part-refund-low, self-grant, restitution-rules-silver"
                """);
        return files;
    }

    private static boolean noticed(Map<String, String> files, String path, String was, String now) {
        Map<String, String> changed = new HashMap<>(files);
        changed.computeIfPresent(
                path,
                (same, text) -> text.replaceFirst(
                        java.util.regex.Pattern.quote(was), java.util.regex.Matcher.quoteReplacement(now)));
        assertThat(changed.get(path)).isNotEqualTo(files.get(path));
        try (Rulebook rulebook =
                new DroolsRulebookCompiler().compile("changed", changed).rulebook()) {
            Scenarios player = new Scenarios(DefaultRelease.baseCase());
            return ReleaseScenarios.of(changed).scenarios().stream()
                    .anyMatch(
                            placed -> !player.play(placed.scenario(), rulebook).isEmpty());
        }
    }
}
