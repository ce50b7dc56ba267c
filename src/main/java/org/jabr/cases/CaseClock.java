package org.jabr.cases;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A deadline that runs on the events of a case.
 *
 * @param kind {@code resolve}, {@code response} or {@code final}
 * @param statutory the regulator's, not our own
 * @param calendar ALWAYS, BUSINESS or CALENDAR (whole days)
 */
public record CaseClock(
        long id,
        String kind,
        boolean statutory,
        String calendar,
        OffsetDateTime startedAt,
        OffsetDateTime dueAt,
        @Nullable OffsetDateTime stoppedAt) {}
