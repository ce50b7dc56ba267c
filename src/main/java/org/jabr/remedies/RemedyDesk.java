package org.jabr.remedies;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jabr.customers.Customer;
import org.jabr.customers.Customers;
import org.jabr.rules.Authority;
import org.jabr.rules.CaseId;
import org.jabr.rules.Decider;
import org.jabr.rules.Money;
import org.jabr.rules.Problem;
import org.jabr.rules.Remedy;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Carries out granted remedies, each exactly once: nothing leaves the house another way. */
@Service
public class RemedyDesk {

    private final JdbcClient jdbc;
    private final Effects effects;
    private final Gateway gateway;
    private final Purse purse;
    private final Customers customers;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    RemedyDesk(
            JdbcClient jdbc,
            Effects effects,
            Gateway gateway,
            Purse purse,
            Customers customers,
            ApplicationEventPublisher events,
            Clock clock) {
        this.jdbc = jdbc;
        this.effects = effects;
        this.gateway = gateway;
        this.purse = purse;
        this.customers = customers;
        this.events = events;
        this.clock = clock;
    }

    /** Takes over decided remedies: reserved, or asked for. An order that was placed before is not placed again. */
    @Transactional
    public void place(List<RemedyOrder> orders) {
        List<RemedyOrder> fresh = orders.stream()
                .filter(order -> effects.find(order.key()).isEmpty())
                .toList();
        for (RemedyOrder order : purse.reserve(fresh)) {
            Money money = order.money();
            jdbc.sql("""
                            insert into effect (effect_key, case_id, case_reference, customer_id, decision_id, moment, remedy, remedy_class, kind,
                                amount_minor, currency, item, state, authority, asked_by, decided_by, team, created_at, updated_at)
                            values (:key, :caseId, :reference, :customer, :decision, :moment, :remedy, :class, :kind, :amount, :currency, :item,
                                :state, :authority, :askedBy, :decidedBy, :team, :at, :at)
                            """)
                    .param("key", order.key())
                    .param("caseId", order.caseId().value())
                    .param("reference", order.caseReference())
                    .param("customer", order.customerId())
                    .param("decision", order.decisionId())
                    .param("moment", order.moment())
                    .param("remedy", order.remedy().name())
                    .param("class", order.remedy().remedyClass().name())
                    .param("kind", order.remedy().gateway())
                    .param("amount", money == null ? null : money.minor())
                    .param("currency", money == null ? null : money.currency())
                    .param("item", order.item())
                    .param("state", order.asked() ? "ASKED" : "RESERVED")
                    .param("authority", order.authority().name())
                    .param("askedBy", order.asked() ? order.decidedBy() : null)
                    .param("decidedBy", order.asked() ? null : order.decidedBy())
                    .param("team", order.team())
                    .param("at", OffsetDateTime.now(clock))
                    .update();
            changed(order.key(), order.decidedBy());
        }
    }

    /** Carries out everything that is reserved for the case, except what a person must do. */
    @Transactional
    public void carryOut(CaseId caseId) {
        for (Effect effect : effects.ofCase(caseId)) {
            if (effect.state() == Effect.State.RESERVED && !effect.kind().equals("WORK_ITEM")) {
                Customer customer = customers.get(effect.customerId());
                confirm(effect, gateway.carryOut(effect, customer.externalRef()), Decider.RULES.login());
            }
        }
    }

    /** A person did what was granted as work for a person. */
    @Transactional
    public void confirmDone(CaseId caseId, Decider by) {
        for (Effect effect : effects.ofCase(caseId)) {
            if (effect.state() == Effect.State.RESERVED && effect.kind().equals("WORK_ITEM")) {
                confirm(effect, "P-" + effect.key(), by.login());
            }
        }
    }

    /** What older decisions asked for is no longer wanted, because the rules were asked again. */
    @Transactional
    public void cancelAsked(CaseId caseId, String moment, long newestDecision, Decider by) {
        for (Effect effect : effects.ofCase(caseId)) {
            if (effect.state() == Effect.State.ASKED
                    && effect.moment().equals(moment)
                    && effect.decisionId() != newestDecision) {
                move(effect.key(), Effect.State.ASKED, Effect.State.CANCELLED, effect.money(), null, by.login());
            }
        }
    }

    /** Everything that has not left the house yet stops: the customer withdrew. */
    @Transactional
    public void cancelOpen(CaseId caseId, Decider by) {
        for (Effect effect : effects.ofCase(caseId)) {
            if (effect.state() == Effect.State.ASKED || effect.state() == Effect.State.RESERVED) {
                move(effect.key(), effect.state(), Effect.State.CANCELLED, effect.money(), null, by.login());
            }
        }
    }

