package org.jabr.cases;

import java.time.OffsetDateTime;
import org.jabr.rules.CaseId;
import org.jspecify.annotations.Nullable;

/**
 * A deadline that runs on the events of a case, as it stands now; {@link ClockHistory} knows how it stood at any time.
 *
 * @param kind {@code resolve}, {@code response} or {@code final}
 * @param statutory the regulator's, not our own
 * @param calendar ALWAYS, BUSINESS or CALENDAR (whole days)
 * @param dueAt where it is paused: as if it had gone on when it was paused
 * @param pausedAt since when it stands still; null while it runs
 */
public record CaseClock(
        long id,
        String kind,
        boolean statutory,
        String calendar,
        OffsetDateTime startedAt,
        OffsetDateTime dueAt,
        @Nullable OffsetDateTime pausedAt,
        @Nullable OffsetDateTime stoppedAt) {

    static final String RESOLVE = "resolve";

    /**
     * Clocks of a case are about to change. Work is held before the case and its clocks, as by whoever completes work, so
     * that nobody waits for each other.
     */
    public record Changing(CaseId caseId) {}

    /** The due time of our own clock moved; work that is due with it follows. */
    public record Moved(RecoveryCase recovery, OffsetDateTime from, OffsetDateTime to) {}
}
