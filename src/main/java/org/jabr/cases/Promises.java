package org.jabr.cases;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jabr.customers.PersonalText;
import org.jabr.customers.Vault;
import org.jabr.rules.CaseId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.jdbc.support.KeyHolder;
import org.springframework.stereotype.Repository;

/** What was promised to customers, with its times. */
@Repository
public class Promises {

    private static final String COLUMNS =
            "select id, case_id, kind, said_text, by_whom, made_at, due_at, state, progress_at, ended_at from promise ";

    private final JdbcClient jdbc;
    private final Cases cases;
    private final Vault vault;

    Promises(JdbcClient jdbc, Vault vault, Cases cases) {
        this.cases = cases;
        this.vault = vault;
        this.jdbc = jdbc;
    }

    /**
     * Open promises whose time is over, the oldest first.
     *
     * @param after the last one seen, so that one that cannot be marked holds up no other; null for the first
     */
    public List<Promise> overdue(OffsetDateTime now, @Nullable Promise after, int limit) {
        return jdbc.sql(COLUMNS + """
                        where state = 'OPEN' and due_at < :now and (:afterId = 0 or (due_at, id) > (:afterAt, :afterId))
                        order by due_at, id fetch first :limit rows only
                        """)
                .param("now", now)
                .param("afterId", after == null ? 0 : after.id())
                .param("afterAt", after == null ? now : after.dueAt())
                .param("limit", limit)
                .query(this::promise)
                .list();
    }

    /** Open promises about which the customer should hear before they are due. */
    public List<Promise> awaitingProgress(OffsetDateTime now, int limit) {
        return jdbc.sql(COLUMNS + """
                        where state = 'OPEN' and progress_due_at <= :now and progress_at is null and due_at > :now
                        order by progress_due_at, id fetch first :limit rows only
                        """)
                .param("now", now)
                .param("limit", limit)
                .query(this::promise)
                .list();
    }

    public List<Promise> ofCase(CaseId caseId) {
        return jdbc.sql(COLUMNS + "where case_id = :id order by id")
                .param("id", caseId.value())
                .query(this::promise)
                .list();
    }

    /** A promise that there is. */
    public Promise get(long id) {
        return find(id).orElseThrow();
    }

    Optional<Promise> find(long id) {
        return jdbc.sql(COLUMNS + "where id = :id")
                .param("id", id)
                .query(this::promise)
                .optional();
    }

    /** @return its id */
    long make(
            CaseId caseId,
            Promise.Kind kind,
            @Nullable PersonalText said,
            String by,
            OffsetDateTime at,
            OffsetDateTime dueAt,
            @Nullable OffsetDateTime progressDueAt) {
        KeyHolder key = new GeneratedKeyHolder();
        jdbc.sql("""
                        insert into promise (case_id, kind, said_text, by_whom, made_at, due_at, progress_due_at, state)
                        values (:caseId, :kind, :said, :by, :at, :due, :progress, 'OPEN')
                        """)
                .param("caseId", caseId.value())
                .param("kind", kind.name())
                .param("said", said == null ? null : vault.stored(cases.customerOf(caseId), said))
                .param("by", by)
                .param("at", at)
                .param("due", dueAt)
                .param("progress", progressDueAt)
                .update(key, "id");
        return Objects.requireNonNull(key.getKey()).longValue();
    }

    /** Ends open promises of a kind. @return how many there were */
    int end(CaseId caseId, Promise.Kind kind, Promise.State state, OffsetDateTime at) {
        return jdbc.sql(
                        "update promise set state = :state, ended_at = :at where case_id = :caseId and kind = :kind and state = 'OPEN'")
                .param("caseId", caseId.value())
                .param("kind", kind.name())
                .param("state", state.name())
                .param("at", at)
                .update();
    }

    /** A promise goes on in another case. */
    void hand(long id, CaseId to) {
        jdbc.sql("update promise set case_id = :to where id = :id")
                .param("id", id)
                .param("to", to.value())
                .update();
    }

    /** One promise is kept. @return false where it was ended meanwhile */
    boolean keep(long id, OffsetDateTime at) {
        return jdbc.sql("update promise set state = 'KEPT', ended_at = :at where id = :id and state = 'OPEN'")
                        .param("id", id)
                        .param("at", at)
                        .update()
                == 1;
    }

    /** One promise has another time, and the letter about it is due anew. @return false where it was ended meanwhile */
    boolean move(Promise promise, OffsetDateTime dueAt, @Nullable OffsetDateTime progressDueAt) {
        return jdbc.sql("""
                                update promise set due_at = :due, progress_due_at = :progress, progress_at = null
                                where id = :id and state = 'OPEN' and due_at = :before
                                """)
                        .param("id", promise.id())
                        .param("due", dueAt)
                        .param("progress", progressDueAt)
                        .param("before", promise.dueAt())
                        .update()
                == 1;
    }

    /** The letter about a promise goes out in this transaction. @return false where it did already, so that it does once */
    boolean progress(long id, OffsetDateTime at) {
        return jdbc.sql("""
                                update promise set progress_at = :at
                                where id = :id and state = 'OPEN' and progress_at is null and due_at > :at
                                """).param("id", id).param("at", at).update() == 1;
    }

    /** Marks one promise as missed. @return false where it was ended or moved meanwhile, so that a miss counts once */
    boolean miss(long id, OffsetDateTime at) {
        return jdbc.sql(
                                "update promise set state = 'MISSED', ended_at = :at where id = :id and state = 'OPEN' and due_at < :at")
                        .param("id", id)
                        .param("at", at)
                        .update()
                == 1;
    }

    int count(CaseId caseId, Promise.State state) {
        return jdbc.sql("select count(*) from promise where case_id = :caseId and state = :state")
                .param("caseId", caseId.value())
                .param("state", state.name())
                .query(Integer.class)
                .single();
    }

    private Promise promise(ResultSet row, int n) throws SQLException {
        return new Promise(
                row.getLong("id"),
                new CaseId(row.getLong("case_id")),
                Promise.Kind.valueOf(row.getString("kind")),
                vault.read(row.getString("said_text")),
                row.getString("by_whom"),
                row.getObject("made_at", OffsetDateTime.class),
                row.getObject("due_at", OffsetDateTime.class),
                Promise.State.valueOf(row.getString("state")),
                row.getObject("progress_at", OffsetDateTime.class),
                row.getObject("ended_at", OffsetDateTime.class));
    }
}
