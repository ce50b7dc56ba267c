package org.jabr.rules.drools;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The small changes of a table that somebody should notice: every limit moved by one step either way, every end of a
 * range opened or closed, every value of a list left out, every condition left out or turned round, every output moved.
 * A change that no value of the column can tell from the original is none.
 */
final class CellMutants {

    /** Their first column names what other tables and facts may say; it is a list, not a condition. */
    static final Set<String> LISTS = Set.of(
            ReleaseTables.CURRENCY, ReleaseTables.FAILURE_TYPES, ReleaseTables.REMEDIES, ReleaseTables.MOMENT_SETTINGS);

    private final DmnFile file;
    private final DmnFile.Decision table;
    private final TableTests tests;
    private final Domains domains;
    private final List<Mutant> mutants = new ArrayList<>();

    /**
     * One changed cell.
     *
     * @param column the place of an input, or of an output
     * @param what the change as people read it
     */
    record Mutant(
            DmnFile file,
            DmnFile.Decision table,
            int row,
            boolean output,
            int column,
            String was,
            String now,
            String what) {

        /** The file with the change in it. */
        DmnFile changed() {
            List<DmnFile.Row> rows = new ArrayList<>(table.rows());
            DmnFile.Row old = rows.get(row);
            List<String> cells = new ArrayList<>(output ? old.outputs() : old.inputs());
            cells.set(column, now);
            rows.set(
                    row,
                    new DmnFile.Row(
                            old.id(), output ? old.inputs() : cells, output ? cells : old.outputs(), old.annotation()));
            List<DmnFile.Decision> decisions = file.decisions().stream()
                    .map(decision -> decision.id().equals(table.id()) ? table.with(rows) : decision)
                    .toList();
            return new DmnFile(file.path(), file.namespace(), file.name(), file.inputs(), decisions, file.xml());
        }
    }

    private CellMutants(DmnFile file, DmnFile.Decision table, Domains domains) {
        this.file = file;
        this.table = table;
        this.tests = TableTests.of(table);
        this.domains = domains;
    }

    static List<Mutant> of(DmnFile file, DmnFile.Decision table, Domains domains) {
        CellMutants all = new CellMutants(file, table, domains);
        for (int row = 0; row < table.rows().size(); row++) {
            for (int column = 0; column < table.inputs().size(); column++) {
                if (!LISTS.contains(table.id()) && all.tests.readable(row, column)) {
                    all.input(row, column, all.tests.rows().get(row).get(column).orElse(CellTest.ANY));
                }
            }
            for (int column = 0; column < table.outputs().size(); column++) {
                all.output(row, column);
            }
        }
        return all.mutants;
    }

    private void input(int row, int column, CellTest test) {
        if (test.any()) {
            return;
        }
        DmnFile.Column input = table.inputs().get(column);
        BigDecimal step = domains.step(file, input.name(), tests.literals(column));
        Map<CellTest, String> changed = new LinkedHashMap<>();
        add(changed, CellTest.ANY);
        add(changed, new CellTest(false, !test.negated(), test.pieces()));
        for (int i = 0; i < test.pieces().size(); i++) {
            if (test.pieces().size() > 1) {
                changed.put(with(test, i, null), "− " + test.pieces().get(i).text());
            }
            for (CellTest.Piece piece : pieces(test.pieces().get(i), step)) {
                add(changed, with(test, i, piece));
            }
        }
        changed.forEach((other, what) -> {
            if (told(test, other, input, column)) {
                mutants.add(new Mutant(file, table, row, false, column, test.text(), other.text(), what));
            }
        });
    }

    private static void add(Map<CellTest, String> changed, CellTest test) {
        changed.put(test, test.text());
    }

    private static CellTest with(CellTest test, int place, CellTest.@Nullable Piece piece) {
        List<CellTest.Piece> pieces = new ArrayList<>(test.pieces());
        if (piece == null) {
            pieces.remove(place);
        } else {
            pieces.set(place, piece);
        }
        return new CellTest(false, test.negated(), pieces);
    }

    private static List<CellTest.Piece> pieces(CellTest.Piece piece, BigDecimal step) {
        List<CellTest.Piece> changed = new ArrayList<>();
        if (piece instanceof CellTest.Compared compared) {
            String operator = compared.operator();
            switch (operator) {
                case "<", "<=" ->
                    changed.add(new CellTest.Compared(operator.equals("<") ? "<=" : "<", compared.literal()));
                case ">", ">=" ->
                    changed.add(new CellTest.Compared(operator.equals(">") ? ">=" : ">", compared.literal()));
                default -> {}
            }
            if (compared.literal() instanceof BigDecimal limit) {
                changed.add(new CellTest.Compared(operator, limit.add(step)));
                changed.add(new CellTest.Compared(operator, limit.subtract(step)));
            }
        } else if (piece instanceof CellTest.Within w) {
            changed.add(new CellTest.Within(!w.fromIncluded(), w.from(), w.to(), w.toIncluded()));
            changed.add(new CellTest.Within(w.fromIncluded(), w.from(), w.to(), !w.toIncluded()));
            for (BigDecimal by : List.of(step, step.negate())) {
                changed.add(new CellTest.Within(w.fromIncluded(), w.from().add(by), w.to(), w.toIncluded()));
                changed.add(new CellTest.Within(w.fromIncluded(), w.from(), w.to().add(by), w.toIncluded()));
            }
        }
        return changed;
    }

    /** Whether some value of the column tells the two apart. */
    private boolean told(CellTest test, CellTest other, DmnFile.Column input, int column) {
        List<Object> literals = new ArrayList<>(test.literals());
        literals.addAll(other.literals());
        return domains.of(file, input, literals).points().stream()
                .filter(point -> point.sureness() != Domain.Sureness.POSSIBLE)
                .map(point -> Optional.ofNullable(tests.seen(column, point.value())))
                .anyMatch(seen -> test.matches(seen.orElse(null)) != other.matches(seen.orElse(null)));
    }

    private void output(int row, int column) {
        String cell = table.rows().get(row).outputs().get(column);
        Object value = Literals.value(cell).orElse(null);
        if (value instanceof BigDecimal number) {
            BigDecimal step = BigDecimal.ONE.movePointLeft(Math.max(0, number.scale()));
            changedOutput(row, column, cell, CellTest.written(number.add(step)));
            changedOutput(row, column, cell, CellTest.written(number.subtract(step)));
        } else if (value instanceof Boolean flag) {
            changedOutput(row, column, cell, String.valueOf(!flag));
        } else if (value instanceof String) {
            Set<String> others = new LinkedHashSet<>();
            table.rows().forEach(other -> others.add(other.outputs().get(column)));
            List<String> values = others.stream()
                    .filter(other -> Literals.value(other).isPresent())
                    .toList();
            if (values.size() > 1) {
                changedOutput(row, column, cell, values.get((values.indexOf(cell) + 1) % values.size()));
            }
        }
    }

    private void changedOutput(int row, int column, String was, String now) {
        mutants.add(new Mutant(file, table, row, true, column, was, now, now));
    }
}
