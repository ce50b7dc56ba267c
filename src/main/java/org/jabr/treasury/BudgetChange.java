package org.jabr.treasury;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A budget that somebody raised or lowered for a time.
 *
 * @param pot the code of the pot
 * @param budget the row of the rules
 * @param amount in minor units or pieces; below zero where it was lowered
 * @param until when it ends; null where it does not
 * @param decidedBy who agreed or did not; null where nobody had to, or nobody did yet
 */
public record BudgetChange(
        long id,
        String pot,
        String budget,
        long amount,
        String unit,
        String reason,
        State state,
        String askedBy,
        OffsetDateTime askedAt,
        @Nullable OffsetDateTime until,
        @Nullable String decidedBy,
        @Nullable OffsetDateTime decidedAt) {

    /** Whether it holds. */
    public enum State {
        /** Another person must agree. */
        ASKED,
        DONE,
        REFUSED
    }
}
