package org.jabr.cases;

import de.focus_shift.jollyday.core.Holiday;
import de.focus_shift.jollyday.core.HolidayManager;
import de.focus_shift.jollyday.core.HolidayType;
import de.focus_shift.jollyday.core.ManagerParameters;
import java.time.LocalDate;
import java.time.Year;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The free days of a country, or of one of its regions, as its law has them. */
final class PublicHolidays implements Predicate<LocalDate> {

    private static final Pattern PLACE = Pattern.compile("[A-Za-z]{2}(/[A-Za-z0-9]{1,10}){0,2}");

    private final HolidayManager country;
    private final String[] region;
    private final Map<Integer, Set<LocalDate>> years = new ConcurrentHashMap<>();

    private PublicHolidays(HolidayManager country, String[] region) {
        this.country = country;
        this.region = region;
    }

    /** Whether there is such a country, and such a region in it. */
    static boolean known(String place) {
        if (!PLACE.matcher(place).matches()) {
            return false;
        }
        String[] parts = parts(place);
        if (HolidayManager.getSupportedCalendarCodes().stream().noneMatch(parts[0]::equalsIgnoreCase)) {
            return false;
        }
        var at = HolidayManager.getInstance(ManagerParameters.create(parts[0])).getCalendarHierarchy();
        for (String region : rest(parts)) {
            at = at.getChildren().get(region);
            if (at == null) {
                return false;
            }
        }
        return true;
    }

    /** @param place a country, such as {@code SA}, or a region of it, such as {@code DE/BY} */
    static PublicHolidays of(String place) {
        String[] parts = parts(place);
        return new PublicHolidays(HolidayManager.getInstance(ManagerParameters.create(parts[0])), rest(parts));
    }

    @Override
    public boolean test(LocalDate day) {
        return years.computeIfAbsent(day.getYear(), this::year).contains(day);
    }

    private Set<LocalDate> year(int year) {
        return country.getHolidays(Year.of(year), HolidayType.PUBLIC_HOLIDAY, region).stream()
                .map(Holiday::getDate)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String[] parts(String place) {
        return place.toLowerCase(Locale.ROOT).split("/");
    }

    private static String[] rest(String[] parts) {
        return Arrays.copyOfRange(parts, 1, parts.length);
    }
}
