package org.jabr.process;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jabr.cases.RecoveryCase;
import org.jabr.process.Migration.CaseState;
import org.jabr.rules.CaseId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;

/** The tables of batches that move cases. */
@Repository
class MigrationStore {

    private static final String COLUMNS = "select id, from_release, to_release, steps, state, started_by, started_at,"
            + " ended_at, ended_by from migration_run ";

    private final JdbcClient jdbc;
    private final ObjectMapper json;

    MigrationStore(JdbcClient jdbc, ObjectMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    long add(Migration.Plan plan, String by, OffsetDateTime at) {
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        jdbc.sql("insert into migration_run (from_release, to_release, steps, state, started_by, started_at)"
                        + " values (:from, :to, :steps, 'RUNNING', :by, :at)")
                .param("from", plan.from())
                .param("to", plan.to())
                .param("steps", write(plan.steps()))
                .param("by", by)
                .param("at", at)
                .update(key, "id");
        return java.util.Objects.requireNonNull(key.getKey()).longValue();
    }

    void addCases(long run, List<RecoveryCase> cases) {
        for (RecoveryCase one : cases) {
            jdbc.sql(
                            "insert into migration_case (run_id, case_id, reference, state) values (:run, :id, :reference, 'WAITING')")
                    .param("run", run)
                    .param("id", one.id().value())
                    .param("reference", one.reference())
                    .update();
        }
    }

    List<Long> running() {
        return jdbc.sql("select id from migration_run where state = 'RUNNING' order by id")
                .query(Long.class)
                .list();
    }

    List<CaseId> waiting(long run, int limit) {
        return jdbc.sql(
                        "select case_id from migration_case where run_id = :run and state = 'WAITING' order by case_id fetch first :limit rows only")
                .param("run", run)
                .param("limit", limit)
                .query((row, n) -> new CaseId(row.getLong("case_id")))
                .list();
    }

    /** @return whether the case was still waiting */
    boolean became(long run, CaseId id, CaseState state, List<Mover.Obstacle> obstacles, OffsetDateTime at) {
        return jdbc.sql("update migration_case set state = :state, obstacles = :obstacles, at = :at"
                                + " where run_id = :run and case_id = :id and state = 'WAITING'")
                        .param("run", run)
                        .param("id", id.value())
                        .param("state", state.name())
                        .param("obstacles", obstacles.isEmpty() ? null : write(obstacles))
                        .param("at", at)
                        .update()
                > 0;
    }

    void end(long run, Migration.State state, @Nullable String by, OffsetDateTime at) {
        jdbc.sql(
                        "update migration_run set state = :state, ended_by = :by, ended_at = :at where id = :run and state = 'RUNNING'")
                .param("run", run)
                .param("state", state.name())
                .param("by", by)
                .param("at", at)
                .update();
    }

    Optional<Migration> find(long id) {
        return jdbc.sql(COLUMNS + "where id = :id")
                .param("id", id)
                .query(this::migration)
                .optional();
    }

    List<Migration> list() {
        return jdbc.sql(COLUMNS + "order by id desc").query(this::migration).list();
    }

    List<Migration.Result> results(long run, @Nullable CaseState state, int limit) {
        return jdbc.sql("select reference, state, obstacles, at from migration_case where run_id = :run"
                        + (state == null ? "" : " and state = :state")
                        + " order by case_id fetch first :limit rows only")
                .params(
                        state == null
                                ? Map.of("run", run, "limit", limit)
                                : Map.of("run", run, "limit", limit, "state", state.name()))
                .query((row, n) -> new Migration.Result(
                        row.getString("reference"),
                        CaseState.valueOf(row.getString("state")),
                        obstacles(row.getString("obstacles")),
                        row.getObject("at", OffsetDateTime.class)))
                .list();
    }

    private Migration migration(ResultSet row, int n) throws SQLException {
        long id = row.getLong("id");
        return new Migration(
                id,
                row.getString("from_release"),
                row.getString("to_release"),
                read(row.getString("steps"), new TypeReference<Map<String, String>>() {}),
                Migration.State.valueOf(row.getString("state")),
                row.getString("started_by"),
                row.getObject("started_at", OffsetDateTime.class),
                row.getObject("ended_at", OffsetDateTime.class),
                row.getString("ended_by"),
                counts(id));
    }

    private Map<CaseState, Long> counts(long run) {
        Map<CaseState, Long> counts = new EnumMap<>(CaseState.class);
        jdbc.sql("select state, count(*) n from migration_case where run_id = :run group by state")
                .param("run", run)
                .query((row, n) -> counts.put(CaseState.valueOf(row.getString("state")), row.getLong("n")))
                .list();
        return counts;
    }

    private List<Mover.Obstacle> obstacles(@Nullable String text) {
        return text == null ? List.of() : read(text, new TypeReference<List<Mover.Obstacle>>() {});
    }

    private String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private <T> T read(String text, TypeReference<T> type) {
        try {
            return json.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
