package org.jabr.web.studio;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.jabr.rules.Decision;
import org.jabr.rules.DecisionFailed;
import org.jabr.rules.Moment;
import org.jabr.rules.Outcome;
import org.jabr.rules.Problem;
import org.jabr.rules.RuleRef;
import org.jabr.rules.Rulebook;
import org.jabr.rules.Scenario;
import org.jabr.rules.Scenarios;
import org.springframework.stereotype.Component;

/** Makes a scenario of a try: how its facts differ from the base case, what comes out, and why. */
@Component
class TryScenario {

    static final String FOLDER = "rules/scenarios/";
    private static final String BASE = FOLDER + "base-case.json";
    private static final String HEAD = "id,title,moment,given,expected,because\n";

    private final ObjectMapper json;

    TryScenario(ObjectMapper json) {
        this.json = json.copy().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    }

    /** The base case of some content. @throws Problem {@code TRY-005} */
    Map<String, Object> base(SortedMap<String, String> files) {
        try {
            Map<String, Object> base = json.readValue(files.getOrDefault(BASE, ""), new TypeReference<>() {});
            if (base != null) {
                return base;
            }
        } catch (JsonProcessingException unreadable) {
            // Told below, in words.
        }
        throw new Problem(Problem.Kind.INVALID, "TRY-005");
    }

    /** The files that scenarios can be added to. */
    static List<String> files(SortedMap<String, String> files) {
        return files.keySet().stream()
                .filter(path -> path.startsWith(FOLDER) && path.endsWith(".csv"))
                .toList();
    }

    /**
     * The scenario that says what comes out here.
     *
     * @throws Problem {@code TRY-001} to {@code TRY-005}
     */
    Scenario of(
            SortedMap<String, String> files,
            Rulebook rulebook,
            Moment moment,
            Map<String, Object> document,
            String id,
            String title) {
        refuseKnown(files, id, title);
        Scenarios scenarios = new Scenarios(base(files));
        try {
            Decision decision = rulebook.decide(moment, rulebook.read(document));
            String currency = currency(document);
            boolean another = !currency.equals(currency(base(files)));
            // The loss of the base case is no amount of every currency.
            Map<String, Object> base = another
                    ? scenarios
                            .facts(
                                    new Scenario("", "", "", "currency " + currency + "; loss missing", "", ""),
                                    rulebook)
                            .document()
                    : base(files);
            Scenario scenario = new Scenario(
                    id,
                    title.strip(),
                    moment.name(),
                    given(another, base, document),
                    expected(decision),
                    because(decision));
            List<String> differences = scenarios.play(scenario, rulebook);
            if (!differences.isEmpty()) {
                throw new Problem(Problem.Kind.INVALID, "TRY-004", differences.get(0));
            }
            return scenario;
        } catch (DecisionFailed failed) {
            throw new Problem(Problem.Kind.INVALID, "TRY-003");
        }
    }

    /**
     * The scenario that somebody wishes for: these facts, and what should come out. It fails until the rules say so.
     *
     * @throws Problem {@code TRY-001}, {@code TRY-002}, {@code TRY-005}
     */
    Scenario wish(
            SortedMap<String, String> files,
            Moment moment,
            Map<String, Object> document,
            String id,
            String title,
            List<Outcome> expected) {
        refuseKnown(files, id, title);
        Map<String, Object> base = base(files);
        return new Scenario(
                id,
                title,
                moment.name(),
                given(!currency(document).equals(currency(base)), base, document),
                expected.stream().map(Scenarios::text).collect(Collectors.joining("; ")),
                "");
    }

    private static String given(boolean anotherCurrency, Map<String, Object> base, Map<String, Object> document) {
        String given = TryFacts.given(base, document);
        if (!anotherCurrency) {
            return given;
        }
        String loss = given.startsWith("loss ") || given.contains("; loss ") ? "" : "; loss missing";
        return "currency " + currency(document) + loss + (given.isEmpty() ? "" : "; " + given);
    }

    private static String currency(Map<String, Object> document) {
        return document.get("failure") instanceof Map<?, ?> failure ? String.valueOf(failure.get("currency")) : "";
    }

    private static void refuseKnown(SortedMap<String, String> files, String id, String title) {
        boolean known = files(files).stream()
                .flatMap(path -> read(files.get(path)).stream())
                .anyMatch(scenario -> scenario.id().equals(id));
        if (known || !id.matches("[a-z0-9][a-z0-9-]{0,60}") || title.isBlank() || title.length() > 200) {
            throw new Problem(Problem.Kind.INVALID, "TRY-002");
        }
    }

    private static List<Scenario> read(@org.jspecify.annotations.Nullable String csv) {
        try {
            return csv == null ? List.of() : Scenarios.read(csv);
        } catch (Problem unreadable) {
            return List.of();
        }
    }

    private static String expected(Decision decision) {
        if (!decision.outcome().isEmpty() || decision.settings().isEmpty()) {
            return decision.outcome().stream().map(Scenarios::text).collect(Collectors.joining("; "));
        }
        List<String> settings = new ArrayList<>();
        decision.settings().forEach(setting -> settings.add(setting.name() + " " + setting.value()));
        settings.stream().filter(text -> text.contains(";")).findFirst().ifPresent(text -> {
            throw new Problem(Problem.Kind.INVALID, "TRY-001", text);
        });
        return String.join("; ", settings);
    }

    private static String because(Decision decision) {
        if (!decision.outcome().isEmpty() || decision.settings().isEmpty()) {
            return decision.outcome().stream()
                    .map(outcome -> outcome.remedy() + ": " + ids(outcome.because()))
                    .collect(Collectors.joining("; "));
        }
        Set<RuleRef> because = new LinkedHashSet<>();
        decision.settings().forEach(setting -> because.addAll(setting.because()));
        return ids(because);
    }

    private static String ids(Iterable<RuleRef> rules) {
        Map<String, Boolean> ids = new LinkedHashMap<>();
        rules.forEach(rule -> ids.put(rule.id(), true));
        return String.join(", ", ids.keySet());
    }

    /** A file of scenarios with one more. */
    static String with(String csv, Scenario scenario) {
        String before = csv.isBlank() ? HEAD : csv.endsWith("\n") ? csv : csv + "\n";
        return before
                + String.join(
                        ",",
                        cell(scenario.id()),
                        cell(scenario.title()),
                        cell(scenario.moment()),
                        cell(scenario.given()),
                        cell(scenario.expected()),
                        cell(scenario.because()))
                + "\n";
    }

    private static String cell(String text) {
        return text.matches("(?s).*[\",\r\n].*") ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}
