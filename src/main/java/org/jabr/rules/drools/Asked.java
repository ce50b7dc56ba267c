package org.jabr.rules.drools;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A file that was asked, with what it was asked about and what it answered. */
record Asked(DmnFile file, Map<String, @Nullable Object> facts, Tables.Answer answer) {

    /** What a column of a table of the file saw. */
    @Nullable
    Object seen(DmnFile.Column column) {
        String name = column.name();
        if (facts.containsKey(name)) {
            return facts.get(name);
        }
        if (name.startsWith(ReleaseTables.ANSWERS) && facts.get("answers") instanceof Map<?, ?> answers) {
            return answers.get(name.substring(ReleaseTables.ANSWERS.length()));
        }
        for (DmnFile.Decision decision : file.decisions()) {
            if (decision.name().equals(name)) {
                return answer.result(decision.id());
            }
        }
        return new Feel(names()).value(name);
    }

    /** What every column saw, by its expression. */
    Map<String, @Nullable Object> inputs(DmnFile.Decision table) {
        Map<String, @Nullable Object> inputs = new LinkedHashMap<>();
        table.inputs().forEach(column -> inputs.put(column.name(), seen(column)));
        return inputs;
    }

    /** The places of the rows whose conditions all hold, whatever the hit policy makes of them. */
    List<Integer> matching(TableTests tests) {
        List<Integer> matching = new ArrayList<>();
        List<@Nullable Object> values = new ArrayList<>();
        tests.table().inputs().forEach(column -> values.add(seen(column)));
        for (int row = 0; row < tests.rows().size(); row++) {
            boolean all = true;
            for (int column = 0; column < values.size() && all; column++) {
                all = matches(tests, row, column, values.get(column));
            }
            if (all) {
                matching.add(row);
            }
        }
        return matching;
    }

    /** Whether a value meets a cell; one that cannot be read exactly is evaluated. */
    boolean matches(TableTests tests, int row, int column, @Nullable Object value) {
        if (tests.readable(row, column)) {
            return tests.matches(row, column, value, false);
        }
        Feel feel = new Feel(names());
        String allowed = tests.table().inputs().get(column).values();
        boolean seen = allowed.isBlank() || feel.meets(allowed, value);
        return feel.meets(tests.table().rows().get(row).inputs().get(column), seen ? value : null);
    }

    /** Everything that an expression of the file can name. */
    Map<String, @Nullable Object> names() {
        Map<String, @Nullable Object> names = new HashMap<>(facts);
        file.decisions().forEach(decision -> {
            if (answer.results().containsKey(decision.id())) {
                names.put(decision.name(), answer.result(decision.id()));
            }
        });
        return names;
    }
}
