package org.jabr.cases;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.BiFunction;
import org.jabr.releases.Check;
import org.jabr.releases.Releases;
import org.jabr.rules.Finding;
import org.jabr.rules.Problem;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * The calendars of a release: {@code rules/calendars/<name>.yml}; ALWAYS runs day and night and needs no file, CALENDAR
 * counts every day.
 */
@Component
public class Calendars implements Check {

    private static final String FOLDER = "rules/calendars/";
    private static final String ENDING = ".yml";
    private static final Set<String> ROUND_THE_CLOCK = Set.of("ALWAYS", "CALENDAR");

    private static final String BUSINESS = "BUSINESS";

    private static final int KEPT = 64;

    private final BiFunction<String, String, Optional<String>> files;
    private final Map<String, WorkCalendar> known = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, WorkCalendar> eldest) {
            return size() > KEPT;
        }
    };

    @Autowired
    Calendars(Releases releases) {
        this(releases::file);
    }

    /** @param files text of a file by release and path */
    Calendars(BiFunction<String, String, Optional<String>> files) {
        this.files = files;
    }

    /** So many minutes of a calendar later. @throws Problem {@code CASE-003} where the release has no such calendar */
    OffsetDateTime plusMinutes(String release, String calendar, OffsetDateTime start, long minutes) {
        return plus(release, calendar, start, Duration.ofMinutes(minutes));
    }

    /** So much working time later; elapsed time where the calendar runs day and night. */
    OffsetDateTime plus(String release, String calendar, OffsetDateTime start, Duration working) {
        return ROUND_THE_CLOCK.contains(calendar)
                ? start.plus(working)
                : of(release, calendar).plus(start, working);
    }

    /** Working time between two moments; negative where the second one is the earlier. */
    Duration between(String release, String calendar, OffsetDateTime from, OffsetDateTime to) {
        return ROUND_THE_CLOCK.contains(calendar)
                ? Duration.between(from, to)
                : of(release, calendar).between(from, to);
    }

    /** So many days later; {@code unit} CALENDAR counts every day, BUSINESS working days. */
    OffsetDateTime plusDays(String release, String unit, OffsetDateTime start, long days) {
        return unit.equals("CALENDAR")
                ? start.plusDays(days)
                : of(release, unit).plusDays(start, days);
    }

    /**
     * Whether the business works at a moment.
     *
     * @throws Problem {@code CASE-003} where the release has no such calendar
     */
    public boolean open(String release, OffsetDateTime at) {
        return !between(release, BUSINESS, at, at.plusSeconds(1)).isZero();
    }

    /** Where the business works: times that people read are shown as they are there. */
    public ZoneId zone(String release) {
        return of(release, BUSINESS).zone();
    }

    private synchronized WorkCalendar of(String release, String calendar) {
        return known.computeIfAbsent(release + "/" + calendar, key -> read(release, calendar));
    }

    private WorkCalendar read(String release, String calendar) {
        return files.apply(release, path(calendar))
                .map(text -> CalendarFile.read(text).calendar())
                .orElseThrow(() -> new Problem(Problem.Kind.CONFLICT, "CASE-003", release, calendar));
    }

    private static String path(String calendar) {
        return FOLDER + calendar.toLowerCase(Locale.ROOT) + ENDING;
    }

    @Override
    public List<Finding> check(SortedMap<String, String> files) {
        List<Finding> findings = new ArrayList<>();
        files.forEach((path, text) -> {
            if (path.startsWith(FOLDER) && path.endsWith(ENDING)) {
                CalendarFile.read(text)
                        .mistakes()
                        .forEach(mistake -> findings.add(
                                new Finding(mistake.code(), true, path, mistake.place(), mistake.values())));
            }
        });
        return findings;
    }
}
