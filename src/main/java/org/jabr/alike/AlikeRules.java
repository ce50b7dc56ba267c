package org.jabr.alike;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import org.jabr.releases.Check;
import org.jabr.releases.Releases;
import org.jabr.releases.RuleSheet;
import org.jabr.rules.FactField;
import org.jabr.rules.Finding;
import org.jabr.rules.Vocabulary;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What may make a difference and what must not: {@code rules/alike.csv} of the live release. */
@Component
class AlikeRules implements Check {

    static final RuleSheet SHEET =
            new RuleSheet("rules/alike.csv", "ALIKE", List.of("kind", "name", "value", "en", "ar"));

    private static final Set<String> KINDS = Set.of("permitted", "suspect", "setting");
    private static final Set<String> SETTINGS = Set.of(
            "confidence",
            "days",
            "smallest-group",
            "smallest-points",
            "smallest-units",
            "most-decisions",
            "listed",
            "smallest-person",
            "unusual-points",
            "quick-minutes",
            "near-percent");

    /** Facts of these types say who the customer is or when it was, so nothing could be compared by them. */
    private static final Set<FactField.Type> NEITHER =
            Set.of(FactField.Type.TEXT, FactField.Type.INSTANT, FactField.Type.CHOSEN);

    private static final String SENTENCE = "\\S[^\\p{Cntrl}]{0,199}";
    private static final String NUMBER = "\\d{1,9}(\\.\\d{1,2})?";

    /** So many at most, so that one request never reads without end. */
    private static final int MOST_DECISIONS = 50_000;

    private static final int LONGEST_LIST = 500;

    private final Releases releases;

    AlikeRules(Releases releases) {
        this.releases = releases;
    }

    /** Empty where the release declares nothing. */
    Optional<AlikePolicy> policy(String release) {
        List<RuleSheet.Line> lines = SHEET.lines(releases, release);
        return lines.isEmpty() ? Optional.empty() : Optional.of(policy(lines));
    }

    static AlikePolicy policy(List<RuleSheet.Line> lines) {
        List<AlikePolicy.Trait> permitted = new ArrayList<>();
        List<AlikePolicy.Trait> suspects = new ArrayList<>();
        Map<String, AlikePolicy.Limit> settings = new LinkedHashMap<>();
        for (RuleSheet.Line line : lines) {
            switch (line.text("kind")) {
                case "permitted" -> permitted.add(trait(line));
                case "suspect" -> suspects.add(trait(line));
                default ->
                    settings.put(
                            line.text("name"),
                            new AlikePolicy.Limit(
                                    line.text("name"),
                                    new BigDecimal(line.text("value")),
                                    line.text("en"),
                                    line.text("ar")));
            }
        }
        return new AlikePolicy(permitted, suspects, settings);
    }

    private static AlikePolicy.Trait trait(RuleSheet.Line line) {
        return new AlikePolicy.Trait(line.text("name"), bounds(line.text("value")), line.text("en"), line.text("ar"));
    }

    private static List<BigDecimal> bounds(String value) {
        return value.isEmpty()
                ? List.of()
                : Arrays.stream(value.split(" +")).map(BigDecimal::new).toList();
    }

    @Override
    public List<Finding> check(SortedMap<String, String> files) {
        return SHEET.check(files, AlikeRules::lines);
    }

    private static List<Finding> lines(List<RuleSheet.Line> lines) {
        List<Finding> findings = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (RuleSheet.Line line : lines) {
            findings.addAll(SHEET.values(line, AlikeRules::valid));
            // What is permitted cannot be suspect as well.
            if (!seen.add(line.text("name"))) {
                findings.add(SHEET.finding("003", line, RuleSheet.shown(line.text("name"))));
            }
        }
        new TreeSet<>(SETTINGS)
                .stream()
                        .filter(setting -> !seen.contains(setting))
                        .forEach(setting ->
                                findings.add(new Finding("ALIKE-004", true, SHEET.file(), "1", List.of(setting))));
        return findings;
    }

    private static boolean valid(RuleSheet.Line line, String column, String value) {
        String kind = line.text("kind");
        return switch (column) {
            case "kind" -> KINDS.contains(value);
            case "name" -> kind.equals("setting") ? SETTINGS.contains(value) : isTrait(kind, value);
            case "value" ->
                kind.equals("setting") ? validSetting(line.text("name"), value) : validBounds(line.text("name"), value);
            default -> value.matches(SENTENCE);
        };
    }

    private static boolean isTrait(String kind, String name) {
        FactField field = Vocabulary.field(name);
        if (field == null) {
            return kind.equals("suspect") && name.equals(AlikePolicy.DECIDED_BY);
        }
        return !NEITHER.contains(field.type()) && (kind.equals("permitted") || field.type() != FactField.Type.GRANTED);
    }

    private static boolean validBounds(String name, String value) {
        if (value.isEmpty()) {
            return true;
        }
        return numeric(Vocabulary.field(name)) && value.matches(NUMBER + "( +" + NUMBER + "){0,19}") && rising(value);
    }

    private static boolean rising(String value) {
        List<BigDecimal> bounds = bounds(value);
        for (int i = 1; i < bounds.size(); i++) {
            if (bounds.get(i).compareTo(bounds.get(i - 1)) <= 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean numeric(@Nullable FactField field) {
        return field != null && (field.type() == FactField.Type.MONEY || field.type() == FactField.Type.WHOLE);
    }

    private static boolean validSetting(String name, String value) {
        if (!value.matches(NUMBER)) {
            return false;
        }
        BigDecimal number = new BigDecimal(value);
        return switch (name) {
            case "confidence" -> between(number, 50, 99.99);
            case "near-percent" -> between(number, 50, 100);
            case "smallest-points", "unusual-points" -> between(number, 0, 100);
            case "smallest-units" -> true;
            case "most-decisions" -> whole(value) && between(number, 100, MOST_DECISIONS);
            case "listed" -> whole(value) && between(number, 1, LONGEST_LIST);
            case "smallest-group", "smallest-person" -> whole(value) && between(number, 2, 100_000);
            case "days" -> whole(value) && between(number, 1, 3660);
            case "quick-minutes" -> whole(value) && between(number, 1, 100_000);
            default -> false;
        };
    }

    private static boolean whole(String value) {
        return value.indexOf('.') < 0;
    }

    private static boolean between(BigDecimal number, double least, double most) {
        return number.compareTo(BigDecimal.valueOf(least)) >= 0 && number.compareTo(BigDecimal.valueOf(most)) <= 0;
    }
}
