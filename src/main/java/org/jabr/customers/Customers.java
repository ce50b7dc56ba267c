package org.jabr.customers;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jabr.rules.Money;
import org.jabr.rules.Problem;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The single customer view. */
@Repository
public class Customers {

    private static final String COLUMNS =
            "select id, external_ref, name_text, email_text, phone_text, language, preferred_channel, vulnerable, loyalty_member, never_complains, country, erased_at, "
                    + Vault.keyOf("customer.id") + " from customer ";

    private final JdbcClient jdbc;
    private final Marks marks;
    private final CustomerKeys keys;
    private final Vault vault;
    private final Clock clock;

    Customers(JdbcClient jdbc, Marks marks, CustomerKeys keys, Vault vault, Clock clock) {
        this.jdbc = jdbc;
        this.marks = marks;
        this.keys = keys;
        this.vault = vault;
        this.clock = clock;
    }

    /** @throws Problem {@code CUSTOMER-001} */
    public Customer get(long id) {
        return jdbc.sql(COLUMNS + "where id = :id")
                .param("id", id)
                .query(this::customer)
                .optional()
                .orElseThrow(() -> new Problem(Problem.Kind.NOT_FOUND, "CUSTOMER-001", id));
    }

    public Optional<Customer> find(String externalRef) {
        return jdbc.sql(COLUMNS + "where external_ref = :ref")
                .param("ref", externalRef)
                .query(this::customer)
                .optional();
    }

    /** The customer of that reference; a new one of whom only the reference is known where there is none. */
    @Transactional
    public Customer findOrCreate(String externalRef) {
        return find(externalRef).orElseGet(() -> get(add(externalRef)));
    }

    /** The ids of these customers by reference; those that are not known yet are created. */
    @Transactional
    Map<String, Long> idsOf(List<String> externalRefs) {
        Map<String, Long> ids = new HashMap<>();
        jdbc.sql("select id, external_ref from customer where external_ref in (:refs)")
                .param("refs", externalRefs)
                .query((row, n) -> ids.put(row.getString("external_ref"), row.getLong("id")))
                .list();
        for (String ref : externalRefs) {
            if (!ids.containsKey(ref)) {
                ids.put(ref, add(ref));
            }
        }
        return ids;
    }

    /**
     * Nobody else comes to a decision about this customer, or erases it, until the transaction ends.
     *
     * @throws Problem {@code CUSTOMER-002} where the customer was erased
     */
    @Transactional
    public void hold(long id) {
        // Not "for update": that would also hold up whoever only refers to the customer, and wait for them in a circle.
        int held = jdbc.sql("update customer set created_at = created_at where id = :id and erased_at is null")
                .param("id", id)
                .update();
        if (held == 0) {
            throw new Problem(Problem.Kind.CONFLICT, "CUSTOMER-002", id);
        }
    }

    /** Creates the customer or replaces what is known of it. */
    @Transactional
    public Customer save(Customer.Details details) {
        long id = find(details.externalRef()).map(Customer::id).orElseGet(() -> add(details.externalRef()));
        jdbc.sql("""
                        update customer set name_text = :name, email_text = :email, phone_text = :phone, language = :language,
                            preferred_channel = :channel, vulnerable = :vulnerable, loyalty_member = :loyal, never_complains = :silent, country = :country,
                            marked = true
                        where id = :id
                        """)
                .param("id", id)
                .param("name", vault.stored(id, details.name()))
                .param("email", vault.stored(id, details.email()))
                .param("phone", vault.stored(id, details.phone()))
                .param("language", details.language())
                .param("channel", details.preferredChannel())
                .param("vulnerable", details.vulnerable())
                .param("loyal", details.loyaltyMember())
                .param("silent", details.neverComplains())
                .param("country", details.country())
                .update();
        marks.mark(id, details.email(), details.phone());
        return get(id);
    }

    /** A customer of whom only the reference is known, with a key. */
    private long add(String externalRef) {
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        jdbc.sql("insert into customer (external_ref, created_at, sealed, marked) values (:ref, :at, true, true)")
                .param("ref", externalRef)
                .param("at", OffsetDateTime.now(clock))
                .update(key, "id");
        long id = Objects.requireNonNull(key.getKeyAs(Long.class));
        keys.make(id);
        return id;
    }

    /** The value as last computed; empty for a customer without a purchase. */
    public Optional<CustomerValue> value(long customerId) {
        return jdbc.sql(
                        "select customer_id, currency, total_minor, yearly_minor, lifetime_minor, percentile, purchases, first_on, last_on from customer_value where customer_id = :id")
                .param("id", customerId)
                .query(Customers::value)
                .optional();
    }

    /** The newest purchases first. */
    public List<Purchase> purchases(long customerId, int limit) {
        return jdbc.sql(
                        "select c.external_ref, p.identity, p.bought_on, p.amount_minor, p.currency, p.item from purchase p join customer c on c.id = p.customer_id where p.customer_id = :id order by p.bought_on desc, p.id desc fetch first :limit rows only")
                .param("id", customerId)
                .param("limit", limit)
                .query((row, n) -> new Purchase(
                        row.getString("external_ref"),
                        row.getString("identity"),
                        row.getObject("bought_on", LocalDate.class),
                        Money.ofMinor(row.getLong("amount_minor"), row.getString("currency")),
                        row.getString("item")))
                .list();
    }

    private Customer customer(ResultSet row, int n) throws SQLException {
        long id = row.getLong("id");
        vault.offer(id, row);
        return new Customer(
                id,
                row.getString("external_ref"),
                vault.read(row.getString("name_text")),
                vault.read(row.getString("email_text")),
                vault.read(row.getString("phone_text")),
                row.getString("language"),
                row.getString("preferred_channel"),
                row.getBoolean("vulnerable"),
                row.getBoolean("loyalty_member"),
                row.getBoolean("never_complains"),
                row.getString("country"),
                row.getObject("erased_at", OffsetDateTime.class));
    }

    private static CustomerValue value(ResultSet row, int n) throws SQLException {
        String currency = row.getString("currency");
        return new CustomerValue(
                row.getLong("customer_id"),
                Money.ofMinor(row.getLong("total_minor"), currency),
                Money.ofMinor(row.getLong("yearly_minor"), currency),
                Money.ofMinor(row.getLong("lifetime_minor"), currency),
                row.getInt("percentile"),
                row.getInt("purchases"),
                row.getObject("first_on", LocalDate.class),
                row.getObject("last_on", LocalDate.class));
    }
}
