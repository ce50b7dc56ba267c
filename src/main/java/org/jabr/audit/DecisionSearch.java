package org.jabr.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jabr.rules.Authority;
import org.jabr.rules.Money;
import org.jabr.rules.Verdict;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Finds decisions by anything that is known about them but the facts. What is not sealed yet is not found yet. */
@Repository
public class DecisionSearch {

    private static final String COLUMNS = """
            select f.id, f.position, f.reference, f.moment, f.release_id, f.decided_at, f.decided_by, f.tier, f.failure_type,
              f.channel, f.language, f.chosen from found_decision f\s""";

    /** By what decisions are counted, and in which column that stands. */
    private static final Map<String, String> COUNTED = counted();

    private static final int MOST_SHARES = 12;
    private static final int PAGE = 500;

    private final JdbcClient jdbc;

    DecisionSearch(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * How many were found.
     *
     * @param granted what was granted in each currency
     * @param facets by what they can be narrowed further
     */
    public record Counts(long decisions, long cases, List<Money> granted, List<Facet> facets) {

        public Counts {
            granted = List.copyOf(granted);
            facets = List.copyOf(facets);
        }
    }

    /**
     * How decisions share out, the largest shares first, at most twelve.
     *
     * @param name as {@link DecisionFilter#NAMES} has it
     */
    public record Facet(String name, List<Share> shares) {

        public Facet {
            shares = List.copyOf(shares);
        }
    }

    /** @param decisions how many have this word; one that grants two remedies counts for both */
    public record Share(String word, long decisions) {}

    /** The newest first. @param before the last one seen; null for the first page */
    public List<FoundDecision> newest(DecisionFilter filter, @Nullable Long before, int most) {
        Where where = new Where(filter);
        if (before != null) {
            where.and("f.id < :before", "before", before);
        }
        return read(where, "order by f.id desc fetch first :most rows only", most);
    }

    /**
     * In the order in which they were sealed, in which nothing comes in behind what was read.
     *
     * @param after position of the last one seen; -1 for the first page
     */
    public List<FoundDecision> after(DecisionFilter filter, long after, int most) {
        Where where = new Where(filter);
        where.and("f.position > :after", "after", after);
        return read(where, "order by f.position fetch first :most rows only", most);
    }

    /** Every one of them, in the order in which they were sealed, read in pages. */
    public void each(DecisionFilter filter, Consumer<FoundDecision> hears) {
        List<FoundDecision> page = after(filter, -1, PAGE);
        while (!page.isEmpty()) {
            page.forEach(hears);
            page = after(filter, page.get(page.size() - 1).position(), PAGE);
        }
    }

    /** One of them. */
    public Optional<FoundDecision> find(long id) {
        Where where = new Where(DecisionFilter.ALL);
        where.and("f.id = :id", "id", id);
        return read(where, "fetch first :most rows only", 1).stream().findFirst();
    }

    public Counts counts(DecisionFilter filter) {
        Where where = new Where(filter);
        Counts all = where.with(
                        jdbc.sql("select count(*) as n, count(distinct f.reference) as cases from found_decision f "
                                + where.sql()))
                .query((row, n) -> new Counts(row.getLong("n"), row.getLong("cases"), List.of(), List.of()))
                .single();
        List<Facet> facets = COUNTED.keySet().stream()
                .map(name -> new Facet(name, shares(name, where)))
                .filter(facet -> !facet.shares().isEmpty())
                .toList();
        return new Counts(all.decisions(), all.cases(), granted(where), facets);
    }

    /**
     * Who may be drawn: the decisions that a filter finds among those sealed before a position, by the word that each has
     * for something.
     *
     * @param by {@code moment}, {@code release}, {@code tier}, {@code type}, {@code channel} or {@code language}; null for
     *     all in one
     */
    public Map<String, List<Long>> members(DecisionFilter filter, @Nullable String by, long through) {
        Where where = new Where(filter);
        where.and("f.position < :through", "through", through);
        String column = by == null ? "''" : Objects.requireNonNull(COUNTED.get(by));
        Map<String, List<Long>> members = new LinkedHashMap<>();
        where.with(jdbc.sql(
                        "select f.id, " + column + " as word from found_decision f " + where.sql() + "order by f.id"))
                .query(row -> {
                    members.computeIfAbsent(row.getString("word"), word -> new ArrayList<>())
                            .add(row.getLong("id"));
                });
        return members;
    }

    /** How many leaves of the journal were looked at so far. */
    public long through() {
        return jdbc.sql("select through from decision_turn where name = 'search'")
                .query(Long.class)
                .single();
    }

    private List<Share> shares(String name, Where where) {
        String column = Objects.requireNonNull(COUNTED.get(name));
        String joined =
                switch (name) {
                    case "remedy", "verdict", "authority" -> "join found_remedy r on r.decision_id = f.id ";
                    case "rule" ->
                        "join found_rule u on u.decision_id = f.id and u.part = '" + DecisionFilter.ANSWERED + "' ";
                    case "guardrail" ->
                        "join found_rule u on u.decision_id = f.id and u.part = '" + DecisionFilter.OBJECTED + "' ";
                    default -> "";
                };
        return where
                .with(jdbc.sql("select " + column + " as word, count(distinct f.id) as n from found_decision f "
                        + joined
                        + where.sql() + "group by " + column + " order by n desc, word fetch first " + MOST_SHARES
                        + " rows only"))
                .query((row, n) -> new Share(Objects.requireNonNullElse(row.getString("word"), ""), row.getLong("n")))
                .list()
                .stream()
                .filter(share -> !share.word().isEmpty())
                .toList();
    }

    private List<Money> granted(Where where) {
        return where.with(
                        jdbc.sql(
                                "select g.currency, sum(g.amount_minor) as amount from found_remedy g join found_decision f on f.id = g.decision_id "
                                        + where.sql()
                                        + "and g.verdict = 'GRANT' and g.currency is not null group by g.currency order by g.currency"))
                .query((row, n) -> Money.ofMinor(row.getLong("amount"), row.getString("currency")))
                .list();
    }

    private List<FoundDecision> read(Where where, String end, int most) {
        List<FoundDecision> found = where.with(jdbc.sql(COLUMNS + where.sql() + end))
                .param("most", most)
                .query((row, n) -> decision(row, List.of()))
                .list();
        if (found.isEmpty()) {
            return found;
        }
        Map<Long, List<FoundDecision.Given>> remedies = new HashMap<>();
        jdbc.sql(
                        "select decision_id, remedy, verdict, authority, amount_minor, currency from found_remedy where decision_id in (:ids) order by decision_id, remedy")
                .param("ids", found.stream().map(FoundDecision::id).toList())
                .query(row -> {
                    remedies.computeIfAbsent(row.getLong("decision_id"), id -> new ArrayList<>())
                            .add(given(row));
                });
        return found.stream()
                .map(one -> new FoundDecision(
                        one.id(),
                        one.position(),
                        one.caseReference(),
                        one.moment(),
                        one.release(),
                        one.at(),
                        one.by(),
                        one.tier(),
                        one.type(),
                        one.channel(),
                        one.language(),
                        one.chosen(),
                        remedies.getOrDefault(one.id(), List.of())))
                .toList();
    }

    private static FoundDecision decision(ResultSet row, List<FoundDecision.Given> remedies) throws SQLException {
        return new FoundDecision(
                row.getLong("id"),
                row.getLong("position"),
                row.getString("reference"),
                row.getString("moment"),
                row.getString("release_id"),
                row.getObject("decided_at", OffsetDateTime.class),
                row.getString("decided_by"),
                row.getString("tier"),
                row.getString("failure_type"),
                row.getString("channel"),
                row.getString("language"),
                row.getBoolean("chosen"),
                remedies);
    }

    private static FoundDecision.Given given(ResultSet row) throws SQLException {
        String currency = row.getString("currency");
        String authority = row.getString("authority");
        return new FoundDecision.Given(
                row.getString("remedy"),
                Verdict.valueOf(row.getString("verdict")),
                authority == null ? null : Authority.valueOf(authority),
                currency == null ? null : Money.ofMinor(row.getLong("amount_minor"), currency));
    }

    private static Map<String, String> counted() {
        Map<String, String> counted = new LinkedHashMap<>();
        counted.put("verdict", "r.verdict");
        counted.put("remedy", "r.remedy");
        counted.put("authority", "r.authority");
        counted.put("guardrail", "u.rule_id");
        counted.put("rule", "u.rule_id");
        counted.put("moment", "f.moment");
        counted.put("release", "f.release_id");
        counted.put("tier", "f.tier");
        counted.put("type", "f.failure_type");
        counted.put("channel", "f.channel");
        counted.put("language", "f.language");
        counted.put("by", "f.decided_by");
        return counted;
    }

    /** The conditions of a filter, as SQL with named values. */
    private static final class Where {

        private final StringBuilder sql = new StringBuilder("where 1 = 1 ");
        private final Map<String, Object> values = new HashMap<>();

        Where(DecisionFilter filter) {
            same("f.reference", filter, "case");
            same("f.moment", filter, "moment");
            same("f.release_id", filter, "release");
            same("f.decided_by", filter, "by");
            same("f.tier", filter, "tier");
            same("f.failure_type", filter, "type");
            same("f.channel", filter, "channel");
            same("f.language", filter, "language");
            String chosen = filter.word("chosen");
            if (chosen != null) {
                and("f.chosen = :chosen", "chosen", chosen.equals("YES"));
            }
            LocalDate from = filter.day("from");
            if (from != null) {
                and("f.decided_at >= :from", "from", midnight(from));
            }
            LocalDate until = filter.day("until");
            if (until != null) {
                and("f.decided_at < :until", "until", midnight(until.plusDays(1)));
            }
            rule(filter, "rule", DecisionFilter.ANSWERED);
            rule(filter, "guardrail", DecisionFilter.OBJECTED);
            remedy(filter);
        }

        void and(String condition, String name, Object value) {
            sql.append("and ").append(condition).append(' ');
            values.put(name, value);
        }

        private void same(String column, DecisionFilter filter, String name) {
            String word = filter.word(name);
            if (word != null) {
                and(column + " = :" + name, name, word);
            }
        }

        private void rule(DecisionFilter filter, String name, String part) {
            String word = filter.word(name);
            if (word != null) {
                and(
                        "exists (select 1 from found_rule x where x.decision_id = f.id and x.part = '" + part
                                + "' and x.rule_id = :" + name + ")",
                        name,
                        word);
            }
        }

        private void remedy(DecisionFilter filter) {
            StringBuilder conditions = new StringBuilder();
            remedy(conditions, "x.remedy = :remedy", "remedy", filter.word("remedy"));
            remedy(conditions, "x.verdict = :verdict", "verdict", filter.word("verdict"));
            remedy(conditions, "x.authority = :authority", "authority", filter.word("authority"));
            remedy(conditions, "x.currency = :currency", "currency", filter.word("currency"));
            remedy(conditions, "x.amount_minor >= :least", "least", filter.minor("least"));
            remedy(conditions, "x.amount_minor <= :most_of_it", "most_of_it", filter.minor("most"));
            if (!conditions.isEmpty()) {
                sql.append("and exists (select 1 from found_remedy x where x.decision_id = f.id")
                        .append(conditions)
                        .append(") ");
            }
        }

        private void remedy(StringBuilder conditions, String condition, String name, @Nullable Object value) {
            if (value != null) {
                conditions.append(" and ").append(condition);
                values.put(name, value);
            }
        }

        private static OffsetDateTime midnight(LocalDate day) {
            return day.atTime(LocalTime.MIDNIGHT).atOffset(ZoneOffset.UTC);
        }

        String sql() {
            return sql.toString();
        }

        JdbcClient.StatementSpec with(JdbcClient.StatementSpec statement) {
            return statement.params(values);
        }
    }
}
