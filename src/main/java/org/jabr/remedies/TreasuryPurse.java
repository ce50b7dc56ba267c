package org.jabr.remedies;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jabr.catalogue.Item;
import org.jabr.catalogue.ItemChoice;
import org.jabr.catalogue.ItemWish;
import org.jabr.catalogue.Shelf;
import org.jabr.people.Accounts;
import org.jabr.people.Role;
import org.jabr.rules.Authority;
import org.jabr.rules.Decider;
import org.jabr.rules.Money;
import org.jabr.rules.Problem;
import org.jabr.rules.Remedy;
import org.jabr.treasury.Grant;
import org.jabr.treasury.PotName;
import org.jabr.treasury.Treasury;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Takes everything out of the treasury, and tells it what became of it. */
@Component
class TreasuryPurse implements Purse {

    /** The unit does not matter: nothing is booked in it. */
    private static final Money NOTHING = Money.zero("USD");

    private final Treasury treasury;
    private final Shelf shelf;
    private final Accounts accounts;
    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    TreasuryPurse(
            Treasury treasury,
            Shelf shelf,
            Accounts accounts,
            JdbcClient jdbc,
            ApplicationEventPublisher events,
            Clock clock) {
        this.treasury = treasury;
        this.shelf = shelf;
        this.accounts = accounts;
        this.jdbc = jdbc;
        this.events = events;
        this.clock = clock;
    }

    @Override
    public List<RemedyOrder> reserve(List<RemedyOrder> orders) {
        if (orders.isEmpty()) {
            return orders;
        }
        OffsetDateTime now = OffsetDateTime.now(clock);
        List<RemedyOrder> chosen = choose(orders, now);
        List<RemedyOrder> taking = chosen.stream().filter(this::takesSomething).toList();
        if (taking.isEmpty()) {
            return chosen;
        }
        List<Treasury.Reserved> answers = treasury.reserve(
                taking.get(0).caseId(),
                taking.stream().map(order -> grant(order, now)).toList());
        List<RemedyOrder> settled = new ArrayList<>();
        for (RemedyOrder order : chosen) {
            int at = taking.indexOf(order);
            Treasury.Reserved answer = at < 0 ? null : answers.get(at);
            settled.add(answer == null || answer.reserved() ? order : ask(order, answer));
        }
        return settled;
    }

    /** Which item each of them is. Everything that they are given out of is held before, so that what is chosen is there. */
    private List<RemedyOrder> choose(List<RemedyOrder> orders, OffsetDateTime now) {
        Map<String, Shelf.Offer> offers = new LinkedHashMap<>();
        for (RemedyOrder order : orders) {
            wish(order).flatMap(shelf::offer).ifPresent(offer -> offers.put(order.key(), offer));
        }
        if (offers.isEmpty()) {
            return orders;
        }
        treasury.hold(
                orders.get(0).caseId(),
                orders.stream()
                        .filter(order -> positive(order.money()) && !order.asked())
                        .map(order -> grant(order, now))
                        .toList(),
                offers.values().stream().flatMap(offer -> offer.pots().stream()).toList());
        return orders.stream()
                .map(order -> Optional.ofNullable(offers.get(order.key()))
                        .map(offer -> chosen(order, offer))
                        .orElse(order))
                .toList();
    }

    private RemedyOrder chosen(RemedyOrder order, Shelf.Offer offer) {
        Shelf.Given given = shelf.give(offer, order.key());
        String item = given.choice().item();
        Authority asks = given.asks();
        String wanted = offer.wish().wanted();
        if (item == null || given.otherThan(wanted)) {
            events.publishEvent(new ItemSettled(order.caseId(), order.key(), wanted, item, asks, order.decidedBy()));
        }
        RemedyOrder named = order.of(item);
        return asks == null ? named : named.ask(asks);
    }

    private Optional<ItemWish> wish(RemedyOrder order) {
        return Optional.ofNullable(order.about())
                .filter(about -> Item.Kind.of(order.remedy().name()).isPresent())
                .map(about -> new ItemWish(
                        order.customerId(),
                        order.remedy(),
                        order.money(),
                        about,
                        shelf.picked(order.caseId(), order.remedy().name()).orElse(null),
                        order.decidedBy()));
    }

    private boolean takesSomething(RemedyOrder order) {
        return !order.asked()
                && (positive(order.money()) || item(order.key(), order.remedy().name()) != null);
    }

    private static boolean positive(@Nullable Money money) {
        return money != null && money.isPositive();
    }

    /** What of the catalogue a remedy is; null where it is nothing of it. */
    private @Nullable String item(String key, String remedy) {
        return Item.Kind.of(remedy)
                .flatMap(kind -> shelf.choice(key))
                .map(ItemChoice::item)
                .orElse(null);
    }

    private RemedyOrder ask(RemedyOrder order, Treasury.Reserved answer) {
        RemedyOrder asked = order.ask(answer.asks());
        events.publishEvent(new UsedUp(
                order.caseId(),
                order.key(),
                order.remedy().name(),
                asked.authority(),
                codes(answer),
                order.decidedBy()));
        return asked;
    }

