package org.jabr.process.camunda;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Period;
import java.util.regex.Pattern;

/** Times that diagrams wait for. */
final class Timers {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{[^{}]*}");
    private static final long LONGEST_DAYS = 3650;

    private Timers() {}

    /**
     * Whether a case that waits goes on one day: the time can be read, is not negative, and lies within ten years.
     * Variables in it count as one.
     */
    static boolean fires(String kind, String text) {
        String example = VARIABLE.matcher(text).replaceAll("1");
        if (kind.equals("timeDate")) {
            // A day in the diagram is the same for every case of all years to come; only a variable makes sense.
            return VARIABLE.matcher(text).matches();
        }
        try {
            int time = example.indexOf('T');
            String days = time < 0 ? example : example.substring(0, time);
            Period period = days.equals("P") || days.isEmpty() ? Period.ZERO : Period.parse(days);
            Duration rest = time < 0 ? Duration.ZERO : Duration.parse("P" + example.substring(time));
            long total = period.getYears() * 366L + period.getMonths() * 31L + period.getDays();
            boolean negative = period.isNegative() || rest.isNegative();
            return !negative
                    && !(total == 0 && rest.isZero())
                    && total + rest.toDays() <= LONGEST_DAYS
                    && !example.contains("-");
        } catch (DateTimeException | ArithmeticException e) {
            return false;
        }
    }
}
