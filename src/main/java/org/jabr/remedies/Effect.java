package org.jabr.remedies;

import java.time.OffsetDateTime;
import org.jabr.customers.PersonalText;
import org.jabr.rules.Authority;
import org.jabr.rules.CaseId;
import org.jabr.rules.Money;
import org.jspecify.annotations.Nullable;

/**
 * One remedy of one case on its way to the customer.
 *
 * @param key the idempotency key: the decision and the remedy
 * @param kind what carries it out: REFUND, CREDIT, REPLACEMENT, GIFT, UPGRADE, MESSAGE or WORK_ITEM
 * @param money null for words and people
 * @param authority who had to agree, or must
 * @param askedBy who decided when it was asked for; another person approves
 * @param reference the gateway's reference once it is done
 */
public record Effect(
        String key,
        CaseId caseId,
        String caseReference,
        long customerId,
        long decisionId,
        String moment,
        String remedy,
        String remedyClass,
        String kind,
        @Nullable Money money,
        @Nullable String item,
        State state,
        Authority authority,
        @Nullable String askedBy,
        @Nullable String decidedBy,
        @Nullable PersonalText reason,
        @Nullable String reference,
        OffsetDateTime createdAt,
        OffsetDateTime updatedAt) {

    /** The class of an effect that takes another one back. */
    static final String UNDO = "UNDO";

    /** Whether it takes another effect back; its money is below zero then. */
    public boolean undo() {
        return remedyClass.equals(UNDO);
    }

    /** Whether the customer was granted it. */
    public boolean granted() {
        return !undo() && state.granted();
    }

    /** Where the effect stands. */
    public enum State {
        /** Awaits approval. */
        ASKED,
        /** Granted, not yet carried out. */
        RESERVED,
        /** Left the house, or is about to: the gateway has not said yet what came of it. */
        SENT,
        /** Nobody knows what came of it; the gateway is asked before anything else. */
        UNKNOWN,
        CONFIRMED,
        /** By an approver or by the gateway. */
        REFUSED,
        /** The gateway was asked often enough: a person finds out. */
        NEEDS_PERSON,
        /** Taken back by an effect of its own. */
        REVERSED,
        CANCELLED;

        /** Whether it counts as granted to the customer. */
        public boolean granted() {
            return switch (this) {
                case RESERVED, SENT, UNKNOWN, CONFIRMED, NEEDS_PERSON -> true;
                case ASKED, REFUSED, REVERSED, CANCELLED -> false;
            };
        }
    }

    /** The effect changed its state. */
    public record Changed(Effect effect, String by) {

        /** Whether a person must mend what could not be carried out. */
        public boolean failed() {
            return effect.state() == State.NEEDS_PERSON
                    || effect.state() == State.REFUSED && by.equals(SendingLedger.GATEWAY);
        }
    }
}
