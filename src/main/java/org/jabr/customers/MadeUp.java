package org.jabr.customers;

import java.util.Collection;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Customers who were made up, such as those of the demo's shop: nothing that is for them ever leaves the house. */
@Repository
public class MadeUp {

    private final JdbcClient jdbc;

    MadeUp(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** From now on these are known to be made up. */
    @Transactional
    public void add(Collection<String> customerRefs) {
        for (String customer : customerRefs) {
            if (!contains(customer)) {
                jdbc.sql("insert into inside_customer (customer_ref) values (:customer)")
                        .param("customer", customer)
                        .update();
            }
        }
    }

    public boolean contains(String customerRef) {
        return jdbc.sql("select count(*) from inside_customer where customer_ref = :customer")
                        .param("customer", customerRef)
                        .query(Integer.class)
                        .single()
                > 0;
    }
}
