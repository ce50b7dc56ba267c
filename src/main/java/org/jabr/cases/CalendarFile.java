package org.jabr.cases;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Reads one calendar, {@code rules/calendars/NAME.yml}, and says what is wrong with it. */
final class CalendarFile {

    private static final int LONGEST = 200_000;
    private static final int LONGEST_STRETCH = 366;
    private static final Set<String> KEYS =
            Set.of("zone", "hours", "holidays", "public-holidays", "ramadan", "overrides");
    private static final Set<String> OVERRIDE_KEYS = Set.of("day", "until", "hours", "because");
    private static final Pattern STRETCH = Pattern.compile("(\\d{2}:\\d{2})\\s*-\\s*(\\d{2}:\\d{2})");
    private static final String CLOSED = "closed";
    private static final String USUAL = "usual";

    /**
     * Something wrong, with the place where it stands.
     *
     * @param heavy whether the calendar means nothing with it; otherwise a release that runs already goes on as before
     */
    record Mistake(String code, String place, List<Object> values, boolean heavy) {}

    private final List<Mistake> mistakes = new ArrayList<>();
    private final Map<DayOfWeek, List<WorkCalendar.Hours>> hours = new EnumMap<>(DayOfWeek.class);
    private final Map<DayOfWeek, List<WorkCalendar.Hours>> ramadan = new EnumMap<>(DayOfWeek.class);
    private final Set<LocalDate> holidays = new HashSet<>();
    private final Map<LocalDate, List<WorkCalendar.Hours>> special = new HashMap<>();
    private Predicate<LocalDate> publicHolidays = day -> false;
    private @Nullable ZoneId zone;

    private CalendarFile() {}

    static CalendarFile read(String text) {
        CalendarFile file = new CalendarFile();
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setMaxAliasesForCollections(10);
        options.setCodePointLimit(LONGEST);
        try {
            if (new Yaml(new SafeConstructor(options)).load(text) instanceof Map<?, ?> root) {
                file.sections(root);
            } else {
                file.wrong("CALENDAR-001", "");
            }
        } catch (RuntimeException | StackOverflowError unreadable) {
            file.wrong("CALENDAR-001", "");
        }
        return file;
    }

    List<Mistake> mistakes() {
        return mistakes;
    }

    /** What the file says; null where that is nothing sensible. */
    @Nullable
    WorkCalendar calendar() {
        ZoneId where = zone;
        return where == null || mistakes.stream().anyMatch(Mistake::heavy)
                ? null
                : new WorkCalendar(where, hours, ramadan, holidays, publicHolidays, special);
    }

    private void sections(Map<?, ?> root) {
        root.keySet().stream()
                .map(String::valueOf)
                .filter(key -> !KEYS.contains(key))
                .forEach(key -> mistakes.add(new Mistake("CALENDAR-002", key, List.of(key), false)));
        zone(root.get("zone"));
        week(root.get("hours"), "hours", hours);
        if (root.get("ramadan") != null) {
            week(root.get("ramadan"), "ramadan", ramadan);
        }
        if (hours.values().stream().allMatch(List::isEmpty)) {
            wrong("CALENDAR-006", "hours");
        }
        holidays(root.get("holidays"));
        country(root.get("public-holidays"));
        overrides(root.get("overrides"));
    }

    private void zone(@Nullable Object value) {
        try {
            zone = ZoneId.of(String.valueOf(value));
        } catch (DateTimeException unknown) {
            wrong("CALENDAR-003", "zone", shown(value));
        }
    }

    private void week(@Nullable Object section, String place, Map<DayOfWeek, List<WorkCalendar.Hours>> week) {
        if (!(section instanceof Map<?, ?> days)) {
            wrong("CALENDAR-006", place);
            return;
        }
        days.forEach((key, times) -> {
            String day = String.valueOf(key);
            try {
                week.put(DayOfWeek.valueOf(day), hours(times, place + "." + day));
            } catch (IllegalArgumentException unknown) {
                wrong("CALENDAR-004", place, day);
            }
        });
    }

