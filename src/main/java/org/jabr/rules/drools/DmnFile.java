package org.jabr.rules.drools;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One DMN file as people wrote it.
 *
 * @param path where it lies in the release
 * @param inputs its input data by name, with the name of their type
 * @param xml the text, with what is compared without case in lower case
 */
record DmnFile(
        String path, String namespace, String name, Map<String, String> inputs, List<Decision> decisions, String xml) {

    /** The part of the file name before {@code .dmn}. */
    String stem() {
        String file = path.substring(path.lastIndexOf('/') + 1);
        return file.substring(0, file.length() - ".dmn".length());
    }

    boolean isMoment() {
        return path.equals("rules/" + stem() + ".dmn");
    }

    Optional<Decision> decision(String id) {
        return decisions.stream().filter(decision -> decision.id().equals(id)).findFirst();
    }

    /** The decisions that no other decision of the file needs: its answers. */
    List<Decision> answers() {
        var needed = decisions.stream()
                .flatMap(decision -> decision.needs().stream())
                .collect(Collectors.toSet());
        return decisions.stream()
                .filter(decision -> !needed.contains(decision.id()))
                .toList();
    }

    /** The tables that lead to a decision in the order in which they are asked, itself last if it is one. */
    List<Decision> tablesBehind(Decision decision) {
        Set<Decision> tables = new LinkedHashSet<>();
        decision.needs().stream()
                .flatMap(id -> decision(id).stream())
                .forEach(needed -> tables.addAll(tablesBehind(needed)));
        if (decision.isTable()) {
            tables.add(decision);
        }
        return List.copyOf(tables);
    }

    /**
     * A decision: a table, or an expression over other decisions.
     *
     * @param variable the name of its variable, which must be its own
     * @param needs ids of the decisions that it requires
     * @param reads names of the input data that it requires
     * @param expression the text of a literal expression; null for a table
     */
    record Decision(
            String id,
            String name,
            String variable,
            String label,
            String hitPolicy,
            @Nullable String aggregation,
            List<Column> inputs,
            List<Column> outputs,
            List<Row> rows,
            List<String> needs,
            List<String> reads,
            @Nullable String expression) {

        boolean isTable() {
            return expression == null;
        }

        boolean collects() {
            return hitPolicy.equals("COLLECT") || hitPolicy.equals("RULE ORDER") || hitPolicy.equals("OUTPUT ORDER");
        }

        boolean proposes() {
            return outputs.stream().anyMatch(output -> output.name().equals("remedy"));
        }

        /** The same decision with other rows. */
        Decision with(List<Row> others) {
            return new Decision(
                    id,
                    name,
                    variable,
                    label,
                    hitPolicy,
                    aggregation,
                    inputs,
                    outputs,
                    List.copyOf(others),
                    needs,
                    reads,
                    expression);
        }

        /** The place of the output of that name, -1 where there is none. */
        int output(String output) {
            for (int i = 0; i < outputs.size(); i++) {
                if (outputs.get(i).name().equals(output)) {
                    return i;
                }
            }
            return -1;
        }
    }

    /**
     * A column.
     *
     * @param name the expression of an input, the name of an output
     * @param type the name of its type; empty where it has none
     * @param values the allowed values as written; empty where any is allowed
     */
    record Column(String name, String type, String label, String values) {}

    /** A row: its cells as written, and what its author says about it. */
    record Row(String id, List<String> inputs, List<String> outputs, String annotation) {}
}
