package org.jabr.post;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jabr.customers.Customer;
import org.jabr.customers.Customers;
import org.jabr.customers.MadeUp;
import org.jabr.rules.CaseId;
import org.jabr.rules.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes letters over in the transaction that writes them, and hears what became of them. Without a carrier for their
 * channel letters are on the customer's own page only; those of customers who were made up always.
 */
@Service
public class PostDesk {

    static final String EMAIL = "EMAIL";

    private static final Pattern NAME = Pattern.compile("letter-(\\d{1,18})(?:\\.(\\d{1,9}))?");

    private final ObjectProvider<Carrier> carriers;
    private final ObjectProvider<PostRound> rounds;
    private final Customers customers;
    private final MadeUp madeUp;
    private final Deliveries deliveries;
    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    PostDesk(
            ObjectProvider<Carrier> carriers,
            ObjectProvider<PostRound> rounds,
            Customers customers,
            MadeUp madeUp,
            Deliveries deliveries,
            JdbcClient jdbc,
            ApplicationEventPublisher events,
            Clock clock) {
        this.carriers = carriers;
        this.rounds = rounds;
        this.customers = customers;
        this.madeUp = madeUp;
        this.deliveries = deliveries;
        this.jdbc = jdbc;
        this.events = events;
        this.clock = clock;
    }

    /** Takes a letter over. */
    @Transactional
    public void place(long contactId, CaseId caseId, long customerId, String channel) {
        Optional<Carrier> carrier =
                carriers.stream().filter(one -> one.carries(channel)).findFirst();
        if (carrier.isEmpty()) {
            return;
        }
        Customer customer = customers.get(customerId);
        if (madeUp.contains(customer.externalRef())) {
            return;
        }
        boolean known = carrier.get().knows(channel, customer);
        OffsetDateTime now = OffsetDateTime.now(clock);
        jdbc.sql("""
                        insert into delivery (contact_id, case_id, customer_id, channel, sending, state, code, attempts, fence, due_at, created_at, updated_at)
                        values (:contact, :caseId, :customer, :channel, 1, :state, :code, 0, 0, :due, :now, :now)
                        """)
                .param("contact", contactId)
                .param("caseId", caseId.value())
                .param("customer", customerId)
                .param("channel", channel)
                .param("state", (known ? Delivery.State.WAITING : Delivery.State.NOT_SENT).name())
                .param("code", known ? null : Delivery.NO_ADDRESS)
                .param("due", known ? now : null)
                .param("now", now)
                .update();
    }

    /** A person told the customer another way. What has left meanwhile stays as it is. */
    @Transactional
    public void settle(long id) {
        move(id, Delivery.State.SETTLED, null);
    }

    /**
     * Lets it leave once more, to the address that is known now.
     *
     * @throws Problem {@code POST-001} no such letter in this case, {@code POST-002} where it needs nobody
     */
    @Transactional
    public void again(CaseId caseId, long id) {
        if (!deliveries.get(id).caseId().equals(caseId)) {
            throw new Problem(Problem.Kind.NOT_FOUND, "POST-001", id);
        }
        if (!move(id, Delivery.State.WAITING, OffsetDateTime.now(clock))) {
            throw new Problem(Problem.Kind.CONFLICT, "POST-002", id);
        }
        events.publishEvent(new Delivery.Again(deliveries.get(id)));
    }

    /** What the other side tells about a letter. */
    public enum News {
        /** It has taken it. */
        ACCEPTED,
        /** It has arrived. */
        DELIVERED,
        /** It came back. */
        BOUNCED,
        /** The customer did not want it. */
        COMPLAINED
    }

    /** What news changed. */
    public enum Heard {
        CHANGED,
        /** It was known, or better was. */
        KNOWN,
        /** It is about an earlier sending of the letter. */
        LATE,
        /** There is no such letter. */
        UNKNOWN
    }

