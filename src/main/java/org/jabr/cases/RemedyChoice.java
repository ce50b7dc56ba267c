package org.jabr.cases;

import java.time.OffsetDateTime;
import java.util.List;
import org.jabr.customers.PersonalText;
import org.jabr.rules.CaseId;
import org.jabr.rules.Choice;
import org.jabr.rules.Moment;
import org.jspecify.annotations.Nullable;

/**
 * What a person picked instead of the recommendation.
 *
 * @param why one line, in their own words
 * @param decisionId the decision that it became; null until the rules were asked about it
 * @param draft the draft in which it was proposed as a rule; null where it was not
 */
public record RemedyChoice(
        long id,
        CaseId caseId,
        Moment moment,
        List<Choice> chosen,
        PersonalText why,
        String by,
        OffsetDateTime at,
        State state,
        @Nullable Long decisionId,
        @Nullable String draft) {

    /** Where the choice stands. */
    public enum State {
        /** Waits for the diagram to decide. */
        OPEN,
        /** Became a decision. */
        DECIDED,
        /** Another choice took its place before it was decided. */
        DROPPED
    }

    public RemedyChoice {
        chosen = List.copyOf(chosen);
    }
}
