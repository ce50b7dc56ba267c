package org.jabr.treasury;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;

/** A calendar period of a budget: WEEK (from Monday), MONTH, QUARTER or YEAR, in universal time. */
record Period(String kind, LocalDate from) {

    static Period of(String kind, OffsetDateTime now) {
        LocalDate day = now.withOffsetSameInstant(ZoneOffset.UTC).toLocalDate();
        return new Period(
                kind,
                switch (kind) {
                    case "WEEK" -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
                    case "MONTH" -> day.withDayOfMonth(1);
                    case "QUARTER" -> day.with(IsoFields.DAY_OF_QUARTER, 1L);
                    default -> day.withDayOfYear(1);
                });
    }

    /** Such as {@code 2026-W10}, {@code 2026-03}, {@code 2026-Q1} or {@code 2026}. */
    String code() {
        return switch (kind) {
            case "WEEK" ->
                "%d-W%02d".formatted(from.get(IsoFields.WEEK_BASED_YEAR), from.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
            case "MONTH" -> "%d-%02d".formatted(from.getYear(), from.getMonthValue());
            case "QUARTER" -> "%d-Q%d".formatted(from.getYear(), from.get(IsoFields.QUARTER_OF_YEAR));
            default -> String.valueOf(from.getYear());
        };
    }

    Period before() {
        return of(kind, from.minusDays(1).atStartOfDay().atOffset(ZoneOffset.UTC));
    }

    OffsetDateTime end() {
        LocalDate end =
                switch (kind) {
                    case "WEEK" -> from.plusWeeks(1);
                    case "MONTH" -> from.plusMonths(1);
                    case "QUARTER" -> from.plusMonths(3);
                    default -> from.plusYears(1);
                };
        return end.atStartOfDay().atOffset(ZoneOffset.UTC);
    }
}
