package org.jabr.catalogue;

import java.util.List;
import java.util.Optional;
import org.jabr.rules.Problem;
import org.jabr.treasury.BudgetChange;
import org.jabr.treasury.BudgetDesk;
import org.jabr.treasury.Treasury;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The items for reading: what they are, what is left of them, who changed them and where they went. */
@Service
@Transactional(readOnly = true)
public class Catalogue {

    private static final int CHANGES = 100;

    private final Items items;
    private final ItemChoices choices;
    private final BudgetDesk budgets;

    Catalogue(Items items, ItemChoices choices, BudgetDesk budgets) {
        this.items = items;
        this.choices = choices;
        this.budgets = budgets;
    }

    /**
     * An item with what is left of it.
     *
     * @param stock null where its pieces are not counted
     */
    public record Stocked(Item item, Treasury.@Nullable Balance stock) {

        public boolean gone() {
            return stock != null && stock.left() == 0;
        }

        public boolean low() {
            return stock != null && stock.left() > 0 && stock.low();
        }
    }

    /**
     * Some items by code.
     *
     * @param kind null for all
     * @param active whether only those that are given, or only retired ones; null for all
     * @param after the code of the last one that was seen; null for the first
     */
    public List<Stocked> list(Item.@Nullable Kind kind, @Nullable Boolean active, @Nullable String after, int most) {
        return items.list(kind, active, after, most).stream().map(this::stocked).toList();
    }

    public Optional<Item> find(String code) {
        return items.find(code);
    }

    /** @throws Problem {@code CATALOGUE-001} */
    public Stocked get(String code) {
        return items.find(code)
                .map(this::stocked)
                .orElseThrow(() -> new Problem(Problem.Kind.NOT_FOUND, "CATALOGUE-001", Shelf.shown(code)));
    }

    private Stocked stocked(Item item) {
        return new Stocked(item, item.counted() ? budgets.store(item.store()).orElse(null) : null);
    }

    /** Who changed what of an item, the newest first. */
    public List<ItemChange> changes(String code) {
        return items.changes(code, CHANGES);
    }

    /** What was put into its store or taken out by people, the newest first. */
    public List<BudgetChange> received(Item item) {
        return budgets.changes(item.store(), CHANGES);
    }

    /** Where it was given or asked for, the newest first; {@code before} is the remedy of the last one that was seen. */
    public List<ItemChoice> given(String code, @Nullable String before, int most) {
        return choices.ofItem(code, before, most);
    }
}
