package org.jabr.rules.drools;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jabr.rules.Moment;
import org.jabr.rules.RuleRef;
import org.jabr.rules.Rulebook;
import org.jabr.rules.Scenario;
import org.jabr.rules.Scenarios;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ScenarioTests {

    private final Rulebook rulebook = DefaultRelease.rulebook();
    private final Scenarios scenarios = new Scenarios(DefaultRelease.baseCase());

    @TestFactory
    Stream<DynamicTest> decidesAsAnalystsExpect() {
        return all().stream()
                .map(scenario -> DynamicTest.dynamicTest(
                        scenario.id() + " " + scenario.title(),
                        () -> assertThat(scenarios.play(scenario, rulebook)).isEmpty()));
    }

    @Test
    void everyRowAndEveryBranchOfEveryGuardrailIsHit() {
        Set<String> hit = new HashSet<>();
        for (Scenario scenario : all()) {
            if (scenario.moment().startsWith("table ")) {
                hit.add(scenario.because());
            } else if (!scenario.expected().startsWith("FACTS-")) {
                rulebook.touched(new Moment(scenario.moment()), scenarios.facts(scenario, rulebook))
                        .forEach(rule -> hit.add(rule.id()));
            }
        }
        assertThat(rulebook.rules().stream().map(RuleRef::id))
                .hasSizeGreaterThan(300)
                .isSubsetOf(hit);
    }

    @Test
    void everyScenarioHasItsOwnId() {
        assertThat(all().stream().map(Scenario::id)).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(100);
    }

    static List<Scenario> all() {
        return DefaultRelease.files().entrySet().stream()
                .filter(file -> file.getKey().startsWith("rules/scenarios/")
                        && file.getKey().endsWith(".csv"))
                .sorted(Map.Entry.comparingByKey())
                .flatMap(file -> Scenarios.read(file.getValue()).stream())
                .toList();
    }
}
