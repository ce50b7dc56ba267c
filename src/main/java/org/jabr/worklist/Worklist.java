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
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jabr.people.Account;
import org.jabr.rules.Authority;
import org.jabr.rules.CaseId;
import org.jabr.rules.Decider;
import org.jabr.rules.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.jdbc.support.KeyHolder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The one list of work, ordered by the effective deadline. */
@Service
public class Worklist {

    private static final String COLUMNS = """
            select id, kind, name, case_id, case_reference, release_id, task, element, form, subject, authority, not_by, queue, skill,
                language, state, assignee, due_at, effective_at, why, created_at, completed_at, completed_by, snoozed_until, snoozed_by,
                reroutes, version
            from work_item\s""";

    private final JdbcClient jdbc;
    private final ObjectMapper json;
    private final ApplicationEventPublisher events;
    private final WorkTally tally;
    private final WorkSearch search;
    private final Staff staff;
    private final ObjectProvider<Involvement> involvements;
    private final Clock clock;

    Worklist(
            JdbcClient jdbc,
            ObjectMapper json,
            ApplicationEventPublisher events,
            WorkTally tally,
            WorkSearch search,
            Staff staff,
            ObjectProvider<Involvement> involvements,
            Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.events = events;
        this.tally = tally;
        this.search = search;
        this.staff = staff;
        this.involvements = involvements;
        this.clock = clock;
    }

    /**
     * Which items to list.
     *
     * @param show which part of the list
     * @param assignee only this person's items
     * @param unassigned only items that nobody claimed
     * @param authority only what this authority suffices for
     * @param notFor not what this person must leave to another (four eyes)
     * @param dueBefore only what is due until then
     * @param cases only these cases' items
     * @param subject only items about this, such as the key of a remedy or the code of a failure
     * @param names only steps of these names
     */
    public record Filter(
            Show show,
            @Nullable String assignee,
            boolean unassigned,
            @Nullable String queue,
            @Nullable String language,
            WorkItem.@Nullable Kind kind,
            @Nullable String caseReference,
            @Nullable String skill,
            @Nullable Authority authority,
            @Nullable String notFor,
            @Nullable OffsetDateTime dueBefore,
            @Nullable List<Long> cases,
            @Nullable String subject,
            @Nullable List<String> names) {

        /** Every open item in sight. */
        public static final Filter OPEN = new Filter(false, null, false, null, null, null, null);

        /** Which part of the list. */
        public enum Show {
            OPEN,
            SNOOZED,
            ENDED
        }

        /** @param done whether completed and cancelled items are wanted instead of open ones */
        public Filter(
                boolean done,
                @Nullable String assignee,
                boolean unassigned,
                @Nullable String queue,
                @Nullable String language,
                WorkItem.@Nullable Kind kind,
                @Nullable String caseReference) {
            this(
                    done ? Show.ENDED : Show.OPEN,
                    assignee,
                    unassigned,
                    queue,
                    language,
                    kind,
                    caseReference,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null);
        }

        List<WorkItem.Stand> stands() {
            return switch (show) {
                case ENDED -> List.of(WorkItem.Stand.DONE);
                case SNOOZED -> List.of(WorkItem.Stand.SNOOZED);
                case OPEN ->
                    assignee != null
                            ? List.of(WorkItem.Stand.TAKEN)
                            : unassigned
                                    ? List.of(WorkItem.Stand.FREE)
                                    : List.of(WorkItem.Stand.FREE, WorkItem.Stand.TAKEN);
            };
        }

        /** Whether what it finds is little by its nature: one person's, a few cases', about one thing. */
        boolean few() {
            return assignee != null
                    || caseReference != null
                    || cases != null
                    || subject != null
                    || unassigned && show != Show.OPEN;
        }

        /** Whether cells say how many it finds. */
        public boolean countable() {
            return !few() && dueBefore == null;
        }

        /** Whether it asks for more than a queue. */
        boolean cellular() {
            return language != null || kind != null || skill != null || narrowsAuthority() || names != null;
        }

        private boolean narrowsAuthority() {
            return authority != null && authority != Authority.MANAGER;
        }

        List<String> authorities() {
            return Arrays.stream(Authority.values())
                    .filter(one -> authority == null || authority.satisfies(one))
                    .map(Enum::name)
                    .toList();
        }

        boolean matches(WorkCells.Cell cell) {
            return stands().contains(cell.stand())
                    && same(queue, cell.queue())
                    && same(language, cell.language())
                    && same(skill, cell.skill())
                    && (kind == null || kind == cell.kind())
                    && (authority == null || authority.satisfies(cell.authority()))
                    && (names == null || names.contains(cell.name()));
        }

        /** Whether this very item would be listed. */
        public boolean matches(WorkItem item) {
            return stands().contains(item.stand())
                    && same(assignee, item.assignee())
                    && (!unassigned || item.assignee() == null)
                    && same(queue, item.queue())
                    && same(language, item.language())
                    && same(skill, item.skill())
                    && same(caseReference, item.caseReference())
                    && same(subject, item.subject())
                    && (kind == null || kind == item.kind())
                    && (authority == null || authority.satisfies(item.authority()))
                    && (notFor == null || !notFor.equals(item.notBy()))
                    && (dueBefore == null || !item.dueAt().isAfter(dueBefore))
                    && (cases == null
                            || item.caseId() != null
                                    && cases.contains(item.caseId().value()))
                    && (names == null || names.contains(item.name()));
        }

        private static boolean same(@Nullable String wanted, @Nullable String is) {
            return wanted == null || wanted.equals(is);
        }
    }

