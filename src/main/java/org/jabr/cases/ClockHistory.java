package org.jabr.cases;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything that happened to one clock, in order. All else follows from it: the clock counts the working time from its
 * start by the terms of the moment, and what it stood still comes on top.
 */
record ClockHistory(List<ClockEvent> events) {

    ClockHistory {
        events = List.copyOf(events);
    }

    /** How it stood then; empty before it started. */
    Optional<ClockState> asOf(OffsetDateTime at, Calendars calendars) {
        OffsetDateTime started = null;
        ClockEvent.Terms terms = null;
        for (ClockEvent event : events) {
            if (event.at().isAfter(at)) {
                break;
            }
            if (event.kind() == ClockEvent.Kind.STARTED) {
                started = event.at();
            }
            terms = event.terms() == null ? terms : event.terms();
        }
        return started == null || terms == null ? Optional.empty() : Optional.of(state(started, terms, at, calendars));
    }

    /** When it would be due by other terms, all that happened so far included. */
    OffsetDateTime due(ClockEvent.Terms terms, OffsetDateTime at, Calendars calendars) {
        return state(events.get(0).at(), terms, at, calendars).dueAt();
    }

    private ClockState state(OffsetDateTime started, ClockEvent.Terms terms, OffsetDateTime at, Calendars calendars) {
        Duration paused = Duration.ZERO;
        OffsetDateTime pausedAt = null;
        OffsetDateTime stoppedAt = null;
        for (ClockEvent event : events) {
            if (event.at().isAfter(at)) {
                break;
            }
            if (event.kind() == ClockEvent.Kind.PAUSED) {
                pausedAt = event.at();
            } else if (event.kind() == ClockEvent.Kind.RESUMED) {
                paused = paused.plus(between(terms, pausedAt, event.at(), calendars));
                pausedAt = null;
            } else if (event.kind() == ClockEvent.Kind.STOPPED) {
                stoppedAt = event.at();
            }
        }
        OffsetDateTime until = stoppedAt == null ? at : stoppedAt;
        paused = paused.plus(between(terms, pausedAt, until, calendars));
        OffsetDateTime base = base(started, terms, calendars);
        // What ends with a day stays there as long as nothing comes on top.
        OffsetDateTime due = paused.isZero() ? base : calendars.plus(terms.release(), terms.calendar(), base, paused);
        Duration remaining = until.isAfter(due)
                ? between(terms, due, until, calendars).negated()
                : between(terms, until, due, calendars);
        ClockState.Run run = stoppedAt != null
                ? ClockState.Run.STOPPED
                : pausedAt == null ? ClockState.Run.RUNNING : ClockState.Run.PAUSED;
        return new ClockState(run, due, remaining, paused, until.isAfter(due));
    }

    /** When it is due if it never stands still. */
    private static OffsetDateTime base(OffsetDateTime started, ClockEvent.Terms terms, Calendars calendars) {
        Long amount = terms.amount();
        if (amount == null) {
            return terms.dueAt();
        }
        return terms.unit() == ClockEvent.Unit.DAYS
                ? calendars.plusDays(terms.release(), terms.calendar(), started, amount)
                : calendars.plusMinutes(terms.release(), terms.calendar(), started, amount);
    }

    private static Duration between(
            ClockEvent.Terms terms, @Nullable OffsetDateTime from, OffsetDateTime to, Calendars calendars) {
        return from == null || !from.isBefore(to)
                ? Duration.ZERO
                : calendars.between(terms.release(), terms.calendar(), from, to);
    }
}
