package org.jabr.rules;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answer that a table of the release reads, as that table declares it.
 *
 * @param type string, number, boolean or date
 * @param values the texts that it may have; empty for any
 * @param least the lowest number that it may have; null for any
 * @param most the highest number that it may have; null for any
 */
public record AnswerField(
        String name,
        String type,
        List<String> values,
        @Nullable BigDecimal least,
        @Nullable BigDecimal most) {

    public AnswerField {
        values = List.copyOf(values);
    }
}
