package org.jabr.customers;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import org.jabr.rules.Money;

/**
 * What a customer is worth, with its inputs.
 *
 * @param total all purchases
 * @param yearly all purchases x period / max(period, days from first to last purchase)
 * @param lifetime yearly x margin x retention / (1 + discount - retention)
 * @param percentile whole part of 100 x (customers with a lower value) / (customers with a purchase)
 */
public record CustomerValue(
        long customerId,
        Money total,
        Money yearly,
        Money lifetime,
        int percentile,
        int purchases,
        LocalDate firstOn,
        LocalDate lastOn) {

    /** Days from the first purchase to {@code asOf}; 0 for a purchase in the future. */
    public long tenureDays(OffsetDateTime asOf) {
        return Math.max(0, ChronoUnit.DAYS.between(firstOn, asOf.toLocalDate()));
    }
}
