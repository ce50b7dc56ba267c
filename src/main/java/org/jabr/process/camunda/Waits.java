package org.jabr.process.camunda;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.util.Arrays;
import java.util.regex.Pattern;

/** Times that diagrams wait for. */
final class Waits {

    private static final int MOST_RETRIES = 10;
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{[^{}]*}");
    private static final Pattern WHOLE = Pattern.compile("\\$\\{[^{}]*}");

    private Waits() {}

    /** Whether a timer can wait for that: a duration above nothing, a date and time, or one with variables in it. */
    static boolean timer(String kind, String text) {
        if (WHOLE.matcher(text).matches()) {
            return true;
        }
        String example = VARIABLE.matcher(text).replaceAll("1");
        return kind.equals("timeDate") ? dateTime(example) : duration(example);
    }

    /** Whether retries are few, and a second apart at least. */
    static boolean retries(String text) {
        String[] waits = text.split(",", -1);
        return waits.length <= MOST_RETRIES
                && Arrays.stream(waits).allMatch(wait -> wait.length() < 40 && second(wait));
    }

    private static boolean second(String text) {
        try {
            return Duration.parse(text.strip()).compareTo(Duration.ofSeconds(1)) >= 0;
        } catch (DateTimeException notADuration) {
            return false;
        }
    }

    private static boolean duration(String text) {
        try {
            return Duration.parse(text).compareTo(Duration.ZERO) > 0;
        } catch (DateTimeException notInDays) {
            try {
                Period period = Period.parse(text);
                return !period.isNegative() && !period.isZero();
            } catch (DateTimeException notADuration) {
                return false;
            }
        }
    }

    private static boolean dateTime(String text) {
        try {
            OffsetDateTime.parse(text);
            return true;
        } catch (DateTimeException withoutOffset) {
            try {
                LocalDateTime.parse(text);
                return true;
            } catch (DateTimeException notATime) {
                return false;
            }
        }
    }
}
