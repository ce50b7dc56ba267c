package org.jabr.rules;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Plays scenarios against a rulebook. Each one starts from a base case and says how it differs; money limits of the
 * base case (everything but the loss) are multiplied by the factor where the currency is another one.
 */
public final class Scenarios {

    private static final List<String> COLUMNS = List.of("id", "title", "moment", "given", "expected", "because");
    private static final Set<String> SELF_EVIDENT = Set.of("APOLOGY", "EXPLANATION");

    private static final String TABLE = "table ";

    private final Map<String, ?> base;

    /** @param base the document of the base case, as nested maps */
    public Scenarios(Map<String, ?> base) {
        this.base = base;
    }

    /**
     * Reads a file of scenarios: comma-separated, with the columns id, title, moment, given, expected, because.
     *
     * @throws Problem {@code RULES-006} where the columns are others
     */
    public static List<Scenario> read(String csv) {
        List<List<String>> records = Csv.read(csv);
        if (records.isEmpty() || !records.get(0).equals(COLUMNS)) {
            throw new Problem(Problem.Kind.INVALID, "RULES-006", String.join(", ", COLUMNS));
        }
        List<Scenario> scenarios = new ArrayList<>();
        for (List<String> r : records.subList(1, records.size())) {
            if (r.size() != COLUMNS.size()) {
                throw new Problem(Problem.Kind.INVALID, "RULES-006", r.get(0));
            }
            scenarios.add(new Scenario(r.get(0), r.get(1), r.get(2), r.get(3), r.get(4), r.get(5)));
        }
        return scenarios;
    }

    /**
     * Plays one scenario.
     *
     * @return how the decision differs from what is expected, in the notation of the scenario; empty where it does not
     */
    public List<String> play(Scenario scenario, Rulebook rulebook) {
        List<String> expected = parts(scenario.expected(), ";");
        try {
            if (scenario.moment().startsWith(TABLE)) {
                return parameterDifferences(
                        expected, rulebook.parameters(scenario.moment().substring(TABLE.length())));
            }
            CaseFacts facts = facts(scenario, rulebook);
            Decision decision = rulebook.decide(new Moment(scenario.moment()), facts);
            return decision.outcome().isEmpty() && !decision.settings().isEmpty()
                    ? settingDifferences(scenario, expected, decision)
                    : outcomeDifferences(scenario, expected, decision);
        } catch (Problem refused) {
            return difference("decision", scenario.expected(), refused.code());
        } catch (DecisionFailed failed) {
            return difference("decision", scenario.expected(), String.valueOf(failed.getMessage()));
        }
    }

    /** The facts of a scenario. */
    public CaseFacts facts(Scenario scenario, Rulebook rulebook) {
        return rulebook.read(document(scenario, rulebook));
    }

    private Map<String, Object> document(Scenario scenario, Rulebook rulebook) {
        Map<String, String> given = new LinkedHashMap<>();
        for (String part : parts(scenario.given(), ";")) {
            int space = part.indexOf(' ');
            given.put(space < 0 ? part : part.substring(0, space), space < 0 ? "" : part.substring(space + 1));
        }
        Map<String, Object> document = copy(base);
        String currency = given.getOrDefault(
                "currency", String.valueOf(group(document, "failure").get("currency")));
        rulebook.currencies().stream()
                .filter(terms -> terms.code().equals(currency))
                .findFirst()
                .ifPresent(terms -> inCurrency(document, terms));
        given.forEach((name, value) -> put(document, name, value, currency));
        return document;
    }

    private static void put(Map<String, Object> document, String name, String value, String currency) {
        FactField field = Vocabulary.field(name);
        int dot = name.indexOf('.');
        String group = field != null ? field.group() : dot < 0 ? name : name.substring(0, dot);
        String key = field != null ? field.name() : name.substring(dot + 1);
        Map<String, Object> fields = group.isEmpty() ? document : group(document, group);
        if (value.equals("missing")) {
            fields.remove(key);
        } else {
            fields.put(key, field == null ? plain(value) : typed(field, value, currency));
        }
    }

    private static Object typed(FactField field, String value, String currency) {
        return switch (field.type()) {
            case MONEY -> money(value, currency);
            case WHOLE, BOOLEAN -> plain(value);
            case GRANTED -> items(value, currency, List.of("remedy", "moment", "amount"));
            case CHOSEN -> items(value, currency, List.of("remedy", "amount"));
            default -> value;
        };
    }

    private static Object plain(String value) {
        if (value.equals("true") || value.equals("false")) {
            return Boolean.valueOf(value);
        }
        try {
            return new BigDecimal(value);
        } catch (NumberFormatException text) {
            return value;
        }
    }

