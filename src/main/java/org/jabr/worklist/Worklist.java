package org.jabr.worklist;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jabr.rules.Authority;
import org.jabr.rules.CaseId;
import org.jabr.rules.Decider;
import org.jabr.rules.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The one list of work, ordered by the effective deadline. */
@Service
public class Worklist {

    private static final String COLUMNS = """
            select id, kind, name, case_id, case_reference, release_id, task, element, form, subject, authority, not_by, queue, skill,
                language, state, assignee, due_at, effective_at, why, created_at, completed_at, completed_by
            from work_item\s""";

    private final JdbcClient jdbc;
    private final ObjectMapper json;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Worklist(JdbcClient jdbc, ObjectMapper json, ApplicationEventPublisher events, Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Which items to list.
     *
     * @param done whether completed and cancelled items are wanted instead of open ones
     * @param assignee only this person's items
     * @param unassigned only items that nobody claimed
     */
    public record Filter(
            boolean done,
            @Nullable String assignee,
            boolean unassigned,
            @Nullable String queue,
            @Nullable String language,
            WorkItem.@Nullable Kind kind,
            @Nullable String caseReference) {

        /** Every open item. */
        public static final Filter OPEN = new Filter(false, null, false, null, null, null, null);
    }

    /** Puts work into the list. */
    @Transactional
    public void open(NewWork work) {
        jdbc.sql("""
                        insert into work_item (kind, name, case_id, case_reference, release_id, task, element, form, subject, authority,
                            not_by, queue, skill, language, state, assignee, due_at, effective_at, why, created_at)
                        values (:kind, :name, :caseId, :reference, :release, :task, :element, :form, :subject, :authority, :notBy, :queue,
                            :skill, :language, :state, :assignee, :due, :effective, :why, :at)
                        """)
                .param("kind", work.kind().name())
                .param("name", work.name())
                .param("caseId", work.caseId().value())
                .param("reference", work.caseReference())
                .param("release", work.release())
                .param("task", work.task())
                .param("element", work.element())
                .param("form", work.form())
                .param("subject", work.subject())
                .param("authority", work.authority().name())
                .param("notBy", work.notBy())
                .param("queue", work.queue())
                .param("skill", work.skill())
                .param("language", work.language())
                .param("state", work.assignee() == null ? "OPEN" : "CLAIMED")
                .param("assignee", work.assignee())
                .param("due", work.dueAt())
                .param("effective", work.effectiveAt())
                .param("why", write(work.why()))
                .param("at", OffsetDateTime.now(clock))
                .update();
    }

    /**
     * The case of an open item was moved to another release, where its step may have another name and form.
     *
     * @return whether it was still open
     */
    @Transactional
    public boolean repin(long id, String release, String element, String name, @Nullable String form) {
        return jdbc.sql("""
                                update work_item set release_id = :release, element = :element, name = :name, form = :form, version = version + 1
                                where id = :id and state in ('OPEN', 'CLAIMED')
                                """)
                        .param("id", id)
                        .param("release", release)
                        .param("element", element)
                        .param("name", name)
                        .param("form", form)
                        .update()
                > 0;
    }

    /** Takes the engine's task out of the list because the diagram left it without a person. */
    @Transactional
    public void cancel(String task) {
        jdbc.sql(
                        "update work_item set state = 'CANCELLED', completed_at = :at where task = :task and state in ('OPEN', 'CLAIMED')")
                .param("task", task)
                .param("at", OffsetDateTime.now(clock))
                .update();
    }

    /**
     * An item becomes this person's.
     *
     * @throws Problem {@code WORK-001} not found, {@code WORK-002} somebody else was faster, {@code WORK-003} not
     *     within the person's authority, {@code WORK-004} another person must do it
     */
    @Transactional
    public WorkItem claim(long id, Decider by) {
        WorkItem item = allowed(id, by);
        if (by.login().equals(item.assignee()) && item.state() == WorkItem.State.CLAIMED) {
            return item;
        }
        changed(
                id,
                jdbc.sql(
                                "update work_item set state = 'CLAIMED', assignee = :by, version = version + 1 where id = :id and state = 'OPEN'")
                        .param("id", id)
                        .param("by", by.login())
                        .update());
        return get(id);
    }

    /** An item goes back to everybody; only its owner or a supervisor may do so. */
    @Transactional
    public WorkItem release(long id, Decider by) {
        WorkItem item = get(id);
        if (!by.login().equals(item.assignee()) && !by.authority().satisfies(Authority.SUPERVISOR)) {
            throw new Problem(Problem.Kind.FORBIDDEN, "WORK-005", id);
        }
        changed(
                id,
                jdbc.sql(
                                "update work_item set state = 'OPEN', assignee = null, version = version + 1 where id = :id and state = 'CLAIMED'")
                        .param("id", id)
                        .update());
        return get(id);
    }

    /**
     * The only way to complete work. The room that created the item hears of it in this transaction; whatever fails
     * there rolls back all of it.
     *
     * @throws Problem as {@link #claim}
     */
    @Transactional
    public void complete(long id, Map<String, Object> answers, Decider by) {
        WorkItem item = allowed(id, by);
        changed(
                id,
                jdbc.sql("""
                                update work_item set state = 'DONE', assignee = :by, completed_at = :at, completed_by = :by, version = version + 1
                                where id = :id and state in ('OPEN', 'CLAIMED') and (assignee is null or assignee = :by)
                                    and release_id = :release
                                """)
                        .param("id", id)
                        .param("by", by.login())
                        .param("release", item.release())
                        .param("at", OffsetDateTime.now(clock))
                        .update());
        events.publishEvent(new WorkItem.Completed(item, answers, by));
    }

    /** Nobody else completes open work of a case until the transaction ends; whoever completes some now comes first. */
    @Transactional
    public void hold(CaseId caseId) {
        jdbc.sql("select id from work_item where case_id = :id and state in ('OPEN', 'CLAIMED') order by id for update")
                .param("id", caseId.value())
                .query(Long.class)
                .list();
    }

    /** @throws Problem {@code WORK-001} */
    public WorkItem get(long id) {
        return jdbc.sql(COLUMNS + "where id = :id")
                .param("id", id)
                .query(this::item)
                .optional()
                .orElseThrow(() -> new Problem(Problem.Kind.NOT_FOUND, "WORK-001", id));
    }

    public List<WorkItem> ofCase(CaseId caseId) {
        return jdbc.sql(COLUMNS + "where case_id = :id order by id")
                .param("id", caseId.value())
                .query(this::item)
                .list();
    }

    /**
     * One page of the list, first things first.
     *
     * @param after the last item of the page before; null for the first page
     */
    public List<WorkItem> list(Filter filter, @Nullable WorkItem after, int limit) {
        Map<String, Object> parameters = new HashMap<>();
        String where = where(filter, parameters);
        if (after != null) {
            where += " and (effective_at, id) > (:afterAt, :afterId)";
            parameters.put("afterAt", after.effectiveAt());
            parameters.put("afterId", after.id());
        }
        parameters.put("limit", limit);
        return jdbc.sql(COLUMNS + where + " order by effective_at, id fetch first :limit rows only")
                .params(parameters)
                .query(this::item)
                .list();
    }

    public long count(Filter filter) {
        Map<String, Object> parameters = new HashMap<>();
        return jdbc.sql("select count(*) from work_item " + where(filter, parameters))
                .params(parameters)
                .query(Long.class)
                .single();
    }

    /** A word of the rules and a release that knows it. */
    public record Named(String name, String release) {}

    /** The desks that open work waits at. */
    public List<Named> queues() {
        return named("queue");
    }

    /** The languages that open work is in. */
    public List<Named> languages() {
        return named("language");
    }

    private List<Named> named(String column) {
        return jdbc.sql("select " + column + " name, max(release_id) release_id from work_item"
                        + " where state in ('OPEN', 'CLAIMED') group by " + column + " order by " + column)
                .query((row, n) -> new Named(row.getString("name"), row.getString("release_id")))
                .list();
    }

    private static String where(Filter filter, Map<String, Object> parameters) {
        List<String> conditions = new ArrayList<>();
        conditions.add(filter.done() ? "state in ('DONE', 'CANCELLED')" : "state in ('OPEN', 'CLAIMED')");
        if (filter.unassigned()) {
            conditions.add("assignee is null");
        }
        condition(conditions, parameters, "assignee", filter.assignee());
        condition(conditions, parameters, "queue", filter.queue());
        condition(conditions, parameters, "language", filter.language());
        condition(
                conditions,
                parameters,
                "kind",
                Optional.ofNullable(filter.kind()).map(Enum::name).orElse(null));
        condition(conditions, parameters, "case_reference", filter.caseReference());
        return "where " + String.join(" and ", conditions);
    }

    private static void condition(
            List<String> conditions, Map<String, Object> parameters, String column, @Nullable String value) {
        if (value != null) {
            conditions.add(column + " = :" + column);
            parameters.put(column, value);
        }
    }

    private WorkItem allowed(long id, Decider by) {
        WorkItem item = get(id);
        if (!by.authority().satisfies(item.authority())) {
            throw new Problem(Problem.Kind.FORBIDDEN, "WORK-003", id, item.authority());
        }
        if (by.login().equals(item.notBy())) {
            throw new Problem(Problem.Kind.FORBIDDEN, "WORK-004", id);
        }
        return item;
    }

    private static void changed(long id, int rows) {
        if (rows == 0) {
            throw new Problem(Problem.Kind.CONFLICT, "WORK-002", id);
        }
    }

    private WorkItem item(ResultSet row, int n) throws SQLException {
        return new WorkItem(
                row.getLong("id"),
                WorkItem.Kind.valueOf(row.getString("kind")),
                row.getString("name"),
                new CaseId(row.getLong("case_id")),
                row.getString("case_reference"),
                row.getString("release_id"),
                row.getString("task"),
                row.getString("element"),
                row.getString("form"),
                row.getString("subject"),
                Authority.valueOf(row.getString("authority")),
                row.getString("not_by"),
                row.getString("queue"),
                row.getString("skill"),
                row.getString("language"),
                WorkItem.State.valueOf(row.getString("state")),
                row.getString("assignee"),
                row.getObject("due_at", OffsetDateTime.class),
                row.getObject("effective_at", OffsetDateTime.class),
                read(row.getString("why")),
                row.getObject("created_at", OffsetDateTime.class),
                row.getObject("completed_at", OffsetDateTime.class),
                row.getString("completed_by"));
    }

    private String write(List<WorkItem.Why> why) {
        try {
            return json.writeValueAsString(why);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<WorkItem.Why> read(String why) {
        try {
            return json.readValue(why, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
