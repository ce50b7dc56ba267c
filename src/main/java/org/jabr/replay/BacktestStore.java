package org.jabr.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jabr.cases.PastDecisions;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The tables of backtests. */
@Repository
class BacktestStore {

    private static final String RUN = """
            select id, content_hash, draft_id, release_id, moment, failure_type, from_at, until_at, state, failure,
              started_by, started_at, ended_at, total, done, changed, failed from backtest\s""";

    private final JdbcClient jdbc;
    private final NamedParameterJdbcTemplate batches;
    private final BacktestChanges changes;
    private final ObjectMapper json;

    BacktestStore(JdbcClient jdbc, NamedParameterJdbcTemplate batches, BacktestChanges changes, ObjectMapper json) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.changes = changes;
        this.json = json;
    }

    /** A run that somebody wants. */
    record Wanted(
            String hash,
            @Nullable String draft,
            @Nullable String release,
            PastDecisions.Filter filter,
            String by,
            long newestId,
            long total) {}

    /** @return the id of the run, and whether it is new and so the caller's to carry out */
    record Begun(long id, boolean fresh) {}

    /** Where a run stands. */
    record Standing(long newestId, long afterId, BacktestSums sums) {}

    /** Begins a run, unless one of the same content is under way. */
    @Transactional
    public Begun begin(Wanted wanted, SortedMap<String, String> files, String runner, OffsetDateTime at) {
        jdbc.sql("select id from backtest_turn where id = 1 for update")
                .query(Long.class)
                .single();
        Optional<Long> running = jdbc.sql(
                        "select id from backtest where content_hash = :hash and state = 'RUNNING' order by id fetch first 1 rows only")
                .param("hash", wanted.hash())
                .query(Long.class)
                .optional();
        if (running.isPresent()) {
            return new Begun(running.get(), false);
        }
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        jdbc.sql("""
                        insert into backtest (content_hash, draft_id, release_id, moment, failure_type, from_at, until_at, state,
                          started_by, started_at, runner, beat_at, newest_id, after_id, total, done, changed, failed, sums)
                        values (:hash, :draft, :release, :moment, :type, :from, :until, 'RUNNING',
                          :by, :at, :runner, :at, :newest, 0, :total, 0, 0, 0, :sums)
                        """)
                .param("hash", wanted.hash())
                .param("draft", wanted.draft())
                .param("release", wanted.release())
                .param("moment", wanted.filter().moment())
                .param("type", wanted.filter().type())
                .param("from", wanted.filter().from())
                .param("until", wanted.filter().until())
                .param("by", wanted.by())
                .param("at", at)
                .param("runner", runner)
                .param("newest", wanted.newestId())
                .param("total", wanted.total())
                .param("sums", write(BacktestSums.NONE))
                .update(key, "id");
        long id = key.getKeyAs(Long.class);
        batches.batchUpdate(
                "insert into backtest_file (backtest_id, path, content) values (:run, :path, :content)",
                files.entrySet().stream()
                        .map(file -> new MapSqlParameterSource("run", id)
                                .addValue("path", file.getKey())
                                .addValue("content", file.getValue()))
                        .toArray(MapSqlParameterSource[]::new));
        return new Begun(id, true);
    }

    Optional<Backtest> find(long id) {
        return jdbc.sql(RUN + "where id = :id").param("id", id).query(this::run).optional();
    }

    /** The newest run of some content. */
    Optional<Backtest> ofContent(String hash) {
        return jdbc.sql(RUN + "where content_hash = :hash order by id desc fetch first 1 rows only")
                .param("hash", hash)
                .query(this::run)
                .optional();
    }

    /** The newest run that was started for a draft, whatever it held then. */
    Optional<Backtest> ofDraft(String draft) {
        return jdbc.sql(RUN + "where draft_id = :draft order by id desc fetch first 1 rows only")
                .param("draft", draft)
                .query(this::run)
                .optional();
    }

    /** Whether some content was tried on all past decisions. */
    boolean ran(String hash) {
        return jdbc.sql("""
                        select count(*) from backtest where content_hash = :hash and state = 'DONE'
                          and moment is null and failure_type is null and from_at is null and until_at is null
                        """).param("hash", hash).query(Long.class).single() > 0;
    }

    /** What a run tries; empty once it has ended. */
    SortedMap<String, String> files(long id) {
        SortedMap<String, String> files = new TreeMap<>();
        jdbc.sql("select path, content from backtest_file where backtest_id = :id")
                .param("id", id)
                .query((row, n) -> files.put(row.getString("path"), row.getString("content")))
                .list();
        return files;
    }

    Standing standing(long id) {
        return jdbc.sql("select newest_id, after_id, sums from backtest where id = :id")
                .param("id", id)
                .query((row, n) -> new Standing(
                        row.getLong("newest_id"), row.getLong("after_id"), readSums(row.getString("sums"))))
                .single();
    }

    /** Runs of which nothing was heard since then. */
    List<Long> silent(OffsetDateTime since) {
        return jdbc.sql("select id from backtest where state = 'RUNNING' and beat_at < :since order by id")
                .param("since", since)
                .query(Long.class)
                .list();
    }

    /** Takes over a run of which nothing was heard. @return whether it is ours now */
    boolean take(long id, String runner, OffsetDateTime at, OffsetDateTime since) {
        return jdbc.sql(
                                "update backtest set runner = :runner, beat_at = :at where id = :id and state = 'RUNNING' and beat_at < :since")
                        .param("id", id)
                        .param("runner", runner)
                        .param("at", at)
                        .param("since", since)
                        .update()
                == 1;
    }

    /** Lets go of the runs of a node that stops, so that another one takes them at once. */
    void letGo(String runner) {
        jdbc.sql("update backtest set beat_at = started_at where runner = :runner and state = 'RUNNING'")
                .param("runner", runner)
                .update();
    }

    /** Says that a run is alive. @return whether it is still ours to run */
    boolean beat(long id, String runner, OffsetDateTime at) {
        return jdbc.sql("update backtest set beat_at = :at where id = :id and state = 'RUNNING' and runner = :runner")
                        .param("id", id)
                        .param("runner", runner)
                        .param("at", at)
                        .update()
                == 1;
    }

    /**
     * Keeps what was found up to a decision.
     *
     * @param ended whether that was the last one
     * @return whether the run is still ours; where it is not, nothing is kept
     */
    @Transactional
    public boolean keep(
            long id,
            String runner,
            long afterId,
            BacktestSums sums,
            List<Backtest.Changed> changes,
            boolean ended,
            OffsetDateTime at) {
        BacktestSums.Count all = sums.counts().stream()
                .filter(count -> count.by() == BacktestSums.By.ALL)
                .findFirst()
                .orElse(new BacktestSums.Count(BacktestSums.By.ALL, "", 0, 0, 0));
        int ours = jdbc.sql("""
                        update backtest set after_id = :after, done = :done, total = greatest(total, :done), changed = :changed, failed = :failed, sums = :sums,
                          beat_at = :at, state = :state, ended_at = :ended
                        where id = :id and state = 'RUNNING' and runner = :runner
                        """)
                .param("id", id)
                .param("runner", runner)
                .param("after", afterId)
                .param("done", all.done())
                .param("changed", all.changed())
                .param("failed", all.failed())
                .param("sums", write(sums))
                .param("at", at)
                .param("state", (ended ? Backtest.State.DONE : Backtest.State.RUNNING).name())
                .param("ended", ended ? at : null)
                .update();
        if (ours == 0) {
            return false;
        }
        this.changes.add(id, changes);
        if (ended) {
            dropFiles(id);
        }
        return true;
    }

    @Transactional
    public void end(long id, Backtest.State state, @Nullable String failure, OffsetDateTime at) {
        int ended = jdbc.sql(
                        "update backtest set state = :state, failure = :failure, ended_at = :at where id = :id and state = 'RUNNING'")
                .param("id", id)
                .param("state", state.name())
                .param("failure", failure)
                .param("at", at)
                .update();
        if (ended == 1) {
            dropFiles(id);
        }
    }

    private void dropFiles(long id) {
        jdbc.sql("delete from backtest_file where backtest_id = :id")
                .param("id", id)
                .update();
    }

    private Backtest run(ResultSet row, int n) throws SQLException {
        return new Backtest(
                row.getLong("id"),
                row.getString("content_hash"),
                row.getString("draft_id"),
                row.getString("release_id"),
                new PastDecisions.Filter(
                        row.getString("moment"),
                        row.getString("failure_type"),
                        row.getObject("from_at", OffsetDateTime.class),
                        row.getObject("until_at", OffsetDateTime.class)),
                Backtest.State.valueOf(row.getString("state")),
                row.getString("failure"),
                row.getString("started_by"),
                row.getObject("started_at", OffsetDateTime.class),
                row.getObject("ended_at", OffsetDateTime.class),
                row.getLong("total"),
                row.getLong("done"),
                row.getLong("changed"),
                row.getLong("failed"));
    }

    private BacktestSums readSums(String text) {
        try {
            return json.readValue(text, BacktestSums.class);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String write(BacktestSums sums) {
        try {
            return json.writeValueAsString(sums);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
