package org.jabr.audit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jabr.journal.Journal;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Writes down who read about whom. A page that somebody loads again within a while is the same reading
 * ({@code jabr.audit.read-again}, ten minutes).
 */
@Component
public class Readings {

    /** From so many on, those that are over are forgotten. */
    private static final int MANY = 5000;

    private final Journal journal;
    private final TransactionOperations transaction;
    private final Clock clock;
    private final Duration again;
    private final Map<Reading, Instant> known = new ConcurrentHashMap<>();

    Readings(
            Journal journal,
            TransactionOperations transaction,
            Clock clock,
            @Value("${jabr.audit.read-again:PT10M}") Duration again) {
        this.journal = journal;
        this.transaction = transaction;
        this.clock = clock;
        this.again = again;
    }

    private record Reading(String by, String about, String page) {}

    /**
     * Somebody reads; whoever calls shows nothing where this fails.
     *
     * @param by login
     * @param about reference of a case; the name of a list where it is about many
     * @param page what they read it on
     */
    public void read(String by, String about, String page) {
        Reading reading = new Reading(by, about, page);
        Instant now = clock.instant();
        Instant before = known.get(reading);
        if (before != null && before.plus(again).isAfter(now)) {
            return;
        }
        transaction.executeWithoutResult(status -> journal.append("personal.read", about, by, Map.of("page", page)));
        if (known.size() >= MANY) {
            known.values().removeIf(at -> !at.plus(again).isAfter(now));
        }
        known.put(reading, now);
    }
}
