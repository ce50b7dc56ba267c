package org.jabr.rules.drools;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The cells of a table as tests. A value that the column does not allow is a missing one to the engine, and so it is
 * here.
 *
 * @param columns what each column allows; empty where that cannot be read exactly
 * @param rows for each row its tests; empty where a cell cannot be read exactly
 */
record TableTests(DmnFile.Decision table, List<Optional<CellTest>> columns, List<List<Optional<CellTest>>> rows) {

    static TableTests of(DmnFile.Decision table) {
        List<Optional<CellTest>> columns = new ArrayList<>();
        for (DmnFile.Column column : table.inputs()) {
            columns.add(
                    column.values().isBlank()
                            ? Optional.of(CellTest.ANY)
                            : CellTest.read(column.values(), column.type()));
        }
        List<List<Optional<CellTest>>> rows = new ArrayList<>();
        for (DmnFile.Row row : table.rows()) {
            List<Optional<CellTest>> tests = new ArrayList<>();
            for (int i = 0; i < table.inputs().size(); i++) {
                tests.add(
                        i < row.inputs().size()
                                ? CellTest.read(
                                        row.inputs().get(i),
                                        table.inputs().get(i).type())
                                : Optional.empty());
            }
            rows.add(List.copyOf(tests));
        }
        return new TableTests(table, List.copyOf(columns), List.copyOf(rows));
    }

    /** Whether everything in this cell's way is read exactly. */
    boolean readable(int row, int column) {
        return rows.get(row).get(column).filter(CellTest::any).isPresent()
                || (columns.get(column).isPresent() && rows.get(row).get(column).isPresent());
    }

    /** Whether a value of the column meets the cell; a cell that cannot be read is said to do {@code otherwise}. */
    boolean matches(int row, int column, @Nullable Object value, boolean otherwise) {
        if (!readable(row, column)) {
            return otherwise;
        }
        return rows.get(row).get(column).orElse(CellTest.ANY).matches(seen(column, value));
    }

    /** The value as cells see it. */
    @Nullable
    Object seen(int column, @Nullable Object value) {
        return columns.get(column).orElse(CellTest.ANY).matches(value) ? value : null;
    }

    /** Every plain value that the cells of a column and its allowed values name. */
    List<Object> literals(int column) {
        List<Object> literals = new ArrayList<>();
        columns.get(column).ifPresent(test -> literals.addAll(test.literals()));
        rows.forEach(row -> row.get(column).ifPresent(test -> literals.addAll(test.literals())));
        return literals;
    }

    /** Whether two rows give the same in every output. */
    boolean sameOutputs(int one, int other) {
        List<String> first = table.rows().get(one).outputs();
        List<String> second = table.rows().get(other).outputs();
        for (int i = 0; i < table.outputs().size(); i++) {
            String here = first.get(i);
            String there = second.get(i);
            boolean same = Literals.value(here).isPresent()
                            && Literals.value(there).isPresent()
                    ? CellTest.same(
                            Literals.value(here).get(), Literals.value(there).get())
                    : Objects.equals(here, there);
            if (!same) {
                return false;
            }
        }
        return true;
    }
}
