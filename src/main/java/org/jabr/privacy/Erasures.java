package org.jabr.privacy;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;

/** What was asked to be erased, and what must be kept. */
@Repository
class Erasures {

    private static final String ERASURE = """
            select e.id, e.customer_id, c.external_ref, e.ground, e.state, e.asked_by, e.asked_at, e.due_on, e.decided_by, e.decided_at,
                e.refusal from erasure e join customer c on c.id = e.customer_id\s""";

    private static final String HOLD = """
            select h.id, h.customer_id, c.external_ref, h.ground, h.placed_by, h.placed_at, h.until_on, h.lifted_by, h.lifted_at
            from legal_hold h join customer c on c.id = h.customer_id\s""";

    private final JdbcClient jdbc;

    Erasures(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    long add(long customerId, String ground, Erasure.State state, String by, OffsetDateTime at, LocalDate dueOn) {
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        boolean open = state == Erasure.State.ASKED;
        jdbc.sql("""
                        insert into erasure (customer_id, ground, state, asked_by, asked_at, due_on, decided_by, decided_at)
                        values (:customer, :ground, :state, :by, :at, :due, :decidedBy, :decidedAt)
                        """)
                .param("customer", customerId)
                .param("ground", ground)
                .param("state", state.name())
                .param("by", by)
                .param("at", at)
                .param("due", dueOn)
                .param("decidedBy", open ? null : by)
                .param("decidedAt", open ? null : at)
                .update(key, "id");
        return Objects.requireNonNull(key.getKeyAs(Long.class));
    }

    /** @return whether nobody else had decided it */
    boolean decide(long id, Erasure.State state, @Nullable String refusal, String by, OffsetDateTime at) {
        return jdbc.sql("""
                        update erasure set state = :state, refusal = :refusal, decided_by = :by, decided_at = :at
                        where id = :id and state = 'ASKED'
                        """)
                        .param("state", state.name())
                        .param("refusal", refusal)
                        .param("by", by)
                        .param("at", at)
                        .param("id", id)
                        .update()
                == 1;
    }

    Optional<Erasure> find(long id) {
        return jdbc.sql(ERASURE + "where e.id = :id")
                .param("id", id)
                .query(Erasures::erasure)
                .optional();
    }

    Optional<Erasure> openOf(long customerId) {
        return jdbc.sql(ERASURE + "where e.customer_id = :id and e.state = 'ASKED'")
                .param("id", customerId)
                .query(Erasures::erasure)
                .optional();
    }

    List<Erasure> list(Erasure.@Nullable State state, long before, int most) {
        return jdbc.sql(ERASURE + "where e.id < :before" + (state == null ? "" : " and e.state = :state")
                        + " order by e.id desc fetch first :most rows only")
                .param("before", before)
                .param("state", state == null ? null : state.name())
                .param("most", most)
                .query(Erasures::erasure)
                .list();
    }

    long place(long customerId, String ground, @Nullable LocalDate until, String by, OffsetDateTime at) {
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        jdbc.sql("""
                        insert into legal_hold (customer_id, ground, placed_by, placed_at, until_on)
                        values (:customer, :ground, :by, :at, :until)
                        """)
                .param("customer", customerId)
                .param("ground", ground)
                .param("by", by)
                .param("at", at)
                .param("until", until)
                .update(key, "id");
        return Objects.requireNonNull(key.getKeyAs(Long.class));
    }

    boolean lift(long id, String by, OffsetDateTime at) {
        return jdbc.sql("update legal_hold set lifted_by = :by, lifted_at = :at where id = :id and lifted_at is null")
                        .param("by", by)
                        .param("at", at)
                        .param("id", id)
                        .update()
                == 1;
    }

    Optional<Hold> hold(long id) {
        return jdbc.sql(HOLD + "where h.id = :id")
                .param("id", id)
                .query(Erasures::hold)
                .optional();
    }

    /** Those of a customer, the newest first. */
    List<Hold> holdsOf(long customerId) {
        return jdbc.sql(HOLD + "where h.customer_id = :id order by h.id desc")
                .param("id", customerId)
                .query(Erasures::hold)
                .list();
    }

    List<Hold> holds(long before, int most) {
        return jdbc.sql(HOLD + "where h.id < :before order by h.id desc fetch first :most rows only")
                .param("before", before)
                .param("most", most)
                .query(Erasures::hold)
                .list();
    }

    private static Erasure erasure(ResultSet row, int n) throws SQLException {
        return new Erasure(
                row.getLong("id"),
                row.getLong("customer_id"),
                row.getString("external_ref"),
                row.getString("ground"),
                Erasure.State.valueOf(row.getString("state")),
                row.getString("asked_by"),
                row.getObject("asked_at", OffsetDateTime.class),
                row.getObject("due_on", LocalDate.class),
                row.getString("decided_by"),
                row.getObject("decided_at", OffsetDateTime.class),
                row.getString("refusal"));
    }

    private static Hold hold(ResultSet row, int n) throws SQLException {
        return new Hold(
                row.getLong("id"),
                row.getLong("customer_id"),
                row.getString("external_ref"),
                row.getString("ground"),
                row.getString("placed_by"),
                row.getObject("placed_at", OffsetDateTime.class),
                row.getObject("until_on", LocalDate.class),
                row.getString("lifted_by"),
                row.getObject("lifted_at", OffsetDateTime.class));
    }
}
