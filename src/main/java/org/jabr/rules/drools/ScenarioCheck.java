package org.jabr.rules.drools;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jabr.rules.DecisionFailed;
import org.jabr.rules.Finding;
import org.jabr.rules.Moment;
import org.jabr.rules.Problem;
import org.jabr.rules.Progress;
import org.jabr.rules.RuleRef;
import org.jabr.rules.Scenario;
import org.jabr.rules.Scenarios;

/** Plays every scenario of a release, and notes which rules none of them touches. */
final class ScenarioCheck {

    static final String GUARDRAILS = "rules/guardrails.drl";

    private final DroolsRulebook rulebook;
    private final ReleaseScenarios all;
    private final Scenarios player;
    private final List<Finding> findings = new ArrayList<>();
    private final Set<String> touched = new HashSet<>();

    ScenarioCheck(DroolsRulebook rulebook, ReleaseScenarios all) {
        this.rulebook = rulebook;
        this.all = all;
        this.player = all.player();
    }

    List<Finding> check(Progress progress) {
        Set<String> ids = new HashSet<>();
        int done = 0;
        for (ReleaseScenarios.Placed placed : all.scenarios()) {
            if (progress.cancelled()) {
                return findings;
            }
            progress.at(done++, all.scenarios().size());
            if (!ids.add(placed.scenario().id())) {
                find("SCEN-006", false, placed, placed.scenario().id());
            }
            play(placed);
        }
        progress.at(all.scenarios().size(), all.scenarios().size());
        untouched();
        return findings;
    }

    private void play(ReleaseScenarios.Placed placed) {
        Scenario scenario = placed.scenario();
        try {
            List<String> differences = player.play(scenario, rulebook);
            if (!differences.isEmpty()) {
                find("SCEN-001", true, placed, scenario.id(), scenario.title(), String.join("; ", differences));
            }
        } catch (RuntimeException notAScenario) {
            find("SCEN-007", true, placed, scenario.id(), scenario.given());
            return;
        }
        try {
            if (placed.asksATable()) {
                touched.add(scenario.because());
            } else {
                rulebook.touched(new Moment(scenario.moment()), player.facts(scenario, rulebook))
                        .forEach(rule -> touched.add(rule.id()));
            }
        } catch (Problem | DecisionFailed refused) {
            // a scenario may expect a refusal; it touches no rule then
            return;
        }
    }

    private void untouched() {
        Map<String, String> files = new HashMap<>();
        rulebook.tables().files().forEach(file -> file.decisions()
                .forEach(table -> table.rows().forEach(row -> files.put(row.id(), file.path()))));
        for (RuleRef rule : rulebook.rules()) {
            if (!touched.contains(rule.id())) {
                findings.add(new Finding(
                        "SCEN-005", false, files.getOrDefault(rule.id(), GUARDRAILS), rule.id(), List.of(rule.id())));
            }
        }
    }

    private void find(String code, boolean blocking, ReleaseScenarios.Placed placed, Object... values) {
        findings.add(
                new Finding(code, blocking, placed.file(), placed.scenario().id(), List.of(values)));
    }
}