    private static List<Object> items(String value, String currency, List<String> names) {
        List<Object> items = new ArrayList<>();
        for (String item : parts(value.substring(1, value.length() - 1), ",")) {
            List<String> words = parts(item, " ");
            Map<String, Object> fields = new LinkedHashMap<>();
            for (int i = 0; i < words.size(); i++) {
                String name = names.get(i);
                fields.put(name, name.equals("amount") ? money(words.get(i), currency) : words.get(i));
            }
            items.add(fields);
        }
        return items;
    }

    private static Map<String, Object> money(String value, String currency) {
        List<String> words = parts(value, " ");
        return Map.of("amount", words.get(0), "currency", words.size() > 1 ? words.get(1) : currency);
    }

    private static void inCurrency(Map<String, Object> document, CurrencyTerms terms) {
        for (FactField field : Vocabulary.fields()) {
            if (field.type() != FactField.Type.MONEY || !(document.get(field.group()) instanceof Map<?, ?>)) {
                continue;
            }
            Map<String, Object> fields = group(document, field.group());
            if (fields.get(field.name()) instanceof Map<?, ?> money) {
                BigDecimal amount = new BigDecimal(String.valueOf(money.get("amount")));
                String text = field.name().equals("loss")
                        ? amount.toPlainString()
                        : Money.rounded(amount.multiply(terms.factor()), terms.code())
                                .amount()
                                .toPlainString();
                fields.put(field.name(), money(text, terms.code()));
            }
        }
    }

    private static List<String> parameterDifferences(List<String> expected, Map<String, Object> parameters) {
        return difference(
                "parameters",
                String.join("; ", expected),
                parameters.entrySet().stream()
                        .map(parameter -> parameter.getKey() + " " + parameter.getValue())
                        .collect(Collectors.joining("; ")));
    }

    private static List<String> settingDifferences(Scenario scenario, List<String> expected, Decision decision) {
        List<String> differences = new ArrayList<>();
        Set<String> because = new LinkedHashSet<>();
        for (String part : expected) {
            int space = part.indexOf(' ');
            String name = space < 0 ? part : part.substring(0, space);
            Optional<Setting> setting = decision.setting(name);
            String found = setting.map(s -> name + " " + s.value()).orElse(name + " is not answered");
            differences.addAll(difference("setting", part, found));
            setting.ifPresent(s -> s.because().forEach(rule -> because.add(rule.id())));
        }
        differences.addAll(difference("because", scenario.because(), String.join(", ", because)));
        return differences;
    }

    private static List<String> outcomeDifferences(Scenario scenario, List<String> expected, Decision decision) {
        List<String> differences = new ArrayList<>();
        differences.addAll(difference(
                "outcome",
                String.join("; ", expected),
                decision.outcome().stream().map(Scenarios::text).collect(Collectors.joining("; "))));
        Map<String, String> reasons = new HashMap<>();
        for (String part : parts(scenario.because(), ";")) {
            int colon = part.indexOf(':');
            reasons.put(
                    colon < 0 ? part : part.substring(0, colon),
                    colon < 0 ? "" : part.substring(colon + 1).trim());
        }
        for (Outcome outcome : decision.outcome()) {
            String stated = reasons.remove(outcome.remedy());
            boolean leftOut =
                    stated == null && SELF_EVIDENT.contains(outcome.remedy()) && outcome.verdict() == Verdict.GRANT;
            if (!leftOut) {
                differences.addAll(difference(
                        outcome.remedy() + " because",
                        stated == null ? "" : stated,
                        outcome.because().stream().map(RuleRef::id).collect(Collectors.joining(", "))));
            }
        }
        reasons.forEach((remedy, rules) -> differences.addAll(difference(remedy + " because", rules, "no outcome")));
        return differences;
    }

    /** One outcome in the notation of scenarios. */
    public static String text(Outcome outcome) {
        StringBuilder text = new StringBuilder(outcome.remedy());
        Money amount = outcome.amount();
        if (amount != null) {
            text.append(' ').append(amount.amount().toPlainString());
        }
        text.append(' ').append(outcome.verdict());
        if (outcome.authority() != null && outcome.authority() != Authority.RULES) {
            text.append(' ').append(outcome.authority());
        }
        return text.toString();
    }

    private static List<String> difference(String what, String expected, String found) {
        return expected.equals(found) ? List.of() : List.of(what + ": expected " + expected + ", found " + found);
    }

    private static List<String> parts(String text, String separator) {
        return Arrays.stream(text.split(separator))
                .map(String::trim)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> group(Map<String, Object> document, String name) {
        return (Map<String, Object>) document.computeIfAbsent(name, missing -> new LinkedHashMap<>());
    }

    private static Map<String, Object> copy(Map<?, ?> map) {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> copy.put(String.valueOf(key), copied(value)));
        return copy;
    }

    @SuppressWarnings("NullAway") // a null of the base case stays a null of its copy
    private static Object copied(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return copy(map);
        }
        return value instanceof List<?> list ? new ArrayList<>(list) : value;
    }
}
