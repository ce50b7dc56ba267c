package org.jabr.treasury;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jabr.releases.Check;
import org.jabr.releases.Releases;
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

    static final String FILE = "rules/budgets.csv";

    private static final List<String> COLUMNS = List.of(
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
            "second-person-units");
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
        return releases.file(release, FILE)
                .map(BudgetRules::parse)
                .map(lines -> lines.stream().map(BudgetRules::row).toList())
                .orElse(USUAL);
    }

    @Override
    public List<Finding> check(SortedMap<String, String> files) {
        String text = files.get(FILE);
        if (text == null) {
            return List.of();
        }
        List<Map<String, String>> lines = parse(text);
        if (lines == null) {
            return List.of(new Finding("BUDGETS-001", true, FILE, "1", List.of(String.join(", ", COLUMNS))));
        }
        List<Finding> findings = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = String.valueOf(i + 2);
            Map<String, String> cells = lines.get(i);
            cells.forEach((column, value) -> {
                if (!valid(column, value)) {
                    findings.add(new Finding("BUDGETS-002", true, FILE, line, List.of(column, shown(value))));
                }
            });
            if (!seen.add(cell(cells, "budget"))) {
                findings.add(new Finding("BUDGETS-003", true, FILE, line, List.of(shown(cell(cells, "budget")))));
            }
        }
        return findings;
    }

    private static boolean valid(String column, String value) {
        return switch (column) {
            case "budget" -> value.matches(WORD);
            case "pot" ->
                Arrays.stream(PotName.Kind.values())
                        .anyMatch(kind -> kind.name().equals(value));
            case "who", "remedy" -> value.isEmpty() || value.matches(WORD);
            case "counts" -> !value.isEmpty() && words(value).stream().allMatch(BudgetRules::isClass);
            case "units", "second-person-units" -> value.isEmpty() || value.matches(NUMBER);
            case "period" -> value.isEmpty() || PERIODS.contains(value) || value.matches(DAYS);
            case "warn-percent", "carry-percent" -> value.matches("\\d{1,2}|100");
            case "stops" -> words(value).stream().allMatch(BudgetRules::isAuthority);
            default -> isAuthority(value);
        };
    }

    private static boolean isClass(String value) {
        return Arrays.stream(Remedy.RemedyClass.values())
                .anyMatch(one -> one.name().equals(value));
    }

    private static boolean isAuthority(String value) {
        return Arrays.stream(Authority.values()).anyMatch(one -> one.name().equals(value));
    }

    private static Row row(Map<String, String> cells) {
        return new Row(
                cell(cells, "budget"),
                PotName.Kind.valueOf(cell(cells, "pot")),
                cell(cells, "who"),
                cell(cells, "remedy"),
                words(cell(cells, "counts")).stream()
                        .map(Remedy.RemedyClass::valueOf)
                        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Remedy.RemedyClass.class))),
                number(cell(cells, "units")),
                cell(cells, "period"),
                Integer.parseInt(cell(cells, "warn-percent")),
                Integer.parseInt(cell(cells, "carry-percent")),
                words(cell(cells, "stops")).stream()
                        .map(Authority::valueOf)
                        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Authority.class))),
                Authority.valueOf(cell(cells, "asks")),
                number(cell(cells, "second-person-units")));
    }

    private static Row usual(String budget, PotName.Kind pot, Set<Remedy.RemedyClass> counts) {
        return new Row(budget, pot, "", "", counts, null, "", 0, 0, Set.of(), Authority.MANAGER, null);
    }

    /** @return null where it has other columns, or cannot be read */
    private static @Nullable List<Map<String, String>> parse(String text) {
        return read(text, COLUMNS);
    }

    /** The lines of a file by column. @return null where it has other columns, or cannot be read */
    static @Nullable List<Map<String, String>> read(String text, List<String> columns) {
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .setTrim(true)
                .get();
        try (CSVParser records = CSVParser.parse(text, format)) {
            if (!records.getHeaderNames().equals(columns)) {
                return null;
            }
            List<Map<String, String>> lines = new ArrayList<>();
            for (CSVRecord one : records) {
                if (!one.isConsistent()) {
                    return null;
                }
                lines.add(columns.stream()
                        .collect(Collectors.toMap(Function.identity(), one::get, (a, b) -> a, LinkedHashMap::new)));
            }
            return lines;
        } catch (IOException | RuntimeException unreadable) {
            return null;
        }
    }

    static String cell(Map<String, String> cells, String column) {
        return cells.getOrDefault(column, "");
    }

    static @Nullable BigDecimal number(String value) {
        return value.isEmpty() ? null : new BigDecimal(value);
    }

    static String shown(String value) {
        return value.length() <= 60 ? value : value.substring(0, 60);
    }

    private static Set<String> words(String value) {
        return Arrays.stream(value.split("[ ;]"))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }
}