    /**
     * Puts work into the list. What was meant for somebody who is away goes to who stands in for them and may do it;
     * what was meant for somebody who has a break, to everybody.
     */
    @Transactional
    public void open(NewWork work) {
        String wanted = work.assignee();
        String assignee = wanted == null
                ? null
                : staff.takes(wanted, work.authority(), work.notBy()).orElse(null);
        KeyHolder key = new GeneratedKeyHolder();
        WorkItem.Stand stand = assignee == null ? WorkItem.Stand.FREE : WorkItem.Stand.TAKEN;
        jdbc.sql("""
                        insert into work_item (kind, name, case_id, case_reference, release_id, task, element, form, subject, authority,
                            not_by, queue, skill, language, state, assignee, due_at, effective_at, why, created_at, stand, cell)
                        values (:kind, :name, :caseId, :reference, :release, :task, :element, :form, :subject, :authority, :notBy, :queue,
                            :skill, :language, :state, :assignee, :due, :effective, :why, :at, :stand, '')
                        """)
                .param("kind", work.kind().name())
                .param("name", work.name())
                .param("caseId", work.caseId() == null ? null : work.caseId().value())
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
                .param("state", assignee == null ? "OPEN" : "CLAIMED")
                .param("assignee", assignee)
                .param("due", work.dueAt())
                .param("effective", work.effectiveAt())
                .param("why", write(work.why()))
                .param("at", OffsetDateTime.now(clock))
                .param("stand", stand.name())
                .update(key, "id");
        WorkItem item = get(Objects.requireNonNull(key.getKey()).longValue());
        jdbc.sql("update work_item set cell = :cell where id = :id")
                .param("cell", WorkTally.cell(stand, item))
                .param("id", item.id())
                .update();
        tally.opened(item);
        events.publishEvent(new WorkItem.Opened(item));
    }

    /**
     * The case of an open item was moved to another release, where its step may have another name and form.
     *
     * @return whether it was still open
     */
    @Transactional
    public boolean repin(long id, String release, String element, String name, @Nullable String form) {
        WorkItem before = held("id = :key", id).orElse(null);
        if (before == null || !before.open()) {
            return false;
        }
        jdbc.sql(
                        "update work_item set release_id = :release, element = :element, name = :name, form = :form where id = :id")
                .param("id", id)
                .param("release", release)
                .param("element", element)
                .param("name", name)
                .param("form", form)
                .update();
        tell(before, put(get(id), new Change(before)));
        return true;
    }

