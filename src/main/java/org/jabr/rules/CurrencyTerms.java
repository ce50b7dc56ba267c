package org.jabr.rules;

import java.math.BigDecimal;

/**
 * A currency of a release.
 *
 * @param factor how much of it one policy unit is; a price level, not an exchange rate
 * @param digits how many digits an amount has after the point
 */
public record CurrencyTerms(String code, BigDecimal factor, int digits) {}
