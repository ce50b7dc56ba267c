package org.jabr.anchors;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jabr.journal.Seal;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Seals on their way. A claim is a commit of its own before any call; what came of the call is taken only from the claim
 * that still stands.
 */
@Repository
class Anchors {

    private static final String COLUMNS =
            "select id, way, seal_id, state, code, attempts, due_at, created_at, updated_at from seal_anchor ";

    private final JdbcClient jdbc;
    private final AnchorTerms terms;
    private final Clock clock;

    Anchors(JdbcClient jdbc, AnchorTerms terms, Clock clock) {
        this.jdbc = jdbc;
        this.terms = terms;
        this.clock = clock;
    }

    /** @param attempts with this one */
    record Claim(long id, long seal, long fence, int attempts) {}

    /**
     * Has the newest seal leave, unless one left by this way a short while ago, or this one already did. Those that have
     * not arrived yet need not any more: a later seal says all that they say.
     *
     * @return whether it is to leave now
     */
    @Transactional
    public boolean add(String way, Seal seal) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        // Nodes that look at once wait for each other here; the row is there from the start.
        jdbc.sql("select name from journal_turn where name = 'anchor' for update")
                .query(String.class)
                .single();
        Optional<Anchor> last = last(way);
        if (last.isPresent()
                && (last.get().seal() >= seal.id()
                        || last.get().createdAt().plus(terms.every()).isAfter(now))) {
            return false;
        }
        jdbc.sql("""
                        update seal_anchor set state = 'COVERED', due_at = null, updated_at = :now
                        where way = :way and state in ('WAITING', 'SENT')
                        """).param("now", now).param("way", way).update();
        jdbc.sql("""
                        insert into seal_anchor (way, seal_id, state, attempts, fence, due_at, created_at, updated_at)
                        values (:way, :seal, 'WAITING', 0, 0, :now, :now, :now)
                        """)
                .param("way", way)
                .param("seal", seal.id())
                .param("now", now)
                .update();
        return true;
    }

    /** Claims what is due by this way. */
    @Transactional
    public Optional<Claim> claim(String way) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        Optional<Claim> due = jdbc.sql("""
                        select id, seal_id, fence, attempts from seal_anchor
                        where way = :way and due_at <= :now order by id desc fetch first 1 rows only for update skip locked
                        """)
                .param("way", way)
                .param("now", now)
                .query((row, n) -> new Claim(
                        row.getLong("id"),
                        row.getLong("seal_id"),
                        row.getLong("fence") + 1,
                        row.getInt("attempts") + 1))
                .optional();
        due.ifPresent(claim -> jdbc.sql("""
                        update seal_anchor set state = 'SENT', fence = :fence, attempts = :attempts, due_at = :until,
                          updated_at = :now where id = :id
                        """)
                .param("fence", claim.fence())
                .param("attempts", claim.attempts())
                .param("until", now.plus(terms.lease()))
                .param("now", now)
                .param("id", claim.id())
                .update());
        return due;
    }

    /** What came of the call. @param code why it was not taken; null where it was */
    @Transactional
    public void take(Claim claim, @Nullable String code) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        jdbc.sql("""
                        update seal_anchor set state = :state, code = :code, due_at = :due, updated_at = :now
                        where id = :id and fence = :fence and state = 'SENT'
                        """)
                .param("state", (code == null ? Anchor.State.KEPT : Anchor.State.WAITING).name())
                .param("code", code)
                .param("due", code == null ? null : now.plus(terms.wait(claim.attempts())))
                .param("now", now)
                .param("id", claim.id())
                .param("fence", claim.fence())
                .update();
    }

    /** The newest one by a way. */
    Optional<Anchor> last(String way) {
        return jdbc.sql(COLUMNS + "where way = :way order by id desc fetch first 1 rows only")
                .param("way", way)
                .query(Anchors::anchor)
                .optional();
    }

    /** The newest one by a way that arrived. */
    Optional<Anchor> lastKept(String way) {
        return jdbc.sql(COLUMNS + "where way = :way and state = 'KEPT' order by id desc fetch first 1 rows only")
                .param("way", way)
                .query(Anchors::anchor)
                .optional();
    }

    /** When the first one left of which neither itself nor a later one has arrived. */
    Optional<OffsetDateTime> waitingSince(String way) {
        return jdbc.sql("""
                        select created_at from seal_anchor where way = :way and id > (select coalesce(max(k.id), 0)
                            from seal_anchor k where k.way = :way and k.state = 'KEPT')
                        order by id fetch first 1 rows only
                        """).param("way", way).query(OffsetDateTime.class).optional();
    }

    List<Anchor> of(Collection<Long> seals) {
        return seals.isEmpty()
                ? List.of()
                : jdbc.sql(COLUMNS + "where seal_id in (:seals) order by seal_id, way")
                        .param("seals", seals)
                        .query(Anchors::anchor)
                        .list();
    }

    private static Anchor anchor(ResultSet row, int n) throws SQLException {
        return new Anchor(
                row.getLong("id"),
                row.getString("way"),
                row.getLong("seal_id"),
                Anchor.State.valueOf(row.getString("state")),
                row.getString("code"),
                row.getInt("attempts"),
                row.getObject("due_at", OffsetDateTime.class),
                Objects.requireNonNull(row.getObject("created_at", OffsetDateTime.class)),
                Objects.requireNonNull(row.getObject("updated_at", OffsetDateTime.class)));
    }
}
