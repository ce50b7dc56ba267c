package org.jabr.post;

import java.util.List;
import org.jabr.customers.Obstacle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** While a letter is on its way its customer's address is needed. */
@Component
class PostObstacle implements Obstacle.Source {

    private final JdbcClient jdbc;

    PostObstacle(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<Obstacle> obstacles(long customerId) {
        return jdbc.sql("""
                        select distinct c.reference from delivery d join recovery_case c on c.id = d.case_id
                        where d.customer_id = :id and d.state in ('WAITING', 'SENT', 'NEEDS_PERSON') order by c.reference
                        """)
                .param("id", customerId)
                .query((row, n) -> new Obstacle("LETTER_UNDER_WAY", row.getString("reference")))
                .list();
    }
}
