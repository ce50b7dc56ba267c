package org.jabr.process;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import org.jabr.cases.CaseDesk;
import org.jabr.cases.Cases;
import org.jabr.cases.Merges;
import org.jabr.cases.Promise;
import org.jabr.cases.PromiseDesk;
import org.jabr.cases.Promises;
import org.jabr.cases.RecoveryCase;
import org.jabr.cases.Stage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Tells customers how far things are before a promise is due, and notices promises whose time is over. Several nodes may
 * look at once: a letter goes out once, and a miss counts exactly once.
 */
@Component
class PromiseKeeper {

    private static final Logger LOG = LoggerFactory.getLogger(PromiseKeeper.class);
    private static final int AT_ONCE = 100;

    private static final String PROGRESS = "progress";

    private final Promises promises;
    private final PromiseDesk promiseDesk;
    private final Letters letters;
    private final Cases cases;
    private final CaseDesk desk;
    private final Course course;
    private final Merges merges;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    PromiseKeeper(
            Promises promises,
            PromiseDesk promiseDesk,
            Letters letters,
            Cases cases,
            CaseDesk desk,
            Course course,
            Merges merges,
            PlatformTransactionManager transactions,
            ApplicationEventPublisher events,
            Clock clock) {
        this.promises = promises;
        this.promiseDesk = promiseDesk;
        this.letters = letters;
        this.cases = cases;
        this.desk = desk;
        this.course = course;
        this.merges = merges;
        this.transaction = new TransactionTemplate(transactions);
        this.events = events;
        this.clock = clock;
    }

    /** Each promise is a transaction of its own, so that one that fails holds up no other; it is tried again next time. */
    @Scheduled(initialDelayString = "${jabr.promises.every:PT10S}", fixedDelayString = "${jabr.promises.every:PT10S}")
    void look() {
        OffsetDateTime now = OffsetDateTime.now(clock);
        for (Promise promise : promises.awaitingProgress(now, AT_ONCE)) {
            attempt(promise, () -> tell(promise));
        }
        List<Promise> overdue = promises.overdue(now, null, AT_ONCE);
        while (!overdue.isEmpty()) {
            overdue.forEach(promise -> attempt(promise, () -> miss(promise)));
            overdue = promises.overdue(now, overdue.get(overdue.size() - 1), AT_ONCE);
        }
    }

    private void attempt(Promise promise, Runnable what) {
        try {
            transaction.executeWithoutResult(status -> what.run());
        } catch (RuntimeException e) {
            LOG.warn("Promise {} could not be looked after yet: {}", promise.id(), e.toString());
        }
    }

    private void tell(Promise promise) {
        if (promiseDesk.progress(promise)) {
            letters.tell(promise, PROGRESS);
        }
    }

    private void miss(Promise promise) {
        Promise current = merges.current(promise);
        RecoveryCase recovery = cases.get(current.caseId());
        if (recovery.stage() == Stage.CLOSED && desk.broken(current)) {
            events.publishEvent(new Promise.Outlived(recovery, current));
            current = merges.current(promises.get(promise.id()));
        }
        if (desk.missed(current)) {
            course.tell(cases.get(current.caseId()), Course.Happening.PROMISE_MISSED, null);
        }
    }
}
