package org.jabr.cases;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.Set;

/**
 * The hours in which a team works.
 *
 * @param zone where the team works
 * @param hours opening and closing time of each working day; a day that is not named is free
 * @param holidays free days of their own
 */
record WorkCalendar(ZoneId zone, Map<DayOfWeek, Hours> hours, Set<LocalDate> holidays) {

    /** Opening and closing time of one day. */
    record Hours(LocalTime from, LocalTime to) {}

    WorkCalendar {
        hours = Map.copyOf(hours);
        holidays = Set.copyOf(holidays);
        if (hours.isEmpty()) {
            throw new IllegalArgumentException("a calendar without a working day never ends");
        }
    }

    /** The moment at which so many minutes of working time have passed. */
    OffsetDateTime plusMinutes(OffsetDateTime start, long minutes) {
        ZonedDateTime at = start.atZoneSameInstant(zone);
        Duration left = Duration.ofMinutes(minutes);
        LocalDate day = at.toLocalDate();
        while (true) {
            Hours open = hours.get(day.getDayOfWeek());
            if (open != null && !holidays.contains(day)) {
                ZonedDateTime from = day.atTime(open.from()).atZone(zone);
                ZonedDateTime to = day.atTime(open.to()).atZone(zone);
                ZonedDateTime begin = at.isAfter(from) ? at : from;
                if (begin.isBefore(to)) {
                    Duration today = Duration.between(begin, to);
                    if (left.compareTo(today) <= 0) {
                        return begin.plus(left).toOffsetDateTime().withOffsetSameInstant(ZoneOffset.UTC);
                    }
                    left = left.minus(today);
                }
            }
            day = day.plusDays(1);
        }
    }

    /** The end of the last of so many working days after the day of {@code start}. */
    OffsetDateTime plusDays(OffsetDateTime start, long days) {
        LocalDate day = start.atZoneSameInstant(zone).toLocalDate();
        LocalTime end = LocalTime.MIDNIGHT;
        for (long left = days; left > 0; ) {
            day = day.plusDays(1);
            Hours open = hours.get(day.getDayOfWeek());
            if (open != null && !holidays.contains(day)) {
                left--;
                end = open.to();
            }
        }
        return day.atTime(end).atZone(zone).toOffsetDateTime().withOffsetSameInstant(ZoneOffset.UTC);
    }
}
