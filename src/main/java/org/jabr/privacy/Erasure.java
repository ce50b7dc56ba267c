package org.jabr.privacy;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A customer's data is to be erased, or was.
 *
 * @param customerRef how the company's own systems name the customer; {@code erased-} and the id once that is done
 * @param ground by its name in the rules of privacy
 * @param dueOn until when it is answered
 * @param refusal ground of the refusal by its name in the rules; null where it was not refused
 */
public record Erasure(
        long id,
        long customerId,
        String customerRef,
        String ground,
        State state,
        String askedBy,
        OffsetDateTime askedAt,
        LocalDate dueOn,
        @Nullable String decidedBy,
        @Nullable OffsetDateTime decidedAt,
        @Nullable String refusal) {

    /** Where it stands. */
    public enum State {
        ASKED,
        DONE,
        REFUSED
    }
}
