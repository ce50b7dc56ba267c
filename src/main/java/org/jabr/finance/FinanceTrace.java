package org.jabr.finance;

import org.jabr.customers.Trace;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Why a difference was accepted may say something of the customer whom it was about. */
@Component
class FinanceTrace implements Trace {

    private final JdbcClient jdbc;

    FinanceTrace(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void clear(long customerId, String customerRef) {
        jdbc.sql("""
                        update money_difference_event set reason = null where difference_id in (
                            select d.id from money_difference d join recovery_case c on c.id = d.case_id where c.customer_id = :id)
                        """).param("id", customerId).update();
        jdbc.sql("""
                        update money_difference set reason = null
                        where case_id in (select id from recovery_case where customer_id = :id)
                        """).param("id", customerId).update();
    }
}
