package org.jabr.remedies;

import java.util.List;
import org.jabr.customers.Obstacle;
import org.jabr.customers.Trace;
import org.jabr.treasury.BudgetDesk;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Whom something was booked for. While something is owed to a customer, or on its way, the customer stays. */
@Component
class RemedyTrace implements Trace, Obstacle.Source {

    private final JdbcClient jdbc;
    private final BudgetDesk budgets;

    RemedyTrace(JdbcClient jdbc, BudgetDesk budgets) {
        this.jdbc = jdbc;
        this.budgets = budgets;
    }

    @Override
    public void clear(long customerId, String customerRef) {
        budgets.forgetReasons(customerId);
        jdbc.sql("update gateway_booking set customer_ref = :gone where customer_ref = :ref")
                .param("gone", "erased-" + customerId)
                .param("ref", customerRef)
                .update();
    }

    @Override
    public List<Obstacle> obstacles(long customerId) {
        return jdbc.sql("""
                        select distinct case_reference from effect where customer_id = :id
                          and state in ('ASKED', 'RESERVED', 'SENT', 'UNKNOWN', 'NEEDS_PERSON') order by case_reference
                        """)
                .param("id", customerId)
                .query((row, n) -> new Obstacle("REMEDY_UNDER_WAY", row.getString("case_reference")))
                .list();
    }
}
