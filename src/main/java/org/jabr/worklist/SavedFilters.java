package org.jabr.worklist;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import org.jabr.rules.Authority;
import org.jabr.rules.Decider;
import org.jabr.rules.Problem;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Ways to look at the list that somebody gave a name: for themselves or for everybody. */
@Repository
public class SavedFilters {

    private static final int LONGEST_NAME = 60;
    private static final int LONGEST_QUERY = 1000;

    private final JdbcClient jdbc;
    private final Clock clock;

    SavedFilters(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** @param query the part of the list's address behind the question mark */
    public record Saved(long id, String owner, String name, String query, boolean shared) {}

    /** This person's own and those that are shared, by name. */
    public List<Saved> of(String login) {
        return jdbc.sql(
                        "select id, owner, name, query, shared from work_filter where owner = :login or shared = true order by name, id")
                .param("login", login)
                .query(SavedFilters::saved)
                .list();
    }

    /**
     * Keeps it; one of the same name and person is replaced.
     *
     * @throws Problem {@code WORK-017} without a name, or with one that is too long
     */
    @Transactional
    public void keep(String owner, String name, String query, boolean shared) {
        String called = name.strip();
        if (called.isEmpty() || called.length() > LONGEST_NAME || query.length() > LONGEST_QUERY) {
            throw new Problem(Problem.Kind.INVALID, "WORK-017", LONGEST_NAME);
        }
        int kept = jdbc.sql(
                        "update work_filter set query = :query, shared = :shared where owner = :owner and name = :name")
                .param("query", query)
                .param("shared", shared)
                .param("owner", owner)
                .param("name", called)
                .update();
        if (kept == 0) {
            jdbc.sql(
                            "insert into work_filter (owner, name, query, shared, created_at) values (:owner, :name, :query, :shared, :at)")
                    .param("owner", owner)
                    .param("name", called)
                    .param("query", query)
                    .param("shared", shared)
                    .param("at", OffsetDateTime.now(clock))
                    .update();
        }
    }

    /** Forgets it. @throws Problem {@code WORK-018} where it is somebody else's and no supervisor asks */
    @Transactional
    public void forget(long id, Decider by) {
        boolean leads = by.authority().satisfies(Authority.SUPERVISOR);
        int rows = jdbc.sql(
                        "delete from work_filter where id = :id and (owner = :by or shared = true and :leads = true)")
                .param("id", id)
                .param("by", by.login())
                .param("leads", leads)
                .update();
        if (rows == 0) {
            throw new Problem(Problem.Kind.FORBIDDEN, "WORK-018", id);
        }
    }

    private static Saved saved(ResultSet row, int n) throws SQLException {
        return new Saved(
                row.getLong("id"),
                row.getString("owner"),
                row.getString("name"),
                row.getString("query"),
                row.getBoolean("shared"));
    }
}
