package org.jabr.treasury;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The changes of budgets. */
@Repository
class BudgetChanges {

    private static final String COLUMNS =
            "select id, pot_code, budget, amount, unit, reason, state, asked_by, asked_at, until_at, decided_by, decided_at from budget_change ";

    private final JdbcClient jdbc;

    BudgetChanges(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What holds for a pot at a time, summed up. */
    long inForce(String pot, OffsetDateTime now) {
        return jdbc.sql("""
                        select coalesce(sum(amount), 0) from budget_change
                        where pot_code = :pot and state = 'DONE' and (until_at is null or until_at > :now)
                        """)
                .param("pot", pot)
                .param("now", now)
                .query(Long.class)
                .single();
    }

    void add(
            Terms terms,
            long amount,
            String reason,
            BudgetChange.State state,
            String by,
            OffsetDateTime now,
            @Nullable OffsetDateTime until) {
        jdbc.sql("""
                        insert into budget_change (pot_code, budget, amount, unit, reason, state, asked_by, asked_at, until_at)
                        values (:pot, :budget, :amount, :unit, :reason, :state, :by, :at, :until)
                        """)
                .param("pot", terms.pot().code())
                .param("budget", terms.budget())
                .param("amount", amount)
                .param("unit", terms.pot().unit())
                .param("reason", reason)
                .param("state", state.name())
                .param("by", by)
                .param("at", now)
                .param("until", until)
                .update();
    }

    Optional<BudgetChange> find(long id) {
        return jdbc.sql(COLUMNS + "where id = :id")
                .param("id", id)
                .query(BudgetChanges::change)
                .optional();
    }

    /** @return whether it was still asked for */
    boolean decide(long id, BudgetChange.State state, String by, OffsetDateTime now) {
        return jdbc.sql(
                                "update budget_change set state = :state, decided_by = :by, decided_at = :at where id = :id and state = 'ASKED'")
                        .param("state", state.name())
                        .param("by", by)
                        .param("at", now)
                        .param("id", id)
                        .update()
                == 1;
    }

    /** The newest first. */
    List<BudgetChange> newest(int most) {
        return jdbc.sql(COLUMNS + "order by id desc fetch first :most rows only")
                .param("most", most)
                .query(BudgetChanges::change)
                .list();
    }

    /** Those of one pot, the newest first. */
    List<BudgetChange> newest(String pot, int most) {
        return jdbc.sql(COLUMNS + "where pot_code = :pot order by id desc fetch first :most rows only")
                .param("pot", pot)
                .param("most", most)
                .query(BudgetChanges::change)
                .list();
    }

    private static BudgetChange change(ResultSet row, int n) throws SQLException {
        return new BudgetChange(
                row.getLong("id"),
                row.getString("pot_code"),
                row.getString("budget"),
                row.getLong("amount"),
                row.getString("unit"),
                row.getString("reason"),
                BudgetChange.State.valueOf(row.getString("state")),
                row.getString("asked_by"),
                row.getObject("asked_at", OffsetDateTime.class),
                row.getObject("until_at", OffsetDateTime.class),
                row.getString("decided_by"),
                row.getObject("decided_at", OffsetDateTime.class));
    }

    void forgetReasons(String codesBegin) {
        jdbc.sql("update budget_change set reason = '–' where pot_code like :codes")
                .param("codes", codesBegin + "%")
                .update();
    }
}