    /**
     * Work that nobody did in time is for a higher authority from now on, and moves forward in the list. Whoever has it
     * without that authority has it no longer.
     *
     * @param why the part that moves it, whose minutes join the others
     * @return the item as it is now; empty where it is done meanwhile or has that authority already
     */
    @Transactional
    public Optional<WorkItem> raise(long id, Authority to, WorkItem.Why why) {
        WorkItem before = held("id = :key", id).orElse(null);
        if (before == null || !before.open() || before.authority().satisfies(to)) {
            return Optional.empty();
        }
        List<WorkItem.Why> parts = new ArrayList<>(before.why());
        parts.add(why);
        jdbc.sql("update work_item set authority = :authority, effective_at = :effective, why = :why where id = :id")
                .param("id", id)
                .param("authority", to.name())
                .param("effective", before.effectiveAt().minusMinutes(why.minutes()))
                .param("why", write(parts))
                .update();
        Change change = new Change(before);
        change.wake();
        String holder = before.assignee();
        if (holder != null && !staff.may(holder, to, before.notBy())) {
            change.state = WorkItem.State.OPEN;
            change.assignee = null;
            change.reroutes++;
        }
        WorkItem after = tell(before, put(get(id), change));
        if (holder != null && after.assignee() == null) {
            events.publishEvent(new WorkItem.Handed(after, holder, null, Decider.RULES.login()));
        }
        return Optional.of(after);
    }

    /** Open items of a kind in the hands of somebody who is away right now. */
    public List<Long> ofAbsent(WorkItem.Kind kind) {
        return jdbc.sql("""
                        select id from work_item where kind = :kind and state = 'CLAIMED' and assignee in
                            (select login from account_absence where from_at <= :now and until_at > :now)
                        order by id
                        """)
                .param("kind", kind.name())
                .param("now", OffsetDateTime.now(clock))
                .query(Long.class)
                .list();
    }

    /**
     * Work in the hands of somebody who is away goes to who stands in for them, where that person may do it, and to
     * everybody otherwise.
     *
     * @return what happened; empty where it is done, or its owner is back
     */
    @Transactional
    public Optional<WorkItem.Handed> delegate(long id) {
        WorkItem before = held("id = :key", id).orElse(null);
        String owner = before == null || !before.open() ? null : before.assignee();
        if (before == null || owner == null || !staff.away(owner)) {
            return Optional.empty();
        }
        String standIn = staff.present(owner)
                .filter(one -> staff.may(one, before.authority(), before.notBy()))
                .filter(one -> involved(before, one).isEmpty())
                .orElse(null);
        Change change = new Change(before);
        change.state = standIn == null ? WorkItem.State.OPEN : WorkItem.State.CLAIMED;
        change.assignee = standIn;
        change.wake();
        change.reroutes++;
        WorkItem after = tell(before, put(before, change));
        WorkItem.Handed handed = new WorkItem.Handed(after, owner, standIn, Decider.RULES.login());
        events.publishEvent(handed);
        return Optional.of(handed);
    }

    /** Takes the engine's task out of the list because the diagram left it without a person. */
    @Transactional
    public void cancel(String task) {
        held("task = :key", task).filter(WorkItem::open).ifPresent(before -> {
            Change change = new Change(before);
            change.state = WorkItem.State.CANCELLED;
            change.wake();
            change.completedAt = OffsetDateTime.now(clock);
            tell(before, put(before, change));
        });
    }

    /**
     * An item becomes this person's; one that was put off comes back into sight.
     *
     * @throws Problem {@code WORK-001} not found, {@code WORK-002} somebody else was faster, {@code WORK-003} not
     *     within the person's authority, {@code WORK-004} another person must do it
     */
    @Transactional
    public WorkItem claim(long id, Decider by) {
        WorkItem item = get(id);
        may(Action.CLAIM, item, by).ifPresent(Worklist::refuse);
        if (by.login().equals(item.assignee()) && item.stand() == WorkItem.Stand.TAKEN) {
            return item;
        }
        Change change = new Change(item);
        change.state = WorkItem.State.CLAIMED;
        change.assignee = by.login();
        change.wake();
        return tell(item, put(item, change));
    }