    /** {@code "09:00-12:00, 13:00-17:00"}, or {@code closed}. */
    private List<WorkCalendar.Hours> hours(@Nullable Object value, String place) {
        String text = String.valueOf(value).strip();
        List<WorkCalendar.Hours> read = new ArrayList<>();
        if (text.equals(CLOSED)) {
            return read;
        }
        for (String part : text.split(",", -1)) {
            Matcher stretch = STRETCH.matcher(part.strip());
            LocalTime from = stretch.matches() ? time(stretch.group(1), false) : null;
            LocalTime to = stretch.matches() ? time(stretch.group(2), true) : null;
            if (from == null || to == null) {
                wrong("CALENDAR-005", place, shown(part.strip()));
            } else if (!to.equals(LocalTime.MIDNIGHT) && !from.isBefore(to)) {
                mistakes.add(new Mistake("CALENDAR-007", place, List.of(part.strip()), false));
            } else {
                read.add(new WorkCalendar.Hours(from, to));
            }
        }
        read.sort(Comparator.comparing(WorkCalendar.Hours::from));
        for (int i = 1; i < read.size(); i++) {
            LocalTime before = read.get(i - 1).to();
            if (before.equals(LocalTime.MIDNIGHT) || read.get(i).from().isBefore(before)) {
                wrong("CALENDAR-008", place, text);
            }
        }
        return List.copyOf(read);
    }

    /** The end of a day is 24:00; a day that is said to end at 00:00 ends before it begins. */
    private static @Nullable LocalTime time(String text, boolean end) {
        if (end && text.equals("24:00")) {
            return LocalTime.MIDNIGHT;
        }
        try {
            LocalTime time = LocalTime.parse(text);
            return end && time.equals(LocalTime.MIDNIGHT) ? null : time;
        } catch (DateTimeException notATime) {
            return null;
        }
    }

    private void holidays(@Nullable Object days) {
        if (days == null) {
            return;
        }
        if (!(days instanceof List<?> list)) {
            mistakes.add(new Mistake("CALENDAR-009", "holidays", List.of(shown(days)), false));
            return;
        }
        for (Object day : list) {
            LocalDate date = date(day, "holidays");
            if (date != null) {
                holidays.add(date);
            }
        }
    }

    private void country(@Nullable Object place) {
        if (place == null) {
            return;
        }
        String name = String.valueOf(place);
        if (PublicHolidays.known(name)) {
            publicHolidays = PublicHolidays.of(name);
        } else {
            wrong("CALENDAR-010", "public-holidays", shown(place));
        }
    }

    private void overrides(@Nullable Object rows) {
        if (rows == null) {
            return;
        }
        if (!(rows instanceof List<?> list)) {
            wrong("CALENDAR-011", "overrides", shown(rows));
            return;
        }
        for (int i = 0; i < list.size(); i++) {
            String place = "overrides[" + (i + 1) + "]";
            if (list.get(i) instanceof Map<?, ?> row) {
                override(row, place);
            } else {
                wrong("CALENDAR-011", place, shown(list.get(i)));
            }
        }
    }

    private void override(Map<?, ?> row, String place) {
        row.keySet().stream()
                .map(String::valueOf)
                .filter(key -> !OVERRIDE_KEYS.contains(key))
                .forEach(key -> wrong("CALENDAR-002", place, key));
        LocalDate first = date(row.get("day"), place);
        LocalDate last = row.get("until") == null ? first : date(row.get("until"), place);
        if (first == null || last == null) {
            return;
        }
        if (last.isBefore(first) || last.isAfter(first.plusDays(LONGEST_STRETCH))) {
            wrong("CALENDAR-012", place, first.toString(), last.toString());
            return;
        }
        boolean usual = USUAL.equals(row.get("hours"));
        List<WorkCalendar.Hours> own = usual ? List.of() : hours(row.get("hours"), place + ".hours");
        first.datesUntil(last.plusDays(1)).forEach(day -> {
            List<WorkCalendar.Hours> there = usual ? hours.getOrDefault(day.getDayOfWeek(), List.of()) : own;
            if (special.put(day, there) != null) {
                wrong("CALENDAR-013", place, day.toString());
            }
        });
    }

    private @Nullable LocalDate date(@Nullable Object value, String place) {
        try {
            return LocalDate.parse(String.valueOf(value));
        } catch (DateTimeException notADay) {
            wrong("CALENDAR-009", place, shown(value));
            return null;
        }
    }

    private void wrong(String code, String place, Object... values) {
        mistakes.add(new Mistake(code, place, List.of(values), true));
    }

    private static String shown(@Nullable Object value) {
        String text = value == null ? "–" : String.valueOf(value);
        return text.length() <= 60 ? text : text.substring(0, 60);
    }
}
