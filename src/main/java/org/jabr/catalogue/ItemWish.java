package org.jabr.catalogue;

import java.util.Map;
import org.jabr.rules.Money;
import org.jabr.rules.Remedy;
import org.jspecify.annotations.Nullable;

/**
 * A remedy for which an item is sought.
 *
 * @param amount what is granted; null where no amount belongs to the remedy
 * @param wanted the item that a person picked; null where the rules choose
 */
public record ItemWish(
        long customerId,
        Remedy remedy,
        @Nullable Money amount,
        About about,
        @Nullable String wanted,
        String by) {

    /**
     * What is known of the case, without a word about who it is.
     *
     * @param release whose rules choose
     * @param region empty where it is not known
     * @param facts by path, as the rules name them
     */
    public record About(String release, String currency, String language, String region, Map<String, Object> facts) {

        public About {
            facts = Map.copyOf(facts);
        }
    }
}
