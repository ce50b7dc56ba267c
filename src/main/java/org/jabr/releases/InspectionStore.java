package org.jabr.releases;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jabr.rules.Finding;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The tables of inspections. */
@Repository
class InspectionStore {

    private final JdbcClient jdbc;
    private final FindingRows rows;

    InspectionStore(JdbcClient jdbc, ObjectMapper json) {
        this.jdbc = jdbc;
        this.rows = new FindingRows(json);
    }

    /** What is known of one run. */
    record Run(Inspections.State state, long done, long of, OffsetDateTime beatAt) {}

    Optional<Run> find(String hash, String kind) {
        return jdbc.sql(
                        "select state, done, total, beat_at from inspection where content_hash = :hash and kind = :kind")
                .param("hash", hash)
                .param("kind", kind)
                .query((row, n) -> new Run(
                        Inspections.State.valueOf(row.getString("state")),
                        row.getLong("done"),
                        row.getLong("total"),
                        row.getObject("beat_at", OffsetDateTime.class)))
                .optional();
    }

    /** Begins a run, unless one is done or under way. @return whether it is ours to run */
    @Transactional
    public boolean begin(String hash, String kind, OffsetDateTime at, OffsetDateTime beatingSince) {
        int taken = jdbc.sql(
                        "update inspection set state = 'RUNNING', done = 0, total = 0, started_at = :at, beat_at = :at where content_hash = :hash and kind = :kind and (state in ('FAILED', 'CANCELLED') or state = 'RUNNING' and beat_at < :since)")
                .param("hash", hash)
                .param("kind", kind)
                .param("at", at)
                .param("since", beatingSince)
                .update();
        if (taken == 1) {
            return true;
        }
        // Merged and not inserted: of two that begin at once, one finds the other's row.
        return jdbc.sql(
                                "merge into inspection t using (values (cast(:hash as char(64)), cast(:kind as varchar(20)), cast(:at as timestamp(3) with time zone))) s(h, k, a) on t.content_hash = s.h and t.kind = s.k when not matched then insert (content_hash, kind, state, done, total, started_at, beat_at) values (s.h, s.k, 'RUNNING', 0, 0, s.a, s.a)")
                        .param("hash", hash)
                        .param("kind", kind)
                        .param("at", at)
                        .update()
                == 1;
    }

    /** @return whether the run still goes on, so that nobody has cancelled it */
    boolean beat(String hash, String kind, long done, long of, OffsetDateTime at) {
        return jdbc.sql(
                                "update inspection set done = :done, total = :of, beat_at = :at where content_hash = :hash and kind = :kind and state = 'RUNNING'")
                        .param("hash", hash)
                        .param("kind", kind)
                        .param("done", done)
                        .param("of", of)
                        .param("at", at)
                        .update()
                == 1;
    }

    void end(String hash, String kind, Inspections.State state) {
        jdbc.sql(
                        "update inspection set state = :state where content_hash = :hash and kind = :kind and state = 'RUNNING'")
                .param("hash", hash)
                .param("kind", kind)
                .param("state", state.name())
                .update();
    }

    void cancel(String hash) {
        jdbc.sql("update inspection set state = 'CANCELLED' where content_hash = :hash and state = 'RUNNING'")
                .param("hash", hash)
                .update();
    }

    void askedFor(String hash, String draft) {
        jdbc.sql("update inspection set draft_id = :draft where content_hash = :hash and state = 'RUNNING'")
                .param("hash", hash)
                .param("draft", draft)
                .update();
    }

    void cancelOf(String draft) {
        jdbc.sql("update inspection set state = 'CANCELLED' where draft_id = :draft and state = 'RUNNING'")
                .param("draft", draft)
                .update();
    }

    @Transactional
    public void done(String hash, String kind, List<Finding> findings) {
        jdbc.sql("delete from inspection_finding where content_hash = :hash and kind = :kind")
                .param("hash", hash)
                .param("kind", kind)
                .update();
        for (int i = 0; i < findings.size(); i++) {
            rows.bind(
                            jdbc.sql(
                                    "insert into inspection_finding (content_hash, kind, ordinal, code, blocking, file, place, arguments, witness) values (:hash, :kind, :n, :code, :blocking, :file, :place, :arguments, :witness)"),
                            i,
                            findings.get(i))
                    .param("hash", hash)
                    .param("kind", kind)
                    .update();
        }
        end(hash, kind, Inspections.State.DONE);
    }

    List<Finding> findings(String hash, String kind) {
        return jdbc.sql(
                        "select code, blocking, file, place, arguments, witness from inspection_finding where content_hash = :hash and kind = :kind order by ordinal")
                .param("hash", hash)
                .param("kind", kind)
                .query(rows::read)
                .list();
    }
}
