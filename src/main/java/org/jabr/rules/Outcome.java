package org.jabr.rules;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is decided for one remedy.
 *
 * @param amount the amount that counts (a replacement: the loss); null for words of care
 * @param authority of an ASK the one that must agree, of a GRANT the highest that was named; null for a REFUSE
 */
public record Outcome(
        String remedy,
        @Nullable Money amount,
        Verdict verdict,
        @Nullable Authority authority,
        List<RuleRef> because) {

    public Outcome {
        because = List.copyOf(because);
    }
}
