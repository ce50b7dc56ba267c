package org.jabr.treasury;

import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.jabr.releases.Check;
import org.jabr.releases.Releases;
import org.jabr.releases.RuleSheet;
import org.jabr.rules.Authority;
import org.jabr.rules.Finding;
import org.jabr.rules.Remedy;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What a release says about budgets besides their usual size: {@code rules/budgets.csv}. A release without it has the
 * budgets of its tables, and asks nobody where others were faster.
 */
@Component
class BudgetRules implements Check {

    static final RuleSheet SHEET = new RuleSheet(
            "rules/budgets.csv",
            "BUDGETS",
            List.of(
                    "budget",
                    "pot",
                    "who",
                    "remedy",
                    "counts",
                    "units",
                    "period",
                    "warn-percent",
                    "carry-percent",
                    "stops",
                    "asks",
                    "second-person-units"));
    private static final Set<String> PERIODS = Set.of("WEEK", "MONTH", "QUARTER", "YEAR");
    private static final String WORD = "[A-Za-z0-9][A-Za-z0-9_.@-]{0,59}";
    private static final String NUMBER = "\\d{1,9}(\\.\\d{1,3})?";
    private static final String DAYS = "P[1-9]\\d{0,3}D";

    /** Where a release has no such file. */
    private static final List<Row> USUAL = List.of(
            usual("team", PotName.Kind.TEAM, Set.of(Remedy.RemedyClass.GOODWILL)),
            usual("window", PotName.Kind.WINDOW, Set.of(Remedy.RemedyClass.GOODWILL)),
            usual(
                    "allowance",
                    PotName.Kind.ALLOWANCE,
                    Set.of(Remedy.RemedyClass.GOODWILL, Remedy.RemedyClass.RESTITUTION)));

    private final Releases releases;

    BudgetRules(Releases releases) {
        this.releases = releases;
    }

    /**
     * One budget.
     *
     * @param who the desk, the role or the login that it is for; empty for all
     * @param remedy the only remedy that it is for; empty for all together
     * @param counts the classes of remedies that count against it
     * @param units how much, in policy units; null for what the tables say
     * @param period a calendar period, or days counted back such as {@code P30D}; empty for the days of the tables
     * @param secondPersonUnits from which change on another person must agree; null where none must
     */
    record Row(
            String budget,
            PotName.Kind pot,
            String who,
            String remedy,
            Set<Remedy.RemedyClass> counts,
            @Nullable BigDecimal units,
            String period,
            int warnPercent,
            int carryPercent,
            Set<Authority> stops,
            Authority asks,
            @Nullable BigDecimal secondPersonUnits) {

        boolean countsFor(String name, Remedy.RemedyClass remedyClass) {
            return counts.contains(remedyClass) && (remedy.isEmpty() || remedy.equals(name));
        }
    }

    List<Row> rows(String release) {
        return releases.file(release, SHEET.file())
                .flatMap(SHEET::read)
                .map(lines -> lines.stream().map(BudgetRules::row).toList())
                .orElse(USUAL);
    }

    @Override
    public List<Finding> check(SortedMap<String, String> files) {
        return SHEET.check(files, (line, column, value) -> valid(column, value), line -> line.text("budget"));
    }

    private static boolean valid(String column, String value) {
        return switch (column) {
            case "budget" -> value.matches(WORD);
            case "pot" -> RuleSheet.names(PotName.Kind.values(), value);
            case "who", "remedy" -> value.isEmpty() || value.matches(WORD);
            case "counts" -> !value.isEmpty() && all(Remedy.RemedyClass.values(), value);
            case "units", "second-person-units" -> value.isEmpty() || value.matches(NUMBER);
            case "period" -> value.isEmpty() || PERIODS.contains(value) || value.matches(DAYS);
            case "warn-percent", "carry-percent" -> value.matches("\\d{1,2}|100");
            case "stops" -> all(Authority.values(), value);
            default -> RuleSheet.names(Authority.values(), value);
        };
    }

    private static boolean all(Enum<?>[] values, String words) {
        return RuleSheet.words(words).stream().allMatch(word -> RuleSheet.names(values, word));
    }

    private static Row row(RuleSheet.Line line) {
        return new Row(
                line.text("budget"),
                PotName.Kind.valueOf(line.text("pot")),
                line.text("who"),
                line.text("remedy"),
                line.words("counts").stream()
                        .map(Remedy.RemedyClass::valueOf)
                        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Remedy.RemedyClass.class))),
                line.number("units").orElse(null),
                line.text("period"),
                line.whole("warn-percent"),
                line.whole("carry-percent"),
                line.words("stops").stream()
                        .map(Authority::valueOf)
                        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Authority.class))),
                Authority.valueOf(line.text("asks")),
                line.number("second-person-units").orElse(null));
    }

    private static Row usual(String budget, PotName.Kind pot, Set<Remedy.RemedyClass> counts) {
        return new Row(budget, pot, "", "", counts, null, "", 0, 0, Set.of(), Authority.MANAGER, null);
    }
}
