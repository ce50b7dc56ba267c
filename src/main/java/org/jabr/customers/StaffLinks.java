package org.jabr.customers;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import org.jabr.people.Accounts;
import org.jabr.rules.Authority;
import org.jabr.rules.Decider;
import org.jabr.rules.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.jdbc.support.KeyHolder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Who of those who work here is close to which customer, so that they leave what is given to that one to others. */
@Service
public class StaffLinks {

    private static final String COLUMNS = """
            select l.id, l.login, l.customer_id, c.external_ref, l.relation, l.declared_by, l.declared_at, l.ended_by, l.ended_at
            from staff_link l join customer c on c.id = l.customer_id\s""";

    private final JdbcClient jdbc;
    private final Customers customers;
    private final Accounts accounts;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    StaffLinks(JdbcClient jdbc, Customers customers, Accounts accounts, ApplicationEventPublisher events, Clock clock) {
        this.jdbc = jdbc;
        this.customers = customers;
        this.accounts = accounts;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Whether somebody is the customer, or close to the customer: by a link of theirs, or because the customer shares an
     * e-mail address or telephone number with their own account or that of a relative.
     */
    public boolean related(String login, long customerId) {
        return jdbc.sql("""
                        select count(*) from staff_link l
                        where l.login = :login and l.ended_at is null and (l.customer_id = :customer or l.relation <> 'OTHER' and exists (
                            select 1 from customer_mark own join customer_mark same on same.mark = own.mark
                            where own.customer_id = l.customer_id and same.customer_id = :customer))
                        """)
                        .param("login", login)
                        .param("customer", customerId)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    /** Who is close to any of these customers by a link of theirs that holds. */
    public List<String> closeTo(List<Long> customerIds) {
        return customerIds.isEmpty()
                ? List.of()
                : jdbc.sql("select distinct login from staff_link where customer_id in (:ids) and ended_at is null")
                        .param("ids", customerIds)
                        .query(String.class)
                        .list();
    }

    /** Links of a person, those that hold first. */
    public List<StaffLink> of(String login) {
        return jdbc.sql(COLUMNS
                        + "where l.login = :login order by case when l.ended_at is null then 0 else 1 end, l.id desc")
                .param("login", login)
                .query(StaffLinks::link)
                .list();
    }

    /** One page of everybody's links, the newest first. @param before the last one seen; null for the first page */
    public List<StaffLink> list(@Nullable Long before, int limit) {
        return jdbc.sql(COLUMNS + "where l.id < :before order by l.id desc fetch first :limit rows only")
                .param("before", before == null ? Long.MAX_VALUE : before)
                .param("limit", limit)
                .query(StaffLinks::link)
                .list();
    }

    /**
     * Keeps that somebody is close to a customer. Everybody may say so of themselves, and supervisors of everybody.
     *
     * @param customerRef how the company's own systems name the customer
     * @return the link; the one that holds already where there is one
     * @throws Problem {@code TIE-001} no such customer, {@code TIE-002} nobody of that login works here, {@code TIE-003}
     *     somebody else's link, by whoever is no supervisor
     */
    @Transactional
    public StaffLink declare(String login, String customerRef, StaffLink.Relation relation, Decider by) {
        if (!login.equals(by.login()) && !by.authority().satisfies(Authority.SUPERVISOR)) {
            throw new Problem(Problem.Kind.FORBIDDEN, "TIE-003", login);
        }
        if (accounts.find(login).isEmpty()) {
            throw new Problem(Problem.Kind.INVALID, "TIE-002", login);
        }
        Customer customer = customers
                .find(customerRef.strip())
                .orElseThrow(() -> new Problem(Problem.Kind.INVALID, "TIE-001", customerRef.strip()));
        // Whoever declares the same at this moment comes after.
        customers.hold(customer.id());
        List<StaffLink> known = jdbc.sql(
                        COLUMNS
                                + "where l.login = :login and l.customer_id = :customer and l.relation = :relation and l.ended_at is null")
                .param("login", login)
                .param("customer", customer.id())
                .param("relation", relation.name())
                .query(StaffLinks::link)
                .list();
        if (!known.isEmpty()) {
            return known.get(0);
        }
        KeyHolder key = new GeneratedKeyHolder();
        jdbc.sql("""
                        insert into staff_link (login, customer_id, relation, declared_by, declared_at)
                        values (:login, :customer, :relation, :by, :at)
                        """)
                .param("login", login)
                .param("customer", customer.id())
                .param("relation", relation.name())
                .param("by", by.login())
                .param("at", OffsetDateTime.now(clock))
                .update(key, "id");
        return changed(Objects.requireNonNull(key.getKey()).longValue(), by);
    }

    /**
     * A link is not so any more. Its history stays. Nobody ends a link of their own: a supervisor who is another person does.
     *
     * @throws Problem {@code TIE-004} no such link that holds, {@code TIE-005} by the person themselves or by whoever is no
     *     supervisor
     */
    @Transactional
    public StaffLink end(long id, Decider by) {
        StaffLink link = get(id);
        if (link.login().equals(by.login()) || !by.authority().satisfies(Authority.SUPERVISOR)) {
            throw new Problem(Problem.Kind.FORBIDDEN, "TIE-005", id);
        }
        int rows = jdbc.sql("update staff_link set ended_by = :by, ended_at = :at where id = :id and ended_at is null")
                .param("id", id)
                .param("by", by.login())
                .param("at", OffsetDateTime.now(clock))
                .update();
        if (rows == 0) {
            throw new Problem(Problem.Kind.CONFLICT, "TIE-004", id);
        }
        return changed(id, by);
    }

    private StaffLink changed(long id, Decider by) {
        StaffLink link = get(id);
        events.publishEvent(new StaffLink.Changed(link, by.login()));
        return link;
    }

    private StaffLink get(long id) {
        return jdbc.sql(COLUMNS + "where l.id = :id")
                .param("id", id)
                .query(StaffLinks::link)
                .optional()
                .orElseThrow(() -> new Problem(Problem.Kind.NOT_FOUND, "TIE-004", id));
    }

    private static StaffLink link(ResultSet row, int n) throws SQLException {
        return new StaffLink(
                row.getLong("id"),
                row.getString("login"),
                row.getLong("customer_id"),
                row.getString("external_ref"),
                StaffLink.Relation.valueOf(row.getString("relation")),
                row.getString("declared_by"),
                row.getObject("declared_at", OffsetDateTime.class),
                row.getString("ended_by"),
                row.getObject("ended_at", OffsetDateTime.class));
    }
}
