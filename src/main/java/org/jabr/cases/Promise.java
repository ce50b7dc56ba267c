package org.jabr.cases;

import java.time.OffsetDateTime;
import org.jabr.rules.CaseId;
import org.jspecify.annotations.Nullable;

/** Anything told to the customer with a time on it. A miss is a failure of its own. */
public record Promise(
        long id,
        CaseId caseId,
        Kind kind,
        OffsetDateTime madeAt,
        OffsetDateTime dueAt,
        State state,
        @Nullable OffsetDateTime endedAt) {

    /** What was promised. */
    public enum Kind {
        /** A person speaks to the customer. */
        PERSONAL_CONTACT,
        /** The matter is resolved. */
        RESOLUTION
    }

    /** What became of it. */
    public enum State {
        OPEN,
        KEPT,
        MISSED,
        CANCELLED
    }
}
