package org.jabr.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** What holds for every calendar, held against counting minute by minute. */
class WorkCalendarPropertyTests {

    private static final OffsetDateTime EPOCH = OffsetDateTime.parse("2024-02-20T00:00:00Z");
    private static final List<String> ZONES =
            List.of("Asia/Riyadh", "Europe/London", "Africa/Cairo", "America/St_Johns", "Australia/Lord_Howe", "UTC");

    @Property(tries = 300)
    void addingAndCountingAreInverse(
            @ForAll long seed,
            @ForAll @IntRange(max = 1_500_000) int start,
            @ForAll @IntRange(max = 6000) int minutes) {
        WorkCalendar calendar = calendar(seed);
        OffsetDateTime from = EPOCH.plusMinutes(start);

        OffsetDateTime to = calendar.plusMinutes(from, minutes);

        assertThat(calendar.between(from, to)).isEqualTo(Duration.ofMinutes(minutes));
        if (minutes > 0) {
            assertThat(calendar.plus(from, calendar.between(from, to))).isEqualTo(to);
        }
    }

    @Property(tries = 300)
    void moreTimeIsNeverDueEarlierAndALaterStartNeitherIs(
            @ForAll long seed,
            @ForAll @IntRange(max = 1_500_000) int start,
            @ForAll @IntRange(max = 6000) int minutes,
            @ForAll @LongRange(min = 1, max = 5000) long more) {
        WorkCalendar calendar = calendar(seed);
        OffsetDateTime from = EPOCH.plusMinutes(start);

        assertThat(calendar.plusMinutes(from, minutes + more)).isAfter(calendar.plusMinutes(from, minutes));
        assertThat(calendar.plusMinutes(from.plusMinutes(more), minutes))
                .isAfterOrEqualTo(calendar.plusMinutes(from, minutes));
        assertThat(calendar.between(from, from.plusMinutes(more))).isBetween(Duration.ZERO, Duration.ofMinutes(more));
    }

    @Property(tries = 60)
    void countsWhatAPersonWouldCountMinuteByMinute(
            @ForAll long seed,
            @ForAll @IntRange(max = 1_500_000) int start,
            @ForAll @IntRange(max = 20_000) int length) {
        WorkCalendar calendar = calendar(seed);
        OffsetDateTime from = EPOCH.plusMinutes(start);

        long counted = 0;
        for (int minute = 0; minute < length; minute++) {
            counted += open(calendar, from.plusMinutes(minute)) ? 1 : 0;
        }

        assertThat(calendar.between(from, from.plusMinutes(length))).isEqualTo(Duration.ofMinutes(counted));
    }

    @Property(tries = 100)
    void timeIsCountedInParts(
            @ForAll long seed,
            @ForAll @IntRange(max = 1_500_000) int start,
            @ForAll @IntRange(max = 9000) int first,
            @ForAll @IntRange(max = 9000) int second) {
        WorkCalendar calendar = calendar(seed);
        OffsetDateTime a = EPOCH.plusMinutes(start);
        OffsetDateTime b = a.plusMinutes(first);
        OffsetDateTime c = b.plusMinutes(second);

        assertThat(calendar.between(a, b).plus(calendar.between(b, c))).isEqualTo(calendar.between(a, c));
        assertThat(calendar.between(c, a)).isEqualTo(calendar.between(a, c).negated());
    }

    private static boolean open(WorkCalendar calendar, OffsetDateTime at) {
        ZonedDateTime local = at.atZoneSameInstant(calendar.zone());
        LocalTime time = local.toLocalTime();
        return calendar.hoursOf(local.toLocalDate()).stream()
                .anyMatch(hours -> !time.isBefore(hours.from())
                        && (hours.to().equals(LocalTime.MIDNIGHT) || time.isBefore(hours.to())));
    }

    /** Whole half hours, so that counting by minutes is exact, also where the clocks jump by half an hour. */
    private static WorkCalendar calendar(long seed) {
        Random random = new Random(seed);
        Map<DayOfWeek, List<WorkCalendar.Hours>> hours = new EnumMap<>(DayOfWeek.class);
        hours.put(DayOfWeek.of(1 + random.nextInt(7)), stretches(random));
        for (DayOfWeek day : DayOfWeek.values()) {
            if (random.nextInt(7) < 4) {
                hours.put(day, stretches(random));
            }
        }
        Map<DayOfWeek, List<WorkCalendar.Hours>> ramadan =
                random.nextBoolean() ? Map.of() : Map.of(DayOfWeek.of(1 + random.nextInt(7)), stretches(random));
        Set<LocalDate> holidays = new HashSet<>();
        Map<LocalDate, List<WorkCalendar.Hours>> special = new HashMap<>();
        for (int i = random.nextInt(30); i > 0; i--) {
            holidays.add(day(random));
            special.put(day(random), random.nextBoolean() ? List.of() : stretches(random));
        }
        return new WorkCalendar(
                ZoneId.of(ZONES.get(random.nextInt(ZONES.size()))),
                hours,
                ramadan,
                holidays,
                random.nextBoolean() ? day -> false : PublicHolidays.of("SA"),
                special);
    }

    private static LocalDate day(Random random) {
        return EPOCH.atZoneSameInstant(ZoneOffset.UTC).toLocalDate().plusDays(random.nextInt(1100));
    }

    private static List<WorkCalendar.Hours> stretches(Random random) {
        List<WorkCalendar.Hours> stretches = new ArrayList<>();
        int half = random.nextInt(20);
        for (int i = random.nextInt(3); i >= 0 && half < 46; i--) {
            int end = Math.min(48, half + 1 + random.nextInt(16));
            stretches.add(new WorkCalendar.Hours(time(half), time(end % 48)));
            half = end + random.nextInt(3);
        }
        return stretches;
    }

    private static LocalTime time(int half) {
        return LocalTime.of(half / 2, half % 2 * 30);
    }
}
