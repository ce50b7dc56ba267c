package org.jabr.rules;

import java.util.List;

/**
 * A table as its author wrote it.
 *
 * @param file where it lies in the release
 * @param id of its decision
 * @param label what it is called; in both languages as {@code English | Arabic} where its author gave both
 * @param hitPolicy UNIQUE, FIRST, COLLECT ...; with the aggregation behind it where it has one; empty for an expression
 */
public record TableView(String file, String id, String label, String hitPolicy, List<Column> columns, List<Row> rows) {

    public TableView {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /**
     * A column.
     *
     * @param name the expression of an input, the name of an output
     * @param output whether it is one of the results
     */
    public record Column(String name, String label, boolean output) {}

    /**
     * A row.
     *
     * @param cells in the order of the columns, as written
     * @param why what its author says about it
     */
    public record Row(String id, List<String> cells, String why) {

        public Row {
            cells = List.copyOf(cells);
        }
    }

    /** Whether several rows together make the answer. */
    public boolean collects() {
        return hitPolicy.startsWith("COLLECT") || hitPolicy.equals("RULE ORDER") || hitPolicy.equals("OUTPUT ORDER");
    }
}
