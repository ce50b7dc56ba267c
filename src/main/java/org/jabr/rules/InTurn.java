package org.jabr.rules;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A remedy as guardrails see it in the second pass, when its turn comes in the order of work. It is shown at four
 * steps, each time with the amount and the totals as they stand then.
 *
 * @param step PAIR (beside which remedies), WINDOW (goodwill so far), CEILING (value so far), BUDGET (authority known)
 * @param amount after the caps so far; null for words of care and where it is not known
 * @param passed the remedies that passed before it in this decision
 * @param granted the remedies that were granted in this case
 * @param goodwill goodwill of this decision so far, with this remedy
 * @param goodwillBefore goodwill of this decision so far, without this remedy
 * @param total value granted in this case and decided so far, with this remedy
 * @param authority whom the authority table names, at the step BUDGET
 */
public record InTurn(
        String step,
        String remedy,
        String remedyClass,
        @Nullable BigDecimal amount,
        boolean floor,
        boolean statutory,
        List<String> passed,
        List<String> granted,
        BigDecimal goodwill,
        BigDecimal goodwillBefore,
        BigDecimal total,
        @Nullable String authority)
        implements Guarded {

    public InTurn {
        passed = List.copyOf(passed);
        granted = List.copyOf(granted);
    }

    /** What a limit leaves for this remedy after the goodwill before it; nothing of an unknown limit. */
    public BigDecimal leftOf(@Nullable BigDecimal limit) {
        return (limit == null ? BigDecimal.ZERO : limit).subtract(goodwillBefore);
    }

    /** How far the value given so far, with this remedy, is above that amount. */
    public BigDecimal above(BigDecimal amount) {
        return total.subtract(amount);
    }
}
