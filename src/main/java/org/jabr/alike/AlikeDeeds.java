package org.jabr.alike;

import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jabr.rules.Money;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * What people did, as it is stored: read once for all, and also where the house would not have let it happen, so that what
 * somebody changed underneath is seen.
 */
@Repository
class AlikeDeeds {

    private static final String AGREED = " not in ('ASKED', 'REFUSED', 'CANCELLED') ";

    private static final String OF_EFFECT =
            "case when e.undoes is null then 'APPROVAL' else 'UNDO' end as what, e.effect_key as subject, e.case_reference as reference, ";

    private static final List<String> FOUR_EYES = List.of(
            // As every step of an effect tells it
            "select " + OF_EFFECT
                    + "x.by_whom as login, x.at as at from effect_event x join effect e on e.effect_key = x.effect_key "
                    + "where x.from_state = 'ASKED' and x.to_state" + AGREED
                    + "and x.by_whom = e.asked_by and exists (select 1 from account a where a.login = x.by_whom)",
            // As the effect itself tells it, where its steps tell otherwise
            "select " + OF_EFFECT + "e.decided_by as login, e.updated_at as at from effect e "
                    + "where e.decided_by = e.asked_by and exists (select 1 from account a where a.login = e.asked_by) and e.state"
                    + AGREED
                    + "and not exists (select 1 from effect_event x where x.effect_key = e.effect_key and x.from_state = 'ASKED' and x.to_state"
                    + AGREED + "and x.by_whom = e.asked_by)",
            "select 'CHOICE' as what, e.effect_key as subject, e.case_reference as reference, x.by_whom as login, x.at as at "
                    + "from effect_event x join effect e on e.effect_key = x.effect_key join remedy_choice r on r.decision_id = e.decision_id "
                    + "where x.from_state = 'ASKED' and x.to_state" + AGREED
                    + "and e.undoes is null and x.by_whom = r.chosen_by and x.by_whom <> e.asked_by",
            "select 'WORK' as what, cast(w.id as varchar(20)) as subject, w.case_reference as reference, w.completed_by as login, w.completed_at as at "
                    + "from work_item w where w.kind = 'APPROVAL' and w.completed_by = w.not_by",
            "select 'RELEASE' as what, s.release_id as subject, '' as reference, s.done_by as login, s.done_at as at "
                    + "from release_step s join release_author a on a.release_id = s.release_id and a.login = s.done_by where s.step = 'APPROVED'",
            "select 'BUDGET' as what, cast(b.id as varchar(20)) as subject, '' as reference, b.decided_by as login, b.decided_at as at "
                    + "from budget_change b where b.state = 'DONE' and b.decided_by = b.asked_by",
            "select 'OBSERVATION' as what, cast(s.observation_id as varchar(20)) as subject, '' as reference, s.by_whom as login, s.at as at "
                    + "from observation_step s where s.deed = 'CLOSED' and exists (select 1 from observation_step t "
                    + "where t.observation_id = s.observation_id and t.id < s.id and t.deed = 'ANSWERED' and t.by_whom = s.by_whom)",
            "select 'SAMPLE' as what, cast(i.id as varchar(20)) as subject, c.reference as reference, i.judged_by as login, i.judged_at as at "
                    + "from audit_item i join decision d on d.id = i.decision_id join recovery_case c on c.id = d.case_id "
                    + "where i.judged_by = d.decided_by",
            "select 'FINDING' as what, cast(j.finding_id as varchar(20)) as subject, '' as reference, j.by_login as login, j.at as at "
                    + "from guard_judgement j join guard_concerned g on g.finding_id = j.finding_id and g.login = j.by_login");

    private final JdbcClient jdbc;

