package org.jabr.rules.drools;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jabr.rules.DecisionFailed;
import org.jabr.rules.Moment;
import org.jabr.rules.RuleRef;
import org.jspecify.annotations.Nullable;

/**
 * Answers tables without compiling them, cell by cell: slow to write large tables with, quick to try many small
 * changes. It answers as the engine does; a test compares the two.
 */
final class PlainTables implements Asking {

    private final Map<DmnFile.Decision, TableTests> read = new HashMap<>();

    @Override
    public Tables.Answer ask(Moment moment, DmnFile file, Map<String, @Nullable Object> facts) {
        Map<String, Object> results = new HashMap<>();
        Map<String, List<RuleRef>> selected = new HashMap<>();
        Asked asked = new Asked(file, facts, new Tables.Answer(results, selected));
        file.decisions().forEach(decision -> decide(moment, asked, decision));
        return asked.answer();
    }

    @SuppressWarnings("NullAway") // a decision may well answer nothing
    private void decide(Moment moment, Asked asked, DmnFile.Decision decision) {
        Map<String, Object> results = asked.answer().results();
        if (results.containsKey(decision.id())) {
            return;
        }
        decision.needs().stream()
                .flatMap(id -> asked.file().decision(id).stream())
                .forEach(needed -> decide(moment, asked, needed));
        String expression = decision.expression();
        results.put(
                decision.id(),
                expression == null ? table(moment, asked, decision) : new Feel(asked.names()).value(expression));
    }

    private @Nullable Object table(Moment moment, Asked asked, DmnFile.Decision table) {
        List<Integer> matching = asked.matching(read.computeIfAbsent(table, TableTests::of));
        if (matching.isEmpty() && !table.collects()) {
            throw new DecisionFailed(moment, table.id() + ": no row matches");
        }
        List<Integer> chosen = matching;
        List<@Nullable Object> results = new ArrayList<>();
        switch (table.hitPolicy()) {
            case "FIRST" -> chosen = matching.subList(0, 1);
            case "UNIQUE" -> {
                if (matching.size() > 1) {
                    throw new DecisionFailed(moment, table.id() + ": more than one row matches");
                }
            }
            case "ANY", "COLLECT", "RULE ORDER" -> {}
            default -> throw new DecisionFailed(moment, table.id() + ": " + table.hitPolicy());
        }
        for (int row : chosen) {
            results.add(outputs(asked, table, table.rows().get(row)));
        }
        asked.answer()
                .selected()
                .put(
                        table.id(),
                        chosen.stream()
                                .map(row -> new RuleRef(table.rows().get(row).id()))
                                .toList());
        if (!table.collects()) {
            if (results.stream().anyMatch(result -> !alike(result, results.get(0)))) {
                throw new DecisionFailed(moment, table.id() + ": rows differ");
            }
            return results.get(0);
        }
        return collected(table, results);
    }

    private static @Nullable Object collected(DmnFile.Decision table, List<@Nullable Object> results) {
        String aggregation = table.aggregation();
        if (aggregation == null) {
            return results.isEmpty() ? null : results;
        }
        List<BigDecimal> numbers = results.stream()
                .flatMap(result -> result instanceof BigDecimal number ? Optional.of(number).stream() : null)
                .toList();
        if (numbers.isEmpty()) {
            return null;
        }
        return switch (aggregation) {
            case "SUM" -> numbers.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
            case "MIN" -> Collections.min(numbers);
            case "MAX" -> Collections.max(numbers);
            default -> BigDecimal.valueOf(results.size());
        };
    }

    private static @Nullable Object outputs(Asked asked, DmnFile.Decision table, DmnFile.Row row) {
        if (table.outputs().size() == 1) {
            return output(asked, row.outputs().get(0));
        }
        Map<String, @Nullable Object> outputs = new LinkedHashMap<>();
        for (int i = 0; i < table.outputs().size(); i++) {
            outputs.put(
                    table.outputs().get(i).name(), output(asked, row.outputs().get(i)));
        }
        return outputs;
    }

    private static @Nullable Object output(Asked asked, String cell) {
        if (cell.equals("null")) {
            return null;
        }
        return Literals.value(cell).orElseGet(() -> new Feel(asked.names()).value(cell));
    }

    private static boolean alike(@Nullable Object one, @Nullable Object other) {
        if (one instanceof Map<?, ?> first && other instanceof Map<?, ?> second) {
            return first.keySet().stream().allMatch(key -> CellTest.same(first.get(key), second.get(key)));
        }
        return CellTest.same(one, other);
    }
}
