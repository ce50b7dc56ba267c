package org.jabr.process;

import java.time.Clock;
import java.time.OffsetDateTime;
import org.jabr.cases.CaseDesk;
import org.jabr.cases.Cases;
import org.jabr.cases.Merges;
import org.jabr.cases.Promise;
import org.jabr.cases.Promises;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Notices promises whose time is over. Several nodes may look at once: a miss counts exactly once. */
@Component
class PromiseKeeper {

    private static final Logger LOG = LoggerFactory.getLogger(PromiseKeeper.class);
    private static final int AT_ONCE = 100;

    private final Promises promises;
    private final Cases cases;
    private final CaseDesk desk;
    private final Course course;
    private final Merges merges;
    private final TransactionTemplate transaction;
    private final Clock clock;

    PromiseKeeper(
            Promises promises,
            Cases cases,
            CaseDesk desk,
            Course course,
            Merges merges,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.promises = promises;
        this.cases = cases;
        this.desk = desk;
        this.course = course;
        this.merges = merges;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /** Each promise is a transaction of its own, so that one that fails holds up no other; it is tried again next time. */
    @Scheduled(initialDelayString = "${jabr.promises.every:PT10S}", fixedDelayString = "${jabr.promises.every:PT10S}")
    void look() {
        for (Promise promise : promises.overdue(OffsetDateTime.now(clock), AT_ONCE)) {
            try {
                transaction.executeWithoutResult(status -> miss(promise));
            } catch (RuntimeException e) {
                LOG.warn("Promise {} could not be marked as missed yet: {}", promise.id(), e.toString());
            }
        }
    }

    private void miss(Promise promise) {
        Promise current = merges.current(promise);
        if (desk.missed(current)) {
            course.tell(cases.get(current.caseId()), Course.Happening.PROMISE_MISSED, null);
        }
    }
}
