package org.jabr.cases;

import java.time.OffsetDateTime;
import java.util.List;
import org.jabr.rules.CaseId;
import org.jspecify.annotations.Nullable;

/**
 * Two cases of one customer that may be about the same matter.
 *
 * @param caseId the newer one
 * @param points how much speaks for it, by the table {@code joining} of the release
 * @param because what speaks for it and against it, such as {@code sameOrder}
 */
public record Suggestion(
        long id,
        CaseId caseId,
        CaseId otherId,
        int points,
        List<String> because,
        State state,
        @Nullable String decidedBy,
        @Nullable OffsetDateTime decidedAt) {

    public Suggestion {
        because = List.copyOf(because);
    }

    /** What a person said to it. */
    public enum State {
        OPEN,
        JOINED,
        APART
    }

    /** The case at the other end. */
    public CaseId otherThan(CaseId one) {
        return one.equals(caseId) ? otherId : caseId;
    }
}
