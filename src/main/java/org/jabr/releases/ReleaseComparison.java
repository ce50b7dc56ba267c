package org.jabr.releases;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import org.jabr.releases.ReleaseDifference.FileDifference;
import org.jabr.releases.ReleaseDifference.Mark;
import org.jabr.releases.ReleaseDifference.Shape;
import org.jabr.releases.ReleaseDifference.TableDifference;
import org.jabr.rules.RulebookCompiler;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Says what differs between two contents in the terms of those who wrote them: rows, fields, elements, lines. */
@Component
public class ReleaseComparison {

    private final RulebookCompiler compiler;

    ReleaseComparison(RulebookCompiler compiler) {
        this.compiler = compiler;
    }

    /** @param before all files of one content by path; {@code after} those of the other */
    public ReleaseDifference between(SortedMap<String, String> before, SortedMap<String, String> after) {
        Set<String> paths = new TreeSet<>(before.keySet());
        paths.addAll(after.keySet());
        List<FileDifference> files = new ArrayList<>();
        for (String path : paths) {
            String was = before.get(path);
            String is = after.get(path);
            if (!Objects.equals(was, is)) {
                files.add(file(path, was, is));
            }
        }
        return new ReleaseDifference(files);
    }

    private FileDifference file(String path, @Nullable String before, @Nullable String after) {
        Mark mark = before == null ? Mark.ADDED : after == null ? Mark.REMOVED : Mark.CHANGED;
        Shape shape = shape(path);
        Optional<List<Sheet>> was = sheets(shape, path, before);
        Optional<List<Sheet>> is = sheets(shape, path, after);
        if (was.isPresent() && is.isPresent()) {
            // The order of rows means something in a decision table, and of fields in a form.
            boolean ordered = shape == Shape.TABLES || shape == Shape.FORM;
            List<TableDifference> tables = SheetDifference.between(was.get(), is.get(), ordered);
            if (!tables.isEmpty()) {
                return new FileDifference(path, mark, shape, tables, List.of());
            }
        }
        return new FileDifference(
                path,
                mark,
                Shape.TEXT,
                List.of(),
                TextDifference.between(before == null ? "" : before, after == null ? "" : after));
    }

    /** Empty where the file is text, or cannot be read as what it should be. */
    private Optional<List<Sheet>> sheets(Shape shape, String path, @Nullable String text) {
        if (shape == Shape.TEXT) {
            return Optional.empty();
        }
        if (text == null) {
            return Optional.of(List.of());
        }
        return switch (shape) {
            case TABLES -> {
                List<Sheet> tables = compiler.tables(Map.of(path, text)).stream()
                        .map(Sheets::table)
                        .toList();
                yield tables.isEmpty() ? Optional.empty() : Optional.of(tables);
            }
            case LIST -> Sheets.csv(path, text).map(List::of);
            case FORM -> Sheets.form(path, text).map(List::of);
            case DIAGRAM -> Sheets.diagram(path, text).map(List::of);
            case TEXT -> Optional.empty();
        };
    }

    private static Shape shape(String path) {
        if (path.endsWith(".dmn")) {
            return Shape.TABLES;
        }
        if (path.endsWith(".csv")) {
            return Shape.LIST;
        }
        if (path.endsWith(".form")) {
            return Shape.FORM;
        }
        return path.endsWith(".bpmn") ? Shape.DIAGRAM : Shape.TEXT;
    }
}
