package org.jabr.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jabr.cases.PastDecisions;
import org.jabr.testing.OnH2;
import org.junit.jupiter.api.Test;

@OnH2
class BacktestsOnH2Tests extends BacktestsTests {

    @Test
    void readsWithOneStatementAPageHoweverManyDecisionsAPageHas() {
        decisions(2 * BacktestRunner.PAGE + 10, 1000, "resolve", "USD");
        jdbc.sql("set query_statistics true").update();
        Backtest run = ended(tried("more"));

        List<Long> statements = jdbc.sql(
                        "select execution_count from information_schema.query_statistics where sql_statement like '%from decision d join recovery_case c%order by d.id fetch first%'")
                .query(Long.class)
                .list();
        List<Long> kept = jdbc.sql(
                        "select execution_count from information_schema.query_statistics where sql_statement like 'update backtest set after_id%'")
                .query(Long.class)
                .list();
        jdbc.sql("set query_statistics false").update();
        long pages = (run.total() + BacktestRunner.PAGE - 1) / BacktestRunner.PAGE;
        assertThat(statements.stream().mapToLong(Long::longValue).sum()).isLessThanOrEqualTo(pages + 1);
        assertThat(kept.stream().mapToLong(Long::longValue).sum()).isLessThanOrEqualTo(pages + 1);
        assertThat(backtests.changes(run.id(), Backtest.Which.WINNERS, "USD", null, 1000))
                .hasSizeGreaterThan(2 * BacktestRunner.PAGE);
        assertThat(run.filter()).isEqualTo(PastDecisions.Filter.ALL);
    }
}
