package org.jabr.rules.drools;

import java.math.BigDecimal;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes cases that show something in the notation of scenarios. */
final class WitnessText {

    private WitnessText() {}

    static String of(Map<String, @Nullable Object> witness) {
        return witness.entrySet().stream()
                .map(entry -> entry.getKey() + " " + of(entry.getValue()))
                .collect(Collectors.joining("; "));
    }

    static String of(@Nullable Object value) {
        if (value instanceof BigDecimal number) {
            return number.toPlainString();
        }
        return value == null ? "missing" : value.toString();
    }
}
