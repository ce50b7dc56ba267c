package org.jabr.customers;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import org.jabr.rules.CaseId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Makes what was known about a customer unreadable, for good. Whether it may be is for those to know who ask for it. */
@Component
public class Forgetting {

    private final JdbcClient jdbc;
    private final CustomerKeys keys;
    private final List<PersonalColumn> columns;
    private final List<Trace> traces;
    private final Clock clock;

    Forgetting(
            JdbcClient jdbc, CustomerKeys keys, List<PersonalColumn.Source> sources, List<Trace> traces, Clock clock) {
        this.jdbc = jdbc;
        this.keys = keys;
        this.columns = sources.stream()
                .flatMap(source -> source.personalColumns().stream())
                .toList();
        this.traces = List.copyOf(traces);
        this.clock = clock;
    }

    /** Until the transaction ends nobody opens a case for the customer, or writes about them. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void hold(long id) {
        jdbc.sql("select id from customer where id = :id for update")
                .param("id", id)
                .query(Long.class)
                .optional();
    }

    /**
     * Destroys the customer's key, and with it every text that was ever sealed under it; clears what names the customer
     * without being a text. Amounts and dates of purchases stay, for totals; what they were of goes. The customer's
     * reference becomes free: who comes back under it is a new customer.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void customer(long id) {
        // Whoever still writes about the customer holds this row; what they wrote is sealed under a key that is gone
        // then.
        String ref = jdbc.sql("select external_ref from customer where id = :id for update")
                .param("id", id)
                .query(String.class)
                .single();
        traces.forEach(trace -> trace.clear(id, ref));
        keys.destroy(id);
        // Texts from before there were keys, and notes that could be written without one.
        columns.forEach(column -> empty(column, column.ofCustomer(), "customer", id));
        jdbc.sql("""
                        update customer set external_ref = :gone, language = null, preferred_channel = null, vulnerable = false,
                            loyalty_member = false, never_complains = false, sealed = true, erased_at = :at
                        where id = :id
                        """)
                .param("gone", "erased-" + id)
                .param("at", OffsetDateTime.now(clock))
                .param("id", id)
                .update();
        jdbc.sql("delete from customer_mark where customer_id = :id")
                .param("id", id)
                .update();
        jdbc.sql("delete from staff_link where customer_id = :id")
                .param("id", id)
                .update();
        jdbc.sql("delete from inside_customer where customer_ref = :ref")
                .param("ref", ref)
                .update();
        jdbc.sql("update purchase set identity = 'erased-' || id, item = null where customer_id = :id")
                .param("id", id)
                .update();
    }

    /** Empties every text about a case; the customer stays. @return how many texts there were */
    @Transactional(propagation = Propagation.MANDATORY)
    public int ofCase(CaseId id) {
        traces.forEach(trace -> trace.clear(id));
        return columns.stream()
                .filter(column -> !column.ofCase().isEmpty())
                .mapToInt(column -> empty(column, column.ofCase(), "case", id.value()))
                .sum();
    }

    private int empty(PersonalColumn column, String whose, String parameter, long id) {
        return jdbc.sql("update " + column.table() + " set " + column.column() + " = :gone where " + column.column()
                        + " is not null and " + column.column() + " <> :gone and " + whose)
                .param("gone", Vault.gone())
                .param(parameter, id)
                .update();
    }
}
