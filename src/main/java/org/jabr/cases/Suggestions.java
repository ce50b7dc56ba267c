package org.jabr.cases;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import org.jabr.rules.CaseId;
import org.jabr.rules.Problem;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Cases that may belong together, and what people said to it. What was kept apart is not suggested again. */
@Repository
public class Suggestions {

    private static final String COLUMNS =
            "select id, case_id, other_id, points, because, state, decided_by, decided_at from case_suggestion ";

    private final JdbcClient jdbc;
    private final Clock clock;

    Suggestions(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Suggests two cases once, whatever their order; the caller holds their customer. */
    @Transactional
    public void add(CaseId caseId, CaseId otherId, int points, List<String> because) {
        jdbc.sql("""
                        insert into case_suggestion (case_id, other_id, points, because, state, created_at)
                        select cast(:case as bigint), cast(:other as bigint), cast(:points as int), cast(:because as varchar(200)), 'OPEN',
                            cast(:at as timestamp(3) with time zone)
                        where not exists (select 1 from case_suggestion
                            where (case_id = :case and other_id = :other) or (case_id = :other and other_id = :case))
                        """)
                .param("case", caseId.value())
                .param("other", otherId.value())
                .param("points", points)
                .param("because", String.join(",", because))
                .param("at", OffsetDateTime.now(clock))
                .update();
    }

    /** Those of a case that nobody answered yet; never about a case that has ended. */
    public List<Suggestion> open(CaseId caseId) {
        return jdbc.sql(COLUMNS + """
                        s where state = 'OPEN' and (case_id = :id or other_id = :id)
                            and not exists (select 1 from recovery_case c where c.id in (s.case_id, s.other_id) and c.closed_at is not null)
                        order by points desc, id
                        """)
                .param("id", caseId.value())
                .query(Suggestions::suggestion)
                .list();
    }

    /** Those of a case that somebody kept apart. */
    public List<Suggestion> apart(CaseId caseId) {
        return jdbc.sql(COLUMNS + "where state = 'APART' and (case_id = :id or other_id = :id) order by id")
                .param("id", caseId.value())
                .query(Suggestions::suggestion)
                .list();
    }

    /** @throws Problem {@code JOIN-001} */
    public Suggestion get(long id) {
        return jdbc.sql(COLUMNS + "where id = :id")
                .param("id", id)
                .query(Suggestions::suggestion)
                .optional()
                .orElseThrow(() -> new Problem(Problem.Kind.NOT_FOUND, "JOIN-001", id));
    }

    /** Remembers the answer. @throws Problem {@code JOIN-002} where it was answered meanwhile */
    @Transactional
    public void decide(long id, Suggestion.State state, String by) {
        int rows = jdbc.sql(
                        "update case_suggestion set state = :state, decided_by = :by, decided_at = :at where id = :id and state = 'OPEN'")
                .param("state", state.name())
                .param("by", by)
                .param("at", OffsetDateTime.now(clock))
                .param("id", id)
                .update();
        if (rows == 0) {
            throw new Problem(Problem.Kind.CONFLICT, "JOIN-002", id);
        }
    }

    /** Two cases became one without being asked for here: the question between them is answered. */
    void joined(CaseId one, CaseId other, String by) {
        jdbc.sql("""
                        update case_suggestion set state = 'JOINED', decided_by = :by, decided_at = :at
                        where state = 'OPEN' and ((case_id = :one and other_id = :other) or (case_id = :other and other_id = :one))
                        """)
                .param("one", one.value())
                .param("other", other.value())
                .param("by", by)
                .param("at", OffsetDateTime.now(clock))
                .update();
    }

    private static Suggestion suggestion(ResultSet row, int n) throws SQLException {
        return new Suggestion(
                row.getLong("id"),
                new CaseId(row.getLong("case_id")),
                new CaseId(row.getLong("other_id")),
                row.getInt("points"),
                List.of(row.getString("because").split(",")),
                Suggestion.State.valueOf(row.getString("state")),
                row.getString("decided_by"),
                row.getObject("decided_at", OffsetDateTime.class));
    }
}
