package org.jabr.rules;

import org.jspecify.annotations.Nullable;

/**
 * What a guardrail objects to one proposal. Guardrails never change facts or proposals, they only add these.
 *
 * @param cap the highest amount, for a CAP
 * @param authority who must agree, for an ASK
 * @param otherPerson whether it must be another person than the decider (four eyes), for an ASK
 * @param reason what the guardrail says, as a stable short text of the rule; put into words on reading
 */
public record Objection(
        RuleRef rule,
        Kind kind,
        String remedy,
        @Nullable Money cap,
        @Nullable Authority authority,
        boolean otherPerson,
        String reason) {

    /** How a guardrail objects. */
    public enum Kind {
        CAP,
        ASK,
        REFUSE,
        NOTE
    }
}
