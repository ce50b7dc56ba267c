package org.jabr.cases;

import java.util.List;
import org.jabr.customers.Obstacle;
import org.jabr.customers.Trace;
import org.jabr.rules.CaseId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Without the salt nobody can try out what the facts of a decision may have been. While a case is open its customer stays. */
@Component
class CaseTrace implements Trace, Obstacle.Source {

    private final JdbcClient jdbc;

    CaseTrace(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void clear(long customerId, String customerRef) {
        jdbc.sql(
                        "update decision set salt = null where case_id in (select id from recovery_case where customer_id = :id)")
                .param("id", customerId)
                .update();
    }

    @Override
    public void clear(CaseId caseId) {
        jdbc.sql("update decision set salt = null where case_id = :id")
                .param("id", caseId.value())
                .update();
    }

    @Override
    public List<Obstacle> obstacles(long customerId) {
        return jdbc.sql("select reference from recovery_case where customer_id = :id and closed_at is null order by id")
                .param("id", customerId)
                .query((row, n) -> new Obstacle("OPEN_CASE", row.getString("reference")))
                .list();
    }
}
