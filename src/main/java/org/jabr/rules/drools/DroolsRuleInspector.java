package org.jabr.rules.drools;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jabr.rules.Finding;
import org.jabr.rules.Progress;
import org.jabr.rules.RuleInspector;
import org.jabr.rules.Rulebook;
import org.jabr.rules.RulebookCompiler;

/** Looks deeper into rules, with the engine where a rule must be played and without it where reading suffices. */
final class DroolsRuleInspector implements RuleInspector {

    @Override
    public List<Finding> tables(Map<String, String> files, Progress progress) {
        List<Finding> findings = new ArrayList<>();
        Optional<ReleaseTables> release = ReleaseReading.tables(files);
        if (release.isEmpty()) {
            return findings;
        }
        Domains domains = new Domains(release.get());
        JointDomains joint = new JointDomains(release.get(), domains);
        List<DmnFile> all = release.get().files();
        for (int i = 0; i < all.size() && !progress.cancelled(); i++) {
            DmnFile file = all.get(i);
            progress.at(i, all.size());
            file.decisions().stream()
                    .filter(DmnFile.Decision::isTable)
                    .forEach(table -> findings.addAll(TableAnalysis.of(file, table, domains, joint)));
        }
        progress.at(all.size(), all.size());
        return findings;
    }

    @Override
    public List<Finding> scenarios(Map<String, String> files, Progress progress) {
        ReleaseScenarios scenarios = ReleaseScenarios.of(files);
        List<Finding> findings = new ArrayList<>(scenarios.findings());
        if (!scenarios.base().isEmpty()) {
            findings.addAll(
                    compiled(files, "SCEN-004", rulebook -> new ScenarioCheck(rulebook, scenarios).check(progress)));
        }
        return findings;
    }

    @Override
    public List<Finding> mutants(Map<String, String> files, Progress progress) {
        ReleaseScenarios scenarios = ReleaseScenarios.of(files);
        String guardrails = files.getOrDefault(ScenarioCheck.GUARDRAILS, "");
        return scenarios.base().isEmpty()
                ? scenarios.findings()
                : compiled(files, "MUTANT-005", rulebook -> new MutantCheck(rulebook, scenarios)
                        .check(guardrails, progress));
    }

    @Override
    public List<Finding> contracts(Map<String, String> files, Progress progress) {
        String csv = files.get(Contract.FILE);
        if (csv == null) {
            return List.of(new Finding("CONTRACT-004", false, Contract.FILE, "", List.of()));
        }
        Contract.Reading reading = Contract.read(csv);
        ReleaseScenarios scenarios = ReleaseScenarios.of(files);
        List<Finding> findings = new ArrayList<>(reading.findings());
        if (scenarios.base().isEmpty()) {
            findings.addAll(scenarios.findings());
        } else if (!reading.contracts().isEmpty()) {
            String guardrails = files.getOrDefault(ScenarioCheck.GUARDRAILS, "");
            findings.addAll(compiled(
                    files, "CONTRACT-005", rulebook -> new ContractCheck(rulebook, scenarios.base(), guardrails)
                            .check(reading.contracts(), progress)));
        }
        return findings;
    }

    /** Asks something of the compiled rules; where they do not compile, that is said instead. */
    private static List<Finding> compiled(
            Map<String, String> files, String otherwise, Function<DroolsRulebook, List<Finding>> question) {
        RulebookCompiler.Compilation compilation = new DroolsRulebookCompiler().compile("inspected", files);
        try (Rulebook rulebook = compilation.rulebook()) {
            return rulebook instanceof DroolsRulebook drools
                    ? question.apply(drools)
                    : List.of(new Finding(otherwise, true, "rules", "", List.of()));
        }
    }
}
