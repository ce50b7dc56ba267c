package org.jabr.releases;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What differs between two contents, file by file. Files that are the same are not named. */
public record ReleaseDifference(List<FileDifference> files) {

    public ReleaseDifference {
        files = List.copyOf(files);
    }

    public boolean nothing() {
        return files.isEmpty();
    }

    /** What became of something. */
    public enum Mark {
        SAME,
        ADDED,
        REMOVED,
        CHANGED,
        /** The same, at another place. */
        MOVED,
        /** Lines that stayed the same and are left out. */
        SKIPPED
    }

    /** As what a file is compared. */
    public enum Shape {
        /** Decision tables, by row. */
        TABLES,
        /** Rows of a list of values, by the first column. */
        LIST,
        /** The fields of a form. */
        FORM,
        /** The elements of a diagram. */
        DIAGRAM,
        /** Lines of text. */
        TEXT
    }

    /**
     * One file.
     *
     * @param tables what differs, where it is compared by rows, fields or elements
     * @param lines what differs, where it is compared as text
     */
    public record FileDifference(String path, Mark mark, Shape shape, List<TableDifference> tables, List<Line> lines) {

        public FileDifference {
            tables = List.copyOf(tables);
            lines = List.copyOf(lines);
        }
    }

    /**
     * One table; a form and a diagram are one table of their fields and elements.
     *
     * @param label what it is called, in both languages as {@code English | Arabic}
     * @param hitPolicy before and after; empty where it has none
     * @param columns those of before and after
     * @param rows only the rows that differ
     * @param same how many rows are the same
     */
    public record TableDifference(
            String name, String label, Mark mark, Cell hitPolicy, List<Column> columns, List<Row> rows, int same) {

        public TableDifference {
            columns = List.copyOf(columns);
            rows = List.copyOf(rows);
        }
    }

    /** A column; added, removed or the same. */
    public record Column(String name, String label, Mark mark) {}

    /**
     * A row.
     *
     * @param name what it is called beside its id; empty where it has only that
     * @param cells in the order of the columns
     */
    public record Row(String id, String name, Mark mark, List<Cell> cells) {

        public Row {
            cells = List.copyOf(cells);
        }
    }

    /** One value before and after; null where there was or is none. */
    public record Cell(
            String column,
            @Nullable String before,
            @Nullable String after) {

        public boolean changed() {
            return !Objects.equals(before, after);
        }
    }

    /**
     * A line of text side by side.
     *
     * @param beforeNumber 0 where there was none
     * @param afterNumber 0 where there is none
     */
    public record Line(Mark mark, int beforeNumber, int afterNumber, List<Piece> before, List<Piece> after) {

        public Line {
            before = List.copyOf(before);
            after = List.copyOf(after);
        }
    }

    /** A part of a line; marked where it is what differs. */
    public record Piece(String text, boolean marked) {}
}
