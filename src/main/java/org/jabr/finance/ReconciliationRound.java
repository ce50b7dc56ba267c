package org.jabr.finance;

import java.util.List;
import org.jabr.cases.BooksCheck;
import org.jabr.finance.Difference.State;
import org.jabr.rules.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Compares from time to time, and when somebody asks. Each sort of difference is a transaction of its own under one row
 * that a round holds, so that however many rounds go at once, one opens a difference, and a round that is killed leaves
 * nothing half done.
 */
@Service
public class ReconciliationRound {

    private static final Logger LOG = LoggerFactory.getLogger(ReconciliationRound.class);
    private static final int AT_ONCE = 200;

    private final JdbcClient jdbc;
    private final SettlementRules rules;
    private final Settlements settlements;
    private final Comparison comparison;
    private final Differences differences;
    private final BooksCheck books;
    private final TransactionOperations transaction;

    ReconciliationRound(
            JdbcClient jdbc,
            SettlementRules rules,
            Settlements settlements,
            Comparison comparison,
            Differences differences,
            BooksCheck books,
            TransactionOperations transaction) {
        this.jdbc = jdbc;
        this.rules = rules;
        this.settlements = settlements;
        this.comparison = comparison;
        this.differences = differences;
        this.books = books;
        this.transaction = transaction;
    }

    /** What a round did. */
    public record Done(int opened, int changed, int gone) {

        Done plus(Done other) {
            return new Done(opened + other.opened, changed + other.changed, gone + other.gone);
        }

        boolean nothing() {
            return opened == 0 && changed == 0 && gone == 0;
        }
    }

    /** The books as they were compared last. */
    @Scheduled(initialDelayString = "${jabr.finance.every:PT5M}", fixedDelayString = "${jabr.finance.every:PT5M}")
    void look() {
        rules.terms().ifPresent(this::compare);
    }

    /** The books are gone through as a whole, which takes longer. */
    @Scheduled(
            initialDelayString = "${jabr.finance.books-every:PT6H}",
            fixedDelayString = "${jabr.finance.books-every:PT6H}")
    void lookAtTheBooks() {
        try {
            transaction.executeWithoutResult(status -> {
                turn();
                books.look();
            });
        } catch (RuntimeException e) {
            LOG.warn("The books could not be compared for now: {}", e.toString());
        }
    }

    /**
     * Compares everything now.
     *
     * @throws Problem {@code SETTLE-001} the live release compares nothing
     */
    public Done now() {
        SettlementTerms terms = rules.terms().orElseThrow(Reckoned::notCompared);
        lookAtTheBooks();
        return compare(terms);
    }

    private Done compare(SettlementTerms terms) {
        Done all = new Done(0, 0, 0);
        settlements.matchAgain();
        for (String code : comparison.codes()) {
            try {
                Done some;
                do {
                    some = transaction.execute(status -> compare(code, terms));
                    all = all.plus(some);
                } while (!some.nothing());
            } catch (RuntimeException e) {
                LOG.warn("{} could not be compared for now: {}", code, e.toString());
            }
        }
        if (!all.nothing()) {
            LOG.info("Reconciliation: {} opened, {} changed, {} gone", all.opened, all.changed, all.gone);
        }
        return all;
    }

    private Done compare(String code, SettlementTerms terms) {
        turn();
        List<Long> gone = comparison.gone(code, terms, AT_ONCE);
        gone.forEach(differences::gone);
        List<Comparison.Found> changed = comparison.changed(code, terms, AT_ONCE);
        changed.forEach(found -> differences.change(code, found));
        int room = terms.mostOpen() - open(code);
        List<Comparison.Found> fresh = room <= 0 ? List.of() : comparison.fresh(code, terms, Math.min(room, AT_ONCE));
        fresh.forEach(found -> differences.open(code, found));
        differences.giveWork(code, terms);
        return new Done(fresh.size(), changed.size(), gone.size());
    }

    private void turn() {
        jdbc.sql("select name from finance_turn where name = 'round' for update")
                .query(String.class)
                .single();
    }

    private int open(String code) {
        return jdbc.sql("select count(*) from money_difference where state = :state and code = :code")
                .param("state", State.OPEN.name())
                .param("code", code)
                .query(Integer.class)
                .single();
    }
}
