package org.jabr.replay;

import java.util.List;
import org.jabr.cases.StoredDecision;
import org.jabr.rules.Decision;
import org.jabr.rules.Rulebook;

/**
 * What the facts of a past decision come to under another release.
 *
 * @param rulebook the rules of the other release
 * @param places what is not the same, to the last reason
 */
public record Counterfactual(
        StoredDecision stored, Rulebook rulebook, Decision decision, List<Replayed.Difference> places) {

    public Counterfactual {
        places = List.copyOf(places);
    }

    /** What comes out otherwise; reasons do not count. */
    public List<Compared.Difference> differences() {
        return Compared.between(stored.decision(), decision);
    }
}
