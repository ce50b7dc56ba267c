package org.jabr.cases;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jabr.rules.Decider;
import org.jabr.rules.Money;
import org.jabr.treasury.Budgets;
import org.jabr.treasury.PotName;
import org.jabr.treasury.Terms;
import org.jabr.treasury.Treasury;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What people and desks granted lately, and what they still may, by the limits of the live release. */
@Service
public class Allowances {

    private final Budgets budgets;
    private final Treasury treasury;
    private final Clock clock;

    Allowances(Budgets budgets, Treasury treasury, Clock clock) {
        this.budgets = budgets;
        this.treasury = treasury;
        this.clock = clock;
    }

    /**
     * A person's allowance or a desk's budget in one currency.
     *
     * @param days within which grants count; 0 where it is a calendar period
     * @param low whether so little is left that people are warned
     */
    public record Allowance(Money limit, Money used, Money left, long days, boolean low) {}

    /** The currencies in which any of these people granted something. */
    @Transactional(readOnly = true)
    public SortedSet<String> currencies(Collection<String> logins) {
        return new TreeSet<>(treasury.units(PotName.Kind.ALLOWANCE, logins));
    }

    /** This person's allowance in each of these currencies that has a limit. */
    @Transactional(readOnly = true)
    public List<Allowance> of(Decider who, Collection<String> currencies) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        return currencies.stream()
                .map(currency -> budgets.allowance(who, currency, now))
                .flatMap(Optional::stream)
                .map(terms -> allowance(terms, now))
                .toList();
    }

    /** The goodwill budget of a desk in each currency in which it gave something that still counts. */
    @Transactional(readOnly = true)
    public List<Allowance> ofDesk(String desk) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        return treasury.units(PotName.Kind.TEAM, List.of(desk)).stream()
                .map(currency -> budgets.team(desk, currency, now))
                .flatMap(Optional::stream)
                .map(terms -> allowance(terms, now))
                .filter(allowance -> allowance.used().isPositive())
                .toList();
    }

    private Allowance allowance(Terms terms, OffsetDateTime now) {
        Treasury.Balance balance = treasury.balance(terms);
        String currency = terms.pot().unit();
        OffsetDateTime since = terms.since();
        return new Allowance(
                Money.ofMinor(balance.limit(), currency),
                Money.ofMinor(balance.used(), currency),
                Money.ofMinor(balance.left(), currency),
                since == null ? 0 : Duration.between(since, now).toDays(),
                balance.low());
    }
}
