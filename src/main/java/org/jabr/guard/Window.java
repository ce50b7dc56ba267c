package org.jabr.guard;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.OffsetDateTime;
import java.util.Map;
import org.jabr.rules.Money;

/**
 * What is looked at.
 *
 * @param release the live one
 * @param factors how much of a currency one policy unit is, by currency
 */
record Window(
        GuardRules.Row row,
        OffsetDateTime from,
        OffsetDateTime until,
        String release,
        Map<String, BigDecimal> factors) {

    /** In policy units, in which amounts of several currencies are compared. */
    BigDecimal units(long minor, String currency) {
        return Money.ofMinor(minor, currency)
                .amount()
                .divide(factors.getOrDefault(currency, BigDecimal.ONE), MathContext.DECIMAL64);
    }
}
