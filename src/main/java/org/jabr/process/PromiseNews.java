package org.jabr.process;

import java.util.ArrayList;
import java.util.List;
import org.jabr.cases.CaseClock;
import org.jabr.cases.Cases;
import org.jabr.cases.Promise;
import org.jabr.cases.PromiseDesk;
import org.jabr.cases.Promises;
import org.jabr.cases.RecoveryCase;
import org.jabr.cases.Stage;
import org.jabr.rules.Authority;
import org.jabr.rules.Problem;
import org.jabr.worklist.DueTimes;
import org.jabr.worklist.NewWork;
import org.jabr.worklist.WorkItem;
import org.jabr.worklist.Worklist;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * What follows from a promise that was made or kept and from a time that moved, in the same transaction: work stands in the
 * list until it is done, the customer is told, work is due anew.
 */
@Component
class PromiseNews {

    static final String MOVED = "promise-moved";

    private static final String TASK = "promise-";
    private static final String NAME = "KEEP_PROMISE";

    private final PromiseDesk promiseDesk;
    private final Promises promises;
    private final Cases cases;
    private final Letters letters;
    private final Worklist worklist;
    private final DueTimes dueTimes;

    PromiseNews(
            PromiseDesk promiseDesk,
            Promises promises,
            Cases cases,
            Letters letters,
            Worklist worklist,
            DueTimes dueTimes) {
        this.promiseDesk = promiseDesk;
        this.promises = promises;
        this.cases = cases;
        this.letters = letters;
        this.worklist = worklist;
        this.dueTimes = dueTimes;
    }

    /** Whoever promised something has it in their list until it is done, ordered as all work of the case is. */
    @EventListener
    void made(Promise.Made event) {
        RecoveryCase recovery = event.recovery();
        Promise promise = event.promise();
        List<WorkItem.Why> why = new ArrayList<>(List.of(new WorkItem.Why("due", 0, List.of())));
        if (recovery.boostMinutes() > 0) {
            why.add(new WorkItem.Why("boost", recovery.boostMinutes(), recovery.boostBecause()));
        }
        worklist.open(new NewWork(
                WorkItem.Kind.PROMISE,
                NAME,
                recovery.id(),
                recovery.reference(),
                recovery.release(),
                task(promise),
                "",
                null,
                String.valueOf(promise.id()),
                Authority.AGENT,
                null,
                recovery.queue(),
                recovery.skill(),
                recovery.language(),
                promise.by(),
                promise.dueAt(),
                why));
    }

    @EventListener
    void kept(Promise.Kept event) {
        worklist.cancel(task(event.promise()));
    }

    /** What was promised is done. A promise that was missed before stays missed. */
    @EventListener
    void done(WorkItem.Completed event) {
        String subject = event.item().subject();
        if (event.item().kind() == WorkItem.Kind.PROMISE && subject != null) {
            Promise promise = promises.get(Long.parseLong(subject));
            if (promise.state() == Promise.State.OPEN) {
                promiseDesk.keep(cases.get(promise.caseId()).reference(), promise.id(), event.by());
            }
        }
    }

    @EventListener
    void withdrawn(RecoveryCase.Moved event) {
        if (event.recovery().stage() == Stage.WITHDRAWN) {
            promises.ofCase(event.recovery().id()).stream()
                    .filter(promise -> promise.state() == Promise.State.CANCELLED)
                    .forEach(promise -> worklist.cancel(task(promise)));
        }
    }

    private static String task(Promise promise) {
        return TASK + promise.id();
    }

    /** @throws Problem {@code PROMISE-006} where the case's release has no words for it */
    @EventListener
    void moved(Promise.Moved event) {
        if (!letters.tell(event.promise(), MOVED)) {
            throw new Problem(
                    Problem.Kind.CONFLICT, "PROMISE-006", event.recovery().reference());
        }
        dueTimes.move(task(event.promise()), event.promise().dueAt());
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
