package org.jabr.guard;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * What was given in a window, in groups: one statement for each look. Channel, language, region and everything else that a
 * customer is are never read here.
 */
@Repository
class Grants {

    /** Nobody reads more than this of one finding. */
    static final int MOST_EVIDENCE = 200;

    /** What counts as given. Undos are of a class of their own. */
    private static final String GIVEN =
            " e.state in ('RESERVED', 'SENT', 'UNKNOWN', 'CONFIRMED', 'NEEDS_PERSON') and e.remedy_class in (:counts) and e.amount_minor is not null and e.created_at >= :from and e.created_at <= :until ";

    /** Who had the idea: whoever asked, or else whoever granted it at once. */
    private static final String GIVER = "coalesce(e.asked_by, e.decided_by)";

    private static final String BY_PEOPLE = " and " + GIVER + " <> 'rules' ";

    private final JdbcClient jdbc;

    Grants(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Something given so many times. */
    record Given(String giver, long customer, String currency, long minor, long times) {}

    /** In how many cases customers were given something together. */
    record Claimed(String subject, List<Long> customers, long cases) {}

    /** What a customer was given and bought. */
    record Shared(long customer, String currency, long minor, long bought, long cases) {}

    /** What somebody gave, or asked for, to a customer whom they are close to. */
    record Own(String login, long customer, long times, String currency, long minor) {}

    /** @param period 0 for the window itself, 1 for the one before it ... */
    record Sum(String giver, int period, String currency, long minor, long times) {}

    /** How often one person granted what another asked for. */
    record Answered(String asker, String decider, long times) {}

    List<Given> given(Window window) {
        return ask(
                        "select " + GIVER
                                + " giver, e.customer_id, e.currency, e.amount_minor, count(*) n from effect e where"
                                + GIVEN + BY_PEOPLE + "group by " + GIVER
                                + ", e.customer_id, e.currency, e.amount_minor order by 1, 2",
                        window)
                .query((row, n) -> new Given(
                        row.getString("giver"),
                        row.getLong("customer_id"),
                        row.getString("currency"),
                        row.getLong("amount_minor"),
                        row.getLong("n")))
                .list();
    }

    List<Claimed> claims(Window window) {
        return ask(
                        "select e.customer_id, count(distinct e.case_id) n from effect e where" + GIVEN
                                + "group by e.customer_id having count(distinct e.case_id) >= :least",
                        window)
                .param("least", window.row().atLeast())
                .query((row, n) -> new Claimed(
                        "customer/" + row.getLong("customer_id"),
                        List.of(row.getLong("customer_id")),
                        row.getLong("n")))
                .list();
    }

    /** Customers with the same mark; where very many share it, it is no sign of anything. */
    List<Claimed> sharedClaims(Window window) {
        record Member(String mark, long customer) {}
        Map<String, Long> cases = new HashMap<>();
        ask(
                        "select m.mark, count(distinct e.case_id) n from effect e join customer_mark m on m.customer_id = e.customer_id where"
                                + GIVEN + """
                        group by m.mark having count(distinct e.customer_id) > 1 and count(distinct e.case_id) >= :least
                            and (select count(*) from customer_mark o where o.mark = m.mark) <= :most
                        """,
                        window)
                .param("least", window.row().atLeast())
                .param("most", window.row().others())
                .query(row -> {
                    cases.put(row.getString("mark"), row.getLong("n"));
                });
        if (cases.isEmpty()) {
            return List.of();
        }
        Map<String, List<Long>> members = new HashMap<>();
        jdbc.sql("select mark, customer_id from customer_mark where mark in (:marks) order by customer_id")
                .param("marks", cases.keySet())
                .query((row, n) -> new Member(row.getString("mark"), row.getLong("customer_id")))
                .list()
                .forEach(one -> members.computeIfAbsent(one.mark(), mark -> new ArrayList<>())
                        .add(one.customer()));
        // The same people with the same address and the same number are one finding.
        Map<List<Long>, Claimed> groups = new HashMap<>();
        members.forEach((mark, customers) -> groups.merge(
                customers,
                new Claimed(
                        "shared/" + customers.get(0) + "+" + customers.size(), customers, cases.getOrDefault(mark, 0L)),
                (one, other) -> one));
        return List.copyOf(groups.values());
    }

    /** What customers were given, and what they bought in the same currency and time. */
    List<Shared> shares(Window window) {
        return ask(
                        "select g.customer_id, g.currency, g.minor, g.n, (select coalesce(sum(p.amount_minor), 0) from purchase p where p.customer_id = g.customer_id and p.currency = g.currency and p.bought_on >= :day) bought from (select e.customer_id, e.currency, sum(e.amount_minor) minor, count(distinct e.case_id) n from effect e where"
                                + GIVEN
                                + "group by e.customer_id, e.currency having count(distinct e.case_id) >= :least) g",
                        window)
                .param("least", window.row().atLeast())
                .param("day", window.from().toLocalDate())
                .query((row, n) -> new Shared(
                        row.getLong("customer_id"),
                        row.getString("currency"),
                        row.getLong("minor"),
                        row.getLong("bought"),
                        row.getLong("n")))
                .list();
    }

    /** What people decided, or asked for, for customers whom they are close to; a link counts while it held. */
    List<Own> own(Window window, boolean asked) {
        String who = asked ? "e.asked_by" : "e.decided_by";
        // What two agreed on is found once, as asked for.
        String other = asked ? " and e.decided_by <> e.asked_by " : "";
        return ask(
                        "select " + who
                                + " login, e.customer_id, e.currency, sum(e.amount_minor) minor, count(*) n from effect e where"
                                + GIVEN + other + "and " + who + " in (select l.login from staff_link l) and exists ("
                                + "select 1 from staff_link l where l.login = " + who + """
                         and (l.ended_at is null or l.ended_at > e.created_at) and (l.customer_id = e.customer_id or l.relation <> 'OTHER' and exists (
                            select 1 from customer_mark own join customer_mark same on same.mark = own.mark
                            where own.customer_id = l.customer_id and same.customer_id = e.customer_id)))
                        """ + "group by " + who
                                + ", e.customer_id, e.currency order by 1, 2, 3",
                        window)
                .query((row, n) -> new Own(
                        row.getString("login"),
                        row.getLong("customer_id"),
                        row.getLong("n"),
                        row.getString("currency"),
                        row.getLong("minor")))
                .list();
    }

    /** What everybody gave in this window (period 0) and in so many before it. */
    List<Sum> sums(Window window, int before) {
        StringBuilder period = new StringBuilder("case");
        Map<String, Object> starts = new HashMap<>();
        for (int i = 0; i < before; i++) {
            period.append(" when e.created_at >= :start")
                    .append(i)
                    .append(" then ")
                    .append(i);
            starts.put(
                    "start" + i, window.from().minusDays((long) i * window.row().days()));
        }
        String which = before == 0
                ? "0"
                : period.append(" else ").append(before).append(" end").toString();
        OffsetDateTime from =
                window.from().minusDays((long) before * window.row().days());
        return jdbc.sql("select giver, period, currency, sum(minor) minor, count(*) n from (select " + GIVER
                        + " giver, "
                        + which + " period, e.currency currency, e.amount_minor minor from effect e where" + GIVEN
                        + BY_PEOPLE + ") g group by giver, period, currency order by giver, period")
                .param("counts", window.row().counts())
                .param("from", from)
                .param("until", window.until())
                .params(starts)
                .query((row, n) -> new Sum(
                        row.getString("giver"),
                        row.getInt("period"),
                        row.getString("currency"),
                        row.getLong("minor"),
                        row.getLong("n")))
                .list();
    }

    /** When people gave. */
    Map<String, List<OffsetDateTime>> times(Window window) {
        Map<String, List<OffsetDateTime>> times = new HashMap<>();
        ask("select " + GIVER + " giver, e.created_at from effect e where" + GIVEN + BY_PEOPLE, window)
                .query(row -> {
                    times.computeIfAbsent(row.getString("giver"), giver -> new ArrayList<>())
                            .add(row.getObject("created_at", OffsetDateTime.class));
                });
        return times;
    }

    /** Who approved what whom asked for. */
    List<Answered> answered(Window window) {
        return ask(
                        "select e.asked_by, e.decided_by, count(*) n from effect e where" + GIVEN
                                + "and e.asked_by <> 'rules' and e.decided_by <> e.asked_by group by e.asked_by, e.decided_by order by 1, 2",
                        window)
                .query((row, n) ->
                        new Answered(row.getString("asked_by"), row.getString("decided_by"), row.getLong("n")))
                .list();
    }

    /** An effect that a finding was seen in. */
    record Key(String effect, long caseId, String caseReference) {}

    /** The effects behind what was seen, the newest first. */
    List<Key> keys(Window window, Seen.Evidence of) {
        StringBuilder sql =
                new StringBuilder("select e.effect_key, e.case_id, e.case_reference from effect e where" + GIVEN);
        Map<String, Object> values = new HashMap<>();
        narrow(sql, values, GIVER, "givers", of.givers());
        narrow(sql, values, "e.decided_by", "deciders", of.deciders());
        narrow(sql, values, "e.customer_id", "customers", of.customers());
        sql.append("order by e.created_at desc, e.effect_key fetch first " + MOST_EVIDENCE + " rows only");
        return jdbc.sql(sql.toString())
                .param("counts", window.row().counts())
                .param("from", of.from())
                .param("until", of.until())
                .params(values)
                .query((row, n) ->
                        new Key(row.getString("effect_key"), row.getLong("case_id"), row.getString("case_reference")))
                .list();
    }

    private static void narrow(
            StringBuilder sql, Map<String, Object> values, String column, String name, @Nullable List<?> in) {
        if (in != null && !in.isEmpty()) {
            sql.append("and ").append(column).append(" in (:").append(name).append(") ");
            values.put(name, in);
        }
    }

    private JdbcClient.StatementSpec ask(String sql, Window window) {
        return jdbc.sql(sql)
                .param("counts", window.row().counts())
                .param("from", window.from())
                .param("until", window.until());
    }
}