    /**
     * An item goes back to everybody; only its owner or a supervisor may do so.
     *
     * @throws Problem as {@link #claim}, {@code WORK-005}
     */
    @Transactional
    public WorkItem release(long id, Decider by) {
        WorkItem item = get(id);
        may(Action.RELEASE, item, by).ifPresent(Worklist::refuse);
        Change change = new Change(item);
        change.state = WorkItem.State.OPEN;
        change.assignee = null;
        change.wake();
        change.reroutes++;
        WorkItem after = tell(item, put(item, change));
        events.publishEvent(new WorkItem.Handed(after, item.assignee(), null, by.login()));
        return after;
    }

    /**
     * A supervisor gives an item to a person, who must have the authority and must not be who asked for it.
     *
     * @throws Problem {@code WORK-001}, {@code WORK-002} done already, {@code WORK-007} no supervisor asks,
     *     {@code WORK-008} nobody of that login works here, {@code WORK-009} not within their authority,
     *     {@code WORK-010} another person must do it, {@code WORK-011} they are away
     */
    @Transactional
    public WorkItem assign(long id, String to, Decider by) {
        WorkItem item = get(id);
        mayAssign(item, to, by).ifPresent(Worklist::refuse);
        if (to.equals(item.assignee()) && item.stand() == WorkItem.Stand.TAKEN) {
            return item;
        }
        Change change = new Change(item);
        change.state = WorkItem.State.CLAIMED;
        change.assignee = to;
        change.wake();
        if (item.assignee() != null && !to.equals(item.assignee())) {
            change.reroutes++;
        }
        WorkItem after = tell(item, put(item, change));
        events.publishEvent(new WorkItem.Handed(after, item.assignee(), to, by.login()));
        return after;
    }

    /**
     * A supervisor sends an item to another desk, where everybody may take it.
     *
     * @throws Problem {@code WORK-001}, {@code WORK-002} done already, {@code WORK-007} no supervisor asks,
     *     {@code WORK-019} no such desk
     */
    @Transactional
    public WorkItem redirect(long id, String queue, Decider by) {
        WorkItem item = get(id);
        mayRedirect(item, queue, by).ifPresent(Worklist::refuse);
        if (queue.equals(item.queue())) {
            return item;
        }
        Change change = new Change(item);
        change.queue = queue;
        change.state = WorkItem.State.OPEN;
        change.assignee = null;
        change.wake();
        change.reroutes++;
        WorkItem after = tell(item, put(item, change));
        events.publishEvent(new WorkItem.Redirected(after, item.queue(), by.login()));
        return after;
    }

    /**
     * Puts an item off: it leaves the list and comes back by itself, at the latest at its effective deadline.
     *
     * @throws Problem {@code WORK-001} to {@code WORK-005}, {@code WORK-006} it cannot wait any longer
     */
    @Transactional
    public WorkItem snooze(long id, OffsetDateTime until, Decider by) {
        WorkItem item = get(id);
        maySnooze(item, until, by).ifPresent(Worklist::refuse);
        Change change = new Change(item);
        change.snoozedUntil = until.isAfter(item.effectiveAt()) ? item.effectiveAt() : until;
        change.snoozedBy = by.login();
        WorkItem after = tell(item, put(item, change));
        events.publishEvent(new WorkItem.Snoozed(after, change.snoozedUntil, by.login()));
        return after;
    }

    /** Brings an item that was put off back into sight before its time. @throws Problem as {@link #claim} */
    @Transactional
    public WorkItem wake(long id, Decider by) {
        WorkItem item = get(id);
        handled(item, by).ifPresent(Worklist::refuse);
        if (item.stand() != WorkItem.Stand.SNOOZED) {
            return item;
        }
        Change change = new Change(item);
        change.wake();
        return tell(item, put(item, change));
    }

