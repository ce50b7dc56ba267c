package org.jabr.process;

import org.jabr.cases.CaseClock;
import org.jabr.cases.Promise;
import org.jabr.rules.Problem;
import org.jabr.worklist.DueTimes;
import org.jabr.worklist.Worklist;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** What follows from a time that moved, in the transaction in which it does: the customer is told, work is due anew. */
@Component
class PromiseNews {

    static final String MOVED = "promise-moved";

    private final Letters letters;
    private final Worklist worklist;
    private final DueTimes dueTimes;

    PromiseNews(Letters letters, Worklist worklist, DueTimes dueTimes) {
        this.letters = letters;
        this.worklist = worklist;
        this.dueTimes = dueTimes;
    }

    /** @throws Problem {@code PROMISE-006} where the case's release has no words for it */
    @EventListener
    void moved(Promise.Moved event) {
        if (!letters.tell(event.promise(), MOVED)) {
            throw new Problem(
                    Problem.Kind.CONFLICT, "PROMISE-006", event.recovery().reference());
        }
    }

    @EventListener
    void changing(CaseClock.Changing event) {
        worklist.hold(event.caseId());
    }

    @EventListener
    void moved(CaseClock.Moved event) {
        dueTimes.follow(event.recovery().id(), event.from(), event.to());
    }
}
