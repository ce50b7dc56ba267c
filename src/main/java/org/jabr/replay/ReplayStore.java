package org.jabr.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jabr.replay.ReplayRun.Counts;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The tables of replay runs. That one starts and ends is told in the transaction that makes it so. */
@Repository
class ReplayStore {

    /** Of the decisions of a run that do not come out as they were stored, so many are kept; all are counted. */
    static final int MOST_KEPT = 10_000;

    /** Who ends a run that nobody called off. */
    static final String ITSELF = "replay";

    private static final String RUN = """
            select id, since_at, moment, state, failure, started_by, started_at, ended_at, total, identical, different,
              failed, erased from replay_run\s""";

    private final JdbcClient jdbc;
    private final NamedParameterJdbcTemplate batches;
    private final ObjectMapper json;
    private final ApplicationEventPublisher events;

    ReplayStore(
            JdbcClient jdbc, NamedParameterJdbcTemplate batches, ObjectMapper json, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.json = json;
        this.events = events;
    }

    /** A run that somebody wants. */
    record Wanted(@Nullable OffsetDateTime since, @Nullable String moment, String by, long newestId, long total) {}

    /** @return the id of the run, and whether it is new and so the caller's to carry out */
    record Begun(long id, boolean fresh) {}

    /** Where a run stands. */
    record Standing(long newestId, long afterId, List<ReplayRun.Part> parts) {}

    /** What stands in the row of a decision besides its columns. */
    private record Detail(List<Compared.Difference> differences, List<ReplayRun.Place> places, int more) {}

    /** Begins a run, unless one over the same decisions is under way. */
    @Transactional
    public Begun begin(Wanted wanted, String runner, OffsetDateTime at) {
        jdbc.sql("select id from replay_turn where id = 1 for update")
                .query(Long.class)
                .single();
        Optional<Long> running = running().stream()
                .filter(run -> same(run.since(), wanted.since()) && Objects.equals(run.moment(), wanted.moment()))
                .map(ReplayRun::id)
                .findFirst();
        if (running.isPresent()) {
            return new Begun(running.get(), false);
        }
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        jdbc.sql("""
                        insert into replay_run (since_at, moment, state, started_by, started_at, runner, beat_at, newest_id,
                          after_id, total, identical, different, failed, erased, parts)
                        values (:since, :moment, 'RUNNING', :by, :at, :runner, :at, :newest, 0, :total, 0, 0, 0, 0, '[]')
                        """)
                .param("since", wanted.since())
                .param("moment", wanted.moment())
                .param("by", wanted.by())
                .param("at", at)
                .param("runner", runner)
                .param("newest", wanted.newestId())
                .param("total", wanted.total())
                .update(key, "id");
        long id = key.getKeyAs(Long.class);
        events.publishEvent(new ReplayRun.Started(find(id).orElseThrow()));
        return new Begun(id, true);
    }

    Optional<ReplayRun> find(long id) {
        return jdbc.sql(RUN + "where id = :id")
                .param("id", id)
                .query(ReplayStore::run)
                .optional();
    }

    List<ReplayRun> newest(@Nullable Long before, int limit) {
        return jdbc.sql(RUN + "where id < :before order by id desc fetch first :limit rows only")
                .param("before", before == null ? Long.MAX_VALUE : before)
                .param("limit", limit)
                .query(ReplayStore::run)
                .list();
    }

    Standing standing(long id) {
        return jdbc.sql("select newest_id, after_id, parts from replay_run where id = :id")
                .param("id", id)
                .query((row, n) -> new Standing(
                        row.getLong("newest_id"),
                        row.getLong("after_id"),
                        read(row.getString("parts"), new TypeReference<>() {})))
                .single();
    }

    List<ReplayRun.Differing> differing(long id, long after, int limit) {
        return jdbc.sql("""
                        select decision_id, case_reference, moment, release_id, failure, detail from replay_difference
                        where run_id = :id and decision_id > :after order by decision_id fetch first :limit rows only
                        """)
                .param("id", id)
                .param("after", after)
                .param("limit", limit)
                .query(this::differing)
                .list();
    }

    /** Runs of which nothing was heard since then. */
    List<Long> silent(OffsetDateTime since) {
        return jdbc.sql("select id from replay_run where state = 'RUNNING' and beat_at < :since order by id")
                .param("since", since)
                .query(Long.class)
                .list();
    }

    /** Takes over a run of which nothing was heard. @return whether it is ours now */
    boolean take(long id, String runner, OffsetDateTime at, OffsetDateTime since) {
        return jdbc.sql(
                                "update replay_run set runner = :runner, beat_at = :at where id = :id and state = 'RUNNING' and beat_at < :since")
                        .param("id", id)
                        .param("runner", runner)
                        .param("at", at)
                        .param("since", since)
                        .update()
                == 1;
    }

    /** Lets go of the runs of a node that stops, so that another one takes them at once. */
    void letGo(String runner, OffsetDateTime longAgo) {
        jdbc.sql("update replay_run set beat_at = :ago where runner = :runner and state = 'RUNNING'")
                .param("ago", longAgo)
                .param("runner", runner)
                .update();
    }

