package org.jabr.cases;

import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jabr.catalogue.Item;
import org.jabr.catalogue.Shelf;
import org.jabr.rules.Decider;
import org.jabr.rules.Money;
import org.jabr.treasury.Budgets;
import org.jabr.treasury.PotName;
import org.jabr.treasury.Treasury;
import org.springframework.stereotype.Component;

/** What may still be given: what the pots of the treasury hold. */
@Component
class Means {

    private static final String GIFT = "GIFT";

    private final Budgets budgets;
    private final Treasury treasury;
    private final Shelf shelf;

    Means(Budgets budgets, Treasury treasury, Shelf shelf) {
        this.budgets = budgets;
        this.treasury = treasury;
        this.shelf = shelf;
    }

    /** The facts {@code means.*} that have a limit. */
    Map<String, Object> of(RecoveryCase recovery, OffsetDateTime asOf, Decider decider) {
        Map<String, Object> means = new LinkedHashMap<>();
        String currency = recovery.currency();
        budgets.window(recovery.customerId(), currency, asOf)
                .ifPresent(terms -> means.put("customerWindowRemaining", left(treasury.balance(terms))));
        budgets.team(recovery.queue(), currency, asOf)
                .ifPresent(terms -> means.put("teamBudgetRemaining", left(treasury.balance(terms))));
        budgets.allowance(decider, currency, asOf)
                .ifPresent(terms -> means.put("agentAllowanceRemaining", left(treasury.balance(terms))));
        // A stock that nobody put anything into is not counted, and treated as there.
        Optional<Long> together = treasury.stock(new PotName(PotName.Kind.STOCK, GIFT, "", Budgets.PIECES, ""));
        Optional<Long> ofItems = shelf.pieces(Item.Kind.GIFT, Gifts.about(recovery), asOf);
        // A gift that is something of the catalogue takes a piece out of both.
        Stream.of(together, ofItems)
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder())
                .ifPresent(pieces -> means.put("giftsInStock", pieces));
        return means;
    }

    private static Map<String, Object> left(Treasury.Balance balance) {
        return Objects.requireNonNull(DecisionDocument.money(
                Money.ofMinor(balance.left(), balance.pot().unit())));
    }
}
