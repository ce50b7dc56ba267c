package org.jabr.rules;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the tables propose for one remedy, before any guardrail objects.
 *
 * @param amount null for words of care, and for a percentage of an unknown loss
 * @param floor everybody gets it, whatever the tier
 * @param floorAmount the highest amount of its floor rows; null where there is none
 * @param statutory owed by law
 * @param percentage whether the amount is a percentage of the loss
 */
public record Proposal(
        String remedy,
        @Nullable Money amount,
        boolean floor,
        @Nullable Money floorAmount,
        boolean statutory,
        boolean percentage,
        List<RuleRef> because) {

    public Proposal {
        because = List.copyOf(because);
    }
}
