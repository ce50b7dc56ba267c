package org.jabr.guard;

import java.io.IOException;
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

/** From where on giving and claiming is unusual: {@code rules/guard.csv} of the live release. Without it nobody looks. */
@Component
class GuardRules implements Check {

    static final String FILE = "rules/guard.csv";

    private static final List<String> COLUMNS = List.of(
            "finding",
            "sign",
            "counts",
            "days",
            "at-least",
            "percent",
            "units",
            "near-percent",
            "score",
            "others",
            "grow-percent",
            "severity",
            "work",
            "needs",
            "look-days");
    private static final Set<String> BY_SIGN = Set.of("percent", "units", "near-percent", "score", "others");
    private static final String WORD = "[A-Za-z0-9][A-Za-z0-9_-]{0,59}";

    private final Releases releases;

    GuardRules(Releases releases) {
        this.releases = releases;
    }

    /** How much a finding weighs. */
    enum Severity {
        LOW,
        MEDIUM,
        HIGH
    }

    /**
     * From where on one sign makes a finding.
     *
     * @param name of the line
     * @param counts the classes of remedies that are looked at
     * @param days how long the window is that ends now
     * @param atLeast from how many cases, grants or approvals on anything is said
     * @param percent from which share on; of the sign what it is a share of
     * @param units the limit, in policy units
     * @param nearPercent from which part of the limit on an amount lies just below it
     * @param score from which distance on, in the robust statistic
     * @param others how many others there must be to compare with; of a shared contact how many there may be at most
     * @param growPercent how much a pattern that was judged must have grown before it is a finding again
     * @param work whether somebody is asked to look at it
     * @param needs who may judge it at least
     * @param lookDays within how many days somebody looks at it
     */
    record Row(
            String name,
            Sign sign,
            Set<String> counts,
            int days,
            int atLeast,
            BigDecimal percent,
            BigDecimal units,
            BigDecimal nearPercent,
            BigDecimal score,
            int others,
            int growPercent,
            Severity severity,
            boolean work,
            Authority needs,
            int lookDays) {}

    List<Row> rows(String release) {
        return releases.file(release, FILE)
                .flatMap(GuardRules::parse)
                .map(lines -> lines.stream().map(GuardRules::row).toList())
                .orElse(List.of());
    }

    @Override
    public List<Finding> check(SortedMap<String, String> files) {
        String text = files.get(FILE);
        if (text == null) {
            return List.of();
        }
        Optional<List<Map<String, String>>> parsed = parse(text);
        if (parsed.isEmpty()) {
            return List.of(new Finding("GUARDS-001", true, FILE, "1", List.of(String.join(", ", COLUMNS))));
        }
        List<Finding> findings = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        int line = 1;
        for (Map<String, String> cells : parsed.get()) {
            String place = String.valueOf(++line);
            Sign sign = sign(cell(cells, "sign"));
            cells.forEach((column, value) -> {
                boolean needed = !BY_SIGN.contains(column)
                        || sign != null && sign.needs().contains(column);
                if (!needed && sign != null && !value.isEmpty()) {
                    findings.add(new Finding("GUARDS-004", true, FILE, place, List.of(column, sign.name())));
                } else if (needed && !valid(column, value)) {
                    findings.add(new Finding("GUARDS-002", true, FILE, place, List.of(column, shown(value))));
                }
            });
            if (!seen.add(cell(cells, "finding"))) {
                findings.add(new Finding("GUARDS-003", true, FILE, place, List.of(shown(cell(cells, "finding")))));
            }
        }
        return findings;
    }

    private static boolean valid(String column, String value) {
        return switch (column) {
            case "finding" -> value.matches(WORD);
            case "sign" -> sign(value) != null;
            case "counts" ->
                !value.isEmpty() && words(value).stream().allMatch(word -> named(Remedy.RemedyClass.values(), word));
            case "days" -> value.matches("[1-9]\\d{0,2}") && Integer.parseInt(value) <= 366;
            case "at-least", "others" -> value.matches("[1-9]\\d{0,4}");
            case "percent" -> value.matches("[1-9]\\d{0,3}(\\.\\d{1,2})?");
            case "near-percent" -> value.matches("[1-9]\\d?(\\.\\d{1,2})?");
            case "units" -> value.matches("[1-9]\\d{0,8}(\\.\\d{1,3})?");
            case "score" -> value.matches("[1-9]\\d?(\\.\\d{1,2})?");
            case "grow-percent" -> value.matches("1[0-9]{2}|[2-9]\\d{2}|1000") && !value.equals("100");
            case "severity" -> named(Severity.values(), value);
            case "work" -> value.equals("YES") || value.equals("NO");
            case "needs" -> value.equals(Authority.SUPERVISOR.name()) || value.equals(Authority.MANAGER.name());
            default -> value.matches("[1-9]\\d?");
        };
    }

    private static boolean named(Enum<?>[] values, String word) {
        return Arrays.stream(values).anyMatch(one -> one.name().equals(word));
    }

    private static @Nullable Sign sign(String word) {
        return Arrays.stream(Sign.values())
                .filter(one -> one.name().equals(word))
                .findFirst()
                .orElse(null);
    }

    private static Row row(Map<String, String> cells) {
        return new Row(
                cell(cells, "finding"),
                Sign.valueOf(cell(cells, "sign")),
                words(cell(cells, "counts")),
                Integer.parseInt(cell(cells, "days")),
                Integer.parseInt(cell(cells, "at-least")),
                number(cells, "percent"),
                number(cells, "units"),
                number(cells, "near-percent"),
                number(cells, "score"),
                number(cells, "others").intValueExact(),
                Integer.parseInt(cell(cells, "grow-percent")),
                Severity.valueOf(cell(cells, "severity")),
                cell(cells, "work").equals("YES"),
                Authority.valueOf(cell(cells, "needs")),
                Integer.parseInt(cell(cells, "look-days")));
    }

    /** The lines by column; empty where the file has other columns, or cannot be read. */
    private static Optional<List<Map<String, String>>> parse(String text) {
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .setTrim(true)
                .get();
        try (CSVParser records = CSVParser.parse(text, format)) {
            if (!records.getHeaderNames().equals(COLUMNS)) {
                return Optional.empty();
            }
            List<Map<String, String>> lines = new ArrayList<>();
            for (CSVRecord one : records) {
                if (!one.isConsistent()) {
                    return Optional.empty();
                }
                lines.add(COLUMNS.stream()
                        .collect(Collectors.toMap(Function.identity(), one::get, (a, b) -> a, LinkedHashMap::new)));
            }
            return Optional.of(lines);
        } catch (IOException | RuntimeException unreadable) {
            return Optional.empty();
        }
    }

    private static String cell(Map<String, String> cells, String column) {
        return cells.getOrDefault(column, "");
    }

    private static BigDecimal number(Map<String, String> cells, String column) {
        String value = cell(cells, column);
        return value.isEmpty() ? BigDecimal.ZERO : new BigDecimal(value);
    }

    private static String shown(String value) {
        return value.length() <= 60 ? value : value.substring(0, 60);
    }

    private static Set<String> words(String value) {
        return Arrays.stream(value.split("[ ;]"))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }
}
