package org.jabr.replay;

import java.util.List;
import org.jabr.cases.DecisionDocument;
import org.jabr.rules.CaseFacts;
import org.jabr.rules.Decision;
import org.jabr.rules.DecisionFailed;
import org.jabr.rules.Problem;
import org.jabr.rules.Rulebook;
import org.jspecify.annotations.Nullable;

/**
 * A past decision made once more.
 *
 * @param decision null where it cannot be made any more
 * @param failure code of why not
 * @param differences what is not the same, to the last reason
 */
record Again(@Nullable Decision decision, @Nullable String failure, List<Replayed.Difference> differences) {

    boolean identical() {
        return failure == null && differences.isEmpty();
    }

    static Again of(Rulebook rulebook, Decision before) {
        try {
            CaseFacts facts = rulebook.read(before.facts().document());
            Decision now = rulebook.decide(before.moment(), facts);
            return new Again(
                    now, null, Differences.between(DecisionDocument.resultOf(before), DecisionDocument.resultOf(now)));
        } catch (DecisionFailed failed) {
            return new Again(null, failed.code(), List.of());
        } catch (Problem refused) {
            return new Again(null, refused.code(), List.of());
        }
    }
}