    AlikeDeeds(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    record Key(long decision, String remedy) {}

    /** Somebody answered what was asked. */
    record Answer(
            String effect,
            String caseReference,
            String release,
            String login,
            boolean refused,
            OffsetDateTime asked,
            OffsetDateTime at) {}

    /** In how many cases somebody completed work, and in how many of these they chose otherwise than the rules. */
    record Worked(String login, int cases, int overrides) {}

    record Decided(long id, String caseReference, String release, String login, OffsetDateTime at) {}

    /** What was asked because of decisions of a moment and agreed to, as it was agreed. */
    Map<Key, Money> agreed(String moment, OffsetDateTime from, OffsetDateTime until) {
        Map<Key, Money> agreed = new HashMap<>();
        jdbc.sql("""
                        select e.decision_id, e.remedy, e.amount_minor, e.currency from effect e join decision d on d.id = e.decision_id
                        where d.moment = :moment and d.as_of >= :from and d.as_of < :until and e.asked_by is not null
                          and e.undoes is null and e.amount_minor is not null and e.state""" + AGREED)
                .param("moment", moment)
                .param("from", from)
                .param("until", until)
                .query(row -> {
                    agreed.put(
                            new Key(row.getLong("decision_id"), row.getString("remedy")),
                            Money.ofMinor(row.getLong("amount_minor"), row.getString("currency")));
                });
        return agreed;
    }

    /** What people answered, the newest first. Passing it on to a higher authority is no answer. */
    List<Answer> answers(OffsetDateTime from, OffsetDateTime until, int most) {
        return jdbc.sql("""
                        select x.effect_key, e.case_reference, d.release_id, x.by_whom, x.to_state, e.created_at, x.at
                        from effect_event x join effect e on e.effect_key = x.effect_key join decision d on d.id = e.decision_id
                        where x.at >= :from and x.at < :until and x.from_state = 'ASKED' and x.to_state not in ('ASKED', 'CANCELLED')
                          and exists (select 1 from account a where a.login = x.by_whom)
                        order by x.at desc, x.id desc fetch first :most rows only
                        """)
                .param("from", from)
                .param("until", until)
                .param("most", most)
                .query((row, n) -> new Answer(
                        row.getString("effect_key"),
                        row.getString("case_reference"),
                        row.getString("release_id"),
                        row.getString("by_whom"),
                        row.getString("to_state").equals("REFUSED"),
                        row.getObject("created_at", OffsetDateTime.class),
                        row.getObject("at", OffsetDateTime.class)))
                .list();
    }

    List<Worked> worked(OffsetDateTime from, OffsetDateTime until) {
        return jdbc.sql("""
                        select w.completed_by, count(distinct w.case_id) as cases, count(distinct r.case_id) as overrides
                        from work_item w
                        left join remedy_choice r on r.case_id = w.case_id and r.chosen_by = w.completed_by and r.state <> 'DROPPED'
                          and r.chosen_at >= :from and r.chosen_at < :until
                        where w.completed_at >= :from and w.completed_at < :until and w.kind <> 'APPROVAL' and w.completed_by is not null
                          and w.case_id > 0 and exists (select 1 from account a where a.login = w.completed_by)
                        group by w.completed_by order by w.completed_by
                        """)
                .param("from", from)
                .param("until", until)
                .query((row, n) ->
                        new Worked(row.getString("completed_by"), row.getInt("cases"), row.getInt("overrides")))
                .list();
    }

    /** Decisions of any moment that people made, the newest first. */
    List<Decided> decided(OffsetDateTime from, OffsetDateTime until, int most) {
        return jdbc.sql("""
                        select d.id, c.reference, d.release_id, d.decided_by, d.as_of
                        from decision d join recovery_case c on c.id = d.case_id
                        where d.as_of >= :from and d.as_of < :until and exists (select 1 from account a where a.login = d.decided_by)
                        order by d.as_of desc, d.id desc fetch first :most rows only
                        """)
                .param("from", from)
                .param("until", until)
                .param("most", most)
                .query((row, n) -> new Decided(
                        row.getLong("id"),
                        row.getString("reference"),
                        row.getString("release_id"),
                        row.getString("decided_by"),
                        row.getObject("as_of", OffsetDateTime.class)))
                .list();
    }

    /** Where somebody agreed with themselves, the newest first. */
    List<Alike.FourEyes> fourEyes(OffsetDateTime from, OffsetDateTime until, int most) {
        return jdbc.sql(
                        "select what, subject, reference, login, at from (" + String.join(" union ", FOUR_EYES)
                                + ") v where at >= :from and at < :until order by at desc, what, subject fetch first :most rows only")
                .param("from", from)
                .param("until", until)
                .param("most", most)
                .query((row, n) -> new Alike.FourEyes(
                        row.getString("what"),
                        row.getString("subject"),
                        row.getString("reference"),
                        row.getString("login"),
                        row.getObject("at", OffsetDateTime.class)))
                .list();
    }
}
