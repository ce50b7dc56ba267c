package org.jabr.treasury;

import org.jspecify.annotations.Nullable;

/**
 * Something that was moved between accounts, once.
 *
 * @param key what it was for, and the step; booked once
 * @param reverses the movement that it takes back; each is taken back once
 */
record Movement(
        String key,
        Kind kind,
        @Nullable String effect,
        @Nullable String caseReference,
        @Nullable String reverses,
        @Nullable String reason,
        String by) {

    /** Why something moves. */
    enum Kind {
        /** A pot is filled up to what the rules allow, or emptied down to it. */
        FUND,
        /** More than there is, by somebody who may. */
        OVERDRAW,
        /** What was left of the last period. */
        CARRY,
        RESERVE,
        COMMIT,
        RELEASE,
        REVERSE,
        /** What was given so long ago that it does not count any more. */
        AGE,
        /** Granted: owed to the customer. */
        OWE,
        /** With the customer. */
        PAY,
        /** Not owed any more. */
        CANCEL,
        /** Came back. */
        RETURN
    }
}