    /**
     * Items whose time of being put off is over come back.
     *
     * @return how many, at most {@code most}
     */
    @Transactional
    public int wakeDue(int most) {
        List<WorkItem> due = jdbc.sql(
                        COLUMNS
                                + "where stand = 'SNOOZED' and snoozed_until <= :now order by snoozed_until fetch first :most rows only for update skip locked")
                .param("now", OffsetDateTime.now(clock))
                .param("most", most)
                .query(this::item)
                .list();
        for (WorkItem item : due) {
            Change change = new Change(item);
            change.wake();
            tell(item, put(item, change));
        }
        return due.size();
    }

    /**
     * The only way to complete work. The room that created the item hears of it in this transaction; whatever fails
     * there rolls back all of it.
     *
     * @throws Problem as {@link #claim}
     */
    @Transactional
    public void complete(long id, Map<String, Object> answers, Decider by) {
        WorkItem item = get(id);
        may(Action.COMPLETE, item, by).ifPresent(Worklist::refuse);
        Change change = new Change(item);
        change.state = WorkItem.State.DONE;
        change.wake();
        change.assignee = by.login();
        change.completedAt = OffsetDateTime.now(clock);
        change.completedBy = by.login();
        tell(item, put(item, change));
        events.publishEvent(new WorkItem.Completed(item, answers, by));
    }

    /** What can be done with an item without further words. */
    public enum Action {
        CLAIM,
        RELEASE,
        COMPLETE
    }

    /** What would keep this person from it, without doing it. */
    public Optional<Problem> may(Action action, WorkItem item, Decider by) {
        if (action == Action.RELEASE) {
            boolean own = by.login().equals(item.assignee());
            return !own && !by.authority().satisfies(Authority.SUPERVISOR)
                    ? problem(Problem.Kind.FORBIDDEN, "WORK-005", item.id())
                    : item.state() == WorkItem.State.CLAIMED ? Optional.empty() : lost(item);
        }
        Optional<Problem> forbidden = keeps(item, by);
        boolean others = item.assignee() != null && !by.login().equals(item.assignee());
        return forbidden.isPresent() ? forbidden : !item.open() || others ? lost(item) : Optional.empty();
    }

    /** What would keep this person from giving the item to that one. */
    public Optional<Problem> mayAssign(WorkItem item, String to, Decider by) {
        if (!by.authority().satisfies(Authority.SUPERVISOR)) {
            return problem(Problem.Kind.FORBIDDEN, "WORK-007", item.id());
        }
        if (!item.open()) {
            return lost(item);
        }
        Account account;
        try {
            account = staff.get(to);
        } catch (Problem nobody) {
            return Optional.of(nobody);
        }
        if (!Staff.authority(account).satisfies(item.authority())) {
            return problem(Problem.Kind.INVALID, "WORK-009", item.id(), item.authority(), to);
        }
        if (to.equals(item.notBy())) {
            return problem(Problem.Kind.INVALID, "WORK-010", item.id(), to);
        }
        if (involved(item, to).isPresent()) {
            return problem(Problem.Kind.INVALID, "WORK-010", item.id(), to);
        }
        return staff.away(to) ? problem(Problem.Kind.INVALID, "WORK-011", item.id(), to) : Optional.empty();
    }

    /** What keeps this person from the item, whoever has it and however it stands. */
    public Optional<Problem> keeps(WorkItem item, Decider by) {
        return forbidden(item, by).or(() -> involved(item, by.login()));
    }

    /** Whether this person may see the item at all: what those who lead look into is not for whom it is about. */
    public boolean inSight(WorkItem item, Decider by) {
        return !item.aboutAFinding() || keeps(item, by).isEmpty();
    }

    /** Why this person must leave the item to others, as the room says that knows them and it. */
    private Optional<Problem> involved(WorkItem item, String login) {
        return involvements.stream()
                .flatMap(one -> one.keeps(item, login).stream())
                .findFirst();
    }

