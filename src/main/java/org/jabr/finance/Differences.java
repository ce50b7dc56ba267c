package org.jabr.finance;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jabr.cases.Cases;
import org.jabr.cases.Merges;
import org.jabr.cases.RecoveryCase;
import org.jabr.finance.Difference.Happened;
import org.jabr.finance.Difference.State;
import org.jabr.releases.Releases;
import org.jabr.rules.CaseId;
import org.jabr.rules.Decider;
import org.jabr.rules.Problem;
import org.jabr.worklist.NewWork;
import org.jabr.worklist.WorkItem;
import org.jabr.worklist.Worklist;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Differences with their work and their history. Work items are always changed before the difference. */
@Service
public class Differences {

    private static final String TASK = "difference-";
    private static final String NAME = "SETTLE_DIFFERENCE";
    private static final int LONGEST_REASON = 400;
    private static final String COLUMNS = """
            select id, code, subject, case_id, case_reference, effect_key, currency, expected_minor, found_minor, found_currency, state, opened_at,
                closed_at, closed_by, reason
            from money_difference\s""";

    private final JdbcClient jdbc;
    private final Worklist worklist;
    private final Cases cases;
    private final Merges merges;
    private final SettlementRules rules;
    private final Releases releases;
    private final Clock clock;

    Differences(
            JdbcClient jdbc,
            Worklist worklist,
            Cases cases,
            Merges merges,
            SettlementRules rules,
            Releases releases,
            Clock clock) {
        this.jdbc = jdbc;
        this.worklist = worklist;
        this.cases = cases;
        this.merges = merges;
        this.rules = rules;
        this.releases = releases;
        this.clock = clock;
    }

    /** Whether work is about a difference, so that no step of a diagram waits behind it. */
    public static boolean isOne(WorkItem item) {
        return item.task() != null && item.task().startsWith(TASK);
    }

    /** The difference that work is about. @throws Problem {@code SETTLE-011} */
    public Difference of(WorkItem item) {
        return get(Long.parseLong(Objects.requireNonNull(item.subject())));
    }

    /** @throws Problem {@code SETTLE-011} */
    public Difference get(long id) {
        return jdbc.sql(COLUMNS + "where id = :id")
                .param("id", id)
                .query(Differences::difference)
                .optional()
                .orElseThrow(() -> new Problem(Problem.Kind.NOT_FOUND, "SETTLE-011", id));
    }

    /**
     * A page of differences, the newest first.
     *
     * @param before the last one seen; null for the first page
     */
    public List<Difference> list(State state, @Nullable Long before, int most) {
        return jdbc.sql(COLUMNS + "where state = :state and id < :before order by id desc fetch first :most rows only")
                .param("state", state.name())
                .param("before", before == null ? Long.MAX_VALUE : before)
                .param("most", most)
                .query(Differences::difference)
                .list();
    }

    public List<Difference> ofCase(CaseId id) {
        return jdbc.sql(COLUMNS + "where case_id = :id order by id desc")
                .param("id", id.value())
                .query(Differences::difference)
                .list();
    }

    public long count(State state) {
        return jdbc.sql("select count(*) from money_difference where state = :state")
                .param("state", state.name())
                .query(Long.class)
                .single();
    }

    public List<Difference.Step> history(long id) {
        return jdbc.sql("""
                        select kind, expected_minor, found_minor, found_currency, reason, by_login, at from money_difference_event
                        where difference_id = :id order by id
                        """)
                .param("id", id)
                .query((row, n) -> new Difference.Step(
                        Happened.valueOf(row.getString("kind")),
                        row.getLong("expected_minor"),
                        row.getLong("found_minor"),
                        row.getString("found_currency"),
                        row.getString("reason"),
                        row.getString("by_login"),
                        Objects.requireNonNull(row.getObject("at", OffsetDateTime.class))))
                .list();
    }

    /** The work that waits for a difference. */
    public Optional<Long> work(long id) {
        return jdbc.sql("select id from work_item where task = :task and state in ('OPEN', 'CLAIMED')")
                .param("task", TASK + id)
                .query(Long.class)
                .optional();
    }

    /**
     * Somebody explains a difference: it is not opened again unless it changes.
     *
     * @throws Problem {@code SETTLE-011} there is none, {@code SETTLE-012} not open, {@code SETTLE-013} without a reason,
     *     {@code SETTLE-014} not within their authority, {@code WORK-002} somebody else has the work
     */
    @Transactional
    public void accept(long id, String reason, Decider by) {
        Difference difference = get(id);
        said(reason);
        Optional<Long> work = work(id);
        if (work.isPresent()) {
            worklist.complete(work.get(), Map.of("reason", reason), by);
            return;
        }
        SettlementTerms terms = rules.terms().orElseThrow(Reckoned::notCompared);
        if (!by.authority().satisfies(terms.authority())) {
            throw new Problem(Problem.Kind.FORBIDDEN, "SETTLE-014", terms.authority());
        }
        end(difference, State.ACCEPTED, said(reason), by.login());
    }

    /** Whoever completes the work says why the difference is none; another person may not do it otherwise. */
    @EventListener
    void completed(WorkItem.Completed event) {
        if (isOne(event.item())) {
            Object reason = event.answers().get("reason");
            end(
                    of(event.item()),
                    State.ACCEPTED,
                    said(reason == null ? "" : reason.toString()),
                    event.by().login());
        }
    }

