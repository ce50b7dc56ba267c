package org.jabr.audit;

import java.time.OffsetDateTime;
import java.util.List;
import org.jabr.rules.Authority;
import org.jabr.rules.Money;
import org.jabr.rules.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * A decision as a search shows it.
 *
 * @param position of its entry in the order in which entries were sealed
 * @param by login of who decided, or {@code rules}
 * @param tier of the case
 * @param type failure type of the case
 * @param chosen whether a person picked something else than the rules had recommended
 */
public record FoundDecision(
        long id,
        long position,
        String caseReference,
        String moment,
        String release,
        OffsetDateTime at,
        String by,
        String tier,
        String type,
        String channel,
        String language,
        boolean chosen,
        List<Given> remedies) {

    public FoundDecision {
        remedies = List.copyOf(remedies);
    }

    /** What came out for one remedy. */
    public record Given(
            String remedy,
            Verdict verdict,
            @Nullable Authority authority,
            @Nullable Money amount) {}
}
