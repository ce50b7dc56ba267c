package org.jabr.finance;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jabr.remedies.Effect;
import org.jabr.rules.CaseId;
import org.jabr.rules.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What was promised, granted, executed and settled, side by side: by day in one statement, by case, and one by one. An
 * effect stands under the day on which it was placed, with all that became of it. Days are days of UTC.
 */
@Service
public class Reconciliation {

    /** No more days are added up at once. */
    public static final int MOST_DAYS = 92;

    private final JdbcClient jdbc;
    private final SettlementRules rules;

    Reconciliation(JdbcClient jdbc, SettlementRules rules) {
        this.jdbc = jdbc;
        this.rules = rules;
    }

    /** The four sums of one day in one currency, in minor units. */
    public record Day(LocalDate day, String currency, long promised, long granted, long executed, long settled) {

        public boolean agrees() {
            return promised == granted && granted == executed && executed == settled;
        }
    }

    /**
     * One effect, or one promise without an effect, in minor units of its currency.
     *
     * @param state null where nothing was placed
     * @param placedAt when it was placed; of a promise without an effect, when it was decided
     */
    public record Line(
            String key,
            String caseReference,
            String remedy,
            boolean undo,
            Effect.@Nullable State state,
            String currency,
            long promised,
            long granted,
            long executed,
            long settled,
            OffsetDateTime placedAt) {

        public boolean agrees() {
            return promised == granted && granted == executed && executed == settled;
        }
    }

    /** Whether the live release says how to compare. */
    public boolean compares() {
        return rules.terms().isPresent();
    }

    /**
     * The sums of some days, the newest first.
     *
     * @throws Problem {@code SETTLE-001} the live release compares nothing, {@code SETTLE-015} more than 92 days or none
     */
    @Transactional(readOnly = true)
    public List<Day> days(LocalDate from, LocalDate to) {
        if (to.isBefore(from) || from.plusDays(MOST_DAYS).isBefore(to.plusDays(1))) {
            throw new Problem(Problem.Kind.INVALID, "SETTLE-015", MOST_DAYS);
        }
        return jdbc.sql("""
                        select its_day, currency, sum(promised) promised, sum(granted) granted, sum(executed) executed, sum(settled) settled
                        from (
                            select %s its_day, r.currency, r.promised, r.granted, r.executed, r.settled_inside settled
                            from (%s and e.created_at >= :start and e.created_at < :end) r
                            union all
                            select %s, u.currency, u.amount_minor, 0, 0, 0 from (%s and p.decided_at >= :start and p.decided_at < :end) u
                            union all
                            select %s, l.currency, 0, 0, 0, l.amount_minor
                            from settlement_line l join effect e on e.effect_key = l.effect_key
                            where e.created_at >= :start and e.created_at < :end
                            union all
                            select %s, l.currency, 0, 0, 0, l.amount_minor from settlement_line l
                            where l.effect_key is null and l.settled_on >= :from and l.settled_on <= :to
                        ) sums group by its_day, currency order by its_day desc, currency
                        """.formatted(
                                Reckoned.day("r.created_at"),
                                Reckoned.EFFECTS,
                                Reckoned.day("u.decided_at"),
                                Reckoned.UNPLACED,
                                Reckoned.day("e.created_at"),
                                Reckoned.day("l.settled_on")))
                .param("kinds", terms().kinds())
                .param("start", start(from))
                .param("end", start(to.plusDays(1)))
                .param("from", from)
                .param("to", to)
                .query((row, n) -> new Day(
                        LocalDate.ofEpochDay(row.getLong("its_day")),
                        row.getString("currency"),
                        row.getLong("promised"),
                        row.getLong("granted"),
                        row.getLong("executed"),
                        row.getLong("settled")))
                .list();
    }

    /**
     * The effects of a day in the order in which they were placed.
     *
     * @param after the key of the last one seen; null for the first page
     */
    @Transactional(readOnly = true)
    public List<Line> effects(LocalDate day, @Nullable String after, int most) {
        JdbcClient.StatementSpec asked = jdbc.sql("select r.* from (" + Reckoned.EFFECTS
                        + " and e.created_at >= :start and e.created_at < :end "
                        + (after == null
                                ? ""
                                : "and (e.created_at, e.effect_key) > (select a.created_at, a.effect_key from effect a where a.effect_key = :after)")
                        + ") r order by r.created_at, r.effect_key fetch first :most rows only")
                .param("kinds", terms().kinds())
                .param("start", start(day))
                .param("end", start(day.plusDays(1)))
                .param("most", most);
        return (after == null ? asked : asked.param("after", after))
                .query(Reconciliation::effect)
                .list();
    }

    /** The first of what was promised on a day and has no effect. */
    @Transactional(readOnly = true)
    public List<Line> unplaced(LocalDate day, int most) {
        return jdbc.sql(
                        Reckoned.UNPLACED
                                + "and p.decided_at >= :start and p.decided_at < :end order by p.decided_at, p.effect_key fetch first :most rows only")
                .param("start", start(day))
                .param("end", start(day.plusDays(1)))
                .param("most", most)
                .query(Reconciliation::promise)
                .list();
    }

    /** Everything of a case. */
    @Transactional(readOnly = true)
    public List<Line> ofCase(CaseId id) {
        List<Line> lines = new ArrayList<>(jdbc.sql("select r.* from (" + Reckoned.EFFECTS
                        + " and e.case_id = :case) r order by r.created_at, r.effect_key")
                .param("kinds", terms().kinds())
                .param("case", id.value())
                .query(Reconciliation::effect)
                .list());
        lines.addAll(jdbc.sql(Reckoned.UNPLACED + "and p.case_id = :case order by p.effect_key")
                .param("case", id.value())
                .query(Reconciliation::promise)
                .list());
        return lines;
    }

    private SettlementTerms terms() {
        return rules.terms().orElseThrow(Reckoned::notCompared);
    }

    static OffsetDateTime start(LocalDate day) {
        return day.atStartOfDay().atOffset(ZoneOffset.UTC);
    }

    private static Line effect(ResultSet row, int n) throws SQLException {
        return new Line(
                row.getString("effect_key"),
                row.getString("case_reference"),
                row.getString("remedy"),
                row.getString("undoes") != null,
                Effect.State.valueOf(row.getString("state")),
                row.getString("currency"),
                row.getLong("promised"),
                row.getLong("granted"),
                row.getLong("executed"),
                row.getLong("settled_inside") + row.getLong("settled_outside"),
                row.getObject("created_at", OffsetDateTime.class));
    }

    private static Line promise(ResultSet row, int n) throws SQLException {
        return new Line(
                row.getString("effect_key"),
                row.getString("case_reference"),
                row.getString("remedy"),
                false,
                null,
                row.getString("currency"),
                row.getLong("amount_minor"),
                0,
                0,
                0,
                row.getObject("decided_at", OffsetDateTime.class));
    }
}
