package org.jabr.rules;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A row of a table that names a remedy, as it matched.
 *
 * @param percent of the loss; null where the row does not give a percentage
 * @param units policy units; null where the row does not give any
 */
public record RemedyRow(
        RuleRef rule,
        String remedy,
        @Nullable BigDecimal percent,
        @Nullable BigDecimal units,
        boolean floor,
        boolean statutory) {}
