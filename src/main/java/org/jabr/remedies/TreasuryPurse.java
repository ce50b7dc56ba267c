package org.jabr.remedies;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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

    private final Treasury treasury;
    private final Accounts accounts;
    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    TreasuryPurse(
            Treasury treasury, Accounts accounts, JdbcClient jdbc, ApplicationEventPublisher events, Clock clock) {
        this.treasury = treasury;
        this.accounts = accounts;
        this.jdbc = jdbc;
        this.events = events;
        this.clock = clock;
    }

    @Override
    public List<RemedyOrder> reserve(List<RemedyOrder> orders) {
        List<RemedyOrder> valued =
                orders.stream().filter(TreasuryPurse::takesSomething).toList();
        if (valued.isEmpty()) {
            return orders;
        }
        OffsetDateTime now = OffsetDateTime.now(clock);
        List<Treasury.Reserved> answers = treasury.reserve(
                valued.get(0).caseId(),
                valued.stream().map(order -> grant(order, now)).toList());
        List<RemedyOrder> settled = new ArrayList<>();
        for (RemedyOrder order : orders) {
            int at = valued.indexOf(order);
            Treasury.Reserved answer = at < 0 ? null : answers.get(at);
            settled.add(answer == null || answer.reserved() ? order : ask(order, answer));
        }
        return settled;
    }

    private static boolean takesSomething(RemedyOrder order) {
        Money money = order.money();
        return !order.asked() && money != null && money.isPositive();
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
    public Optional<Authority> approve(Effect effect, @Nullable Money money, Decider by) {
        if (money == null || !money.isPositive()) {
            return Optional.empty();
        }
        Treasury.Reserved answer = treasury.reserve(effect.caseId(), List.of(grant(effect, money, by, false)))
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

    /** What became of it. Words and people cost nothing here; what was never reserved has nothing to be told of. */
    @EventListener
    void changed(Effect.Changed event) {
        Effect effect = event.effect();
        Money money = effect.money();
        if (money == null || !money.isPositive()) {
            return;
        }
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
        treasury.reserve(effect.caseId(), List.of(grant(effect, money, who(by, effect.authority()), true)));
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
                Objects.requireNonNull(order.money()),
                order.authority(),
                who(order.decidedBy(), order.authority()),
                order.owed(),
                now);
    }

    private Grant grant(Effect effect, Money money, Decider by, boolean owed) {
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
                effect.createdAt());
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