    /** What would keep this person from sending the item to that desk. */
    public Optional<Problem> mayRedirect(WorkItem item, String queue, Decider by) {
        if (!by.authority().satisfies(Authority.SUPERVISOR)) {
            return problem(Problem.Kind.FORBIDDEN, "WORK-007", item.id());
        }
        if (!item.open()) {
            return lost(item);
        }
        return staff.queues().contains(queue) || tally.knows(queue)
                ? Optional.empty()
                : problem(Problem.Kind.INVALID, "WORK-019", queue);
    }

    /** What would keep this person from putting the item off until then. */
    public Optional<Problem> maySnooze(WorkItem item, OffsetDateTime until, Decider by) {
        Optional<Problem> not = handled(item, by);
        if (not.isPresent()) {
            return not;
        }
        OffsetDateTime now = OffsetDateTime.now(clock);
        return until.isAfter(now) && item.effectiveAt().isAfter(now)
                ? Optional.empty()
                : problem(Problem.Kind.INVALID, "WORK-006", item.id());
    }

    /** What would keep this person from bringing the item back into sight. */
    public Optional<Problem> mayWake(WorkItem item, Decider by) {
        return handled(item, by);
    }

    /** Its owner or a supervisor may handle an item, and a free one whoever may do it. */
    private static Optional<Problem> handled(WorkItem item, Decider by) {
        if (!item.open()) {
            return lost(item);
        }
        if (by.login().equals(item.assignee()) || by.authority().satisfies(Authority.SUPERVISOR)) {
            return Optional.empty();
        }
        return item.assignee() == null ? forbidden(item, by) : problem(Problem.Kind.FORBIDDEN, "WORK-005", item.id());
    }

    private static Optional<Problem> forbidden(WorkItem item, Decider by) {
        if (!by.authority().satisfies(item.authority())) {
            return problem(Problem.Kind.FORBIDDEN, "WORK-003", item.id(), item.authority());
        }
        return by.login().equals(item.notBy())
                ? problem(Problem.Kind.FORBIDDEN, "WORK-004", item.id())
                : Optional.empty();
    }

    private static Optional<Problem> lost(WorkItem item) {
        return problem(Problem.Kind.CONFLICT, "WORK-002", item.id());
    }

    private static Optional<Problem> problem(Problem.Kind kind, String code, Object... values) {
        return Optional.of(new Problem(kind, code, values));
    }

    private static void refuse(Problem problem) {
        throw problem;
    }

    /** Nobody else completes open work of a case until the transaction ends; whoever completes some now comes first. */
    @Transactional
    public void hold(CaseId caseId) {
        jdbc.sql("select id from work_item where case_id = :id and state in ('OPEN', 'CLAIMED') order by id for update")
                .param("id", caseId.value())
                .query(Long.class)
                .list();
    }

    /** The open work behind a task; nobody else changes it until the transaction ends. */
    @Transactional
    public Optional<WorkItem> hold(String task) {
        return held("task = :key", task).filter(WorkItem::open);
    }

    /** The open work behind a task. */
    public Optional<WorkItem> waiting(String task) {
        return jdbc.sql(COLUMNS + "where task = :task")
                .param("task", task)
                .query(this::item)
                .optional()
                .filter(WorkItem::open);
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
        return all(search.ids(filter, after, limit));
    }

    /** These items, first things first; unknown ids are left out. */
    public List<WorkItem> all(List<Long> ids) {
        return ids.isEmpty()
                ? List.of()
                : jdbc.sql(COLUMNS + "where id in (:ids) order by effective_at, id")
                        .param("ids", ids)
                        .query(this::item)
                        .list();
    }

    /** How many items of every sort there are. */
    public WorkCells cells() {
        return tally.cells();
    }

    /** How many open items in sight this person has. */
    public long mine(String login) {
        return jdbc.sql("select count(*) from work_item where assignee = :login and stand = 'TAKEN'")
                .param("login", login)
                .query(Long.class)
                .single();
    }

