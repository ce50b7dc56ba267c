package org.jabr.web.studio;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jabr.releases.ReleaseComparison;
import org.jabr.releases.ReleaseDifference;
import org.jabr.releases.ReleaseDifference.Cell;
import org.jabr.releases.ReleaseDifference.FileDifference;
import org.jabr.releases.ReleaseDifference.Line;
import org.jabr.releases.ReleaseDifference.Mark;
import org.jabr.releases.ReleaseDifference.Row;
import org.jabr.releases.ReleaseDifference.Shape;
import org.jabr.releases.ReleaseDifference.TableDifference;
import org.jabr.web.Reader;
import org.jabr.web.desk.ReleaseWords;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Puts what differs into sentences, and lays it out side by side. */
@Component
class DifferenceReading {

    private static final int SENTENCES = 60;

    /** What fields and elements have in common; a release may use the same words for its facts. */
    private static final Set<String> OWN = Set.of("kind", "name", "place", "because");

    private final ReleaseComparison comparison;
    private final ReleaseWords words;
    private final Reader reader;
    private final ObjectMapper json;

    DifferenceReading(ReleaseComparison comparison, ReleaseWords words, Reader reader, ObjectMapper json) {
        this.comparison = comparison;
        this.words = words;
        this.reader = reader;
        this.json = json;
    }

    /** Beside the English name of a step and the English label of a field. */
    private static final Pattern ARABIC_NAME = Pattern.compile("(name|label)-ar$");

    /** Two contents, and the release whose words are used. */
    record Pair(SortedMap<String, String> before, SortedMap<String, String> after, String words) {}

    /**
     * What differs in one file, in sentences.
     *
     * @param more how many sentences were left out
     */
    record Group(String path, Mark mark, String tone, List<String> sentences, int more) {}

    /**
     * One file side by side.
     *
     * @param picture for the drawing of a diagram, as JSON; empty where it is none
     */
    record FileTold(
            String path,
            Mark mark,
            String tone,
            String anchor,
            List<TableTold> tables,
            List<Line> lines,
            String picture) {

        public boolean diagram() {
            return !picture.isEmpty();
        }
    }

    /** One table; only columns that say something about the rows that differ. */
    record TableTold(String name, String title, int same, List<ColumnTold> columns, List<Row> rows) {}

    record ColumnTold(String label, Mark mark) {}

    /** Everything that a page shows. */
    record Told(List<Group> groups, List<FileTold> files) {}

    Told told(Pair pair) {
        ReleaseDifference difference = comparison.between(pair.before(), pair.after());
        List<FileTold> files = new ArrayList<>();
        for (FileDifference file : difference.files()) {
            files.add(new FileTold(
                    file.path(),
                    file.mark(),
                    tone(file.mark()),
                    "file-" + (files.size() + 1),
                    file.tables().stream()
                            .map(table -> table(pair, file, table))
                            .toList(),
                    file.lines(),
                    file.shape() == Shape.DIAGRAM ? picture(pair, file) : ""));
        }
        return new Told(
                difference.files().stream().map(file -> group(pair, file)).toList(), files);
    }

    private Group group(Pair pair, FileDifference file) {
        List<String> sentences = new ArrayList<>();
        file.tables().forEach(table -> sentences(pair, file.shape(), table, sentences));
        if (file.shape() == Shape.TEXT) {
            sentences.add(reader.words(
                    "difference.lines", count(file, Mark.ADDED), count(file, Mark.REMOVED), count(file, Mark.CHANGED)));
        }
        int shown = Math.min(SENTENCES, sentences.size());
        return new Group(
                file.path(), file.mark(), tone(file.mark()), sentences.subList(0, shown), sentences.size() - shown);
    }

    private static long count(FileDifference file, Mark mark) {
        return file.lines().stream().filter(line -> line.mark() == mark).count();
    }

    private void sentences(Pair pair, Shape shape, TableDifference table, List<String> sentences) {
        String in = title(table).isEmpty() ? table.name() : title(table);
        String key = "difference." + shape + ".";
        if (shape == Shape.TABLES && table.mark() != Mark.CHANGED) {
            sentences.add(reader.words(
                    "difference.table." + table.mark(), in, table.rows().size()));
            return;
        }
        if (table.hitPolicy().changed()) {
            sentences.add(reader.words(
                    "difference.hit-policy",
                    in,
                    shown(table.hitPolicy().before()),
                    shown(table.hitPolicy().after())));
        }
        if (shape == Shape.TABLES || shape == Shape.LIST) {
            table.columns().stream()
                    .filter(column -> column.mark() != Mark.SAME)
                    .forEach(column ->
                            sentences.add(reader.words("difference.column." + column.mark(), in, label(pair, column))));
        }
        // A new step moves everything behind it, which would bury what the diagram says now.
        boolean drawing = shape == Shape.DIAGRAM;
        long drawnElsewhere = drawing
                ? table.rows().stream().filter(row -> row.mark() == Mark.MOVED).count()
                : 0;
        for (Row row : table.rows()) {
            if (drawing && row.mark() == Mark.MOVED) {
                continue;
            }
            String called = called(table, row);
            switch (row.mark()) {
                case ADDED -> sentences.add(reader.words(key + "ADDED", in, called, content(pair, table, row, false)));
                case REMOVED ->
                    sentences.add(reader.words(key + "REMOVED", in, called, content(pair, table, row, true)));
                case MOVED -> sentences.add(reader.words(key + "MOVED", in, called));
                default -> changed(pair, key, in, called, table, row, sentences);
            }
        }
        if (drawnElsewhere > 0) {
            sentences.add(reader.words("difference.DIAGRAM.drawn-elsewhere", drawnElsewhere));
        }
    }

