package org.jabr.cases;

import java.time.Duration;
import java.time.OffsetDateTime;

/**
 * How a clock stood at one moment.
 *
 * @param dueAt when it is due; while it is paused, when it would be if it went on at that moment
 * @param remaining working time that was left; negative where it was over
 * @param paused working time that it stood still so far
 * @param breached whether more time was used than there was
 */
public record ClockState(Run run, OffsetDateTime dueAt, Duration remaining, Duration paused, boolean breached) {

    /** Whether it counts. */
    public enum Run {
        RUNNING,
        PAUSED,
        STOPPED
    }
}
