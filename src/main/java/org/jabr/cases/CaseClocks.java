package org.jabr.cases;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jabr.customers.Vault;
import org.jabr.rules.CaseId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;

/** The deadlines that run on cases, with everything that happened to them. */
@Repository
class CaseClocks {

    private static final String COLUMNS =
            "select id, case_id, kind, statutory, calendar, started_at, due_at, paused_at, stopped_at from case_clock ";

    private final JdbcClient jdbc;
    private final Cases cases;
    private final Vault vault;

    CaseClocks(JdbcClient jdbc, Vault vault, Cases cases) {
        this.cases = cases;
        this.vault = vault;
        this.jdbc = jdbc;
    }

    /** A clock begins to count. */
    void start(
            CaseId caseId,
            String kind,
            boolean statutory,
            ClockEvent.Terms terms,
            OffsetDateTime startedAt,
            String by) {
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        jdbc.sql("""
                        insert into case_clock (case_id, kind, statutory, calendar, started_at, due_at)
                        values (:caseId, :kind, :statutory, :calendar, :startedAt, :dueAt)
                        """)
                .param("caseId", caseId.value())
                .param("kind", kind)
                .param("statutory", statutory)
                .param("calendar", terms.calendar())
                .param("startedAt", startedAt)
                .param("dueAt", terms.dueAt())
                .update(key, "id");
        long id = key.getKeyAs(Long.class);
        add(new ClockEvent(0, id, ClockEvent.Kind.STARTED, startedAt, by, null, null, false, terms));
    }

    /** The clocks of a case, held until the transaction ends, so that one change is reckoned after the other. */
    List<CaseClock> held(CaseId caseId) {
        return jdbc.sql(COLUMNS + "where case_id = :id order by id for update")
                .param("id", caseId.value())
                .query(CaseClocks::clock)
                .list();
    }

    List<CaseClock> ofCase(CaseId caseId) {
        return jdbc.sql(COLUMNS + "where case_id = :id order by id")
                .param("id", caseId.value())
                .query(CaseClocks::clock)
                .list();
    }

    /** The case that a clock belongs to. */
    Optional<CaseId> caseOf(long id) {
        return jdbc.sql("select case_id from case_clock where id = :id")
                .param("id", id)
                .query((row, n) -> new CaseId(row.getLong("case_id")))
                .optional();
    }

    private @Nullable String stored(ClockEvent event) {
        if (event.note() == null) {
            return null;
        }
        CaseId caseId = caseOf(event.clockId()).orElseThrow();
        return vault.stored(cases.customerOf(caseId), event.note());
    }

    /** Writes down what happened. */
    void add(ClockEvent event) {
        ClockEvent.Terms terms = event.terms();
        jdbc.sql("""
                        insert into case_clock_event (clock_id, kind, at, by_whom, reason, note_text, until_contact, release_id,
                            calendar, amount, unit, due_at)
                        values (:clock, :kind, :at, :by, :reason, :note, :untilContact, :release, :calendar, :amount, :unit, :due)
                        """)
                .param("clock", event.clockId())
                .param("kind", event.kind().name())
                .param("at", event.at())
                .param("by", event.by())
                .param("reason", event.reason())
                .param("note", stored(event))
                .param("untilContact", event.untilContact())
                .param("release", terms == null ? null : terms.release())
                .param("calendar", terms == null ? null : terms.calendar())
                .param("amount", terms == null ? null : terms.amount())
                .param("unit", terms == null ? null : terms.unit().name())
                .param("due", terms == null ? null : terms.dueAt())
                .update();
    }

    /** How a clock stands now, as it follows from its history. */
    void update(CaseClock clock) {
        jdbc.sql("""
                        update case_clock set calendar = :calendar, due_at = :due, paused_at = :paused, stopped_at = :stopped
                        where id = :id
                        """)
                .param("id", clock.id())
                .param("calendar", clock.calendar())
                .param("due", clock.dueAt())
                .param("paused", clock.pausedAt())
                .param("stopped", clock.stoppedAt())
                .update();
    }

    ClockHistory history(long id) {
        return histories(List.of(id)).getOrDefault(id, new ClockHistory(List.of()));
    }

    Map<Long, ClockHistory> histories(List<Long> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        Map<Long, List<ClockEvent>> events = new LinkedHashMap<>();
        jdbc.sql("""
                        select id, clock_id, kind, at, by_whom, reason, note_text, until_contact, release_id, calendar, amount, unit, due_at
                        from case_clock_event where clock_id in (:ids) order by clock_id, id
                        """).param("ids", ids).query(this::event).list().forEach(event -> events.computeIfAbsent(
                        event.clockId(), id -> new ArrayList<>())
                .add(event));
        Map<Long, ClockHistory> histories = new LinkedHashMap<>();
        events.forEach((id, all) -> histories.put(id, new ClockHistory(all)));
        return histories;
    }

    /** A pause of a clock of a case. */
    record Paused(CaseId caseId, CaseClock clock, ClockEvent event) {}

    /** The newest pauses of all cases. @param before only those before this event; 0 for the newest */
    List<Paused> pauses(long before, int limit) {
        return jdbc.sql("""
                        select k.id, k.case_id, k.kind, k.statutory, k.calendar, k.started_at, k.due_at, k.paused_at, k.stopped_at,
                            e.id event_id, e.at, e.by_whom, e.reason, e.note_text, e.until_contact
                        from case_clock_event e join case_clock k on k.id = e.clock_id
                        where e.kind = 'PAUSED' and (:before = 0 or e.id < :before)
                        order by e.id desc fetch first :limit rows only
                        """)
                .param("before", before)
                .param("limit", limit)
                .query((row, n) -> new Paused(
                        new CaseId(row.getLong("case_id")),
                        clock(row, n),
                        new ClockEvent(
                                row.getLong("event_id"),
                                row.getLong("id"),
                                ClockEvent.Kind.PAUSED,
                                row.getObject("at", OffsetDateTime.class),
                                row.getString("by_whom"),
                                row.getString("reason"),
                                vault.read(row.getString("note_text")),
                                row.getBoolean("until_contact"),
                                null)))
                .list();
    }

    private static CaseClock clock(ResultSet row, int n) throws SQLException {
        return new CaseClock(
                row.getLong("id"),
                row.getString("kind"),
                row.getBoolean("statutory"),
                row.getString("calendar"),
                row.getObject("started_at", OffsetDateTime.class),
                row.getObject("due_at", OffsetDateTime.class),
                row.getObject("paused_at", OffsetDateTime.class),
                row.getObject("stopped_at", OffsetDateTime.class));
    }

    private ClockEvent event(ResultSet row, int n) throws SQLException {
        return new ClockEvent(
                row.getLong("id"),
                row.getLong("clock_id"),
                ClockEvent.Kind.valueOf(row.getString("kind")),
                row.getObject("at", OffsetDateTime.class),
                row.getString("by_whom"),
                row.getString("reason"),
                vault.read(row.getString("note_text")),
                row.getBoolean("until_contact"),
                terms(row));
    }

    private static ClockEvent.@Nullable Terms terms(ResultSet row) throws SQLException {
        String release = row.getString("release_id");
        if (release == null) {
            return null;
        }
        String unit = row.getString("unit");
        return new ClockEvent.Terms(
                release,
                row.getString("calendar"),
                row.getObject("amount", Long.class),
                unit == null ? ClockEvent.Unit.MINUTES : ClockEvent.Unit.valueOf(unit),
                row.getObject("due_at", OffsetDateTime.class));
    }
}