    /** A name in the reader's language where the file has one, and the id. */
    private String called(TableDifference table, Row row) {
        String name = row.name();
        for (int i = 0; i < table.columns().size() && reader.language().equals("ar"); i++) {
            Cell cell = row.cells().get(i);
            String arabic = cell.after() == null ? cell.before() : cell.after();
            if (arabic != null
                    && ARABIC_NAME.matcher(table.columns().get(i).name()).find()
                    && says(arabic)) {
                name = arabic;
            }
        }
        return name.isEmpty() ? row.id() : name + " (" + row.id() + ")";
    }

    private void changed(
            Pair pair, String key, String in, String called, TableDifference table, Row row, List<String> sentences) {
        for (int i = 0; i < row.cells().size(); i++) {
            Cell cell = row.cells().get(i);
            if (cell.changed()) {
                sentences.add(reader.words(
                        key + "CHANGED",
                        in,
                        called,
                        label(pair, table.columns().get(i)),
                        shown(cell.before()),
                        shown(cell.after())));
            }
        }
    }

    /** What a new or gone row says: its cells that say anything. */
    private String content(Pair pair, TableDifference table, Row row, boolean before) {
        return IntStream.range(0, row.cells().size())
                .filter(i -> says(
                        before
                                ? row.cells().get(i).before()
                                : row.cells().get(i).after()))
                .limit(12)
                .mapToObj(i -> label(pair, table.columns().get(i)) + " "
                        + (before
                                ? row.cells().get(i).before()
                                : row.cells().get(i).after()))
                .collect(Collectors.joining(reader.words("list.comma")));
    }

    private TableTold table(Pair pair, FileDifference file, TableDifference table) {
        boolean sparse = file.shape() == Shape.FORM || file.shape() == Shape.DIAGRAM;
        List<Integer> columns = IntStream.range(0, table.columns().size())
                .filter(i -> table.columns().get(i).name().equals("kind")
                        || (table.columns().get(i).mark() != Mark.SAME && !sparse)
                        || table.rows().stream()
                                .anyMatch(row -> shows(row, row.cells().get(i), sparse)))
                .boxed()
                .toList();
        return new TableTold(
                table.name(),
                title(table),
                table.same(),
                columns.stream()
                        .map(i -> new ColumnTold(
                                label(pair, table.columns().get(i)),
                                sparse ? Mark.SAME : table.columns().get(i).mark()))
                        .toList(),
                table.rows().stream()
                        .map(row -> new Row(
                                row.id(),
                                row.name(),
                                row.mark(),
                                columns.stream().map(i -> row.cells().get(i)).toList()))
                        .toList());
    }

    /** A field or an element has dozens of properties: only those that changed somewhere are worth a column. */
    private static boolean shows(Row row, Cell cell, boolean sparse) {
        if (sparse) {
            return cell.changed() && (row.mark() == Mark.CHANGED || row.mark() == Mark.MOVED);
        }
        return cell.changed() || says(cell.before()) || says(cell.after());
    }

    private static boolean says(@Nullable String value) {
        return value != null && !value.isBlank() && !value.equals("-") && !value.equals("null");
    }

    private String shown(@Nullable String value) {
        // Set apart, so that an arrow between two Latin words points the way the sentence runs.
        return value == null || value.isEmpty() ? reader.words("difference.none") : "\u2068" + value + "\u2069";
    }

    private String title(TableDifference table) {
        return part(table.label());
    }

    private String label(Pair pair, ReleaseDifference.Column column) {
        String label = part(column.label());
        if (OWN.contains(column.name())) {
            return reader.words("difference.column.own." + column.name());
        }
        return label.isBlank() ? words.word(pair.words(), column.name()) : label;
    }

    /** The reader's part of a text written as {@code English | Arabic}. */
    private String part(String both) {
        int bar = both.indexOf(" | ");
        if (bar < 0) {
            return both;
        }
        return reader.language().equals("ar") ? both.substring(bar + 3) : both.substring(0, bar);
    }

    private String picture(Pair pair, FileDifference file) {
        Map<String, @Nullable Object> picture = new LinkedHashMap<>();
        picture.put("before", pair.before().get(file.path()));
        picture.put("after", pair.after().get(file.path()));
        for (Mark mark : List.of(Mark.ADDED, Mark.REMOVED, Mark.CHANGED, Mark.MOVED)) {
            picture.put(
                    mark.name().toLowerCase(java.util.Locale.ROOT),
                    file.tables().stream()
                            .flatMap(table -> table.rows().stream())
                            .filter(row -> row.mark() == mark)
                            .map(Row::id)
                            .toList());
        }
        try {
            // Inside a page nothing of it may look like the end of a script.
            return json.writeValueAsString(picture).replace("<", "\\u003c");
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String tone(Mark mark) {
        return switch (mark) {
            case ADDED -> "good";
            case REMOVED -> "bad";
            default -> "active";
        };
    }
}
