package org.jabr.post;

import java.time.OffsetDateTime;
import org.jabr.rules.CaseId;
import org.jspecify.annotations.Nullable;

/**
 * One letter on its way to a customer. What it says, and the address, stay where they are kept and are read when it leaves.
 *
 * @param contactId what was said, as the case keeps it
 * @param code why it has not arrived; null where nothing went wrong
 * @param attempts how often it was handed to the mail server
 */
public record Delivery(
        long id,
        long contactId,
        CaseId caseId,
        long customerId,
        State state,
        @Nullable String code,
        int attempts,
        OffsetDateTime createdAt,
        OffsetDateTime updatedAt) {

    /** No address of the customer is known. */
    public static final String NO_ADDRESS = "NO_ADDRESS";

    /** Where the letter is. */
    public enum State {
        /** Leaves as soon as the mail server takes it. */
        WAITING,
        /** Being handed to the mail server. */
        SENT,
        /** The mail server has taken it. */
        CONFIRMED,
        /** It cannot leave by itself. */
        NEEDS_PERSON,
        /** A person told the customer another way. */
        SETTLED,
        /** It stays on the customer's own page. */
        NOT_SENT
    }

    /** It cannot leave by itself any more. */
    public record Failed(Delivery delivery) {}

    /** It leaves once more, so that nobody has to do anything about it. */
    public record Again(Delivery delivery) {}
}
