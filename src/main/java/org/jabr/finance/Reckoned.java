package org.jabr.finance;

import org.jabr.rules.Problem;

/**
 * The questions in SQL that sums and comparisons share. What needs {@code :kinds} asks for the kinds of effects that the
 * payment provider settles.
 *
 * <p>Granted counts what is on its way or done, executed what was confirmed. What was taken back counts as it was, and
 * its undo counts below zero, so that the sum is what the customer has. Promised is what the decision granted; where
 * somebody was asked, what they approved; nothing where the customer withdrew. What the house's own database booked is
 * settled with it, unless a provider says something else; so is what no provider settles, such as goods.
 */
final class Reckoned {

    /** One row for each effect with an amount: e is the effect. */
    static final String EFFECTS = """
            select e.effect_key, e.case_id, e.case_reference, e.decision_id, e.kind, e.remedy, e.state, e.undoes, e.asked_by, e.fence,
                e.reference, e.created_at, e.updated_at, coalesce(e.undo_currency, e.currency) currency,
                coalesce(e.undo_minor, e.amount_minor) amount,
                case when e.kind not in (:kinds) or e.undoes is not null or e.asked_by is not null then
                        case when e.state in ('RESERVED', 'SENT', 'UNKNOWN', 'CONFIRMED', 'NEEDS_PERSON', 'REVERSED')
                                or e.state = 'REFUSED' and e.fence > 0 and e.undoes is null
                            then coalesce(e.undo_minor, e.amount_minor) else 0 end
                    when e.state = 'CANCELLED' then 0
                    else coalesce((select p.amount_minor from promised p where p.effect_key = e.effect_key and p.currency = e.currency), 0)
                    end promised,
                case when e.state in ('RESERVED', 'SENT', 'UNKNOWN', 'CONFIRMED', 'NEEDS_PERSON', 'REVERSED')
                    then coalesce(e.undo_minor, e.amount_minor) else 0 end granted,
                case when e.state in ('CONFIRMED', 'REVERSED') then coalesce(e.undo_minor, e.amount_minor) else 0 end executed,
                case when e.state in ('CONFIRMED', 'REVERSED') and (e.kind not in (:kinds)
                        or exists (select 1 from gateway_booking b where b.effect_key = e.effect_key))
                        and not exists (select 1 from settlement_line s where s.effect_key = e.effect_key)
                    then coalesce(e.undo_minor, e.amount_minor) else 0 end settled_inside,
                coalesce((select sum(s.amount_minor) from settlement_line s
                    where s.effect_key = e.effect_key and s.currency = coalesce(e.undo_currency, e.currency)), 0) settled_outside
            from effect e where (e.amount_minor > 0 or e.undo_minor is not null)\s""";

    /** What was promised and has no effect: the newest answer of its moment, in a case that goes on by itself. */
    static final String UNPLACED = """
            select p.effect_key, p.case_id, p.case_reference, p.remedy, p.amount_minor, p.currency, p.decided_at
            from promised p join recovery_case c on c.id = p.case_id
            where c.stage <> 'WITHDRAWN' and c.merged_into is null
                and not exists (select 1 from effect e where e.effect_key = p.effect_key)
                and not exists (select 1 from decision d where d.case_id = p.case_id and d.moment = p.moment and d.id > p.decision_id)\s""";

    private Reckoned() {}

    /** Days since 1970 in UTC: days of the house are days of UTC, as those of budgets are. */
    static String day(String moment) {
        return "cast(floor(extract(epoch from " + moment + ") / 86400) as bigint)";
    }

    static Problem notCompared() {
        return new Problem(Problem.Kind.CONFLICT, "SETTLE-001", SettlementRules.SHEET.file());
    }
}
