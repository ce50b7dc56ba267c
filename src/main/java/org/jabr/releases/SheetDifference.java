package org.jabr.releases;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jabr.releases.ReleaseDifference.Cell;
import org.jabr.releases.ReleaseDifference.Column;
import org.jabr.releases.ReleaseDifference.Mark;
import org.jabr.releases.ReleaseDifference.Row;
import org.jabr.releases.ReleaseDifference.TableDifference;
import org.jspecify.annotations.Nullable;

/** Compares sheets row by row. */
final class SheetDifference {

    private SheetDifference() {}

    /** The sheets that differ; whether the order of rows matters is said by whoever knows what they are. */
    static List<TableDifference> between(List<Sheet> before, List<Sheet> after, boolean ordered) {
        Map<String, Sheet> was = byName(before);
        Map<String, Sheet> is = byName(after);
        Set<String> names = new LinkedHashSet<>(was.keySet());
        names.addAll(is.keySet());
        List<TableDifference> found = new ArrayList<>();
        for (String name : names) {
            Sheet one = was.get(name);
            Sheet other = is.get(name);
            TableDifference difference = one == null
                    ? between(Sheet.empty(name, "", ""), other, Mark.ADDED, ordered)
                    : other == null
                            ? between(one, Sheet.empty(name, one.label(), ""), Mark.REMOVED, ordered)
                            : between(one, other, Mark.CHANGED, ordered);
            if (difference.mark() != Mark.CHANGED || !nothing(difference)) {
                found.add(difference);
            }
        }
        return found;
    }

    private static TableDifference between(Sheet before, @Nullable Sheet after, Mark mark, boolean ordered) {
        if (after == null) {
            throw new IllegalArgumentException(before.name());
        }
        Map<String, String> labels = new LinkedHashMap<>(before.columns());
        labels.putAll(after.columns());
        List<Column> columns = labels.entrySet().stream()
                .map(column -> new Column(
                        column.getKey(),
                        column.getValue(),
                        !before.columns().containsKey(column.getKey())
                                ? Mark.ADDED
                                : after.columns().containsKey(column.getKey()) ? Mark.SAME : Mark.REMOVED))
                .toList();
        Set<String> moved = ordered ? moved(before, after) : Set.of();
        Set<String> ids = new LinkedHashSet<>(before.rows().keySet());
        ids.addAll(after.rows().keySet());
        List<Row> rows = new ArrayList<>();
        int same = 0;
        for (String id : ids) {
            Row row = row(id, before, after, columns, moved.contains(id));
            if (row.mark() == Mark.SAME) {
                same++;
            } else {
                rows.add(row);
            }
        }
        return new TableDifference(
                after.name(),
                after.label().isEmpty() ? before.label() : after.label(),
                mark,
                new Cell("", before.hitPolicy(), after.hitPolicy()),
                columns,
                rows,
                same);
    }

    private static Row row(String id, Sheet before, Sheet after, List<Column> columns, boolean moved) {
        Map<String, String> was = before.rows().get(id);
        Map<String, String> is = after.rows().get(id);
        List<Cell> cells = columns.stream()
                .map(column -> new Cell(
                        column.name(),
                        was == null ? null : was.get(column.name()),
                        is == null ? null : is.get(column.name())))
                .toList();
        List<Cell> changed = cells.stream().filter(Cell::changed).toList();
        boolean onlyPlace = !changed.isEmpty()
                && changed.stream().allMatch(cell -> cell.column().equals(Sheets.PLACE));
        Mark mark = was == null
                ? Mark.ADDED
                : is == null
                        ? Mark.REMOVED
                        : onlyPlace || (moved && changed.isEmpty())
                                ? Mark.MOVED
                                : changed.isEmpty() ? Mark.SAME : Mark.CHANGED;
        String name = after.names().getOrDefault(id, "");
        return new Row(id, name.isEmpty() ? before.names().getOrDefault(id, "") : name, mark, cells);
    }

    /** The rows of both that stand at another place among the rows of both. */
    private static Set<String> moved(Sheet before, Sheet after) {
        List<String> was = new ArrayList<>(before.ids());
        was.retainAll(after.rows().keySet());
        List<String> is = new ArrayList<>(after.ids());
        is.retainAll(before.rows().keySet());
        Set<String> moved = new HashSet<>();
        for (AbstractDelta<String> delta : DiffUtils.diff(was, is).getDeltas()) {
            moved.addAll(delta.getTarget().getLines());
        }
        return moved;
    }

    private static boolean nothing(TableDifference difference) {
        return difference.rows().isEmpty()
                && !difference.hitPolicy().changed()
                && difference.columns().stream().allMatch(column -> column.mark() == Mark.SAME);
    }

    private static Map<String, Sheet> byName(List<Sheet> sheets) {
        Map<String, Sheet> byName = new LinkedHashMap<>();
        sheets.forEach(sheet -> byName.put(sheet.name(), sheet));
        return byName;
    }
}
