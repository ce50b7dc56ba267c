package org.jabr.post;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jabr.rules.CaseId;
import org.jabr.rules.Problem;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Letters on their way, for reading. */
@Repository
public class Deliveries {

    private static final String COLUMNS =
            "select id, contact_id, case_id, customer_id, channel, sending, state, code, attempts, complained_at, created_at, updated_at from delivery ";

    private final JdbcClient jdbc;

    Deliveries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @throws Problem {@code POST-001} */
    public Delivery get(long id) {
        return find(id).orElseThrow(() -> new Problem(Problem.Kind.NOT_FOUND, "POST-001", id));
    }

    Optional<Delivery> find(long id) {
        return jdbc.sql(COLUMNS + "where id = :id")
                .param("id", id)
                .query(Deliveries::delivery)
                .optional();
    }

    /** What is to leave, by channel. */
    public List<Waiting> waiting() {
        return jdbc.sql(
                        "select channel, count(*) n, min(created_at) oldest from delivery where due_at is not null group by channel order by channel")
                .query((row, n) -> new Waiting(
                        row.getString("channel"),
                        row.getInt("n"),
                        Objects.requireNonNull(row.getObject("oldest", OffsetDateTime.class))))
                .list();
    }

    /** @param oldest when the oldest of them was written */
    public record Waiting(String channel, int count, OffsetDateTime oldest) {}

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
                row.getString("channel"),
                row.getInt("sending"),
                Delivery.State.valueOf(row.getString("state")),
                row.getString("code"),
                row.getInt("attempts"),
                row.getObject("complained_at", OffsetDateTime.class),
                row.getObject("created_at", OffsetDateTime.class),
                row.getObject("updated_at", OffsetDateTime.class));
    }
}
