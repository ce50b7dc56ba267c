package org.jabr.cases;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jabr.releases.Releases;
import org.jabr.rules.Problem;
import org.springframework.stereotype.Component;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The calendars of a release: {@code rules/calendars/<name>.yml}; ALWAYS runs day and night and needs no file. */
@Component
public class Calendars {

    private static final String BUSINESS = "BUSINESS";

    private static final int KEPT = 64;

    private final Releases releases;
    private final Map<String, WorkCalendar> known = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, WorkCalendar> eldest) {
            return size() > KEPT;
        }
    };

    Calendars(Releases releases) {
        this.releases = releases;
    }

    /** So many minutes of a calendar later. @throws Problem {@code CASE-003} where the release has no such calendar */
    OffsetDateTime plusMinutes(String release, String calendar, OffsetDateTime start, long minutes) {
        return calendar.equals("ALWAYS")
                ? start.plusMinutes(minutes)
                : of(release, calendar).plusMinutes(start, minutes);
    }

    /** So many days later; {@code unit} CALENDAR counts every day, BUSINESS working days. */
    OffsetDateTime plusDays(String release, String unit, OffsetDateTime start, long days) {
        return unit.equals("CALENDAR")
                ? start.plusDays(days)
                : of(release, unit).plusDays(start, days);
    }

    /** Where the business works: times that people read are shown as they are there. */
    public ZoneId zone(String release) {
        return of(release, BUSINESS).zone();
    }

    private synchronized WorkCalendar of(String release, String calendar) {
        return known.computeIfAbsent(release + "/" + calendar, key -> read(release, calendar));
    }

    private WorkCalendar read(String release, String calendar) {
        String path = "rules/calendars/" + calendar.toLowerCase(Locale.ROOT) + ".yml";
        String text = releases.file(release, path)
                .orElseThrow(() -> new Problem(Problem.Kind.CONFLICT, "CASE-003", release, calendar));
        try {
            Map<String, Object> file = new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
            Map<DayOfWeek, WorkCalendar.Hours> hours = new EnumMap<>(DayOfWeek.class);
            section(file, "hours").forEach((day, times) -> {
                String[] fromTo = String.valueOf(times).split("-");
                hours.put(
                        DayOfWeek.valueOf(day),
                        new WorkCalendar.Hours(LocalTime.parse(fromTo[0].trim()), LocalTime.parse(fromTo[1].trim())));
            });
            Set<LocalDate> holidays = new HashSet<>();
            if (file.get("holidays") instanceof List<?> days) {
                days.forEach(day -> holidays.add(LocalDate.parse(String.valueOf(day))));
            }
            return new WorkCalendar(ZoneId.of(String.valueOf(file.get("zone"))), hours, holidays);
        } catch (RuntimeException e) {
            throw new Problem(Problem.Kind.CONFLICT, "CASE-003", release, calendar);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> section(Map<String, Object> file, String name) {
        return (Map<String, Object>) file.getOrDefault(name, Map.of());
    }
}
