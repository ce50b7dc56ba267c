package org.jabr.finance;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Set;
import org.jabr.rules.Authority;

/**
 * How what was settled is compared with what was granted.
 *
 * @param kinds of effects that the payment provider settles; the others are settled by being carried out
 * @param since what was carried out before this day is not expected to be settled
 * @param placedDays after how many days it is a difference that something promised was not placed
 * @param executedDays the same for something granted that was not carried out
 * @param settledDays the same for something carried out that was not settled
 * @param mostLines of one file
 * @param ceilingUnits the highest amount of a line, in policy units
 * @param mostOpen differences of one sort that stand open at once
 * @param queue the desk that differences go to
 * @param authority who may accept a difference, or above
 * @param dueDays within how many days somebody should look at a difference
 */
record SettlementTerms(
        Set<String> kinds,
        LocalDate since,
        int placedDays,
        int executedDays,
        int settledDays,
        int mostLines,
        BigDecimal ceilingUnits,
        int mostOpen,
        String queue,
        Authority authority,
        int dueDays) {}
