package org.jabr.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calendars as analysts write them. */
class CalendarFileTests {

    private static final String OLD = """
            zone: Asia/Riyadh
            hours:
              SUNDAY: "09:00-17:00"
              MONDAY: "09:00-17:00"
            holidays:
              - "2026-02-22"
            """;

    @Test
    void readsAnOldFileAsEver() {
        WorkCalendar calendar = read(OLD);

        assertThat(calendar.hoursOf(LocalDate.parse("2026-02-22"))).isEmpty();
        assertThat(calendar.hoursOf(LocalDate.parse("2026-03-01"))).hasSize(1);
        assertThat(calendar.hoursOf(LocalDate.parse("2026-03-03"))).isEmpty();
        // The Feast of Breaking the Fast is no holiday where no country is named
        assertThat(calendar.hoursOf(LocalDate.parse("2026-03-22"))).hasSize(1);
    }

    @Test
    void theShippedCalendarHasNoMistakesAndKnowsTheFeasts() throws IOException {
        WorkCalendar calendar = read(Files.readString(Path.of("rules/calendars/business.yml")));

        assertThat(calendar.hoursOf(LocalDate.parse("2026-03-22"))).isEmpty();
        assertThat(calendar.hoursOf(LocalDate.parse("2026-09-23"))).isEmpty();
        assertThat(calendar.hoursOf(LocalDate.parse("2026-03-02"))).hasSize(1);
    }

    @Test
    void closesOnHolidaysOfARegion() {
        String bavaria = """
                zone: Europe/Berlin
                hours: {MONDAY: "09:00-17:00", TUESDAY: "09:00-17:00", THURSDAY: "09:00-17:00"}
                public-holidays: DE/BY
                """;

        // Corpus Christi is free in Bavaria and not in Berlin
        assertThat(read(bavaria).hoursOf(LocalDate.parse("2026-06-04"))).isEmpty();
        assertThat(read(bavaria.replace("DE/BY", "DE/BE")).hoursOf(LocalDate.parse("2026-06-04")))
                .hasSize(1);
    }

    @Test
    void overridesStandAboveEverything() {
        WorkCalendar calendar = read(OLD + """
                public-holidays: "SA"
                ramadan: {MONDAY: "10:00-16:00"}
                overrides:
                  - {day: "2026-02-22", hours: usual}
                  - {day: "2026-03-02", hours: "10:00-11:00, 12:00-13:00"}
                  - {day: "2026-03-08", until: "2026-03-09", hours: closed, because: "moving house"}
                  - {day: "2026-03-06", hours: "09:00-10:00"}
                """);

        assertThat(minutes(calendar, "2026-02-22")).isEqualTo(480);
        assertThat(minutes(calendar, "2026-03-02")).isEqualTo(120);
        assertThat(minutes(calendar, "2026-03-06")).isEqualTo(60);
        assertThat(minutes(calendar, "2026-03-08")).isZero();
        assertThat(minutes(calendar, "2026-03-09")).isZero();
        assertThat(minutes(calendar, "2026-03-16")).isEqualTo(360);
    }

    @Test
    void hasOtherHoursInRamadanOnly() {
        WorkCalendar calendar = read(OLD + "ramadan: {SUNDAY: \"10:00-12:00, 13:00-16:00\"}\n");

        // Ramadan 1447 is 18 February to 19 March 2026
        assertThat(minutes(calendar, "2026-02-15")).isEqualTo(480);
        assertThat(minutes(calendar, "2026-03-15")).isEqualTo(300);
        assertThat(minutes(calendar, "2026-03-16")).isEqualTo(480);
        assertThat(minutes(calendar, "2026-03-22")).isEqualTo(480);
        // and 8 February to 8 March 2027
        assertThat(minutes(calendar, "2027-02-14")).isEqualTo(300);
    }

    @Test
    void aLunchBreakIsNoWorkingTime() {
        WorkCalendar calendar =
                read("zone: Europe/London\nhours: {MONDAY: \"09:00-12:00, 13:00-17:00\", TUESDAY: \"08:00-24:00\"}\n");

        assertThat(calendar.plusMinutes(at("2026-01-05T11:30:00Z"), 60)).isEqualTo(at("2026-01-05T13:30:00Z"));
        assertThat(calendar.plusMinutes(at("2026-01-05T11:00:00Z"), 60)).isEqualTo(at("2026-01-05T12:00:00Z"));
        assertThat(minutes(calendar, "2026-01-06")).isEqualTo(960);
    }

    @Test
    void anHourThatIsLeftOutOrComesTwiceIsCountedAsItPasses() {
        WorkCalendar night =
                read("zone: Europe/London\nhours: {SUNDAY: \"00:30-01:30, 01:30-04:00\", SATURDAY: \"09:00-10:00\"}\n");

        // 29 March 2026: 01:00 to 02:00 does not happen; 25 October: it happens twice
        assertThat(minutes(night, "2026-03-29")).isEqualTo(150);
        assertThat(minutes(night, "2026-10-25")).isEqualTo(270);
        assertThat(night.plusMinutes(at("2026-03-29T00:30:00Z"), 60)).isEqualTo(at("2026-03-29T01:30:00Z"));
        assertThat(night.plusMinutes(at("2026-10-24T23:30:00Z"), 90)).isEqualTo(at("2026-10-25T01:00:00Z"));
    }

