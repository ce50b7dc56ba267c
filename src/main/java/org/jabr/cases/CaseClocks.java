package org.jabr.cases;

import java.time.OffsetDateTime;
import java.util.List;
import org.jabr.rules.CaseId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The deadlines that run on cases. */
@Repository
class CaseClocks {

    private final JdbcClient jdbc;

    CaseClocks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void start(
            CaseId caseId,
            String kind,
            boolean statutory,
            String calendar,
            OffsetDateTime startedAt,
            OffsetDateTime dueAt) {
        jdbc.sql("""
                        insert into case_clock (case_id, kind, statutory, calendar, started_at, due_at)
                        values (:caseId, :kind, :statutory, :calendar, :startedAt, :dueAt)
                        """)
                .param("caseId", caseId.value())
                .param("kind", kind)
                .param("statutory", statutory)
                .param("calendar", calendar)
                .param("startedAt", startedAt)
                .param("dueAt", dueAt)
                .update();
    }

    /** Stops the running clocks of these kinds. */
    void stop(CaseId caseId, List<String> kinds, OffsetDateTime at) {
        jdbc.sql(
                        "update case_clock set stopped_at = :at where case_id = :caseId and kind in (:kinds) and stopped_at is null")
                .param("caseId", caseId.value())
                .param("kinds", kinds)
                .param("at", at)
                .update();
    }

    List<CaseClock> ofCase(CaseId caseId) {
        return jdbc.sql(
                        "select id, kind, statutory, calendar, started_at, due_at, stopped_at from case_clock where case_id = :id order by id")
                .param("id", caseId.value())
                .query((row, n) -> new CaseClock(
                        row.getLong("id"),
                        row.getString("kind"),
                        row.getBoolean("statutory"),
                        row.getString("calendar"),
                        row.getObject("started_at", OffsetDateTime.class),
                        row.getObject("due_at", OffsetDateTime.class),
                        row.getObject("stopped_at", OffsetDateTime.class)))
                .list();
    }
}
