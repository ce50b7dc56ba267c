package org.jabr.treasury;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jabr.rules.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The ledger, for reading. */
@Service
public class LedgerReading {

    private static final String ACCOUNTS = "select a.code, a.kind, a.unit, a.balance from ledger_account a ";

    private final JdbcClient jdbc;

    LedgerReading(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * An account as it is now.
     *
     * @param balance in minor units of the currency, or in pieces
     */
    public record Account(String code, AccountKind kind, String unit, long balance) {}

    /**
     * One posting.
     *
     * @param number goes up with every movement; where the next page begins
     * @param kind why it moved
     * @param amount in minor units of the currency, or in pieces
     * @param by who did it
     */
    public record Entry(
            long number,
            String movement,
            String kind,
            @Nullable String effect,
            @Nullable String caseReference,
            @Nullable String reverses,
            @Nullable String reason,
            long amount,
            String unit,
            String by,
            OffsetDateTime at) {}

    /** @throws Problem {@code TREASURY-009} */
    @Transactional(readOnly = true)
    public Account account(String code) {
        return jdbc.sql(ACCOUNTS + "where a.code = :code")
                .param("code", code)
                .query(LedgerReading::account)
                .optional()
                .orElseThrow(() -> new Problem(Problem.Kind.NOT_FOUND, "TREASURY-009", shown(code)));
    }

    /** The pot that an account belongs to; empty for those of finance. */
    @Transactional(readOnly = true)
    public Optional<PotName> pot(String account) {
        return jdbc.sql("""
                        select p.kind, p.subject, p.remedy, p.unit, p.period from ledger_account a join pot p on p.id = a.pot_id
                        where a.code = :code
                        """)
                .param("code", account)
                .query((row, n) -> new PotName(
                        PotName.Kind.valueOf(row.getString("kind")),
                        row.getString("subject"),
                        row.getString("remedy"),
                        row.getString("unit"),
                        row.getString("period")))
                .optional();
    }

    /** The accounts of a pot where it is named, otherwise those of finance. */
    @Transactional(readOnly = true)
    public List<Account> accounts(Optional<PotName> pot) {
        return pot.map(name -> jdbc.sql(ACCOUNTS + "join pot p on p.id = a.pot_id where p.code = :code order by a.id")
                        .param("code", name.code())
                        .query(LedgerReading::account)
                        .list())
                .orElseGet(() -> jdbc.sql(ACCOUNTS + "where a.pot_id is null order by a.unit, a.code")
                        .query(LedgerReading::account)
                        .list());
    }

    /**
     * What happened on an account, the newest first.
     *
     * @param before the number of the last entry that was seen; null for the newest
     */
    @Transactional(readOnly = true)
    public List<Entry> entries(String account, @Nullable Long before, int most) {
        return jdbc.sql("""
                        select p.number, p.amount, m.movement_key, m.kind, m.effect_key, m.case_reference, m.reverses, m.reason, m.by_login,
                            m.booked_at, a.unit
                        from posting p join ledger_account a on a.id = p.account_id join movement m on m.movement_key = p.movement_key
                        where a.code = :code and p.number < :before order by p.number desc fetch first :most rows only
                        """)
                .param("code", account)
                .param("before", before == null ? Long.MAX_VALUE : before)
                .param("most", most)
                .query(LedgerReading::entry)
                .list();
    }

    private static Account account(ResultSet row, int n) throws SQLException {
        return new Account(
                row.getString("code"),
                AccountKind.valueOf(row.getString("kind")),
                row.getString("unit"),
                row.getLong("balance"));
    }

    private static Entry entry(ResultSet row, int n) throws SQLException {
        return new Entry(
                row.getLong("number"),
                row.getString("movement_key"),
                row.getString("kind"),
                row.getString("effect_key"),
                row.getString("case_reference"),
                row.getString("reverses"),
                row.getString("reason"),
                row.getLong("amount"),
                row.getString("unit"),
                row.getString("by_login"),
                row.getObject("booked_at", OffsetDateTime.class));
    }

    private static String shown(String code) {
        return code.length() <= 80 ? code : code.substring(0, 80);
    }
}
