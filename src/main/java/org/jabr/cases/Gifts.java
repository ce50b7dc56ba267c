package org.jabr.cases;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jabr.catalogue.ItemWish;
import org.jabr.catalogue.Shelf;
import org.jabr.releases.Releases;
import org.jabr.rules.CaseId;
import org.jabr.rules.Decider;
import org.jabr.rules.Money;
import org.jabr.rules.Problem;
import org.jabr.rules.Remedy;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What of the catalogue suits a case, for people who pick. */
@Service
public class Gifts {

    private static final String REGION = "answers.region";
    private static final String MOOD = "conversation.emotion";

    private final Cases cases;
    private final Releases releases;
    private final Shelf shelf;

    Gifts(Cases cases, Releases releases, Shelf shelf) {
        this.cases = cases;
        this.releases = releases;
        this.shelf = shelf;
    }

    /** What fits, the best first; empty where the catalogue has nothing for this remedy. */
    @Transactional(readOnly = true)
    public Optional<Shelf.Offer> offer(RecoveryCase recovery, String remedy, @Nullable Money amount) {
        return remedy(releases, recovery, remedy)
                .flatMap(known -> shelf.offer(wish(recovery, known, amount, null, Decider.RULES.login())));
    }

    /**
     * Keeps what a person picked until the remedy is granted.
     *
     * @throws Problem {@code CATALOGUE-014} where it does not fit
     */
    @Transactional
    public void pick(CaseId id, String remedy, @Nullable Money amount, String item, Decider by) {
        RecoveryCase recovery = cases.get(id);
        Remedy known = remedy(releases, recovery, remedy)
                .orElseThrow(() -> new Problem(Problem.Kind.INVALID, "CATALOGUE-014", item));
        shelf.pick(id, wish(recovery, known, amount, item, by.login()));
    }

    private static ItemWish wish(
            RecoveryCase recovery, Remedy remedy, @Nullable Money amount, @Nullable String wanted, String by) {
        return new ItemWish(recovery.customerId(), remedy, amount, about(recovery), wanted, by);
    }

    static Optional<Remedy> remedy(Releases releases, RecoveryCase recovery, String name) {
        return releases.rulebook(recovery.release()).catalogue().stream()
                .filter(remedy -> remedy.name().equals(name))
                .findFirst();
    }

    /** What an item is chosen by: nothing of it says who the customer is. */
    static ItemWish.About about(RecoveryCase recovery) {
        Map<String, Object> facts = new HashMap<>();
        facts.put("failure.type", recovery.failureType());
        if (!recovery.tier().isEmpty()) {
            facts.put("customer.tier", recovery.tier());
        }
        if (recovery.severity() > 0) {
            facts.put("recovery.severity", (long) recovery.severity());
        }
        Object mood = recovery.given().get(MOOD);
        if (mood != null) {
            facts.put(MOOD, mood);
        }
        return new ItemWish.About(
                recovery.release(),
                recovery.currency(),
                recovery.language(),
                String.valueOf(recovery.given().getOrDefault(REGION, "")),
                facts);
    }
}
