package org.jabr.process.camunda;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jabr.cases.Decisions;
import org.jabr.cases.StoredDecision;
import org.jabr.releases.Inspection;
import org.jabr.rules.CaseFacts;
import org.jabr.rules.DecisionFailed;
import org.jabr.rules.Finding;
import org.jabr.rules.Moment;
import org.jabr.rules.Problem;
import org.jabr.rules.Progress;
import org.jabr.rules.Rulebook;
import org.jabr.rules.RulebookCompiler;
import org.jabr.rules.Scenario;
import org.jabr.rules.Scenarios;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Has all scenarios and a sample of past decisions judged once more by others: tables by Camunda's DMN engine,
 * guardrails by a plain reading of their text. Where the two differ, nobody knows which is right, so it blocks.
 */
@Component
@Order(50)
class SecondOpinion implements Inspection {

    /** How many of the newest decisions are looked at. */
    static final int SAMPLE = 200;

    private static final String BASE = "rules/scenarios/base-case.json";
    private static final String TABLE = "table ";

    private final RulebookCompiler compiler;
    private final Decisions decisions;
    private final ObjectMapper json;

    SecondOpinion(RulebookCompiler compiler, Decisions decisions, ObjectMapper json) {
        this.compiler = compiler;
        this.decisions = decisions;
        this.json = json.copy().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    }

    @Override
    public String kind() {
        return "second-opinion";
    }

    @Override
    public List<Finding> inspect(SortedMap<String, String> files, Progress progress) {
        Rulebook rulebook = compiler.compile("second-opinion", files).rulebook();
        if (rulebook == null) {
            // What stands in the way of compiling is told elsewhere.
            return List.of();
        }
        try (rulebook) {
            Comparison comparison = new Comparison(files, rulebook);
            List<Scenario> scenarios = scenarios(files);
            List<Long> past = decisions.newest(SAMPLE);
            long done = 0;
            for (Scenario scenario : scenarios) {
                progress.at(done++, scenarios.size() + past.size());
                if (progress.cancelled()) {
                    return List.of();
                }
                if (!scenario.moment().startsWith(TABLE)) {
                    compare(comparison, new Moment(scenario.moment()), () -> facts(files, scenario, rulebook));
                }
            }
            for (long id : past) {
                progress.at(done++, scenarios.size() + past.size());
                if (progress.cancelled()) {
                    return List.of();
                }
                StoredDecision stored = decisions.get(id);
                compare(
                        comparison,
                        stored.decision().moment(),
                        () -> rulebook.read(stored.decision().facts().document()));
            }
            return comparison.findings();
        }
    }

    /** Facts that cannot be, and decisions that fail, are none of this check's business. */
    private static void compare(Comparison comparison, Moment moment, java.util.function.Supplier<CaseFacts> facts) {
        try {
            comparison.compare(moment, facts.get());
        } catch (Problem | DecisionFailed notDecided) {
            // The scenarios themselves say so where it matters.
        }
    }

    private CaseFacts facts(SortedMap<String, String> files, Scenario scenario, Rulebook rulebook) {
        try {
            Map<String, Object> base =
                    json.readValue(files.getOrDefault(BASE, "{}"), new TypeReference<Map<String, Object>>() {});
            return new Scenarios(base).facts(scenario, rulebook);
        } catch (JsonProcessingException e) {
            throw new Problem(Problem.Kind.INVALID, "RULES-006", BASE);
        }
    }

    private static List<Scenario> scenarios(SortedMap<String, String> files) {
        List<Scenario> scenarios = new ArrayList<>();
        files.forEach((path, text) -> {
            if (path.startsWith("rules/scenarios/") && path.endsWith(".csv")) {
                try {
                    scenarios.addAll(Scenarios.read(text));
                } catch (Problem unreadable) {
                    // The scenarios' own check says so.
                }
            }
        });
        return scenarios;
    }
}
