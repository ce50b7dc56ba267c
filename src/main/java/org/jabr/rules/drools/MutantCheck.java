package org.jabr.rules.drools;

import java.util.ArrayList;
import java.util.List;
import org.jabr.rules.DecisionFailed;
import org.jabr.rules.Finding;
import org.jabr.rules.Moment;
import org.jabr.rules.Problem;
import org.jabr.rules.Progress;
import org.jabr.rules.Scenario;
import org.jabr.rules.Scenarios;

/** Changes rules a little, one change at a time, and lists the changes that no scenario notices. */
final class MutantCheck {

    private final DroolsRulebook rulebook;
    private final ReleaseScenarios scenarios;
    private final Scenarios player;

    MutantCheck(DroolsRulebook rulebook, ReleaseScenarios scenarios) {
        this.rulebook = rulebook;
        this.scenarios = scenarios;
        this.player = scenarios.player();
    }

    List<Finding> check(String guardrails, Progress progress) {
        List<TableMutants.Played> played = new ArrayList<>();
        scenarios.scenarios().forEach(placed -> played(placed).ifPresent(played::add));
        TableMutants tables = new TableMutants(rulebook, player, played);
        List<CellMutants.Mutant> cells = tables.all();
        List<GuardrailMutants.Mutant> rules = GuardrailMutants.of(guardrails);
        long of = cells.size() + rules.size();
        List<CellMutants.Mutant> unnoticed = new ArrayList<>();
        long done = 0;
        for (CellMutants.Mutant mutant : cells) {
            if (progress.cancelled()) {
                return List.of();
            }
            progress.at(done++, of);
            if (!tables.noticed(mutant)) {
                unnoticed.add(mutant);
            }
        }
        List<Finding> findings = new ArrayList<>(TableMutants.findings(unnoticed));
        long missed = unnoticed.size();
        try (ChangedGuardrails changed = ChangedGuardrails.build(rulebook, guardrails, rules)) {
            List<GuardrailMutants.Mutant> silent = new ArrayList<>();
            changed.listen(played, player);
            for (GuardrailMutants.Mutant mutant : changed.mutants()) {
                if (progress.cancelled()) {
                    return List.of();
                }
                progress.at(done++, of);
                if (!changed.noticed(mutant, played, player)) {
                    silent.add(mutant);
                }
            }
            of = cells.size() + changed.mutants().size();
            missed += silent.size();
            findings.addAll(GuardrailMutants.findings(silent));
        }
        int leftOut = scenarios.scenarios().size() - played.size();
        if (leftOut > 0) {
            findings.add(new Finding("MUTANT-003", false, ReleaseScenarios.FOLDER, "", List.of(leftOut)));
        }
        findings.add(new Finding("MUTANT-004", false, ReleaseScenarios.FOLDER, "", List.of(of - missed, of)));
        progress.at(of, of);
        return findings;
    }

    /** A scenario that decides as expected; one that fails has nothing to say about changes. */
    private java.util.Optional<TableMutants.Played> played(ReleaseScenarios.Placed placed) {
        Scenario scenario = placed.scenario();
        try {
            if (!player.play(scenario, rulebook).isEmpty()) {
                return java.util.Optional.empty();
            }
            return java.util.Optional.of(new TableMutants.Played(
                    scenario,
                    placed.asksATable()
                            ? List.of()
                            : rulebook.asked(new Moment(scenario.moment()), player.facts(scenario, rulebook))));
        } catch (Problem | DecisionFailed refused) {
            return java.util.Optional.of(new TableMutants.Played(scenario, List.of()));
        } catch (RuntimeException notAScenario) {
            return java.util.Optional.empty();
        }
    }
}