    /**
     * The other side tells what became of a letter. News may come in any order, more than once, and before the answer to
     * the call that handed the letter over: in the end the letter stands the same.
     *
     * @param name of the letter's sending, as it left the house
     */
    @Transactional
    public Heard heard(String name, News news) {
        Optional<Delivery> named = find(name);
        if (named.isEmpty()) {
            return Heard.UNKNOWN;
        }
        // What the other side has never got it knows nothing about.
        Delivery delivery = named.get();
        if (!delivery.name().equals(name) || delivery.attempts() == 0) {
            return Heard.LATE;
        }
        long id = delivery.id();
        OffsetDateTime now = OffsetDateTime.now(clock);
        return switch (news) {
            case ACCEPTED -> changed(go(id, Delivery.State.CONFIRMED, null, "state in ('WAITING', 'SENT')"));
            case DELIVERED -> {
                boolean failed = go(
                        id,
                        Delivery.State.DELIVERED,
                        null,
                        "state = 'NEEDS_PERSON' and coalesce(code, '') <> 'BOUNCED'");
                if (failed) {
                    events.publishEvent(new Delivery.Arrived(deliveries.get(id)));
                }
                yield changed(
                        failed || go(id, Delivery.State.DELIVERED, null, "state in ('WAITING', 'SENT', 'CONFIRMED')"));
            }
            case BOUNCED -> {
                boolean fresh = go(
                        id,
                        Delivery.State.NEEDS_PERSON,
                        Delivery.BOUNCED,
                        "state in ('WAITING', 'SENT', 'CONFIRMED', 'DELIVERED')");
                if (fresh) {
                    events.publishEvent(new Delivery.Failed(deliveries.get(id)));
                }
                yield changed(fresh
                        || go(
                                id,
                                Delivery.State.NEEDS_PERSON,
                                Delivery.BOUNCED,
                                "state = 'NEEDS_PERSON' and coalesce(code, '') <> 'BOUNCED'"));
            }
            case COMPLAINED ->
                changed(jdbc.sql(
                                        "update delivery set complained_at = :now, updated_at = :now where id = :id and complained_at is null")
                                .param("now", now)
                                .param("id", id)
                                .update()
                        > 0);
        };
    }

    private static Heard changed(boolean changed) {
        return changed ? Heard.CHANGED : Heard.KNOWN;
    }

    /** Moves the sending that the news is about, and no other one. */
    private boolean go(long id, Delivery.State to, @Nullable String code, String where) {
        return told(
                id,
                jdbc.sql(
                                        "update delivery set state = :to, code = :code, due_at = null, updated_at = :now where id = :id and "
                                                + where)
                                .param("to", to.name())
                                .param("code", code)
                                .param("now", OffsetDateTime.now(clock))
                                .param("id", id)
                                .update()
                        > 0);
    }

    /** The letter whose sending has this name, whichever sending it is. */
    public Optional<Delivery> find(String name) {
        Matcher matcher = NAME.matcher(name);
        return matcher.matches() ? deliveries.find(Long.parseLong(matcher.group(1))) : Optional.empty();
    }

    /** How the ways out stand; none where none is configured. */
    public List<PostHealth> health() {
        return rounds.stream()
                .map(round -> new PostHealth(
                        round.way().name(),
                        round.way().host(),
                        round.way().channels().stream().sorted().toList(),
                        round.health()))
                .toList();
    }

    private boolean move(long id, Delivery.State to, @Nullable OffsetDateTime due) {
        return told(
                id,
                jdbc.sql("""
                        update delivery set state = :to, due_at = :due, attempts = case when :to = 'WAITING' then 0 else attempts end,
                            sending = case when :to = 'WAITING' then sending + 1 else sending end, updated_at = :now
                        where id = :id and state = 'NEEDS_PERSON'
                        """)
                                .param("to", to.name())
                                .param("due", due)
                                .param("now", OffsetDateTime.now(clock))
                                .param("id", id)
                                .update()
                        > 0);
    }

    private boolean told(long id, boolean changed) {
        if (changed) {
            events.publishEvent(new Delivery.Changed(deliveries.get(id)));
        }
        return changed;
    }
}
