package org.jabr.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What follows from what happened to a clock. */
class ClockHistoryTests {

    /** Sunday to Thursday, nine to five in Riyadh, which is 06:00 to 14:00 UTC. */
    private static final String WEEK = """
            zone: Asia/Riyadh
            hours: {SUNDAY: "09:00-17:00", MONDAY: "09:00-17:00", TUESDAY: "09:00-17:00", WEDNESDAY: "09:00-17:00", THURSDAY: "09:00-17:00"}
            """;

    static final Calendars CALENDARS = new Calendars((release, path) ->
            Optional.of(release.equals("later") ? WEEK.replace("09:00-17:00", "09:00-13:00") : WEEK));
    private static final ClockEvent.Terms EIGHT_HOURS = terms("first", 480);

    @Test
    void aPausedClockIsShownAsPausedAndLosesNothing() {
        ClockHistory clock = history(started("2026-04-06T06:00:00Z", EIGHT_HOURS), paused("2026-04-06T08:00:00Z"));

        ClockState now = at(clock, "2026-04-08T10:00:00Z");

        assertThat(now.run()).isEqualTo(ClockState.Run.PAUSED);
        assertThat(now.remaining()).isEqualTo(Duration.ofHours(6));
        assertThat(now.breached()).isFalse();
    }

    @Test
    void theDueTimeMovesByThePausedWorkingTime() {
        ClockHistory clock = history(
                started("2026-04-06T06:00:00Z", EIGHT_HOURS),
                paused("2026-04-06T08:00:00Z"),
                resumed("2026-04-06T11:00:00Z"));

        assertThat(at(clock, "2026-04-06T12:00:00Z").dueAt()).isEqualTo(time("2026-04-07T09:00:00Z"));
    }

    @Test
    void aPauseOutsideOfWorkingHoursCountsFromTheNextOpening() {
        ClockHistory clock = history(
                started("2026-04-06T06:00:00Z", terms("first", 960)),
                paused("2026-04-06T20:00:00Z"),
                resumed("2026-04-07T07:00:00Z"));
        ClockHistory nothing = history(
                started("2026-04-06T06:00:00Z", terms("first", 960)),
                paused("2026-04-06T20:00:00Z"),
                resumed("2026-04-06T23:00:00Z"));

        assertThat(at(clock, "2026-04-07T05:00:00Z").run()).isEqualTo(ClockState.Run.PAUSED);
        assertThat(at(clock, "2026-04-07T08:00:00Z").dueAt()).isEqualTo(time("2026-04-08T07:00:00Z"));
        assertThat(at(nothing, "2026-04-07T08:00:00Z").dueAt()).isEqualTo(time("2026-04-07T14:00:00Z"));
    }

    @Test
    void aPauseSurvivesAnotherCalendarAndAnotherServiceLevel() {
        ClockHistory clock = history(
                started("2026-04-06T06:00:00Z", EIGHT_HOURS),
                paused("2026-04-06T08:00:00Z"),
                event(ClockEvent.Kind.RECOMPUTED, "2026-04-06T09:00:00Z", terms("later", 240)),
                resumed("2026-04-07T07:00:00Z"));

        // From the events: by the later calendar (06:00 to 10:00 UTC) two hours went by before the pause, none of four
        // is lost while it lasted, and two are left.
        assertThat(at(clock, "2026-04-06T09:30:00Z").run()).isEqualTo(ClockState.Run.PAUSED);
        ClockState after = at(clock, "2026-04-07T07:00:00Z");
        assertThat(after.remaining()).isEqualTo(Duration.ofHours(2));
        assertThat(after.dueAt()).isEqualTo(time("2026-04-07T09:00:00Z"));
    }

