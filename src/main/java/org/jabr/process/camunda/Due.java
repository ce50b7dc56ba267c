package org.jabr.process.camunda;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import org.jabr.cases.RecoveryCase;

/** When work must be done: {@code person} and {@code resolve} are deadlines of the case, anything else a duration. */
final class Due {

    private static final String PERSON = "person";
    private static final String RESOLVE = "resolve";

    private Due() {}

    static boolean valid(String due) {
        try {
            return due.equals(PERSON)
                    || due.equals(RESOLVE)
                    || !Duration.parse(due).isNegative();
        } catch (DateTimeException e) {
            return false;
        }
    }

    static OffsetDateTime of(String due, RecoveryCase recovery, OffsetDateTime now) {
        return switch (due) {
            case PERSON -> recovery.personDueAt();
            case RESOLVE -> recovery.resolveDueAt();
            default -> now.plus(Duration.parse(due));
        };
    }
}
