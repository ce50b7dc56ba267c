package org.jabr.post;

import java.time.OffsetDateTime;
import org.jabr.rules.CaseId;
import org.jspecify.annotations.Nullable;

/**
 * One letter on its way to a customer. What it says, and the address, stay where they are kept and are read when it leaves.
 *
 * @param contactId what was said, as the case keeps it
 * @param channel that it leaves by
 * @param sending which time it was set on its way: one, and one more whenever a person sends it once more
 * @param code why it has not arrived; null where nothing went wrong
 * @param attempts how often it was handed over
 * @param complainedAt when the customer did not want it, as the channel tells; null where not
 */
public record Delivery(
        long id,
        long contactId,
        CaseId caseId,
        long customerId,
        String channel,
        int sending,
        State state,
        @Nullable String code,
        int attempts,
        @Nullable OffsetDateTime complainedAt,
        OffsetDateTime createdAt,
        OffsetDateTime updatedAt) {

    /** No address of the customer is known. */
    public static final String NO_ADDRESS = "NO_ADDRESS";

    /** It was handed over and came back. */
    public static final String BOUNCED = "BOUNCED";

    /** How the world outside calls it; each sending has a name of its own, so that none is taken for another. */
    public String name() {
        return "letter-" + id + (sending == 1 ? "" : "." + sending);
    }

    /** Where the letter is. */
    public enum State {
        /** Leaves as soon as somebody takes it. */
        WAITING,
        /** Being handed over. */
        SENT,
        /** The mail server or the gateway for messages has taken it. */
        CONFIRMED,
        /** It has arrived, as the other side tells. */
        DELIVERED,
        /** It cannot leave by itself. */
        NEEDS_PERSON,
        /** A person told the customer another way. */
        SETTLED,
        /** It stays on the customer's own page. */
        NOT_SENT
    }

    /** It stands elsewhere than before; heard in the same transaction. */
    public record Changed(Delivery delivery) {}

    /** It cannot leave by itself any more. */
    public record Failed(Delivery delivery) {}

    /** It leaves once more, so that nobody has to do anything about it. */
    public record Again(Delivery delivery) {}

    /** It has arrived after all, so that nobody has to do anything about it. */
    public record Arrived(Delivery delivery) {}
}