    /** How many open items in sight each of these people has who has some. */
    Map<String, Long> loads(List<String> logins) {
        Map<String, Long> loads = new HashMap<>();
        if (!logins.isEmpty()) {
            jdbc.sql(
                            "select assignee, count(*) n from work_item where assignee in (:logins) and stand = 'TAKEN' group by assignee")
                    .param("logins", logins)
                    .query((row, n) -> loads.put(row.getString("assignee"), row.getLong("n")))
                    .list();
        }
        return loads;
    }

    /** How many open items in sight of each kind these people have, by login. */
    public Map<String, Map<WorkItem.Kind, Long>> kinds(List<String> logins) {
        Map<String, Map<WorkItem.Kind, Long>> kinds = new HashMap<>();
        if (!logins.isEmpty()) {
            jdbc.sql(
                            "select assignee, kind, count(*) n from work_item where assignee in (:logins) and stand = 'TAKEN' group by assignee, kind")
                    .param("logins", logins)
                    .query((row, n) -> kinds.computeIfAbsent(
                                    row.getString("assignee"), login -> new EnumMap<>(WorkItem.Kind.class))
                            .put(WorkItem.Kind.valueOf(row.getString("kind")), row.getLong("n")))
                    .list();
        }
        return kinds;
    }

    /** How many open items in sight of each of these people are past their due time, by login. */
    public Map<String, Long> late(List<String> logins) {
        Map<String, Long> late = new HashMap<>();
        if (!logins.isEmpty()) {
            jdbc.sql(
                            "select assignee, count(*) n from work_item where assignee in (:logins) and stand = 'TAKEN' and due_at < :now group by assignee")
                    .param("logins", logins)
                    .param("now", OffsetDateTime.now(clock))
                    .query((row, n) -> late.put(row.getString("assignee"), row.getLong("n")))
                    .list();
        }
        return late;
    }

    /** Whether an item belongs to a case of this reference. */
    public boolean knowsCase(String reference) {
        return jdbc.sql("select id from work_item where case_reference = :reference fetch first 1 rows only")
                .param("reference", reference)
                .query(Long.class)
                .optional()
                .isPresent();
    }

    /** Whether an item is about exactly this. */
    public boolean knowsSubject(String subject) {
        return jdbc.sql("select id from work_item where subject = :subject fetch first 1 rows only")
                .param("subject", subject)
                .query(Long.class)
                .optional()
                .isPresent();
    }

    /** How many items of a queue ever came, and how many of them went another way after they were opened. */
    public record Rerouted(String queue, long opened, long rerouted) {}

    /** Per queue, since the list was begun. */
    public List<Rerouted> rerouted() {
        return tally.rerouted();
    }

    /** No more breaches of a queue and span are counted than these. */
    public static final int MOST_COUNTED = 1000;

    /**
     * How many open items of a queue will break their due time.
     *
     * @param within by hours ahead; a number above {@link #MOST_COUNTED} means more than that
     * @param late those that broke it already
     */
    public record Forecast(String queue, long late, Map<Integer, Long> within) {}

