package org.jabr.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WorkCalendarTests {

    private final WorkCalendar riyadh = calendar(
            "Asia/Riyadh",
            Set.of(LocalDate.parse("2026-09-23")),
            DayOfWeek.SUNDAY,
            DayOfWeek.MONDAY,
            DayOfWeek.TUESDAY,
            DayOfWeek.WEDNESDAY,
            DayOfWeek.THURSDAY);
    private final WorkCalendar london = calendar(
            "Europe/London",
            Set.of(),
            DayOfWeek.MONDAY,
            DayOfWeek.TUESDAY,
            DayOfWeek.WEDNESDAY,
            DayOfWeek.THURSDAY,
            DayOfWeek.FRIDAY);

    @Test
    void countsOnlyOpenHours() {
        // Monday 16:00 in Riyadh: one hour today, one tomorrow from nine
        assertThat(riyadh.plusMinutes(at("2026-03-02T13:00:00Z"), 120)).isEqualTo(at("2026-03-03T07:00:00Z"));
    }

    @Test
    void endsADayAtItsLastMinuteRatherThanAtTheNextOpening() {
        assertThat(riyadh.plusMinutes(at("2026-03-02T13:00:00Z"), 60)).isEqualTo(at("2026-03-02T14:00:00Z"));
    }

    @Test
    void skipsAFridaySaturdayWeekend() {
        // Thursday 16:30 to Sunday 9:30
        assertThat(riyadh.plusMinutes(at("2026-03-05T13:30:00Z"), 60)).isEqualTo(at("2026-03-08T06:30:00Z"));
    }

    @Test
    void startsAtTheNextOpeningWhereTheTeamIsAway() {
        assertThat(riyadh.plusMinutes(at("2026-03-06T10:00:00Z"), 30)).isEqualTo(at("2026-03-08T06:30:00Z"));
    }

    @Test
    void skipsAHoliday() {
        assertThat(riyadh.plusMinutes(at("2026-09-22T13:30:00Z"), 60)).isEqualTo(at("2026-09-24T06:30:00Z"));
    }

    @Test
    void keepsTheOpeningHourWhenTheClocksChange() {
        // Friday 27 March 2026 16:00 in winter time; Monday 30 March opens at nine in summer time
        assertThat(london.plusMinutes(at("2026-03-27T16:00:00Z"), 120)).isEqualTo(at("2026-03-30T09:00:00Z"));
    }

    @Test
    void countsWorkingDaysToTheEndOfTheLast() {
        assertThat(riyadh.plusDays(at("2026-03-05T08:00:00Z"), 2)).isEqualTo(at("2026-03-09T14:00:00Z"));
    }

    private static WorkCalendar calendar(String zone, Set<LocalDate> holidays, DayOfWeek... days) {
        Map<DayOfWeek, List<WorkCalendar.Hours>> hours = new EnumMap<>(DayOfWeek.class);
        for (DayOfWeek day : days) {
            hours.put(day, List.of(new WorkCalendar.Hours(LocalTime.of(9, 0), LocalTime.of(17, 0))));
        }
        return new WorkCalendar(ZoneId.of(zone), hours, Map.of(), holidays, day -> false, Map.of());
    }

    private static OffsetDateTime at(String text) {
        return OffsetDateTime.parse(text);
    }
}
