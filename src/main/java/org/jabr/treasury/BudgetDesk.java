package org.jabr.treasury;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jabr.people.Account;
import org.jabr.people.Accounts;
import org.jabr.people.Role;
import org.jabr.rules.Authority;
import org.jabr.rules.Decider;
import org.jabr.rules.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Budgets for those who lead: how they stand, and what they raise or lower for a time. */
@Service
public class BudgetDesk {

    private static final int LONGEST_REASON = 400;

    private final Budgets budgets;
    private final BudgetChanges changes;
    private final Pots pots;
    private final Treasury treasury;
    private final Accounts accounts;
    private final Clock clock;

    BudgetDesk(Budgets budgets, BudgetChanges changes, Pots pots, Treasury treasury, Accounts accounts, Clock clock) {
        this.budgets = budgets;
        this.changes = changes;
        this.pots = pots;
        this.treasury = treasury;
        this.accounts = accounts;
        this.clock = clock;
    }

    /**
     * How budgets of a kind, or all of them, stand now, by code; only those that the live release still knows.
     *
     * @param after the code of the last one that was seen; null for the first
     */
    @Transactional(readOnly = true)
    public List<Treasury.Balance> list(PotName.@Nullable Kind kind, @Nullable String after, int most) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        List<Treasury.Balance> balances = new ArrayList<>();
        String from = after;
        while (balances.size() < most) {
            List<PotName> some = pots.list(kind, from, most);
            for (PotName pot : some) {
                from = pot.code();
                terms(pot, now).map(treasury::balance).ifPresent(balances::add);
            }
            if (some.size() < most) {
                break;
            }
        }
        return balances.size() > most ? balances.subList(0, most) : balances;
    }

    /** What lies in store, also what nobody put anything into yet. */
    @Transactional(readOnly = true)
    public List<Treasury.Balance> stocks() {
        return budgets.stocks(OffsetDateTime.now(clock)).stream()
                .map(treasury::balance)
                .toList();
    }

    /** How one budget stands. @throws Problem {@code TREASURY-004} */
    @Transactional(readOnly = true)
    public Treasury.Balance get(String code) {
        return treasury.balance(known(code, OffsetDateTime.now(clock)));
    }

    /** From which change of a budget on another person must agree, in minor units or pieces; empty where none must. */
    @Transactional(readOnly = true)
    public Optional<Long> secondPerson(Terms terms) {
        return budgets.secondPerson(terms);
    }

    /** The changes of one budget, the newest first. */
    @Transactional(readOnly = true)
    public List<BudgetChange> changes(PotName pot, int most) {
        return changes.newest(pot.code(), most);
    }

    /** The changes of all budgets, the newest first. */
    @Transactional(readOnly = true)
    public List<BudgetChange> changes(int most) {
        return changes.newest(most);
    }

    /**
     * Raises or lowers a budget for as long as what is given counts, or puts pieces into a store.
     *
     * @param amount in minor units or pieces; below zero to lower
     * @return whether it holds now; otherwise another person must agree first
     * @throws Problem {@code TREASURY-004} no such budget, {@code TREASURY-007} without a reason, {@code TREASURY-008}
     *     where the amount is nothing, {@code TREASURY-010} where a manager must do it, {@code TREASURY-001} where a
     *     store does not hold that much
     */
    @Transactional
    public boolean change(String code, long amount, String reason, Decider by) {
        return change(known(code, OffsetDateTime.now(clock)), amount, reason, by);
    }

    /**
     * Puts pieces of a thing of the catalogue into its store, or takes some out.
     *
     * @throws Problem as {@link #change(String, long, String, Decider)}
     */
    @Transactional
    public boolean stock(PotName store, long pieces, String reason, Decider by) {
        Terms terms = budgets.store(store)
                .orElseThrow(() -> new Problem(Problem.Kind.NOT_FOUND, "TREASURY-004", store.code()));
        mustManage(by);
        // The store is there from now on, also where another person must agree first.
        pots.hold(terms);
        return change(terms, pieces, reason, by);
    }

    /** Makes the store of a thing that pieces are counted of: from now on there are none, until somebody puts some in. */
    @Transactional
    public void open(PotName store) {
        budgets.store(store).ifPresent(pots::hold);
    }

    /** How the store of a thing stands; empty where pieces are not counted. */
    @Transactional(readOnly = true)
    public Optional<Treasury.Balance> store(PotName store) {
        return pots.find(store).flatMap(id -> budgets.store(store)).map(treasury::balance);
    }

    private boolean change(Terms terms, long amount, String reason, Decider by) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        mustManage(by);
        if (reason.isBlank() || reason.length() > LONGEST_REASON) {
            throw new Problem(Problem.Kind.INVALID, "TREASURY-007");
        }
        if (amount == 0) {
            throw new Problem(Problem.Kind.INVALID, "TREASURY-008");
        }
        boolean alone =
                budgets.secondPerson(terms).map(from -> Math.abs(amount) < from).orElse(true);
        changes.add(
                terms,
                amount,
                reason.strip(),
                alone ? BudgetChange.State.DONE : BudgetChange.State.ASKED,
                by.login(),
                now,
                budgets.until(terms, now));
        if (alone) {
            takeEffect(terms, amount, by, now);
        }
        return alone;
    }

    /** Why the window of a customer was changed may say something of the customer: nobody reads it any more. */
    @Transactional
    public void forgetReasons(long customer) {
        changes.forgetReasons("window/" + customer + "/");
    }

    /**
     * Agrees to a change that another person asked for, or does not.
     *
     * @throws Problem {@code TREASURY-005} where it does not wait any more, {@code TREASURY-006} where it is one's own,
     *     {@code TREASURY-010} where a manager must do it
     */
    @Transactional
    public void decide(long id, boolean agreed, Decider by) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        mustManage(by);
        BudgetChange change = changes.find(id).orElseThrow(() -> new Problem(Problem.Kind.NOT_FOUND, "TREASURY-005"));
        if (change.askedBy().equals(by.login())) {
            throw new Problem(Problem.Kind.FORBIDDEN, "TREASURY-006");
        }
        BudgetChange.State state = agreed ? BudgetChange.State.DONE : BudgetChange.State.REFUSED;
        if (!changes.decide(id, state, by.login(), now)) {
            throw new Problem(Problem.Kind.CONFLICT, "TREASURY-005");
        }
        if (agreed) {
            takeEffect(known(change.pot(), now), change.amount(), by, now);
        }
    }

    private static void mustManage(Decider by) {
        if (!by.authority().satisfies(Authority.MANAGER)) {
            throw new Problem(Problem.Kind.FORBIDDEN, "TREASURY-010");
        }
    }

    /** A store holds what is put into it; any other pot is filled up or emptied to what holds now. */
    private void takeEffect(Terms before, long amount, Decider by, OffsetDateTime now) {
        Terms terms = known(before.pot().code(), now);
        pots.hold(terms);
        if (terms.limit() == null) {
            pots.fund(pots.read(pots.find(terms.pot()).orElseThrow()), amount, Movement.Kind.FUND, null, by.login());
        } else {
            pots.settle(terms);
        }
    }

    private Terms known(String code, OffsetDateTime now) {
        return pots.named(code)
                .flatMap(pot -> terms(pot, now))
                .or(() -> budgets.stocks(now).stream()
                        .filter(terms -> terms.pot().code().equals(code))
                        .findFirst())
                .orElseThrow(() -> new Problem(
                        Problem.Kind.NOT_FOUND, "TREASURY-004", code.length() <= 80 ? code : code.substring(0, 80)));
    }

    private Optional<Terms> terms(PotName pot, OffsetDateTime now) {
        Authority authority = pot.kind() == PotName.Kind.ALLOWANCE
                ? accounts.find(pot.subject()).map(BudgetDesk::authority).orElse(Authority.AGENT)
                : null;
        // A pot of a period that is over, or that the rules do not make any more, is history.
        return budgets.of(pot, authority, now).filter(terms -> terms.pot().equals(pot));
    }

    private static Authority authority(Account account) {
        if (account.holds(Role.MANAGER)) {
            return Authority.MANAGER;
        }
        return account.holds(Role.SUPERVISOR) ? Authority.SUPERVISOR : Authority.AGENT;
    }
}
