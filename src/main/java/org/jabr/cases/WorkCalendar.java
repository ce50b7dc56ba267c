package org.jabr.cases;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.chrono.HijrahDate;
import java.time.temporal.ChronoField;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The hours in which a team works.
 *
 * @param zone where the team works
 * @param hours opening times of each working day; a day that is not named is free
 * @param ramadan opening times in Ramadan (by the Umm al-Qura calendar), for the weekdays that have others then
 * @param holidays free days of their own
 * @param publicHolidays free days by law
 * @param special opening times of single days, above everything else; none for a free day
 */
record WorkCalendar(
        ZoneId zone,
        Map<DayOfWeek, List<Hours>> hours,
        Map<DayOfWeek, List<Hours>> ramadan,
        Set<LocalDate> holidays,
        Predicate<LocalDate> publicHolidays,
        Map<LocalDate, List<Hours>> special) {

    /** A calendar that is closed for so long is a mistake; nobody waits for longer. */
    private static final int LONGEST_DAYS = 36_525;

    private static final int RAMADAN = 9;

    /**
     * Opening and closing time on one day.
     *
     * @param to midnight for the end of the day
     */
    record Hours(LocalTime from, LocalTime to) {

        private LocalDateTime end(LocalDate day) {
            return to.equals(LocalTime.MIDNIGHT) ? day.plusDays(1).atStartOfDay() : day.atTime(to);
        }
    }

    /** A stretch of time in which somebody works. */
    private record Open(OffsetDateTime from, OffsetDateTime to) {}

    WorkCalendar {
        hours = Map.copyOf(hours);
        ramadan = Map.copyOf(ramadan);
        holidays = Set.copyOf(holidays);
        special = Map.copyOf(special);
        if (hours.values().stream().allMatch(List::isEmpty)) {
            throw new IllegalArgumentException("a calendar without a working day never ends");
        }
    }

    /** The moment at which so many minutes of working time have passed. */
    OffsetDateTime plusMinutes(OffsetDateTime start, long minutes) {
        return plus(start, Duration.ofMinutes(minutes));
    }

    /** The moment at which so much working time has passed: the earliest one, so a day ends when its last minute does. */
    OffsetDateTime plus(OffsetDateTime start, Duration working) {
        Duration left = working;
        LocalDate first = day(start);
        for (LocalDate day = first; day.isBefore(first.plusDays(LONGEST_DAYS)); day = day.plusDays(1)) {
            for (Open open : open(day)) {
                OffsetDateTime begin = start.isAfter(open.from()) ? start : open.from();
                if (begin.isBefore(open.to())) {
                    Duration here = Duration.between(begin, open.to());
                    if (left.compareTo(here) <= 0) {
                        return begin.plus(left).withOffsetSameInstant(ZoneOffset.UTC);
                    }
                    left = left.minus(here);
                }
            }
        }
        throw new IllegalStateException("the calendar never opens again");
    }

    /** How much working time lies between two moments; negative where the second one is the earlier. */
    Duration between(OffsetDateTime from, OffsetDateTime to) {
        if (to.isBefore(from)) {
            return between(to, from).negated();
        }
        Duration sum = Duration.ZERO;
        LocalDate last = day(to);
        for (LocalDate day = day(from); !day.isAfter(last); day = day.plusDays(1)) {
            for (Open open : open(day)) {
                OffsetDateTime begin = from.isAfter(open.from()) ? from : open.from();
                OffsetDateTime end = to.isBefore(open.to()) ? to : open.to();
                if (begin.isBefore(end)) {
                    sum = sum.plus(Duration.between(begin, end));
                }
            }
        }
        return sum;
    }

    /** The end of the last of so many working days after the day of {@code start}. */
    OffsetDateTime plusDays(OffsetDateTime start, long days) {
        LocalDate first = day(start);
        LocalDate day = first;
        OffsetDateTime end = day.atStartOfDay(zone).toOffsetDateTime();
        for (long left = days; left > 0; ) {
            day = day.plusDays(1);
            if (day.isAfter(first.plusDays(LONGEST_DAYS))) {
                throw new IllegalStateException("the calendar never opens again");
            }
            List<Open> open = open(day);
            if (!open.isEmpty()) {
                left--;
                end = open.get(open.size() - 1).to();
            }
        }
        return end.withOffsetSameInstant(ZoneOffset.UTC);
    }

    /** Opening times of one day, in order. */
    List<Hours> hoursOf(LocalDate day) {
        List<Hours> own = special.get(day);
        if (own != null) {
            return own;
        }
        if (holidays.contains(day) || publicHolidays.test(day)) {
            return List.of();
        }
        return usual(day);
    }

    /** What the weekday has, whatever day it is. */
    private List<Hours> usual(LocalDate day) {
        List<Hours> usual = hours.getOrDefault(day.getDayOfWeek(), List.of());
        List<Hours> fasting = ramadan.get(day.getDayOfWeek());
        return fasting != null && isRamadan(day) ? fasting : usual;
    }

    private static boolean isRamadan(LocalDate day) {
        return HijrahDate.from(day).get(ChronoField.MONTH_OF_YEAR) == RAMADAN;
    }

    private LocalDate day(OffsetDateTime at) {
        return at.atZoneSameInstant(zone).toLocalDate();
    }

    private List<Open> open(LocalDate day) {
        List<Hours> hoursOf = hoursOf(day);
        if (hoursOf.isEmpty()) {
            return List.of();
        }
        ZoneRules rules = zone.getRules();
        List<Open> open = new ArrayList<>();
        hoursOf.stream().sorted(Comparator.comparing(Hours::from)).forEach(one -> {
            OffsetDateTime from = first(rules, day.atTime(one.from()));
            OffsetDateTime to = last(rules, one.end(day));
            if (!open.isEmpty()) {
                // Two stretches that touch in the hour that comes twice must not count it twice.
                OffsetDateTime before = open.get(open.size() - 1).to();
                from = from.isBefore(before) ? before : from;
            }
            if (from.isBefore(to)) {
                open.add(new Open(from, to));
            }
        });
        return open;
    }

    /** A time that the clocks leave out is the moment at which they jump; of a time that comes twice, the first. */
    private static OffsetDateTime first(ZoneRules rules, LocalDateTime at) {
        ZoneOffsetTransition change = rules.getTransition(at);
        if (change == null) {
            return at.atOffset(rules.getOffset(at));
        }
        return change.isGap()
                ? change.getInstant().atOffset(change.getOffsetAfter())
                : at.atOffset(change.getOffsetBefore());
    }

    private static OffsetDateTime last(ZoneRules rules, LocalDateTime at) {
        ZoneOffsetTransition change = rules.getTransition(at);
        if (change == null) {
            return at.atOffset(rules.getOffset(at));
        }
        return change.isGap()
                ? change.getInstant().atOffset(change.getOffsetAfter())
                : at.atOffset(change.getOffsetAfter());
    }
}
