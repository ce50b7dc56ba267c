package org.jabr.remedies;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jabr.catalogue.ItemWish;
import org.jabr.rules.Authority;
import org.jabr.rules.Decider;
import org.jabr.rules.Money;
import org.jabr.rules.Remedy;
import org.jspecify.annotations.Nullable;

/** Where the money and the goods come from: nothing is granted that was not reserved. */
interface Purse {

    /** Reserves what is granted; an order whose budget does not reach any more comes back as one that is asked for. */
    List<RemedyOrder> reserve(List<RemedyOrder> orders);

    /**
     * Reserves what somebody approves.
     *
     * @return who must approve instead, because the budget does not reach any more and this authority may not go beyond it
     * @throws org.jabr.rules.Problem {@code TREASURY-011} where nobody may, because it is not in store,
     *     {@code CATALOGUE-020} where no item fits
     */
    default Optional<Authority> approve(Effect effect, @Nullable Money money, Approval approval, Decider by) {
        return Optional.empty();
    }

    /** Holds what these effects were reserved in, before more than one of them is told of: in one order, whoever does it. */
    default void hold(Collection<String> effects) {
        // Where nothing is kept count of, nothing is held.
    }

    /**
     * What an approver says besides the amount.
     *
     * @param item that they picked; null where the rules choose
     * @param about what is known of the case; null where no item is chosen
     * @param remedy that is approved; null where no item is chosen
     */
    record Approval(
            @Nullable String item,
            ItemWish.@Nullable About about,
            @Nullable Remedy remedy) {

        static final Approval PLAIN = new Approval(null, null, null);
    }
}
