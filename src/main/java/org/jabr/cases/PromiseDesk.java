package org.jabr.cases;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Map;
import org.jabr.customers.PersonalText;
import org.jabr.rules.Decider;
import org.jabr.rules.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What people promise to customers, and what becomes of it. Each method is one transaction, or part of the caller's. */
@Service
public class PromiseDesk {

    /** Longest text of a promise, in characters. */
    public static final int LONGEST = 400;

    private static final String DUE_AT = "dueAt";

    private final Promises promises;
    private final Cases cases;
    private final ClockRules rules;
    private final Timeline timeline;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    PromiseDesk(
            Promises promises,
            Cases cases,
            ClockRules rules,
            Timeline timeline,
            ApplicationEventPublisher events,
            Clock clock) {
        this.promises = promises;
        this.cases = cases;
        this.rules = rules;
        this.timeline = timeline;
        this.events = events;
        this.clock = clock;
    }

    /**
     * A person promised something to the customer.
     *
     * @param said in their words, as the customer will read it again
     * @throws Problem {@code PROMISE-001} without words or with too many, {@code PROMISE-002} not in the future,
     *     {@code CASE-006} the case has ended
     */
    @Transactional
    public void make(String reference, PersonalText said, OffsetDateTime dueAt, Decider by) {
        RecoveryCase recovery = cases.get(reference);
        if (recovery.stage().ended()) {
            throw new Problem(Problem.Kind.CONFLICT, "CASE-006", reference);
        }
        String words = said.value().strip();
        if (words.isEmpty() || words.length() > LONGEST) {
            throw new Problem(Problem.Kind.INVALID, "PROMISE-001", LONGEST);
        }
        OffsetDateTime now = ahead(dueAt);
        long id = promises.make(
                recovery.id(),
                Promise.Kind.AGREED,
                new PersonalText(words),
                by.login(),
                now,
                dueAt,
                progressDueAt(rules, recovery.release(), Promise.Kind.AGREED, now, dueAt));
        note(recovery, "PROMISE_MADE", Map.of(DUE_AT, dueAt.toString()), by.login());
        events.publishEvent(new Promise.Made(recovery, promises.get(id)));
    }

    /**
     * A person kept what was promised in words. What the house promised is kept by doing it.
     *
     * @throws Problem {@code PROMISE-003} no such promise, {@code PROMISE-004} it was kept, missed or dropped meanwhile
     */
    @Transactional
    public void keep(String reference, long id, Decider by) {
        RecoveryCase recovery = cases.get(reference);
        Promise promise = of(recovery, id);
        if (promise.kind() != Promise.Kind.AGREED) {
            throw new Problem(Problem.Kind.INVALID, "PROMISE-003");
        }
        // Work first: whoever completes it comes to the promise the same way.
        events.publishEvent(new CaseClock.Changing(recovery.id()));
        if (!promises.keep(id, OffsetDateTime.now(clock))) {
            throw new Problem(Problem.Kind.CONFLICT, "PROMISE-004");
        }
        note(recovery, "PROMISE_KEPT", Map.of(), by.login());
        events.publishEvent(new Promise.Kept(recovery, promise));
    }

    /**
     * A promise gets another time; the customer is told in the same transaction, otherwise it stays as it was.
     *
     * @throws Problem {@code PROMISE-002} not in the future, {@code PROMISE-003} no such promise, {@code PROMISE-004} it
     *     was kept, missed, dropped or moved meanwhile, {@code PROMISE-005} its time is over already
     */
    @Transactional
    public void move(String reference, long id, OffsetDateTime dueAt, Decider by) {
        RecoveryCase recovery = cases.get(reference);
        Promise before = of(recovery, id);
        OffsetDateTime now = ahead(dueAt);
        if (before.state() == Promise.State.OPEN && before.dueAt().isBefore(now)) {
            throw new Problem(Problem.Kind.CONFLICT, "PROMISE-005");
        }
        OffsetDateTime progress = progressDueAt(rules, recovery.release(), before.kind(), now, dueAt);
        events.publishEvent(new CaseClock.Changing(recovery.id()));
        if (!promises.move(before, dueAt, progress)) {
            throw new Problem(Problem.Kind.CONFLICT, "PROMISE-004");
        }
        note(
                recovery,
                "PROMISE_MOVED",
                Map.of("promise", before.kind().name(), "from", before.dueAt().toString(), DUE_AT, dueAt.toString()),
                by.login());
        events.publishEvent(new Promise.Moved(recovery, of(recovery, id), before.dueAt()));
    }

    /**
     * The letter about a promise that is still to come goes out now.
     *
     * @return false where it did already, or the promise ended meanwhile
     */
    @Transactional
    public boolean progress(Promise promise) {
        return promises.progress(promise.id(), OffsetDateTime.now(clock));
    }

    /** When the letter about a promise goes out; null for none. */
    static @Nullable OffsetDateTime progressDueAt(
            ClockRules rules, String release, Promise.Kind kind, OffsetDateTime madeAt, OffsetDateTime dueAt) {
        return rules.progress(release, kind)
                .filter(progress ->
                        !madeAt.plusMinutes(progress.shortestMinutes()).isAfter(dueAt))
                .map(progress -> dueAt.minusMinutes(progress.minutesBefore()))
                .orElse(null);
    }

    private OffsetDateTime ahead(OffsetDateTime dueAt) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        if (!dueAt.isAfter(now)) {
            throw new Problem(Problem.Kind.INVALID, "PROMISE-002");
        }
        return now;
    }

    private Promise of(RecoveryCase recovery, long id) {
        return promises.find(id)
                .filter(promise -> promise.caseId().equals(recovery.id()))
                .orElseThrow(() -> new Problem(Problem.Kind.NOT_FOUND, "PROMISE-003"));
    }

    private void note(RecoveryCase recovery, String kind, Map<String, Object> values, String by) {
        timeline.add(recovery.id(), new TimelineEntry(kind, values, by, OffsetDateTime.now(clock)));
        events.publishEvent(new RecoveryCase.Noted(recovery, kind, values, by));
    }
}
