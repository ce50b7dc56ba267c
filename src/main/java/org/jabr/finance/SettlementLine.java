package org.jabr.finance;

import java.time.LocalDate;
import org.jabr.rules.Money;
import org.jspecify.annotations.Nullable;

/**
 * One line of what a payment provider settled.
 *
 * @param identity what makes it the same line when it arrives again
 * @param id the provider's own number of it
 * @param key the key of the effect
 * @param reference what the provider answered when it carried it out
 * @param money below zero where something was taken back
 */
public record SettlementLine(
        String identity,
        String provider,
        @Nullable String id,
        @Nullable String key,
        @Nullable String reference,
        @Nullable String kind,
        Money money,
        LocalDate settledOn) {

    /** How the subject of a difference about a line begins. */
    public static final String SUBJECT = "line/";

    /** A line that was taken in. @param effect null as long as none is known */
    public record Taken(
            long number, SettlementLine line, @Nullable String effect) {}
}
