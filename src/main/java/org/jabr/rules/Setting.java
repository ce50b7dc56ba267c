package org.jabr.rules;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A named answer that is not a remedy: a type, a channel, minutes.
 *
 * @param value a text, a whole number ({@code Long}), a {@code BigDecimal}, a {@code Boolean} or null
 */
public record Setting(String name, @Nullable Object value, List<RuleRef> because) {

    public Setting {
        because = List.copyOf(because);
    }
}