    @Override
    public Optional<Authority> approve(Effect effect, @Nullable Money money, Approval approval, Decider by) {
        String item = choose(effect, money, approval, by);
        if (!positive(money) && item == null) {
            return Optional.empty();
        }
        Treasury.Reserved answer = treasury.reserve(
                        effect.caseId(), List.of(grant(effect, worth(money), by, false, item)))
                .get(0);
        if (answer.reserved()) {
            return Optional.empty();
        }
        if (by.authority().satisfies(answer.asks())) {
            throw new Problem(Problem.Kind.CONFLICT, "TREASURY-011", effect.remedy());
        }
        events.publishEvent(
                new UsedUp(effect.caseId(), effect.key(), effect.remedy(), answer.asks(), codes(answer), by.login()));
        return Optional.of(answer.asks());
    }

    @Override
    public void hold(Collection<String> effects) {
        treasury.hold(effects);
    }

    /** The item that it becomes now that it is approved; what fitted when it was asked for may be gone. */
    private @Nullable String choose(Effect effect, @Nullable Money money, Approval approval, Decider by) {
        ItemWish.About about = approval.about();
        Remedy remedy = approval.remedy();
        if (about == null || remedy == null) {
            return item(effect.key(), effect.remedy());
        }
        String picked = approval.item();
        String wanted = picked == null ? item(effect.key(), effect.remedy()) : picked;
        String asker = asker(effect);
        Shelf.Offer offer = shelf.offer(new ItemWish(
                        effect.customerId(), remedy, money, about, wanted, picked == null ? asker : by.login()))
                .orElse(null);
        if (offer == null) {
            return item(effect.key(), effect.remedy());
        }
        treasury.hold(
                effect.caseId(),
                positive(money) ? List.of(grant(effect, worth(money), by, false, null)) : List.of(),
                offer.pots());
        Shelf.Given given = shelf.give(offer, effect.key());
        String item = given.choice().item();
        if (picked != null && !picked.equals(item)) {
            throw new Problem(Problem.Kind.INVALID, "CATALOGUE-014", picked);
        }
        if (item == null && given.asks() != null) {
            throw new Problem(Problem.Kind.INVALID, "CATALOGUE-020", effect.remedy());
        }
        if (picked == null && !asker.equals(Decider.RULES.login()) && given.otherThan(wanted)) {
            events.publishEvent(new ItemSettled(effect.caseId(), effect.key(), wanted, item, null, by.login()));
        }
        jdbc.sql("update effect set item = :item where effect_key = :key")
                .param("item", item)
                .param("key", effect.key())
                .update();
        return item;
    }

    /** Who had picked what was asked for. */
    private String asker(Effect effect) {
        return shelf.choice(effect.key()).map(ItemChoice::by).orElse(Decider.RULES.login());
    }

    /** A thing that nothing was granted for in money takes a piece out of a store and nothing else. */
    private static Money worth(@Nullable Money money) {
        return money == null ? NOTHING : money;
    }

    /** What became of it. Words and people cost nothing here; what was never reserved has nothing to be told of. */
    @EventListener
    void changed(Effect.Changed event) {
        Effect effect = event.effect();
        if (effect.undo() || !positive(effect.money()) && item(effect.key(), effect.remedy()) == null) {
            return;
        }
        Money money = worth(effect.money());
        shelf.settle(effect.key(), effect.granted());
        switch (effect.state()) {
            case CONFIRMED -> treasury.commit(effect.key(), effect.caseReference(), effect.remedy(), money, event.by());
            case REFUSED, CANCELLED ->
                treasury.release(effect.key(), effect.caseReference(), effect.remedy(), money, event.by());
            case REVERSED -> treasury.reverse(effect.key(), effect.caseReference(), effect.remedy(), money, event.by());
            default -> {
                // On its way, or waiting: it stays where it is.
            }
        }
    }

    /** Enters what was granted before there were books, whatever the budgets say. */
    void enter(Effect effect, Money money) {
        String by = effect.decidedBy() == null ? Decider.RULES.login() : effect.decidedBy();
        treasury.reserve(effect.caseId(), List.of(grant(effect, money, who(by, effect.authority()), true, null)));
        changed(new Effect.Changed(effect, by));
    }

    private Grant grant(RemedyOrder order, OffsetDateTime now) {
        return new Grant(
                order.key(),
                order.caseId(),
                order.caseReference(),
                order.customerId(),
                order.team(),
                order.remedy().name(),
                order.remedy().remedyClass(),
                worth(order.money()),
                order.authority(),
                who(order.decidedBy(), order.authority()),
                order.owed(),
                now,
                item(order.key(), order.remedy().name()));
    }

    private Grant grant(Effect effect, Money money, Decider by, boolean owed, @Nullable String item) {
        String team = jdbc.sql("select team from effect where effect_key = :key")
                .param("key", effect.key())
                .query(String.class)
                .single();
        return new Grant(
                effect.key(),
                effect.caseId(),
                effect.caseReference(),
                effect.customerId(),
                team,
                effect.remedy(),
                Remedy.RemedyClass.valueOf(effect.remedyClass()),
                money,
                by.authority(),
                by,
                owed,
                effect.createdAt(),
                item);
    }

    private Decider who(String login, Authority authority) {
        if (login.equals(Decider.RULES.login())) {
            return Decider.RULES;
        }
        return accounts.find(login)
                .map(account -> {
                    if (account.holds(Role.MANAGER)) {
                        return new Decider(login, Authority.MANAGER);
                    }
                    return new Decider(login, account.holds(Role.SUPERVISOR) ? Authority.SUPERVISOR : Authority.AGENT);
                })
                .orElseGet(() -> new Decider(login, Authority.strictest(authority, Authority.AGENT)));
    }

    private static List<String> codes(Treasury.Reserved answer) {
        return answer.empty().stream().map(PotName::code).toList();
    }
}
