package org.jabr.review;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import org.jabr.customers.PersonalText;

/**
 * What was wrong with a decision of a sample, followed up until somebody who audits closes it.
 *
 * @param cause of the rules
 * @param department that answers for it
 * @param dueOn by when it is answered
 */
public record Observation(
        long id,
        long item,
        long sample,
        int place,
        long decision,
        String caseReference,
        String release,
        String severity,
        String cause,
        String department,
        State state,
        LocalDate dueOn,
        int version,
        List<Step> steps) {

    public Observation {
        steps = List.copyOf(steps);
    }

    /** Where it stands. */
    public enum State {
        /** The department has to say what it does about it. */
        OPEN,
        /** An auditor has to say whether that suffices. */
        ANSWERED,
        CLOSED
    }

    /** What somebody did. */
    public enum Deed {
        RAISED,
        ANSWERED,
        CLOSED,
        REOPENED
    }

    /** @param said in a person's words */
    public record Step(Deed deed, PersonalText said, String by, OffsetDateTime at) {}
}