    @Test
    void thePastIsToldByWhatHeldThen() {
        ClockHistory clock = history(
                started("2026-04-06T06:00:00Z", EIGHT_HOURS),
                event(ClockEvent.Kind.RECOMPUTED, "2026-04-06T09:00:00Z", terms("first", 60)));

        assertThat(clock.asOf(time("2026-04-06T05:59:59Z"), CALENDARS)).isEmpty();
        assertThat(at(clock, "2026-04-06T08:59:00Z").breached()).isFalse();
        assertThat(at(clock, "2026-04-06T08:59:00Z").dueAt()).isEqualTo(time("2026-04-06T14:00:00Z"));
        assertThat(at(clock, "2026-04-06T09:00:00Z").breached()).isTrue();
    }

    @Test
    void nothingIsCountedAfterItStopped() {
        ClockHistory clock = history(
                started("2026-04-06T06:00:00Z", EIGHT_HOURS),
                event(ClockEvent.Kind.STOPPED, "2026-04-06T10:00:00Z", null));

        ClockState later = at(clock, "2026-05-20T10:00:00Z");

        assertThat(later.run()).isEqualTo(ClockState.Run.STOPPED);
        assertThat(later.breached()).isFalse();
        assertThat(later.remaining()).isEqualTo(Duration.ofHours(4));
    }

    @Test
    void aClockThatIsStoppedWhilePausedWasNotLate() {
        ClockHistory clock = history(
                started("2026-04-06T06:00:00Z", EIGHT_HOURS),
                paused("2026-04-06T13:00:00Z"),
                event(ClockEvent.Kind.STOPPED, "2026-04-20T10:00:00Z", null));

        assertThat(at(clock, "2026-05-20T10:00:00Z").breached()).isFalse();
        assertThat(at(clock, "2026-05-20T10:00:00Z").remaining()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void whatWasLateBeforeThePauseStaysLate() {
        ClockHistory clock = history(started("2026-04-06T06:00:00Z", EIGHT_HOURS), paused("2026-04-07T07:00:00Z"));

        ClockState later = at(clock, "2026-04-09T09:00:00Z");

        assertThat(later.breached()).isTrue();
        assertThat(later.remaining()).isEqualTo(Duration.ofHours(-1));
    }

    @Test
    void aDeadlineInDaysEndsWithItsDayUntilItIsPaused() {
        ClockEvent.Terms days =
                new ClockEvent.Terms("first", "BUSINESS", 3L, ClockEvent.Unit.DAYS, time("2026-04-09T14:00:00Z"));
        ClockHistory clock = history(
                started("2026-04-06T08:00:00Z", days), paused("2026-04-07T06:00:00Z"), resumed("2026-04-07T08:00:00Z"));

        assertThat(at(clock, "2026-04-07T05:00:00Z").dueAt()).isEqualTo(time("2026-04-09T14:00:00Z"));
        assertThat(at(clock, "2026-04-07T09:00:00Z").dueAt()).isEqualTo(time("2026-04-12T08:00:00Z"));
    }

    private static ClockState at(ClockHistory clock, String at) {
        return clock.asOf(time(at), CALENDARS).orElseThrow();
    }

    private static ClockHistory history(ClockEvent... events) {
        return new ClockHistory(List.of(events));
    }

    private static ClockEvent started(String at, ClockEvent.Terms terms) {
        return event(ClockEvent.Kind.STARTED, at, terms);
    }

    static ClockEvent paused(String at) {
        return event(ClockEvent.Kind.PAUSED, at, null);
    }

    static ClockEvent resumed(String at) {
        return event(ClockEvent.Kind.RESUMED, at, null);
    }

    static ClockEvent event(ClockEvent.Kind kind, String at, ClockEvent.Terms terms) {
        return new ClockEvent(0, 1, kind, time(at), "agent", null, null, false, terms);
    }

    static ClockEvent.Terms terms(String release, long minutes) {
        return new ClockEvent.Terms(
                release, "BUSINESS", minutes, ClockEvent.Unit.MINUTES, time("2026-04-06T14:00:00Z"));
    }

    static OffsetDateTime time(String text) {
        return OffsetDateTime.parse(text);
    }
}
