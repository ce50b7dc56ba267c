package org.jabr.finance;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds what does not agree, one question for each sort of difference. */
@Component
class Comparison {

    private static final String FROM_EFFECTS = "(" + Reckoned.EFFECTS + ") r ";

    /** What every question answers. */
    private static final String OF_EFFECT =
            "select r.effect_key subject, r.case_id, r.case_reference, r.effect_key, r.currency, ";

    private static final String SETTLED = "exists (select 1 from settlement_line s where s.effect_key = r.effect_key)";

    private static final String IN_ITS_CURRENCY =
            "exists (select 1 from settlement_line s where s.effect_key = r.effect_key and s.currency = r.currency)";

    /** When something happened first; as far as the history reaches back. */
    private static final String REACHED =
            "coalesce((select min(v.at) from effect_event v where v.effect_key = r.effect_key and v.to_state = '%s'), r.%s) < :%s";

    /** The questions, by the code of what they find. */
    private static final Map<String, String> QUESTIONS = Map.of(
            "SETTLE-101",
            "select u.effect_key subject, u.case_id, u.case_reference, u.effect_key, u.currency, u.amount_minor expected, 0 found, u.currency found_currency from ("
                    + Reckoned.UNPLACED + ") u where u.decided_at < :placed",
            "SETTLE-102",
            OF_EFFECT
                    + "case when r.granted <> 0 then r.granted else r.promised end expected, 0 found, r.currency found_currency from "
                    + FROM_EFFECTS + "where (r.granted <> 0 or r.promised <> 0) and r.executed = 0 and "
                    + REACHED.formatted("RESERVED", "created_at", "executed"),
            "SETTLE-103",
            OF_EFFECT + "r.executed expected, 0 found, r.currency found_currency from " + FROM_EFFECTS
                    + "where r.executed <> 0 and r.settled_inside = 0 and r.updated_at >= :since and not " + SETTLED
                    + " and " + REACHED.formatted("CONFIRMED", "updated_at", "settled"),
            "SETTLE-104",
            """
            select 'line/' || cast(l.id as varchar(20)) subject, c.id case_id, c.reference case_reference,
                cast(null as varchar(80)) effect_key, l.currency, 0 expected, l.amount_minor found, l.currency found_currency
            from settlement_line l left join recovery_case c on c.id = l.case_id where l.effect_key is null
            """,
            "SETTLE-105",
            OF_EFFECT + "r.amount expected, r.settled_outside found, r.currency found_currency from " + FROM_EFFECTS
                    + "where r.executed <> 0 and r.settled_outside <> r.amount and " + IN_ITS_CURRENCY + " and not "
                    + moreThanOnce(),
            "SETTLE-106",
            OF_EFFECT + "r.amount expected, o.found, o.currency found_currency from " + FROM_EFFECTS + """
                    join (select s.effect_key, s.currency, sum(s.amount_minor) found from settlement_line s group by s.effect_key, s.currency) o
                        on o.effect_key = r.effect_key
                    where o.currency <> r.currency
                        and not exists (select 1 from settlement_line s where s.effect_key = r.effect_key
                            and s.currency <> r.currency and s.currency < o.currency)
                    """,
            "SETTLE-107",
            OF_EFFECT + "r.amount expected, r.settled_outside found, r.currency found_currency from " + FROM_EFFECTS
                    + "where r.executed <> 0 and " + moreThanOnce(),
            "SETTLE-108",
            OF_EFFECT + "0 expected, r.settled_outside found, r.currency found_currency from " + FROM_EFFECTS
                    + "where r.state in ('ASKED', 'RESERVED', 'REFUSED', 'CANCELLED') and " + SETTLED,
            "SETTLE-109",
            """
            select distinct 'books/' || b.code || '/' || b.what subject, e.case_id, e.case_reference, e.effect_key,
                cast(null as varchar(3)) currency, 0 expected, 0 found, cast(null as varchar(3)) found_currency
            from books_difference b left join effect e on e.effect_key = b.what
            """,
            "SETTLE-110",
            OF_EFFECT + "r.promised expected, r.amount found, r.currency found_currency from " + FROM_EFFECTS
                    + "where r.undoes is null and r.asked_by is null and r.kind in (:kinds) and r.state <> 'CANCELLED' and r.promised <> r.amount");

    private final JdbcClient jdbc;
    private final Clock clock;

    Comparison(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Something that was found now. */
    record Found(
            String subject,
            @Nullable Long caseId,
            @Nullable String caseReference,
            @Nullable String effect,
            @Nullable String currency,
            long expected,
            long found,
            @Nullable String foundCurrency) {}

    private static String moreThanOnce() {
        return "(abs(r.settled_outside) > abs(r.amount) and (select count(*) from settlement_line s where s.effect_key = r.effect_key and s.currency = r.currency) > 1)";
    }

    List<String> codes() {
        return QUESTIONS.keySet().stream().sorted().toList();
    }

    /** What is neither open nor accepted as it is now. */
    List<Found> fresh(String code, SettlementTerms terms, int most) {
        return ask(code, terms, """
                select f.* from (%s) f where not exists (select 1 from money_difference d where d.code = :code and d.subject = f.subject
                    and (d.state = 'OPEN' or d.state = 'ACCEPTED' and d.expected_minor = f.expected and d.found_minor = f.found
                        and coalesce(d.found_currency, '') = coalesce(f.found_currency, '')))
                order by f.subject fetch first %d rows only
                """, most);
    }

    /** What is open with other amounts than now. */
    List<Found> changed(String code, SettlementTerms terms, int most) {
        return ask(code, terms, """
                select f.* from (%s) f join money_difference d on d.code = :code and d.subject = f.subject and d.state = 'OPEN'
                where d.expected_minor <> f.expected or d.found_minor <> f.found
                    or coalesce(d.found_currency, '') <> coalesce(f.found_currency, '')
                order by f.subject fetch first %d rows only
                """, most);
    }

    /** Open differences that are none any more. */
    List<Long> gone(String code, SettlementTerms terms, int most) {
        return asked(code, terms, """
                select d.id from money_difference d where d.code = :code and d.state = 'OPEN'
                    and d.subject not in (select f.subject from (%s) f) order by d.id fetch first %d rows only
                """, most).query(Long.class).list();
    }

    private List<Found> ask(String code, SettlementTerms terms, String sql, int most) {
        return asked(code, terms, sql, most).query(Comparison::found).list();
    }

    private JdbcClient.StatementSpec asked(String code, SettlementTerms terms, String sql, int most) {
        String question = QUESTIONS.getOrDefault(code, "");
        OffsetDateTime now = OffsetDateTime.now(clock);
        Map<String, Object> values = Map.of(
                "kinds",
                terms.kinds(),
                "placed",
                now.minusDays(terms.placedDays()),
                "executed",
                now.minusDays(terms.executedDays()),
                "settled",
                now.minusDays(terms.settledDays()),
                "since",
                terms.since().atStartOfDay().atOffset(ZoneOffset.UTC));
        JdbcClient.StatementSpec asked = jdbc.sql(sql.formatted(question, most)).param("code", code);
        for (Map.Entry<String, Object> value : values.entrySet()) {
            if (question.contains(":" + value.getKey())) {
                asked = asked.param(value.getKey(), value.getValue());
            }
        }
        return asked;
    }

    private static Found found(ResultSet row, int n) throws SQLException {
        return new Found(
                row.getString("subject"),
                row.getObject("case_id", Long.class),
                row.getString("case_reference"),
                row.getString("effect_key"),
                row.getString("currency"),
                row.getLong("expected"),
                row.getLong("found"),
                row.getString("found_currency"));
    }
}
