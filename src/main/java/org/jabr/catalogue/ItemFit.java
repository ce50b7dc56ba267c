package org.jabr.catalogue;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jabr.rules.Money;
import org.jabr.rules.RuleRef;
import org.jspecify.annotations.Nullable;

/**
 * An item that could be given.
 *
 * @param points of the rules; more is better
 * @param because the rules that gave them
 */
public record ItemFit(Item item, long points, List<RuleRef> because) {

    /** The best first; where two are as good, by their code. */
    static final Comparator<ItemFit> BEST = Comparator.comparingLong(ItemFit::points)
            .reversed()
            .thenComparing(fit -> fit.item().code());

    public ItemFit {
        because = List.copyOf(because);
    }

    /** Why an item cannot be given whatever the rules say of it; empty where it can. */
    static Optional<ItemChoice.Reason> hindrance(Item item, ItemWish wish, LocalDate today) {
        Money cost = item.costs().get(wish.about().currency());
        Money amount = wish.amount();
        return hindrance(item, wish.about(), today)
                .or(() -> amount != null && cost != null && cost.compareTo(amount) > 0
                        ? Optional.of(ItemChoice.Reason.COST)
                        : Optional.empty());
    }

    /** The same as long as nobody knows how much is granted. */
    static Optional<ItemChoice.Reason> hindrance(Item item, ItemWish.About about, LocalDate today) {
        LocalDate from = item.from();
        LocalDate until = item.until();
        if (from != null && today.isBefore(from) || until != null && today.isAfter(until)) {
            return Optional.of(ItemChoice.Reason.DAYS);
        }
        if (!item.regions().isEmpty() && !item.regions().contains(about.region())) {
            return Optional.of(ItemChoice.Reason.REGION);
        }
        if (!item.languages().contains(about.language())) {
            return Optional.of(ItemChoice.Reason.LANGUAGE);
        }
        return item.costs().containsKey(about.currency()) ? Optional.empty() : Optional.of(ItemChoice.Reason.CURRENCY);
    }

    /**
     * What comes of the items that fit.
     *
     * @param fit null where none is left
     */
    record Picked(@Nullable ItemFit fit, List<ItemChoice.Passed> passed) {}

    /**
     * The wanted one if it can be given, else the best that can.
     *
     * @param fits in the order of {@link #BEST}
     * @param there whether a piece of it is left
     * @param last what the customer had the last time; null for nothing
     */
    static Picked pick(List<ItemFit> fits, @Nullable String wanted, Predicate<Item> there, @Nullable String last) {
        List<ItemChoice.Passed> passed = new ArrayList<>();
        List<ItemFit> left = new ArrayList<>();
        for (ItemFit fit : fits) {
            if (fit.item().code().equals(last)) {
                passed.add(new ItemChoice.Passed(fit.item().code(), ItemChoice.Reason.AGAIN));
            } else if (!there.test(fit.item())) {
                passed.add(new ItemChoice.Passed(fit.item().code(), ItemChoice.Reason.STOCK));
            } else {
                left.add(fit);
            }
        }
        ItemFit picked = left.stream()
                .filter(fit -> fit.item().code().equals(wanted))
                .findFirst()
                .orElse(left.isEmpty() ? null : left.get(0));
        left.stream()
                .filter(fit -> fit != picked)
                .forEach(fit -> passed.add(new ItemChoice.Passed(fit.item().code(), ItemChoice.Reason.BETTER)));
        return new Picked(picked, passed);
    }
}