    /** Says that a run is alive. @return whether it is still ours to run */
    boolean beat(long id, String runner, OffsetDateTime at) {
        return jdbc.sql("update replay_run set beat_at = :at where id = :id and state = 'RUNNING' and runner = :runner")
                        .param("id", id)
                        .param("runner", runner)
                        .param("at", at)
                        .update()
                == 1;
    }

    /**
     * Keeps what was found up to a decision.
     *
     * @param parts everything so far
     * @param differing those that came since it was kept last
     * @param ended whether that was the last one
     * @return whether the run is still ours; where it is not, nothing is kept
     */
    @Transactional
    public boolean keep(
            long id,
            String runner,
            long afterId,
            List<ReplayRun.Part> parts,
            List<ReplayRun.Differing> differing,
            boolean ended,
            OffsetDateTime at) {
        Counts counts = ReplayTally.sum(parts);
        int ours = jdbc.sql("""
                        update replay_run set after_id = :after, total = greatest(total, :done), identical = :identical,
                          different = :different, failed = :failed, erased = :erased, parts = :parts, beat_at = :at,
                          state = :state, ended_at = :ended
                        where id = :id and state = 'RUNNING' and runner = :runner
                        """)
                .param("id", id)
                .param("runner", runner)
                .param("after", afterId)
                .param("done", counts.done())
                .param("identical", counts.identical())
                .param("different", counts.different())
                .param("failed", counts.failed())
                .param("erased", counts.erased())
                .param("parts", write(parts))
                .param("at", at)
                .param("state", (ended ? ReplayRun.State.DONE : ReplayRun.State.RUNNING).name())
                .param("ended", ended ? at : null)
                .update();
        if (ours == 0) {
            return false;
        }
        long room = Math.max(0, MOST_KEPT - (counts.listed() - differing.size()));
        add(id, differing.subList(0, (int) Math.min(room, differing.size())));
        if (ended) {
            events.publishEvent(new ReplayRun.Ended(find(id).orElseThrow(), ITSELF));
        }
        return true;
    }

    /** Ends a run before its last decision, if it has not ended yet. */
    @Transactional
    public void end(long id, ReplayRun.State state, @Nullable String failure, String by, OffsetDateTime at) {
        int ended = jdbc.sql(
                        "update replay_run set state = :state, failure = :failure, ended_at = :at where id = :id and state = 'RUNNING'")
                .param("id", id)
                .param("state", state.name())
                .param("failure", failure)
                .param("at", at)
                .update();
        if (ended == 1) {
            events.publishEvent(new ReplayRun.Ended(find(id).orElseThrow(), by));
        }
    }

    private List<ReplayRun> running() {
        return jdbc.sql(RUN + "where state = 'RUNNING' order by id")
                .query(ReplayStore::run)
                .list();
    }

    private static boolean same(@Nullable OffsetDateTime one, @Nullable OffsetDateTime other) {
        return one == null || other == null ? one == other : one.isEqual(other);
    }

    private void add(long run, List<ReplayRun.Differing> differing) {
        if (!differing.isEmpty()) {
            batches.batchUpdate(
                    """
                    insert into replay_difference (run_id, decision_id, case_reference, moment, release_id, failure, detail)
                    values (:run, :decision, :reference, :moment, :release, :failure, :detail)
                    """,
                    differing.stream()
                            .map(one -> new MapSqlParameterSource("run", run)
                                    .addValue("decision", one.decision())
                                    .addValue("reference", one.caseReference())
                                    .addValue("moment", one.moment())
                                    .addValue("release", one.release())
                                    .addValue("failure", one.failure())
                                    .addValue("detail", write(new Detail(one.differences(), one.places(), one.more()))))
                            .toArray(MapSqlParameterSource[]::new));
        }
    }

    private ReplayRun.Differing differing(ResultSet row, int n) throws SQLException {
        Detail detail = read(row.getString("detail"), new TypeReference<>() {});
        return new ReplayRun.Differing(
                row.getLong("decision_id"),
                row.getString("case_reference"),
                row.getString("moment"),
                row.getString("release_id"),
                row.getString("failure"),
                detail.differences(),
                detail.places(),
                detail.more());
    }

    private static ReplayRun run(ResultSet row, int n) throws SQLException {
        return new ReplayRun(
                row.getLong("id"),
                row.getObject("since_at", OffsetDateTime.class),
                row.getString("moment"),
                ReplayRun.State.valueOf(row.getString("state")),
                row.getString("failure"),
                row.getString("started_by"),
                row.getObject("started_at", OffsetDateTime.class),
                row.getObject("ended_at", OffsetDateTime.class),
                row.getLong("total"),
                new Counts(
                        row.getLong("identical"),
                        row.getLong("different"),
                        row.getLong("failed"),
                        row.getLong("erased")));
    }

    private <T> T read(String text, TypeReference<T> type) {
        try {
            return json.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String write(Object document) {
        try {
            return json.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