    /** What will be late in so many hours if nobody does it, for each of these queues. */
    public List<Forecast> forecast(List<String> queues, List<Integer> hours) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        return queues.stream()
                .map(queue -> {
                    Map<Integer, Long> within = new TreeMap<>();
                    hours.forEach(ahead -> within.put(ahead, due(queue, now, now.plusHours(ahead))));
                    return new Forecast(queue, due(queue, null, now), within);
                })
                .toList();
    }

    private long due(String queue, @Nullable OffsetDateTime after, OffsetDateTime until) {
        String range = "due_at <= :until" + (after == null ? "" : " and due_at > :after");
        Map<String, Object> values = new HashMap<>(Map.of("queue", queue, "until", until));
        if (after != null) {
            values.put("after", after);
        }
        StringBuilder union = new StringBuilder();
        for (String stand : List.of("FREE", "TAKEN", "SNOOZED")) {
            union.append(union.isEmpty() ? "" : " union all ")
                    .append("select id from (select id from work_item where stand = '" + stand
                            + "' and queue = :queue and " + range + " fetch first " + (MOST_COUNTED + 1)
                            + " rows only) due_" + stand);
        }
        return Math.min(
                MOST_COUNTED + 1,
                jdbc.sql("select count(*) from (" + union + ") due")
                        .params(values)
                        .query(Long.class)
                        .single());
    }

    /** The item as it will be. */
    private static final class Change {

        WorkItem.State state;

        @Nullable
        String assignee;

        @Nullable
        OffsetDateTime completedAt;

        @Nullable
        String completedBy;

        @Nullable
        OffsetDateTime snoozedUntil;

        @Nullable
        String snoozedBy;

        int reroutes;

        String queue;

        Change(WorkItem before) {
            this.queue = before.queue();
            this.state = before.state();
            this.assignee = before.assignee();
            this.completedAt = before.completedAt();
            this.completedBy = before.completedBy();
            this.snoozedUntil = before.snoozedUntil();
            this.snoozedBy = before.snoozedBy();
            this.reroutes = before.reroutes();
        }

        void wake() {
            snoozedUntil = null;
            snoozedBy = null;
        }
    }

    /** Writes the change where nobody else changed the item meanwhile, so that what is counted is what happened. */
    private WorkItem put(WorkItem before, Change change) {
        WorkItem after = new WorkItem(
                before.id(),
                before.kind(),
                before.name(),
                before.caseId(),
                before.caseReference(),
                before.release(),
                before.task(),
                before.element(),
                before.form(),
                before.subject(),
                before.authority(),
                before.notBy(),
                change.queue,
                before.skill(),
                before.language(),
                change.state,
                change.assignee,
                before.dueAt(),
                before.effectiveAt(),
                before.why(),
                before.createdAt(),
                change.completedAt,
                change.completedBy,
                change.snoozedUntil,
                change.snoozedBy,
                change.reroutes,
                before.version() + 1);
        int rows = jdbc.sql("""
                        update work_item set state = :state, assignee = :assignee, completed_at = :completedAt, completed_by = :completedBy,
                            snoozed_until = :snoozedUntil, snoozed_by = :snoozedBy, reroutes = :reroutes, queue = :queue, stand = :stand, cell = :cell,
                            version = version + 1
                        where id = :id and version = :version
                        """)
                .param("id", before.id())
                .param("version", before.version())
                .param("state", change.state.name())
                .param("assignee", change.assignee)
                .param("completedAt", change.completedAt)
                .param("completedBy", change.completedBy)
                .param("snoozedUntil", change.snoozedUntil)
                .param("snoozedBy", change.snoozedBy)
                .param("reroutes", change.reroutes)
                .param("queue", change.queue)
                .param("stand", after.stand().name())
                .param("cell", WorkTally.cell(after.stand(), after))
                .update();
        if (rows == 0) {
            refuse(new Problem(Problem.Kind.CONFLICT, "WORK-002", before.id()));
        }
        return after;
    }

    private WorkItem tell(WorkItem before, WorkItem after) {
        tally.changed(before, after);
        return after;
    }

    private Optional<WorkItem> held(String condition, Object key) {
        return jdbc.sql(COLUMNS + "where " + condition + " for update")
                .param("key", key)
                .query(this::item)
                .optional();
    }

    private WorkItem item(ResultSet row, int n) throws SQLException {
        Long caseId = row.getObject("case_id", Long.class);
        return new WorkItem(
                row.getLong("id"),
                WorkItem.Kind.valueOf(row.getString("kind")),
                row.getString("name"),
                caseId == null ? null : new CaseId(caseId),
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
                row.getString("completed_by"),
                row.getObject("snoozed_until", OffsetDateTime.class),
                row.getString("snoozed_by"),
                row.getInt("reroutes"),
                row.getInt("version"));
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
