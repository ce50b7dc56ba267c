package org.jabr.rules;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;

/**
 * An amount in one currency, always at the currency's own number of digits (USD 2, JPY 0, KWD 3).
 *
 * @param amount the amount in major units; its scale is the currency's number of digits
 * @param currency ISO 4217 code
 */
public record Money(BigDecimal amount, String currency) implements Comparable<Money> {

    public Money {
        int digits = digits(currency);
        if (amount.scale() != digits) {
            amount = amount.setScale(digits, RoundingMode.UNNECESSARY);
        }
    }

    /** The amount as people write it; it must not have more digits than the currency. */
    public static Money of(String amount, String currency) {
        return new Money(new BigDecimal(amount), currency);
    }

    /** Rounds half even to the currency's digits: the one named rounding of the policy. */
    public static Money rounded(BigDecimal amount, String currency) {
        return new Money(amount.setScale(digits(currency), RoundingMode.HALF_EVEN), currency);
    }

    /** An amount in minor units (cents, fils), as stored in the database. */
    public static Money ofMinor(long minor, String currency) {
        return new Money(BigDecimal.valueOf(minor, digits(currency)), currency);
    }

    public static Money zero(String currency) {
        return ofMinor(0, currency);
    }

    /** Number of digits after the point, from ISO 4217. */
    public static int digits(String currency) {
        return Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
    }

    /** This amount in minor units. */
    public long minor() {
        return amount.unscaledValue().longValueExact();
    }

    public Money plus(Money other) {
        return new Money(amount.add(sameCurrency(other).amount), currency);
    }

    public Money minus(Money other) {
        return new Money(amount.subtract(sameCurrency(other).amount), currency);
    }

    public boolean isZero() {
        return amount.signum() == 0;
    }

    public boolean isPositive() {
        return amount.signum() > 0;
    }

    @Override
    public int compareTo(Money other) {
        return amount.compareTo(sameCurrency(other).amount);
    }

    private Money sameCurrency(Money other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException("two currencies in one sum: " + currency + ", " + other.currency);
        }
        return other;
    }

    @Override
    public String toString() {
        return amount.toPlainString() + " " + currency;
    }
}
