package org.jabr.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table of decisions that come out otherwise. */
@Repository
class BacktestChanges {

    private static final String OF_CHANGE = """
            insert into backtest_change (backtest_id, decision_id, case_reference, moment, tier, failure_type, currency,
              before_minor, after_minor, difference, failure, detail)
            values (:run, :decision, :reference, :moment, :tier, :type, :currency, :before, :after, :difference, :failure, :detail)
            """;

    private final JdbcClient jdbc;
    private final NamedParameterJdbcTemplate batches;
    private final ObjectMapper json;

    BacktestChanges(JdbcClient jdbc, NamedParameterJdbcTemplate batches, ObjectMapper json) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.json = json;
    }

    /** Adds all of them with one statement. */
    void add(long run, List<Backtest.Changed> changes) {
        if (!changes.isEmpty()) {
            batches.batchUpdate(
                    OF_CHANGE,
                    changes.stream().map(change -> values(run, change)).toArray(MapSqlParameterSource[]::new));
        }
    }

    /** How many there are of each kind in each currency. */
    List<Backtest.Count> counts(long id) {
        return jdbc.sql("""
                        select kind, currency, count(*) as times from (
                            select currency, case when failure is not null then 'FAILED' when difference > 0 then 'WINNERS'
                                when difference < 0 then 'LOSERS' else 'OTHERS' end as kind
                            from backtest_change where backtest_id = :id) of_kind
                        group by kind, currency order by kind, currency
                        """)
                .param("id", id)
                .query((row, n) -> new Backtest.Count(
                        Backtest.Which.valueOf(row.getString("kind")), row.getString("currency"), row.getLong("times")))
                .list();
    }

    List<Backtest.Changed> list(
            long id, Backtest.Which which, String currency, Backtest.@Nullable Mark after, int limit) {
        String order =
                switch (which) {
                    case WINNERS -> "order by difference desc, decision_id";
                    case LOSERS -> "order by difference, decision_id";
                    case OTHERS, FAILED -> "order by decision_id";
                };
        String place =
                switch (which) {
                    case WINNERS -> "and failure is null and difference > 0 and currency = :currency ";
                    case LOSERS -> "and failure is null and difference < 0 and currency = :currency ";
                    case OTHERS -> "and failure is null and difference = 0 ";
                    case FAILED -> "and failure is not null ";
                };
        String mark = after == null
                ? ""
                : switch (which) {
                    case WINNERS -> "and (difference < :d or (difference = :d and decision_id > :decision)) ";
                    case LOSERS -> "and (difference > :d or (difference = :d and decision_id > :decision)) ";
                    case OTHERS, FAILED -> "and decision_id > :decision ";
                };
        JdbcClient.StatementSpec statement = jdbc.sql(
                        "select decision_id, case_reference, moment, tier, failure_type, currency, before_minor, after_minor, difference, failure, detail from backtest_change where backtest_id = :id "
                                + place + mark + order + " fetch first :limit rows only")
                .param("id", id)
                .param("limit", limit);
        if (place.contains(":currency")) {
            statement = statement.param("currency", currency);
        }
        if (after != null) {
            statement = statement.param("decision", after.decision());
            statement = mark.contains(":d ") ? statement.param("d", after.difference()) : statement;
        }
        return statement.query(this::change).list();
    }

    private MapSqlParameterSource values(long run, Backtest.Changed change) {
        return new MapSqlParameterSource(Map.of(
                        "run", run,
                        "decision", change.decision(),
                        "reference", change.caseReference(),
                        "moment", change.moment(),
                        "tier", change.tier(),
                        "type", change.type(),
                        "currency", change.currency(),
                        "before", change.beforeMinor(),
                        "after", change.afterMinor(),
                        "difference", change.difference()))
                .addValue("failure", change.failure())
                .addValue("detail", write(change.differences()));
    }

    private Backtest.Changed change(ResultSet row, int n) throws SQLException {
        return new Backtest.Changed(
                row.getLong("decision_id"),
                row.getString("case_reference"),
                row.getString("moment"),
                row.getString("tier"),
                row.getString("failure_type"),
                row.getString("currency"),
                row.getLong("before_minor"),
                row.getLong("after_minor"),
                row.getLong("difference"),
                row.getString("failure"),
                read(row.getString("detail")));
    }

    private String write(List<Compared.Difference> differences) {
        try {
            return json.writeValueAsString(differences);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Compared.Difference> read(String text) {
        try {
            return json.readValue(text, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
