package org.jabr.post;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jabr.customers.Customer;
import org.jabr.customers.Customers;
import org.jabr.customers.MadeUp;
import org.jabr.rules.CaseId;
import org.jabr.rules.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes letters over in the transaction that writes them. Without a mail server, and for channels that none leads to,
 * letters are on the customer's own page only; those of customers who were made up always.
 */
@Service
public class PostDesk {

    private static final String EMAIL = "EMAIL";

    private final Optional<MailGateway> gateway;
    private final Customers customers;
    private final MadeUp madeUp;
    private final Deliveries deliveries;
    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    PostDesk(
            Optional<MailGateway> gateway,
            Customers customers,
            MadeUp madeUp,
            Deliveries deliveries,
            JdbcClient jdbc,
            ApplicationEventPublisher events,
            Clock clock) {
        this.gateway = gateway;
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
        if (gateway.isEmpty() || !channel.equals(EMAIL)) {
            return;
        }
        Customer customer = customers.get(customerId);
        if (madeUp.contains(customer.externalRef())) {
            return;
        }
        boolean known = customer.email() != null;
        OffsetDateTime now = OffsetDateTime.now(clock);
        jdbc.sql("""
                        insert into delivery (contact_id, case_id, customer_id, state, code, attempts, fence, due_at, created_at, updated_at)
                        values (:contact, :caseId, :customer, :state, :code, 0, 0, :due, :now, :now)
                        """)
                .param("contact", contactId)
                .param("caseId", caseId.value())
                .param("customer", customerId)
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

    private boolean move(long id, Delivery.State to, @Nullable OffsetDateTime due) {
        return jdbc.sql("""
                        update delivery set state = :to, due_at = :due, attempts = case when :to = 'WAITING' then 0 else attempts end, updated_at = :now
                        where id = :id and state = 'NEEDS_PERSON'
                        """)
                        .param("to", to.name())
                        .param("due", due)
                        .param("now", OffsetDateTime.now(clock))
                        .param("id", id)
                        .update()
                > 0;
    }
}
