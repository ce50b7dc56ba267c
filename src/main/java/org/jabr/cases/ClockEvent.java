package org.jabr.cases;

import java.time.OffsetDateTime;
import org.jabr.customers.PersonalText;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a clock.
 *
 * @param by login of who did it
 * @param reason code of the release's reasons, for a pause and its end; null otherwise
 * @param note what the person who paused said about it
 * @param untilContact the pause ends by itself when the customer is in touch
 * @param terms what it counts from then on; null where that does not change
 */
public record ClockEvent(
        long id,
        long clockId,
        Kind kind,
        OffsetDateTime at,
        String by,
        @Nullable String reason,
        @Nullable PersonalText note,
        boolean untilContact,
        @Nullable Terms terms) {

    /** What happened. */
    public enum Kind {
        STARTED,
        PAUSED,
        RESUMED,
        /** Counts by other terms, from its start. */
        RECOMPUTED,
        STOPPED
    }

    /**
     * What a clock counts.
     *
     * @param release whose calendar it is
     * @param calendar its name
     * @param amount so many minutes or days; null where only the due time is known
     * @param unit of the amount
     * @param dueAt when it was due by these terms, as it was written down then
     */
    public record Terms(
            String release, String calendar, @Nullable Long amount, Unit unit, OffsetDateTime dueAt) {}

    /** Minutes of working time, or whole days. */
    public enum Unit {
        MINUTES,
        DAYS
    }
}
