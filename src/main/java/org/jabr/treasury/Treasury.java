package org.jabr.treasury;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jabr.rules.Authority;
import org.jabr.rules.CaseId;
import org.jabr.rules.Money;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Gives out of pots what is granted, and keeps the books of it. Each step of an effect happens once, however often it is
 * asked for. Amounts are in minor units of their currency, stocks in pieces.
 */
@Service
public class Treasury {

    private final Pots pots;
    private final Ledger ledger;
    private final Books books;
    private final BudgetTerms terms;
    private final Clock clock;

    Treasury(Pots pots, Ledger ledger, Books books, BudgetTerms terms, Clock clock) {
        this.pots = pots;
        this.ledger = ledger;
        this.books = books;
        this.terms = terms;
        this.clock = clock;
    }

    /**
     * What happened to a grant.
     *
     * @param reserved whether it is reserved; otherwise somebody must be asked
     * @param asks who is asked where it is not
     * @param empty the pots that do not reach
     */
    public record Reserved(boolean reserved, Authority asks, List<PotName> empty) {

        static final Reserved DONE = new Reserved(true, Authority.RULES, List.of());
    }

    /**
     * Reserves what one case is granted at once, in their order. A grant whose budget does not reach any more, because
     * others were faster, is left out: the answer says who is asked.
     */
    @Transactional
    public List<Reserved> reserve(CaseId caseId, List<Grant> grants) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        Map<Grant, List<Terms>> all = new LinkedHashMap<>();
        grants.forEach(grant -> all.put(grant, terms.of(grant, now)));
        pots.hold(all.values().stream().flatMap(Collection::stream).toList(), caseId);
        return grants.stream()
                .map(grant -> reserve(grant, all.getOrDefault(grant, List.of())))
                .toList();
    }

    /**
     * Holds what these grants are given out of, and stores besides, until the transaction ends: whoever chooses what to
     * give sees what is there and keeps it.
     */
    @Transactional
    public void hold(CaseId caseId, List<Grant> grants, Collection<PotName> stores) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        List<Terms> all = new ArrayList<>();
        grants.forEach(grant -> all.addAll(terms.of(grant, now)));
        stores.forEach(store -> all.add(new Terms(store, "", null, null, null, 0, 0, Set.of(), Authority.MANAGER)));
        pots.hold(all, caseId);
    }

    private Reserved reserve(Grant grant, List<Terms> all) {
        String key = grant.key() + "/reserve";
        if (ledger.known(key) || ledger.known(item(grant).key(Movement.Kind.OWE))) {
            return Reserved.DONE;
        }
        Map<Terms, Pots.Pot> settled = new LinkedHashMap<>();
        Authority asks = Authority.RULES;
        List<PotName> empty = new ArrayList<>();
        for (Terms one : all) {
            Pots.Pot pot = pots.settle(one);
            settled.put(one, pot);
            if (pot.balance(AccountKind.AVAILABLE) < amount(one, grant) && stops(one, grant)) {
                asks = Authority.strictest(asks, one.asks());
                empty.add(one.pot());
            }
        }
        if (!empty.isEmpty()) {
            return new Reserved(false, asks, empty);
        }
        List<Ledger.Line> lines = new ArrayList<>();
        settled.forEach((one, pot) -> {
            long amount = amount(one, grant);
            long missing = amount - pot.balance(AccountKind.AVAILABLE);
            if (missing > 0) {
                pots.fund(
                        pot,
                        missing,
                        Movement.Kind.OVERDRAW,
                        grant.key(),
                        grant.by().login());
            }
            lines.addAll(Ledger.from(pot.account(AccountKind.AVAILABLE), pot.account(AccountKind.RESERVED), amount));
        });
        if (!lines.isEmpty()) {
            ledger.book(
                    new Movement(
                            key,
                            Movement.Kind.RESERVE,
                            grant.key(),
                            grant.caseReference(),
                            null,
                            null,
                            grant.by().login()),
                    lines);
            settled.forEach((one, pot) -> pots.add(grant, pot.id(), amount(one, grant)));
        }
        if (grant.money().isPositive()) {
            books.owe(item(grant), grant.by().login());
        }
        return Reserved.DONE;
    }

    /** What lies in store cannot be given where it is not there; everything else follows the rules. */
    private static boolean stops(Terms terms, Grant grant) {
        return terms.limit() == null || !grant.owed() && terms.stops().contains(grant.authority());
    }

    private static long amount(Terms terms, Grant grant) {
        return terms.pot().kind() == PotName.Kind.STOCK ? 1 : grant.money().minor();
    }

    private static Books.Item item(Grant grant) {
        return new Books.Item(grant.key(), grant.caseReference(), grant.remedy(), grant.money());
    }

    /** Holds what several effects took something out of, in one order: for who is about to book more than one of them. */
    @Transactional
    public void hold(Collection<String> effects) {
        if (!effects.isEmpty()) {
            pots.holdOf(effects);
        }
    }

    /** What was reserved is with the customer. */
    @Transactional
    public void commit(String effect, String caseReference, String remedy, Money money, String by) {
        Books.Item item = new Books.Item(effect, caseReference, remedy, money);
        step(item, Pots.Claim.State.RESERVED, Pots.Claim.State.SPENT, Movement.Kind.COMMIT, by);
        if (money.isPositive()) {
            books.pay(item, by);
        }
    }

    /** What was reserved is not given after all. */
    @Transactional
    public void release(String effect, String caseReference, String remedy, Money money, String by) {
        Books.Item item = new Books.Item(effect, caseReference, remedy, money);
        step(item, Pots.Claim.State.RESERVED, Pots.Claim.State.RELEASED, Movement.Kind.RELEASE, by);
        if (money.isPositive()) {
            books.cancel(item, by);
        }
    }

    /** What the customer had came back. */
    @Transactional
    public void reverse(String effect, String caseReference, String remedy, Money money, String by) {
        Books.Item item = new Books.Item(effect, caseReference, remedy, money);
        step(item, Pots.Claim.State.SPENT, Pots.Claim.State.REVERSED, Movement.Kind.REVERSE, by);
        if (money.isPositive()) {
            books.giveBack(item, by);
        }
    }

    /** Moves what an effect took in each pot; what does not count any more stays where it is. */
    private void step(Books.Item item, Pots.Claim.State from, Pots.Claim.State to, Movement.Kind kind, String by) {
        pots.holdOf(List.of(item.effect()));
        List<Pots.Claim> claims = pots.claims(item.effect()).stream()
                .filter(claim -> claim.state() == from)
                .toList();
        List<Ledger.Line> lines = new ArrayList<>();
        for (Pots.Claim claim : claims) {
            Pots.Pot pot = pots.read(claim.pot());
            lines.addAll(Ledger.from(pot.account(place(from)), pot.account(place(to)), claim.amount()));
        }
        if (lines.isEmpty()) {
            return;
        }
        Movement movement =
                new Movement(item.key(kind), kind, item.effect(), item.caseReference(), reversed(item, kind), null, by);
        if (ledger.book(movement, lines)) {
            claims.forEach(claim -> pots.move(claim, to));
        }
    }

    private static @Nullable String reversed(Books.Item item, Movement.Kind kind) {
        return switch (kind) {
            case RELEASE -> item.key(Movement.Kind.RESERVE);
            case REVERSE -> item.key(Movement.Kind.COMMIT);
            default -> null;
        };
    }

    private static AccountKind place(Pots.Claim.State state) {
        return switch (state) {
            case RESERVED -> AccountKind.RESERVED;
            case SPENT -> AccountKind.SPENT;
            default -> AccountKind.AVAILABLE;
        };
    }

    /**
     * What a pot may give and gave.
     *
     * @param limit in minor units or pieces, with what was carried over
     * @param used what counts now
     * @param left what may still be given
     */
    public record Balance(Terms terms, long limit, long reserved, long used, long left) {

        public PotName pot() {
            return terms.pot();
        }

        /** Whether so little is left that people are warned. */
        public boolean low() {
            return terms.warnPercent() > 0 && left * 100 <= limit * terms.warnPercent();
        }
    }

    /** How a pot stands now; one that nothing was taken out of yet holds all that it may give. */
    @Transactional(readOnly = true)
    public Balance balance(Terms asked) {
        Pots.Standing standing = pots.standing(asked);
        long used = standing.used();
        Long most = asked.limit();
        return most == null
                ? new Balance(asked, standing.available() + used, standing.reserved(), used, standing.available())
                : new Balance(
                        asked,
                        most + standing.carried(),
                        standing.reserved(),
                        used,
                        Math.max(0, most + standing.carried() - used));
    }

    /** How many pieces there are of something that is kept count of; empty where nobody put any in yet. */
    @Transactional(readOnly = true)
    public Optional<Long> stock(PotName pot) {
        return pots.available(pot);
    }

    /** How many pieces there are of several things together; none of what nobody put any in yet. */
    @Transactional(readOnly = true)
    public long stock(Collection<PotName> pots) {
        return this.pots.available(pots);
    }

    /** The same as a store that is held stands at this moment. */
    @Transactional
    public Optional<Long> stockNow(PotName pot) {
        return pots.availableNow(pot);
    }

    /** The currencies in which any of these had something to give, whatever the remedy. */
    @Transactional(readOnly = true)
    public List<String> units(PotName.Kind kind, Collection<String> subjects) {
        return pots.units(kind, subjects);
    }
}
