package org.jabr.cases;

import java.time.OffsetDateTime;
import org.jabr.customers.PersonalText;
import org.jabr.rules.CaseId;
import org.jspecify.annotations.Nullable;

/**
 * Two cases that have to do with each other.
 *
 * @param caseId the case that went on in the other, came out of it, or came after it
 * @param reason why, in the words of whoever did it
 */
public record CaseLink(
        Kind kind, CaseId caseId, CaseId otherId, @Nullable PersonalText reason, String by, OffsetDateTime at) {

    /** How they have to do with each other. */
    public enum Kind {
        /** The case went on in the other one. */
        MERGED,
        /** The case came out of the other one. */
        SPLIT,
        /** The case came after the other one had closed. */
        FOLLOWS
    }
}
