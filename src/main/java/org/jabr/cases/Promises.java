package org.jabr.cases;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import org.jabr.rules.CaseId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What was promised to customers, with its times. */
@Repository
public class Promises {

    private static final String COLUMNS = "select id, case_id, kind, made_at, due_at, state, ended_at from promise ";

    private final JdbcClient jdbc;

    Promises(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Open promises whose time is over, the oldest first. */
    public List<Promise> overdue(OffsetDateTime now, int limit) {
        return jdbc.sql(COLUMNS
                        + "where state = 'OPEN' and due_at < :now order by due_at, id fetch first :limit rows only")
                .param("now", now)
                .param("limit", limit)
                .query(Promises::promise)
                .list();
    }

    public List<Promise> ofCase(CaseId caseId) {
        return jdbc.sql(COLUMNS + "where case_id = :id order by id")
                .param("id", caseId.value())
                .query(Promises::promise)
                .list();
    }

    void make(CaseId caseId, Promise.Kind kind, OffsetDateTime at, OffsetDateTime dueAt) {
        jdbc.sql(
                        "insert into promise (case_id, kind, made_at, due_at, state) values (:caseId, :kind, :at, :due, 'OPEN')")
                .param("caseId", caseId.value())
                .param("kind", kind.name())
                .param("at", at)
                .param("due", dueAt)
                .update();
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

    /** Marks one promise as missed. @return false where it was ended meanwhile, so that a miss counts once */
    boolean miss(long id, OffsetDateTime at) {
        return jdbc.sql("update promise set state = 'MISSED', ended_at = :at where id = :id and state = 'OPEN'")
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

    private static Promise promise(ResultSet row, int n) throws SQLException {
        return new Promise(
                row.getLong("id"),
                new CaseId(row.getLong("case_id")),
                Promise.Kind.valueOf(row.getString("kind")),
                row.getObject("made_at", OffsetDateTime.class),
                row.getObject("due_at", OffsetDateTime.class),
                Promise.State.valueOf(row.getString("state")),
                row.getObject("ended_at", OffsetDateTime.class));
    }
}
