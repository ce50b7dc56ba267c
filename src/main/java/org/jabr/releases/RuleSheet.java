package org.jabr.releases;

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
import org.jabr.rules.Finding;

/**
 * A small table that a release has as a CSV file: what it is called, which columns it has, and how findings about it
 * begin. Findings end with 001 where the file has other columns or cannot be read, with 002 for a value and with 003 for a
 * line that is there twice.
 *
 * @param file its path in the release
 * @param code such as {@code BUDGETS}
 * @param columns in their order
 */
public record RuleSheet(String file, String code, List<String> columns) {

    private static final int LONGEST_SHOWN = 60;

    public RuleSheet {
        columns = List.copyOf(columns);
    }

    /**
     * One line.
     *
     * @param number where it stands in the file
     * @param cells by column
     */
    public record Line(int number, Map<String, String> cells) {

        public String text(String column) {
            return cells.getOrDefault(column, "");
        }

        public int whole(String column) {
            return Integer.parseInt(text(column));
        }

        /** Empty where the cell is. */
        public Optional<BigDecimal> number(String column) {
            return Optional.of(text(column)).filter(value -> !value.isEmpty()).map(BigDecimal::new);
        }

        public Set<String> words(String column) {
            return RuleSheet.words(text(column));
        }
    }

    /** Whether a cell may hold a value. */
    @FunctionalInterface
    public interface Valid {
        boolean test(Line line, String column, String value);
    }

    /** The lines that a release has; none where it has no such file. */
    public List<Line> lines(Releases releases, String release) {
        return releases.file(release, file).flatMap(this::read).orElse(List.of());
    }

    /** The lines of the live release; empty where it has no such file. */
    public Optional<List<Line>> live(Releases releases) {
        return releases.findLive()
                .flatMap(live -> releases.file(live.id(), file))
                .flatMap(this::read);
    }

    /** The lines; empty where the text has other columns, or cannot be read. */
    public Optional<List<Line>> read(String text) {
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .setTrim(true)
                .get();
        try (CSVParser records = CSVParser.parse(text, format)) {
            if (!records.getHeaderNames().equals(columns)) {
                return Optional.empty();
            }
            List<Line> lines = new ArrayList<>();
            for (CSVRecord one : records) {
                if (!one.isConsistent()) {
                    return Optional.empty();
                }
                lines.add(new Line(
                        lines.size() + 2,
                        columns.stream()
                                .collect(Collectors.toMap(
                                        Function.identity(), one::get, (a, b) -> a, LinkedHashMap::new))));
            }
            return Optional.of(lines);
        } catch (IOException | RuntimeException unreadable) {
            return Optional.empty();
        }
    }

    /**
     * What is wrong with the file of a release; nothing where it has none.
     *
     * @param name what no two lines may have in common
     */
    public List<Finding> check(SortedMap<String, String> files, Valid valid, Function<Line, String> name) {
        return check(files, lines -> {
            List<Finding> findings = new ArrayList<>();
            Set<String> seen = new HashSet<>();
            for (Line line : lines) {
                findings.addAll(values(line, valid));
                if (!seen.add(name.apply(line))) {
                    findings.add(finding("003", line, shown(name.apply(line))));
                }
            }
            return findings;
        });
    }

    /** As {@link #check(SortedMap, Valid, Function)}, where more than single values is asked of the lines. */
    public List<Finding> check(SortedMap<String, String> files, Function<List<Line>, List<Finding>> lines) {
        String text = files.get(file);
        return text == null
                ? List.of()
                : read(text)
                        .map(lines)
                        .orElseGet(() -> List.of(
                                new Finding(code + "-001", true, file, "1", List.of(String.join(", ", columns)))));
    }

    /** What is wrong with the values of one line. */
    public List<Finding> values(Line line, Valid valid) {
        return line.cells().entrySet().stream()
                .filter(cell -> !valid.test(line, cell.getKey(), cell.getValue()))
                .map(cell -> finding("002", line, cell.getKey(), shown(cell.getValue())))
                .toList();
    }

    public Finding finding(String number, Line line, Object... values) {
        return new Finding(code + "-" + number, true, file, String.valueOf(line.number()), List.of(values));
    }

    public static String shown(String value) {
        return value.length() <= LONGEST_SHOWN ? value : value.substring(0, LONGEST_SHOWN);
    }

    /** Words in one cell, with spaces, commas or semicolons between them. */
    public static Set<String> words(String value) {
        return Arrays.stream(value.split("[\\s,;]+"))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether a word is the name of one of these. */
    public static boolean names(Enum<?>[] values, String word) {
        return Arrays.stream(values).anyMatch(one -> one.name().equals(word));
    }
}
