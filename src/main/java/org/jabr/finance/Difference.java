package org.jabr.finance;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Something that does not agree.
 *
 * @param code {@code SETTLE-101} promised and not placed, {@code 102} granted and not carried out, {@code 103} carried out
 *     and not settled, {@code 104} settled without an effect, {@code 105} another amount settled, {@code 106} another
 *     currency settled, {@code 107} settled more than once, {@code 108} settled though it was not carried out,
 *     {@code 109} the books differ, {@code 110} another amount granted than decided
 * @param subject the key of the effect; {@code line/NUMBER} of a settlement; {@code books/CODE/WHAT} of the books
 * @param caseReference null where no case belongs to it
 * @param currency of what is expected; null where no money is compared
 * @param expected in minor units
 * @param found in minor units of {@code foundCurrency}
 * @param reason why somebody accepts it
 */
public record Difference(
        long id,
        String code,
        String subject,
        @Nullable Long caseId,
        @Nullable String caseReference,
        @Nullable String effect,
        @Nullable String currency,
        long expected,
        long found,
        @Nullable String foundCurrency,
        State state,
        OffsetDateTime openedAt,
        @Nullable OffsetDateTime closedAt,
        @Nullable String closedBy,
        @Nullable String reason) {

    /** Where it stands. */
    public enum State {
        OPEN,
        /** Somebody explained it. */
        ACCEPTED,
        /** What was compared agrees again. */
        GONE
    }

    /** What happened to it. */
    public enum Happened {
        OPENED,
        CHANGED,
        ACCEPTED,
        GONE
    }

    /** One step of its history. */
    public record Step(
            Happened happened,
            long expected,
            long found,
            @Nullable String foundCurrency,
            @Nullable String reason,
            String by,
            OffsetDateTime at) {}
}
