package org.jabr.cases;

import java.time.OffsetDateTime;
import org.jabr.customers.PersonalText;
import org.jabr.rules.CaseId;
import org.jspecify.annotations.Nullable;

/**
 * Anything told to the customer with a time on it. A miss is a failure of its own.
 *
 * @param said what a person promised in words of their own; null for the other kinds
 * @param by who promised it; null where that was not kept
 * @param progressAt when the letter about how far it is went out; null before
 */
public record Promise(
        long id,
        CaseId caseId,
        Kind kind,
        @Nullable PersonalText said,
        @Nullable String by,
        OffsetDateTime madeAt,
        OffsetDateTime dueAt,
        State state,
        @Nullable OffsetDateTime progressAt,
        @Nullable OffsetDateTime endedAt) {

    /** What was promised. */
    public enum Kind {
        /** A person speaks to the customer. */
        PERSONAL_CONTACT,
        /** The matter is resolved. */
        RESOLUTION,
        /** What a person promised in words of their own. */
        AGREED
    }

    /** What became of it. */
    public enum State {
        OPEN,
        KEPT,
        MISSED,
        CANCELLED
    }

    /** A person promised something in words of their own. */
    public record Made(RecoveryCase recovery, Promise promise) {}

    /** A person kept what was promised in words. */
    public record Kept(RecoveryCase recovery, Promise promise) {}

    /** A promise was not kept in time and its case has closed; whoever hears it lets the promise go on in another case. */
    public record Outlived(RecoveryCase closed, Promise promise) {}

    /** A promise has another time; whoever hears it tells the customer in this transaction, or refuses. */
    public record Moved(RecoveryCase recovery, Promise promise, OffsetDateTime before) {}
}
