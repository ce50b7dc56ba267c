package org.jabr.remedies;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jabr.catalogue.ItemWish;
import org.jabr.customers.Customers;
import org.jabr.customers.MadeUp;
import org.jabr.customers.PersonalText;
import org.jabr.customers.Vault;
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

    /** What an outside gateway carries out; words and people's work stay in the house. */
    private static final Set<String> OUTSIDE = Set.of("REFUND", "CREDIT", "REPLACEMENT", "GIFT", "UPGRADE");

    /** What can be taken back by the same way as it went out. */
    private static final Set<String> UNDONE = Set.of("REFUND", "CREDIT");

    private static final String UNDO_MOMENT = "undo";
    private static final int LONGEST_REFERENCE = 80;
    private static final int LONGEST_REASON = 400;

    private final JdbcClient jdbc;
    private final Effects effects;
    private final EffectHistory history;
    private final Gateway gateway;
    private final Optional<OutsideGateway> outside;
    private final Purse purse;
    private final Customers customers;
    private final MadeUp madeUp;
    private final ApplicationEventPublisher events;
    private final Vault vault;
    private final Clock clock;

    RemedyDesk(
            JdbcClient jdbc,
            Effects effects,
            EffectHistory history,
            Gateway gateway,
            Optional<OutsideGateway> outside,
            Purse purse,
            Customers customers,
            MadeUp madeUp,
            ApplicationEventPublisher events,
            Clock clock,
            Vault vault) {
        this.vault = vault;
        this.jdbc = jdbc;
        this.effects = effects;
        this.history = history;
        this.gateway = gateway;
        this.outside = outside;
        this.purse = purse;
        this.customers = customers;
        this.madeUp = madeUp;
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
            changed(order.key(), null, null, order.decidedBy());
        }
    }

    /**
     * Carries out everything that is reserved for the case, except what a person must do. What goes to an outside gateway
     * is handed to the sender with this transaction, and leaves the house after it.
     */
    @Transactional
    public void carryOut(CaseId caseId) {
        for (Effect effect : effects.ofCase(caseId)) {
            boolean here = effect.state() == Effect.State.RESERVED && !effect.undo();
            if (here && !effect.kind().equals("WORK_ITEM")) {
                carryOut(effect);
            }
        }
    }

    private void carryOut(Effect effect) {
        String customer = customers.get(effect.customerId()).externalRef();
        if (outside.isPresent() && OUTSIDE.contains(effect.kind()) && !madeUp.contains(customer)) {
            jdbc.sql("update effect set due_at = :at where effect_key = :key and state = 'RESERVED' and due_at is null")
                    .param("at", OffsetDateTime.now(clock))
                    .param("key", effect.key())
                    .update();
        } else {
            confirm(effect, gateway.carryOut(effect, customer), Decider.RULES.login());
        }
    }

    private boolean booked(String key) {
        return jdbc.sql("select count(*) from gateway_booking where effect_key = :key")
                        .param("key", key)
                        .query(Integer.class)
                        .single()
                > 0;
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

    /**
     * Everything that has not left the house yet stops: the customer withdrew. What the sender has already goes its way,
     * unless the sender finds that it never left; taking something back is decided by a person.
     */
    @Transactional
    public void cancelOpen(CaseId caseId, Decider by) {
        for (Effect effect : effects.ofCase(caseId)) {
            if (effect.undo()) {
                continue;
            }
            switch (held(effect.key())) {
                case ASKED, RESERVED ->
                    move(effect.key(), effect.state(), Effect.State.CANCELLED, effect.money(), null, by.login());
                case SENT ->
                    jdbc.sql("update effect set unwanted = true where effect_key = :key")
                            .param("key", effect.key())
                            .update();
                default -> {
                    // Nothing is to be stopped any more, or nobody knows whether there is.
                }
            }
        }
    }

    /** The state as it stands now and stays until the transaction ends. */
    private Effect.State held(String key) {
        return jdbc.sql("select state from effect where effect_key = :key for update")
                .param("key", key)
                .query((row, n) -> Effect.State.valueOf(row.getString("state")))
                .single();
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
        approve(key, amount, reason, Purse.Approval.PLAIN, by);
    }

    /**
     * The same for a remedy that an item of the catalogue may belong to.
     *
     * @param item that the approver picked; null where the rules choose
     * @param about what is known of the case
     * @throws Problem besides, {@code CATALOGUE-014} where the picked item does not fit, {@code CATALOGUE-020} where none
     *     does
     */
    @Transactional
    public void approve(
            String key,
            @Nullable Money amount,
            @Nullable String reason,
            @Nullable String item,
            ItemWish.About about,
            Remedy remedy,
            Decider by) {
        approve(key, amount, reason, new Purse.Approval(item, about, remedy), by);
    }

    private void approve(
            String key, @Nullable Money amount, @Nullable String reason, Purse.Approval approval, Decider by) {
        Effect effect = asked(key, by);
        Money money = effect.money();
        boolean valued = !effect.remedyClass().equals(Remedy.RemedyClass.CARE.name());
        if (effect.undo()) {
            approveUndo(effect, amount, reason, by);
            return;
        }
        if (amount == null && money == null && valued) {
            throw new Problem(Problem.Kind.INVALID, "REMEDY-006", key);
        }
        if (amount != null && (!valued || !amount.isPositive() || money != null && exceeds(amount, money))) {
            throw new Problem(Problem.Kind.INVALID, "REMEDY-005", key);
        }
        Money approved = amount == null ? money : amount;
        Optional<Authority> above = purse.approve(effect, approved, approval, by);
        if (above.isPresent()) {
            raise(key, above.get(), by);
            return;
        }
        move(key, Effect.State.ASKED, Effect.State.RESERVED, approved, reason, by.login());
    }

    /** What is taken back is taken back whole: once the undo is confirmed, the first effect is REVERSED. */
    private void approveUndo(Effect undo, @Nullable Money amount, @Nullable String reason, Decider by) {
        if (amount != null) {
            throw new Problem(Problem.Kind.INVALID, "REMEDY-005", undo.key());
        }
        String first = undone(undo.key());
        if (effects.find(first).orElseThrow().state() != Effect.State.CONFIRMED) {
            throw new Problem(Problem.Kind.CONFLICT, "REMEDY-007", first);
        }
        move(undo.key(), Effect.State.ASKED, Effect.State.RESERVED, null, null, reason, by.login());
        Effect reserved = effects.find(undo.key()).orElseThrow();
        if (booked(first)) {
            // What was booked in the house is taken back there.
            String customer = customers.get(undo.customerId()).externalRef();
            confirm(reserved, gateway.carryOut(reserved, customer), by.login());
            moved(first, Effect.State.CONFIRMED, Effect.State.REVERSED, null, by.login());
        } else {
            jdbc.sql("update effect set due_at = :at where effect_key = :key")
                    .param("at", OffsetDateTime.now(clock))
                    .param("key", undo.key())
                    .update();
        }
    }

    private String undone(String undo) {
        return jdbc.sql("select undoes from effect where effect_key = :key")
                .param("key", undo)
                .query(String.class)
                .single();
    }

    /**
     * Asks for taking back what was confirmed: a reversal or a credit note, as an effect of its own that somebody else
     * approves. A refused or cancelled one may be asked for again.
     *
     * @return the key of the undo
     * @throws Problem {@code REMEDY-001} not found, {@code REMEDY-003} below a supervisor's or the granting authority,
     *     {@code REMEDY-007} not confirmed, {@code REMEDY-008} it cannot be taken back or is being taken back already,
     *     {@code REMEDY-009} without a reason
     */
    @Transactional
    public String undo(String key, String reason, Decider by) {
        // Whoever asks at the same moment comes after this.
        jdbc.sql("select effect_key from effect where effect_key = :key for update")
                .param("key", key)
                .query(String.class)
                .optional();
        Effect effect = effects.find(key).orElseThrow(() -> new Problem(Problem.Kind.NOT_FOUND, "REMEDY-001", key));
        Authority needed = Authority.strictest(Authority.SUPERVISOR, effect.authority());
        allowed(by, needed, key);
        String said = reason(reason, key);
        if (effect.state() != Effect.State.CONFIRMED) {
            throw new Problem(Problem.Kind.CONFLICT, "REMEDY-007", key);
        }
        List<String> before = undoes(key);
        if (!undoable(effect, before)) {
            throw new Problem(Problem.Kind.CONFLICT, "REMEDY-008", key);
        }
        String undo = key + "-UNDO" + (before.isEmpty() ? "" : "-" + (before.size() + 1));
        jdbc.sql("""
                        insert into effect (effect_key, case_id, case_reference, customer_id, decision_id, moment, remedy, remedy_class, kind,
                            item, state, authority, asked_by, team, created_at, updated_at, undoes, undo_minor, undo_currency, reason_text)
                        select cast(:undo as varchar(80)), case_id, case_reference, customer_id, decision_id, cast(:moment as varchar(61)),
                            cast(:class as varchar(40)), cast(:class as varchar(12)), kind, item, 'ASKED', cast(:authority as varchar(12)),
                            cast(:by as varchar(60)), team, cast(:at as timestamp(3) with time zone),
                            cast(:at as timestamp(3) with time zone), effect_key, -amount_minor, currency, cast(:reason as text)
                        from effect where effect_key = :key
                        """)
                .param("undo", undo)
                .param("moment", UNDO_MOMENT)
                .param("class", Effect.UNDO)
                .param("authority", needed.name())
                .param("by", by.login())
                .param("at", OffsetDateTime.now(clock))
                .param("reason", stored(effect, said))
                .param("key", key)
                .update();
        changed(undo, null, null, said, by.login());
        return undo;
    }

    /** Whether it can be asked to be taken back now. */
    public boolean undoable(Effect effect) {
        return effect.state() == Effect.State.CONFIRMED && undoable(effect, undoes(effect.key()));
    }

    private static boolean undoable(Effect effect, List<String> before) {
        boolean open = before.stream().anyMatch(state -> !state.equals("REFUSED") && !state.equals("CANCELLED"));
        return effect.money() != null && !effect.undo() && !open && UNDONE.contains(effect.kind());
    }

    /** The states of all undos of an effect. */
    private List<String> undoes(String key) {
        return jdbc.sql("select state from effect where undoes = :key")
                .param("key", key)
                .query(String.class)
                .list();
    }

    /**
     * A person has the gateway asked once more about what nobody knows.
     *
     * @throws Problem {@code REMEDY-001}, {@code REMEDY-003}, {@code REMEDY-010} where it waits for nobody
     */
    @Transactional
    public void askAgain(String key, Decider by) {
        mendable(key, by);
        jdbc.sql("update effect set due_at = :at, unknowns = 0, sent_at = :at where effect_key = :key")
                .param("at", OffsetDateTime.now(clock))
                .param("key", key)
                .update();
        moved(key, Effect.State.NEEDS_PERSON, Effect.State.UNKNOWN, "ASK_AGAIN", by.login());
    }

    /**
     * Somebody says that the gateway knows more about an effect. That is not believed by itself: the gateway is asked now
     * instead of later.
     *
     * @return false where no question about it was waiting
     */
    @Transactional
    public boolean askSoon(String key) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        return jdbc.sql("""
                        update effect set due_at = :now
                        where effect_key = :key and state in ('SENT', 'UNKNOWN') and lease_until is null and due_at > :now
                        """).param("now", now).param("key", key).update() > 0;
    }

    /**
     * A person found out that it was carried out, such as from the bank's statement; another one than who granted it.
     *
     * @throws Problem as {@link #askAgain}, {@code REMEDY-004} one's own grant, {@code REMEDY-011} without a reference
     */
    @Transactional
    public void foundDone(String key, String reference, Decider by) {
        Effect effect = mendable(key, by);
        notOwn(effect, by);
        String found = reference.strip();
        if (found.isEmpty() || found.length() > LONGEST_REFERENCE) {
            throw new Problem(Problem.Kind.INVALID, "REMEDY-011", key);
        }
        jdbc.sql("update effect set reference = :reference where effect_key = :key")
                .param("reference", found)
                .param("key", key)
                .update();
        moved(key, Effect.State.NEEDS_PERSON, Effect.State.CONFIRMED, "FOUND_DONE", by.login());
        if (effect.undo()) {
            moved(undone(key), Effect.State.CONFIRMED, Effect.State.REVERSED, null, by.login());
        }
    }

    /**
     * A person found out that it was not carried out and will not be; another one than who granted it.
     *
     * @throws Problem as {@link #foundDone}, {@code REMEDY-009} without a reason
     */
    @Transactional
    public void foundUndone(String key, String reason, Decider by) {
        Effect effect = mendable(key, by);
        notOwn(effect, by);
        jdbc.sql("update effect set reason_text = :reason where effect_key = :key")
                .param("reason", stored(effect, reason(reason, key)))
                .param("key", key)
                .update();
        moved(key, Effect.State.NEEDS_PERSON, Effect.State.REFUSED, "FOUND_UNDONE", by.login());
    }

    private Effect mendable(String key, Decider by) {
        Effect effect = effects.find(key).orElseThrow(() -> new Problem(Problem.Kind.NOT_FOUND, "REMEDY-001", key));
        allowed(by, Authority.strictest(Authority.SUPERVISOR, effect.authority()), key);
        if (effect.state() != Effect.State.NEEDS_PERSON) {
            throw new Problem(Problem.Kind.CONFLICT, "REMEDY-010", key);
        }
        return effect;
    }

    private static void allowed(Decider by, Authority needed, String key) {
        if (!by.authority().satisfies(needed)) {
            throw new Problem(Problem.Kind.FORBIDDEN, "REMEDY-003", key, needed);
        }
    }

    private static void notOwn(Effect effect, Decider by) {
        if (by.login().equals(effect.decidedBy()) || by.login().equals(effect.askedBy())) {
            throw new Problem(Problem.Kind.FORBIDDEN, "REMEDY-004", effect.key());
        }
    }

    private static String reason(String typed, String key) {
        String reason = typed.strip();
        if (reason.isEmpty() || reason.length() > LONGEST_REASON) {
            throw new Problem(Problem.Kind.INVALID, "REMEDY-009", key);
        }
        return reason;
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
        changed(key, Effect.State.ASKED, null, by.login());
    }

    private static boolean exceeds(Money amount, Money asked) {
        return !amount.currency().equals(asked.currency()) || amount.compareTo(asked) > 0;
    }

    /** Refuses what was asked for. @throws Problem as {@link #approve}, {@code REMEDY-009} without a reason */
    @Transactional
    public void refuse(String key, String reason, Decider by) {
        Effect effect = asked(key, by);
        String why = reason(reason, key);
        if (effect.undo()) {
            // What it would have taken back stands in columns of its own, and stays there.
            move(key, Effect.State.ASKED, Effect.State.REFUSED, null, why, why, by.login());
        } else {
            move(key, Effect.State.ASKED, Effect.State.REFUSED, effect.money(), why, by.login());
        }
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
        changed(effect.key(), Effect.State.RESERVED, null, by);
    }

    /** The state alone; the effect has what belongs to it already. */
    private @Nullable String stored(Effect effect, String reason) {
        return vault.storedNote(effect.customerId(), new PersonalText(reason));
    }

    private void moved(String key, Effect.State from, Effect.State to, @Nullable String code, String by) {
        int rows = jdbc.sql("update effect set state = :to, updated_at = :at where effect_key = :key and state = :from")
                .param("key", key)
                .param("from", from.name())
                .param("to", to.name())
                .param("at", OffsetDateTime.now(clock))
                .update();
        if (rows == 0) {
            throw new Problem(Problem.Kind.CONFLICT, "REMEDY-002", key);
        }
        changed(key, from, code, by);
    }

    private void move(
            String key, Effect.State from, Effect.State to, @Nullable Money money, @Nullable String reason, String by) {
        move(key, from, to, money, reason, null, by);
    }

    /** @param said words that the step keeps, beside the reason of the effect, which is only the last one */
    private void move(
            String key,
            Effect.State from,
            Effect.State to,
            @Nullable Money money,
            @Nullable String reason,
            @Nullable String said,
            String by) {
        int rows = jdbc.sql("""
                        update effect set state = :to, amount_minor = :amount, currency = :currency, reason_text = coalesce(cast(:reason as text), reason_text), decided_by = :by, due_at = null, updated_at = :at
                        where effect_key = :key and state = :from
                        """)
                .param("key", key)
                .param("from", from.name())
                .param("to", to.name())
                .param("amount", money == null ? null : money.minor())
                .param("currency", money == null ? null : money.currency())
                .param(
                        "reason",
                        reason == null ? null : stored(effects.find(key).orElseThrow(), reason))
                .param("by", by)
                .param("at", OffsetDateTime.now(clock))
                .update();
        if (rows == 0) {
            throw new Problem(Problem.Kind.CONFLICT, "REMEDY-002", key);
        }
        changed(key, from, null, said, by);
    }

    private void changed(String key, Effect.@Nullable State from, @Nullable String code, String by) {
        changed(key, from, code, null, by);
    }

    private void changed(
            String key, Effect.@Nullable State from, @Nullable String code, @Nullable String said, String by) {
        Effect effect = effects.find(key).orElseThrow();
        history.add(key, from, effect.state(), code, PersonalText.of(said), by);
        events.publishEvent(new Effect.Changed(effect, by));
    }
}