    /**
     * Approves what was asked for, as asked or lowered.
     *
     * @param amount null for the amount as asked; needed where none was asked for because the loss was not known
     * @throws Problem {@code REMEDY-001} not found, {@code REMEDY-002} not asked any more, {@code REMEDY-003} below
     *     the needed authority, {@code REMEDY-004} one's own request, {@code REMEDY-005} an amount above what was
     *     asked, or of another currency, {@code REMEDY-006} where the amount is missing, {@code TREASURY-011} where it is
     *     not in store
     * @see UsedUp it goes on waiting, for a higher authority, where the budget does not reach any more
     */
    @Transactional
    public void approve(String key, @Nullable Money amount, @Nullable String reason, Decider by) {
        Effect effect = asked(key, by);
        Money money = effect.money();
        boolean valued = !effect.remedyClass().equals(Remedy.RemedyClass.CARE.name());
        if (amount == null && money == null && valued) {
            throw new Problem(Problem.Kind.INVALID, "REMEDY-006", key);
        }
        if (amount != null && (!valued || !amount.isPositive() || money != null && exceeds(amount, money))) {
            throw new Problem(Problem.Kind.INVALID, "REMEDY-005", key);
        }
        Money approved = amount == null ? money : amount;
        Optional<Authority> above = purse.approve(effect, approved, by);
        if (above.isPresent()) {
            raise(key, above.get(), by);
            return;
        }
        move(key, Effect.State.ASKED, Effect.State.RESERVED, approved, reason, by.login());
    }

    /** Who approved may not go beyond the budget: it goes on waiting for somebody who may. */
    private void raise(String key, Authority authority, Decider by) {
        int rows = jdbc.sql(
                        "update effect set authority = :authority, updated_at = :at where effect_key = :key and state = 'ASKED'")
                .param("key", key)
                .param("authority", authority.name())
                .param("at", OffsetDateTime.now(clock))
                .update();
        if (rows == 0) {
            throw new Problem(Problem.Kind.CONFLICT, "REMEDY-002", key);
        }
        changed(key, by.login());
    }

    private static boolean exceeds(Money amount, Money asked) {
        return !amount.currency().equals(asked.currency()) || amount.compareTo(asked) > 0;
    }

    /** Refuses what was asked for. @throws Problem as {@link #approve} */
    @Transactional
    public void refuse(String key, String reason, Decider by) {
        Effect effect = asked(key, by);
        move(key, Effect.State.ASKED, Effect.State.REFUSED, effect.money(), reason, by.login());
    }

    private Effect asked(String key, Decider by) {
        Effect effect = effects.find(key).orElseThrow(() -> new Problem(Problem.Kind.NOT_FOUND, "REMEDY-001", key));
        if (effect.state() != Effect.State.ASKED) {
            throw new Problem(Problem.Kind.CONFLICT, "REMEDY-002", key);
        }
        if (!by.authority().satisfies(effect.authority())) {
            throw new Problem(Problem.Kind.FORBIDDEN, "REMEDY-003", key, effect.authority());
        }
        if (by.login().equals(effect.askedBy())) {
            throw new Problem(Problem.Kind.FORBIDDEN, "REMEDY-004", key);
        }
        return effect;
    }

    private void confirm(Effect effect, String reference, String by) {
        int rows = jdbc.sql(
                        "update effect set state = 'CONFIRMED', reference = :reference, updated_at = :at where effect_key = :key and state = 'RESERVED'")
                .param("key", effect.key())
                .param("reference", reference)
                .param("at", OffsetDateTime.now(clock))
                .update();
        if (rows == 0) {
            throw new Problem(Problem.Kind.CONFLICT, "REMEDY-002", effect.key());
        }
        changed(effect.key(), by);
    }

    private void move(
            String key, Effect.State from, Effect.State to, @Nullable Money money, @Nullable String reason, String by) {
        int rows = jdbc.sql("""
                        update effect set state = :to, amount_minor = :amount, currency = :currency, reason = :reason, decided_by = :by, updated_at = :at
                        where effect_key = :key and state = :from
                        """)
                .param("key", key)
                .param("from", from.name())
                .param("to", to.name())
                .param("amount", money == null ? null : money.minor())
                .param("currency", money == null ? null : money.currency())
                .param("reason", reason)
                .param("by", by)
                .param("at", OffsetDateTime.now(clock))
                .update();
        if (rows == 0) {
            throw new Problem(Problem.Kind.CONFLICT, "REMEDY-002", key);
        }
        changed(key, by);
    }

    private void changed(String key, String by) {
        events.publishEvent(new Effect.Changed(effects.find(key).orElseThrow(), by));
    }
}
