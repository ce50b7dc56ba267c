package org.jabr.rules.drools;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kie.dmn.feel.FEEL;

/** Evaluates the few expressions that are not read exactly, with the engine's own language. */
final class Feel {

    private static final String SEEN = "seenByTheCell";

    private final FEEL feel = FEEL.newInstance(Feel.class.getClassLoader(), java.util.List.of());
    private final Map<String, Object> context = new HashMap<>();

    @SuppressWarnings("NullAway") // a missing fact is a null of the language
    Feel(Map<String, @Nullable Object> names) {
        names.forEach(context::put);
    }

    @Nullable
    Object value(String expression) {
        return feel.evaluate(expression, context);
    }

    /** Whether a value meets a cell. */
    @SuppressWarnings("NullAway") // a missing fact is a null of the language
    boolean meets(String cell, @Nullable Object value) {
        boolean negated = cell.startsWith("not(") && cell.endsWith(")");
        String tests = negated ? cell.substring("not(".length(), cell.length() - 1) : cell;
        Map<String, Object> with = new HashMap<>(context);
        with.put(SEEN, value);
        return Boolean.TRUE.equals(feel.evaluate(SEEN + " in (" + tests + ")", with)) != negated;
    }
}
