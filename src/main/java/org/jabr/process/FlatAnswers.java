package org.jabr.process;

import java.util.LinkedHashMap;
import java.util.Map;

/** Answers by path, whether they came flat or nested; money stays one answer. */
final class FlatAnswers {

    private FlatAnswers() {}

    static Map<String, Object> of(Map<String, ?> answers) {
        Map<String, Object> flat = new LinkedHashMap<>();
        flatten("", answers, flat);
        return flat;
    }

    private static void flatten(String prefix, Map<?, ?> answers, Map<String, Object> flat) {
        answers.forEach((name, value) -> {
            String path = prefix + name;
            if (value instanceof Map<?, ?> nested && !nested.containsKey("amount")) {
                flatten(path + ".", nested, flat);
            } else if (value != null && !value.toString().isBlank()) {
                flat.put(path, value);
            }
        });
    }
}
