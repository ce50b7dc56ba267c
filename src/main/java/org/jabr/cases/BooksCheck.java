package org.jabr.cases;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Looks whether the ledger, the effects and the cases agree, at every start and when somebody asks. Differences are
 * written down and shown; work goes on.
 */
@Service
@Order(BooksCheck.WHEN)
public class BooksCheck implements ApplicationRunner {

    /** After what was granted before was entered. */
    static final int WHEN = 200;

    private static final Logger LOG = LoggerFactory.getLogger(BooksCheck.class);
    private static final int MOST = 200;
    private static final String GRANTED = "('RESERVED', 'SENT', 'UNKNOWN', 'CONFIRMED', 'NEEDS_PERSON')";

    private final JdbcClient jdbc;
    private final TransactionOperations transaction;
    private final Clock clock;

    BooksCheck(JdbcClient jdbc, TransactionOperations transaction, Clock clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * Something that does not agree.
     *
     * @param code {@code BOOKS-001} to {@code BOOKS-008}; sentences under {@code problem.CODE}
     * @param what which unit, account, effect or case
     */
    public record Difference(String code, String what, String expected, String found) {}

    @Override
    public void run(ApplicationArguments arguments) {
        List<Difference> found = transaction.execute(status -> look());
        if (found != null) {
            found.forEach(one ->
                    LOG.warn("{}: {} should be {} and is {}", one.code(), one.what(), one.expected(), one.found()));
            LOG.info("Ledger, effects and cases were compared: {} differences", found.size());
        }
    }

    /** Compares, and writes down what does not agree; at most 200 of each sort. */
    @Transactional
    public List<Difference> look() {
        List<Difference> found = new ArrayList<>();
        find(
                found,
                "BOOKS-001",
                "select unit, '0', cast(sum(balance) as varchar(40)) from ledger_account group by unit having sum(balance) <> 0");
        find(found, "BOOKS-002", """
                select a.code, cast(coalesce(sum(p.amount), 0) as varchar(40)), cast(a.balance as varchar(40))
                from ledger_account a left join posting p on p.account_id = a.id
                group by a.id, a.code, a.balance having a.balance <> coalesce(sum(p.amount), 0)
                """);
        find(found, "BOOKS-003", """
                select p.movement_key, '0', cast(sum(p.amount) as varchar(40)) from posting p join ledger_account a on a.id = p.account_id
                group by p.movement_key, a.unit having sum(p.amount) <> 0
                """);
        find(found, "BOOKS-004", """
                select a.code, cast(coalesce(sum(c.amount), 0) as varchar(40)), cast(a.balance as varchar(40))
                from ledger_account a left join pot_claim c on c.pot_id = a.pot_id and c.state = a.kind
                where a.kind in ('RESERVED', 'SPENT') group by a.id, a.code, a.balance having a.balance <> coalesce(sum(c.amount), 0)
                """);
        // What is granted is owed in the books, what is confirmed is paid, what is not granted any more is neither.
        find(found, "BOOKS-005", """
                select e.effect_key, e.state, '-' from effect e
                where e.amount_minor > 0 and e.state in %s
                    and not exists (select 1 from movement m where m.effect_key = e.effect_key and m.kind = 'OWE')
                """.formatted(GRANTED));
        find(found, "BOOKS-006", """
                select e.effect_key, e.state, m.kind from effect e join movement m on m.effect_key = e.effect_key
                where m.kind = 'PAY' and e.state not in ('CONFIRMED', 'REVERSED')
                    or m.kind = 'CANCEL' and e.state in %s or m.kind = 'RETURN' and e.state <> 'REVERSED'
                """.formatted(GRANTED));
        find(found, "BOOKS-007", """
                select e.effect_key, cast(e.amount_minor as varchar(40)), cast(p.amount as varchar(40))
                from effect e join movement m on m.effect_key = e.effect_key and m.kind = 'OWE'
                join posting p on p.movement_key = m.movement_key join ledger_account a on a.id = p.account_id and a.kind = 'EXPENSE'
                where p.amount <> e.amount_minor or a.unit <> e.currency
                """);
        find(found, "BOOKS-008", """
                select e.effect_key, e.case_reference, '-' from effect e
                where not exists (select 1 from recovery_case c where c.id = e.case_id and c.reference = e.case_reference)
                    or not exists (select 1 from decision d where d.id = e.decision_id)
                """);
        find(found, "BOOKS-009", """
                select e.effect_key, 'CONFIRMED', e.state from effect e join movement m on m.effect_key = e.effect_key and m.kind = 'OWE'
                where e.state in ('CONFIRMED', 'REVERSED')
                    and not exists (select 1 from movement paid where paid.effect_key = e.effect_key and paid.kind = 'PAY')
                """);
        write(found);
        return found;
    }

    /** What did not agree when somebody looked last. */
    public List<Difference> last() {
        return jdbc.sql("select code, what, expected, found from books_difference order by id")
                .query((row, n) -> new Difference(
                        row.getString("code"),
                        row.getString("what"),
                        row.getString("expected"),
                        row.getString("found")))
                .list();
    }

    private void find(List<Difference> found, String code, String sql) {
        found.addAll(jdbc.sql(sql + " fetch first " + MOST + " rows only")
                .query((row, n) -> new Difference(code, row.getString(1), row.getString(2), row.getString(3)))
                .list());
    }

    private void write(List<Difference> found) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        jdbc.sql("delete from books_difference").update();
        for (Difference one : found) {
            jdbc.sql("""
                            insert into books_difference (code, what, expected, found, found_at)
                            values (:code, :what, :expected, :found, :at)
                            """)
                    .param("code", one.code())
                    .param("what", one.what())
                    .param("expected", one.expected())
                    .param("found", one.found())
                    .param("at", now)
                    .update();
        }
    }
}
