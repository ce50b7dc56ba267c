package org.jabr.process;

import org.jabr.cases.RecoveryCase;
import org.jabr.rules.Decider;
import org.jabr.rules.Problem;
import org.jabr.worklist.WorkItem;
import org.jspecify.annotations.Nullable;

/** The way of a running case through its diagram, as this room moves it on. */
public interface Course {

    /**
     * Tells the running process of a case what happened, as part of the caller's transaction. Where nothing in its
     * diagram waits for it, nothing happens.
     *
     * @param about what it is about, such as the key of a remedy
     * @return whether anything waited for it
     * @throws Problem {@code CASE-002} where the case is moved by somebody else at this moment
     */
    boolean tell(RecoveryCase recovery, Happening what, @Nullable String about);

    /**
     * Goes on behind a completed work item, as part of the caller's transaction.
     *
     * @throws Problem {@code WORK-002} where the diagram has left the step meanwhile
     */
    void proceed(WorkItem item, Decider by);

    /** What can happen to a case at any time; the diagram's messages have these names in camel case. */
    enum Happening {
        CUSTOMER_CONTACTED,
        CUSTOMER_WITHDREW,
        PROMISE_MISSED,
        REGULATOR_COMPLAINED,
        REMEDY_FAILED,
        SURVEY_ANSWERED
    }
}
