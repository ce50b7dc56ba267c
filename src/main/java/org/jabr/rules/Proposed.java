package org.jabr.rules;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A proposal as guardrails see it in the first pass, each remedy alone.
 *
 * @param remedyClass RESTITUTION, GOODWILL or CARE
 * @param amount as proposed or chosen, in the currency of the case; null for words of care and where it is not known
 * @param floorAmount the highest amount of its floor rows; null where there is none
 * @param percentage whether the table gives a percentage of the loss
 * @param choiceMade whether a person made any choice at this moment
 * @param chosen whether that choice names this remedy
 * @param chosenAmount the amount that the choice names; null where it names none
 * @param grantedHere whether this remedy was already granted at this moment in this case
 * @param grantedHereAmount how much of this remedy was granted at this moment in this case
 * @param grantedBefore whether this remedy was already granted in this case
 * @param grantedBeforeAmount how much of this remedy was granted in this case
 * @param proposed the remedies that are proposed together, this one included
 * @param granted the remedies that were granted in this case
 */
public record Proposed(
        String remedy,
        String remedyClass,
        @Nullable BigDecimal amount,
        boolean floor,
        @Nullable BigDecimal floorAmount,
        boolean statutory,
        boolean percentage,
        boolean choiceMade,
        boolean chosen,
        @Nullable BigDecimal chosenAmount,
        boolean grantedHere,
        BigDecimal grantedHereAmount,
        boolean grantedBefore,
        BigDecimal grantedBeforeAmount,
        List<String> proposed,
        List<String> granted)
        implements Guarded {

    public Proposed {
        proposed = List.copyOf(proposed);
        granted = List.copyOf(granted);
    }

    /** What is left of the amount after what was already granted of this remedy at this moment. */
    public BigDecimal notYetGrantedHere() {
        return (amount == null ? BigDecimal.ZERO : amount).subtract(grantedHereAmount);
    }

    /** What is left of a limit after what was granted of this remedy in this case; nothing of an unknown limit. */
    public BigDecimal leftOf(@Nullable BigDecimal limit) {
        return (limit == null ? BigDecimal.ZERO : limit).subtract(grantedBeforeAmount);
    }
}