    private static String said(String typed) {
        String reason = typed.strip();
        if (reason.isEmpty() || reason.length() > LONGEST_REASON) {
            throw new Problem(Problem.Kind.INVALID, "SETTLE-013", LONGEST_REASON);
        }
        return reason;
    }

    /** Part of the round's transaction. */
    void open(String code, Comparison.Found found) {
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        jdbc.sql("""
                        insert into money_difference (code, subject, open_key, case_id, case_reference, effect_key, currency, expected_minor,
                            found_minor, found_currency, state, opened_at)
                        values (:code, :subject, :open, :case, :reference, :effect, :currency, :expected, :found, :foundCurrency, 'OPEN', :at)
                        """)
                .param("code", code)
                .param("subject", found.subject())
                .param("open", code + "/" + found.subject())
                .param("case", found.caseId())
                .param("reference", found.caseReference())
                .param("effect", found.effect())
                .param("currency", found.currency())
                .param("expected", found.expected())
                .param("found", found.found())
                .param("foundCurrency", found.foundCurrency())
                .param("at", OffsetDateTime.now(clock))
                .update(key, "id");
        happened(Objects.requireNonNull(key.getKeyAs(Long.class)), Happened.OPENED, null, Decider.RULES.login());
    }

    /** Part of the round's transaction: every open difference is somebody's work, whether it belongs to a case or to none. */
    void giveWork(String code, SettlementTerms terms) {
        jdbc.sql(COLUMNS
                        + "where code = :code and state = 'OPEN' and not exists (select 1 from work_item where task = '"
                        + TASK + "' || money_difference.id) order by id")
                .param("code", code)
                .query(Differences::difference)
                .list()
                .forEach(difference -> work(difference, terms));
    }

    private void work(Difference difference, SettlementTerms terms) {
        RecoveryCase recovery =
                difference.caseId() == null ? null : merges.survivor(cases.get(new CaseId(difference.caseId())));
        worklist.open(new NewWork(
                WorkItem.Kind.TASK,
                NAME,
                recovery == null ? null : recovery.id(),
                recovery == null ? null : recovery.reference(),
                recovery == null ? releases.live().id() : recovery.release(),
                TASK + difference.id(),
                "",
                null,
                String.valueOf(difference.id()),
                terms.authority(),
                null,
                terms.queue(),
                "",
                "",
                null,
                OffsetDateTime.now(clock).plusDays(terms.dueDays()),
                List.of(new WorkItem.Why("due", 0, List.of()))));
    }

    /** Part of the round's transaction. */
    void change(String code, Comparison.Found found) {
        jdbc.sql("select id from money_difference where open_key = :key")
                .param("key", code + "/" + found.subject())
                .query(Long.class)
                .optional()
                .ifPresent(id -> {
                    int rows = jdbc.sql("""
                                    update money_difference set expected_minor = :expected, found_minor = :found, found_currency = :currency
                                    where id = :id and state = 'OPEN'
                                    """)
                            .param("expected", found.expected())
                            .param("found", found.found())
                            .param("currency", found.foundCurrency())
                            .param("id", id)
                            .update();
                    if (rows > 0) {
                        happened(id, Happened.CHANGED, null, Decider.RULES.login());
                    }
                });
    }

    /** Part of the round's transaction: what was compared agrees again. Whoever accepted it meanwhile came first. */
    void gone(long id) {
        worklist.cancel(TASK + id);
        if (close(id, State.GONE, null, Decider.RULES.login())) {
            happened(id, Happened.GONE, null, Decider.RULES.login());
        }
    }

    private void end(Difference difference, State state, String reason, String by) {
        if (!close(difference.id(), state, reason, by)) {
            throw new Problem(Problem.Kind.CONFLICT, "SETTLE-012", difference.id());
        }
        happened(difference.id(), Happened.ACCEPTED, reason, by);
    }

    private boolean close(long id, State state, @Nullable String reason, String by) {
        return jdbc.sql("""
                                update money_difference set state = :state, open_key = null, closed_at = :at, closed_by = :by, reason = :reason
                                where id = :id and state = 'OPEN'
                                """)
                        .param("state", state.name())
                        .param("at", OffsetDateTime.now(clock))
                        .param("by", by)
                        .param("reason", reason)
                        .param("id", id)
                        .update()
                > 0;
    }

    private void happened(long id, Happened what, @Nullable String reason, String by) {
        jdbc.sql("""
                        insert into money_difference_event (difference_id, kind, expected_minor, found_minor, found_currency, reason, by_login, at)
                        select id, cast(:kind as varchar(10)), expected_minor, found_minor, found_currency, cast(:reason as varchar(400)),
                            cast(:by as varchar(60)), cast(:at as timestamp(3) with time zone)
                        from money_difference where id = :id
                        """)
                .param("kind", what.name())
                .param("reason", reason)
                .param("by", by)
                .param("at", OffsetDateTime.now(clock))
                .param("id", id)
                .update();
    }

    private static Difference difference(ResultSet row, int n) throws SQLException {
        return new Difference(
                row.getLong("id"),
                row.getString("code"),
                row.getString("subject"),
                row.getObject("case_id", Long.class),
                row.getString("case_reference"),
                row.getString("effect_key"),
                row.getString("currency"),
                row.getLong("expected_minor"),
                row.getLong("found_minor"),
                row.getString("found_currency"),
                State.valueOf(row.getString("state")),
                row.getObject("opened_at", OffsetDateTime.class),
                row.getObject("closed_at", OffsetDateTime.class),
                row.getString("closed_by"),
                row.getString("reason"));
    }
}
