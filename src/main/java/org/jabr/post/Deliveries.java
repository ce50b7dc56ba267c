package org.jabr.post;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import org.jabr.rules.CaseId;
import org.jabr.rules.Problem;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Letters on their way, for reading. */
@Repository
public class Deliveries {

    private static final String COLUMNS =
            "select id, contact_id, case_id, customer_id, state, code, attempts, created_at, updated_at from delivery ";

    private final JdbcClient jdbc;

    Deliveries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @throws Problem {@code POST-001} */
    public Delivery get(long id) {
        return jdbc.sql(COLUMNS + "where id = :id")
                .param("id", id)
                .query(Deliveries::delivery)
                .optional()
                .orElseThrow(() -> new Problem(Problem.Kind.NOT_FOUND, "POST-001", id));
    }

    /** In the order in which they were written. */
    public List<Delivery> ofCase(CaseId caseId) {
        return jdbc.sql(COLUMNS + "where case_id = :id order by id")
                .param("id", caseId.value())
                .query(Deliveries::delivery)
                .list();
    }

    private static Delivery delivery(ResultSet row, int n) throws SQLException {
        return new Delivery(
                row.getLong("id"),
                row.getLong("contact_id"),
                new CaseId(row.getLong("case_id")),
                row.getLong("customer_id"),
                Delivery.State.valueOf(row.getString("state")),
                row.getString("code"),
                row.getInt("attempts"),
                row.getObject("created_at", OffsetDateTime.class),
                row.getObject("updated_at", OffsetDateTime.class));
    }
}
