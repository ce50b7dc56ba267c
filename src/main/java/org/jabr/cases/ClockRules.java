package org.jabr.cases;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
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
import org.jabr.rules.Finding;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What a release says about clocks and promises besides their times: {@code rules/pauses.csv},
 * {@code rules/pause-signs.csv} and {@code rules/promises.csv}. A release without one of them allows, finds or sends
 * nothing.
 */
@Component
class ClockRules implements Check {

    private static final String PAUSES = "rules/pauses.csv";
    private static final String SIGNS = "rules/pause-signs.csv";
    private static final String PROMISES = "rules/promises.csv";
    private static final Map<String, List<String>> COLUMNS = Map.of(
            PAUSES, List.of("reason", "clocks", "regimes", "until-contact"),
            SIGNS, List.of("sign", "minutes", "times"),
            PROMISES, List.of("kind", "progress-minutes", "shortest-minutes"));
    private static final Set<String> CLOCKS = Set.of(CaseClock.RESOLVE, "response", "final");
    private static final String CODE = "[A-Z][A-Z0-9_]{0,59}";
    private static final String NUMBER = "\\d{1,6}";

    private final Releases releases;

    ClockRules(Releases releases) {
        this.releases = releases;
    }

    /**
     * Why a clock may be paused.
     *
     * @param clocks kinds of clocks
     * @param regimes laws under which it holds; empty for all, but for none where the clock is statutory
     * @param untilContact the pause ends when the customer is in touch
     */
    record Reason(String code, Set<String> clocks, Set<String> regimes, boolean untilContact) {

        boolean allows(CaseClock clock, String regime) {
            return clocks.contains(clock.kind())
                    && (regimes.contains(regime) || regimes.isEmpty() && !clock.statutory());
        }
    }

    /** When a pause looks as if it only saved a deadline. */
    record Sign(int minutes, int times) {}

    /** One line of a file, by column. */
    private record Row(Map<String, String> cells) {

        String get(String column) {
            return cells.getOrDefault(column, "");
        }
    }

    /** When a progress letter goes out. */
    record Progress(int minutesBefore, int shortestMinutes) {}

    List<Reason> reasons(String release) {
        return rows(release, PAUSES).stream()
                .map(row -> new Reason(
                        row.get("reason"),
                        words(row.get("clocks")),
                        words(row.get("regimes")),
                        row.get("until-contact").equals("yes")))
                .toList();
    }

    Optional<Reason> reason(String release, String code) {
        return reasons(release).stream()
                .filter(reason -> reason.code().equals(code))
                .findFirst();
    }

    Map<PauseSign, Sign> signs(String release) {
        return rows(release, SIGNS).stream()
                .collect(Collectors.toMap(
                        row -> PauseSign.valueOf(row.get("sign")),
                        row -> new Sign(number(row.get("minutes")), number(row.get("times")))));
    }

    Optional<Progress> progress(String release, Promise.Kind kind) {
        return rows(release, PROMISES).stream()
                .filter(row -> row.get("kind").equals(kind.name()))
                .map(row -> new Progress(number(row.get("progress-minutes")), number(row.get("shortest-minutes"))))
                .findFirst();
    }

    @Override
    public List<Finding> check(SortedMap<String, String> files) {
        List<Finding> findings = new ArrayList<>();
        COLUMNS.keySet().stream().sorted().forEach(path -> {
            String text = files.get(path);
            if (text != null) {
                check(path, text, findings);
            }
        });
        return findings;
    }

    private static void check(String path, String text, List<Finding> findings) {
        List<Row> rows = parse(path, text);
        if (rows == null) {
            findings.add(new Finding("CLOCKS-001", true, path, "1", List.of(String.join(", ", columns(path)))));
            return;
        }
        Map<String, Integer> seen = new LinkedHashMap<>();
        for (int i = 0; i < rows.size(); i++) {
            int line = i + 2;
            Row row = rows.get(i);
            row.cells().forEach((column, value) -> {
                if (!valid(column, value)) {
                    findings.add(
                            new Finding("CLOCKS-002", true, path, String.valueOf(line), List.of(column, shown(value))));
                }
            });
            String name = row.get(columns(path).get(0));
            if (seen.put(name, line) != null) {
                findings.add(new Finding("CLOCKS-003", true, path, String.valueOf(line), List.of(shown(name))));
            }
        }
    }

    private static boolean valid(String column, String value) {
        return switch (column) {
            case "reason" -> value.matches(CODE);
            case "clocks" -> !words(value).isEmpty() && CLOCKS.containsAll(words(value));
            case "regimes" -> words(value).stream().allMatch(word -> word.matches(CODE));
            case "until-contact" -> value.equals("yes") || value.equals("no");
            case "sign" ->
                Arrays.stream(PauseSign.values()).anyMatch(sign -> sign.name().equals(value));
            case "kind" ->
                Arrays.stream(Promise.Kind.values())
                        .anyMatch(kind -> kind.name().equals(value));
            case "times" -> value.isEmpty() || value.matches(NUMBER);
            default -> value.matches(NUMBER);
        };
    }

    private List<Row> rows(String release, String path) {
        return releases.file(release, path).map(text -> parse(path, text)).orElse(List.of());
    }

    /** @return null where it has other columns, or cannot be read */
    private static @Nullable List<Row> parse(String path, String text) {
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .setTrim(true)
                .get();
        try (CSVParser records = CSVParser.parse(text, format)) {
            if (!records.getHeaderNames().equals(columns(path))) {
                return null;
            }
            List<Row> rows = new ArrayList<>();
            for (CSVRecord one : records) {
                if (!one.isConsistent()) {
                    return null;
                }
                rows.add(new Row(columns(path).stream()
                        .collect(Collectors.toMap(Function.identity(), one::get, (a, b) -> a, LinkedHashMap::new))));
            }
            return rows;
        } catch (IOException | RuntimeException unreadable) {
            return null;
        }
    }

    private static List<String> columns(String path) {
        return COLUMNS.getOrDefault(path, List.of());
    }

    private static Set<String> words(String value) {
        return Arrays.stream(value.split("[,;]"))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static int number(String value) {
        return value.isEmpty() ? 0 : Integer.parseInt(value);
    }

    private static String shown(String value) {
        return value.length() <= 60 ? value : value.substring(0, 60);
    }
}