    @Test
    void aLeapDayIsADayLikeAnyOther() {
        WorkCalendar calendar = read(OLD.replace("MONDAY", "TUESDAY"));

        assertThat(minutes(calendar, "2028-02-29")).isEqualTo(480);
        assertThat(calendar.plusDays(at("2028-02-27T08:00:00Z"), 1)).isEqualTo(at("2028-02-29T14:00:00Z"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "zone: Mars/Base\\nhours: {MONDAY: \"09:00-17:00\"} | CALENDAR-003 | zone",
                "hours: {MONDAY: \"09:00-17:00\"} | CALENDAR-003 | zone",
                "zone: UTC\\nhours: {MON: \"09:00-17:00\", FRIDAY: \"09:00-17:00\"} | CALENDAR-004 | hours",
                "zone: UTC\\nhours: {MONDAY: \"9-17\"} | CALENDAR-005 | hours.MONDAY",
                "zone: UTC\\nhours: {MONDAY: \"09:00-25:00\"} | CALENDAR-005 | hours.MONDAY",
                "zone: UTC\\nhours: {} | CALENDAR-006 | hours",
                "zone: UTC\\nhours: {MONDAY: closed} | CALENDAR-006 | hours",
                "zone: UTC\\nhours: {MONDAY: \"17:00-09:00\"} | CALENDAR-007 | hours.MONDAY",
                "zone: UTC\\nhours: {MONDAY: \"09:00-12:00, 11:00-13:00\"} | CALENDAR-008 | hours.MONDAY",
                "zone: UTC\\nhours: {MONDAY: \"09:00-17:00\"}\\nholidays: [\"2026-02-30\"] | CALENDAR-009 | holidays",
                "zone: UTC\\nhours: {MONDAY: \"09:00-17:00\"}\\npublic-holidays: XX | CALENDAR-010 | public-holidays",
                "zone: UTC\\nhours: {MONDAY: \"09:00-17:00\"}\\npublic-holidays: DE/NOWHERE | CALENDAR-010 | public-holidays",
                "zone: UTC\\nhours: {MONDAY: \"09:00-17:00\"}\\npublic-holidays: ../../etc | CALENDAR-010 | public-holidays",
                "zone: UTC\\nhours: {MONDAY: \"09:00-17:00\"}\\noverrides: [x] | CALENDAR-011 | overrides[1]",
                "zone: UTC\\nhours: {MONDAY: \"09:00-17:00\"}\\noverrides: [{day: \"2026-02-03\", until: \"2026-02-01\", hours: closed}] | CALENDAR-012 | overrides[1]",
                "zone: UTC\\nhours: {MONDAY: \"09:00-17:00\"}\\noverrides: [{day: \"2026-02-03\"}] | CALENDAR-005 | overrides[1].hours",
                "zone: UTC\\nhours: {MONDAY: \"09:00-17:00\"}\\noverrides: [{day: \"2026-02-03\", hours: closed}, {day: \"2026-02-03\", hours: usual}] | CALENDAR-013 | overrides[2]",
                "zone: UTC\\nhour: {MONDAY: \"09:00-17:00\"} | CALENDAR-002 | hour",
                "zone: [ | CALENDAR-001 | ''",
            })
    void saysWhatIsWrongAndWhere(String text, String code, String place) {
        assertThat(CalendarFile.read(text.replace("\\n", "\n")).mistakes())
                .anySatisfy(mistake -> assertThat(List.of(mistake.code(), mistake.place()))
                        .containsExactly(code, place == null ? "" : place));
    }

    @Test
    void aReleaseThatRunsAlreadyGoesOnWithWhatOnlyNewOnesAreRefusedFor() {
        CalendarFile sloppy = CalendarFile.read(OLD + "  # nothing\nteam: day\n");

        assertThat(sloppy.mistakes()).hasSize(1);
        assertThat(sloppy.calendar()).isNotNull();
    }

    private static WorkCalendar read(String text) {
        CalendarFile file = CalendarFile.read(text);
        assertThat(file.mistakes()).isEmpty();
        return Objects.requireNonNull(file.calendar());
    }

    private static long minutes(WorkCalendar calendar, String day) {
        OffsetDateTime start =
                LocalDate.parse(day).atStartOfDay(calendar.zone()).toOffsetDateTime();
        OffsetDateTime end =
                LocalDate.parse(day).plusDays(1).atStartOfDay(calendar.zone()).toOffsetDateTime();
        Duration open = calendar.between(start, end);
        return open.toMinutes();
    }

    private static OffsetDateTime at(String text) {
        return OffsetDateTime.parse(text);
    }
}
