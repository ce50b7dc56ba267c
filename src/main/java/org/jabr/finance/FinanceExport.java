package org.jabr.finance;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jabr.rules.Problem;
import org.jabr.treasury.AccountKind;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * What the company's own accounting takes over, for a range of days: effects, and journal lines in double entry. It is read
 * a page at a time and in one order, so that a long range needs neither much memory nor a connection for long.
 */
@Service
public class FinanceExport {

    private static final int AT_ONCE = 500;
    private static final int MOST_DAYS = 3660;

    private final JdbcClient jdbc;
    private final FinanceAccounts accounts;
    private final Clock clock;

    FinanceExport(JdbcClient jdbc, FinanceAccounts accounts, Clock clock) {
        this.jdbc = jdbc;
        this.accounts = accounts;
        this.clock = clock;
    }

    /**
     * An effect with an amount.
     *
     * @param amount in minor units; below zero where it takes another one back
     * @param grantedAt when nobody had to be asked any more
     * @param settled what the provider settled, in minor units; null where nothing was
     */
    public record EffectLine(
            String key,
            String caseReference,
            String remedy,
            String remedyClass,
            String kind,
            long amount,
            String currency,
            String state,
            @Nullable String reference,
            OffsetDateTime placedAt,
            @Nullable OffsetDateTime grantedAt,
            @Nullable OffsetDateTime executedAt,
            @Nullable LocalDate settledOn,
            @Nullable Long settled) {}

    /** Which line of a journal. */
    public enum Sort {
        /** The balance of an account before the first day. */
        OPENING,
        ENTRY,
        /** The sums of a day in one currency: both sides are the same. */
        DAY,
        /** The balance of an account after the last day. */
        CLOSING
    }

    /**
     * A line of the journal.
     *
     * @param number of the movement
     * @param debit in minor units
     * @param credit in minor units
     */
    public record JournalLine(
            Sort sort,
            LocalDate day,
            @Nullable Long number,
            String movement,
            String key,
            String caseReference,
            String account,
            String name,
            long debit,
            long credit,
            String currency) {}

    /** @throws Problem {@code SETTLE-016} the range is none, or longer than ten years */
    public void check(LocalDate from, LocalDate to) {
        if (to.isBefore(from) || from.plusDays(MOST_DAYS).isBefore(to)) {
            throw new Problem(Problem.Kind.INVALID, "SETTLE-016");
        }
    }

    /** The effects that were placed on these days, in that order. @throws Problem {@code SETTLE-016} */
    public void effects(LocalDate from, LocalDate to, Consumer<EffectLine> taker) {
        check(from, to);
        OffsetDateTime at = OffsetDateTime.now(clock);
        @Nullable EffectLine last = null;
        List<EffectLine> page;
        do {
            page = effects(from, to, last, at);
            page.forEach(taker);
            last = page.isEmpty() ? last : page.get(page.size() - 1);
        } while (page.size() == AT_ONCE);
    }

    private List<EffectLine> effects(LocalDate from, LocalDate to, @Nullable EffectLine last, OffsetDateTime until) {
        return jdbc.sql("""
                        select e.effect_key, e.case_reference, e.remedy, e.remedy_class, e.kind, e.state, e.reference, e.created_at,
                            coalesce(e.undo_minor, e.amount_minor) amount, coalesce(e.undo_currency, e.currency) currency,
                            (select min(v.at) from effect_event v where v.effect_key = e.effect_key and v.to_state = 'RESERVED') granted_at,
                            (select min(v.at) from effect_event v where v.effect_key = e.effect_key and v.to_state = 'CONFIRMED') executed_at,
                            (select max(l.settled_on) from settlement_line l where l.effect_key = e.effect_key) settled_on,
                            (select sum(l.amount_minor) from settlement_line l where l.effect_key = e.effect_key
                                and l.currency = coalesce(e.undo_currency, e.currency)) settled
                        from effect e
                        where (e.amount_minor > 0 or e.undo_minor is not null) and e.created_at >= :start and e.created_at < :end
                            and e.created_at <= :until and (e.created_at > :at or e.created_at = :at and e.effect_key > :key)
                        order by e.created_at, e.effect_key fetch first :most rows only
                        """)
                .param("start", Reconciliation.start(from))
                .param("end", Reconciliation.start(to.plusDays(1)))
                .param("until", until)
                .param("at", last == null ? Reconciliation.start(from) : last.placedAt())
                .param("key", last == null ? "" : last.key())
                .param("most", AT_ONCE)
                .query(FinanceExport::effect)
                .list();
    }

    private static EffectLine effect(ResultSet row, int n) throws SQLException {
        long settled = row.getLong("settled");
        Long sum = row.wasNull() ? null : settled;
        return new EffectLine(
                row.getString("effect_key"),
                row.getString("case_reference"),
                row.getString("remedy"),
                row.getString("remedy_class"),
                row.getString("kind"),
                row.getLong("amount"),
                row.getString("currency"),
                row.getString("state"),
                row.getString("reference"),
                row.getObject("created_at", OffsetDateTime.class),
                row.getObject("granted_at", OffsetDateTime.class),
                row.getObject("executed_at", OffsetDateTime.class),
                row.getObject("settled_on", LocalDate.class),
                sum);
    }

    private record Account(long id, AccountKind kind, String code, String currency) {}

    private record Posting(
            OffsetDateTime at,
            long number,
            String movement,
            @Nullable String key,
            @Nullable String caseReference,
            Account account,
            long amount) {}

    /**
     * The journal of these days: opening balances, entries with the sums of each day, closing balances. What it closes with
     * is what it opened with and its entries, so that the file agrees with itself while others book.
     *
     * @throws Problem {@code SETTLE-016}
     */
    public void journal(LocalDate from, LocalDate to, Consumer<JournalLine> taker) {
        check(from, to);
        OffsetDateTime until = OffsetDateTime.now(clock);
        FinanceAccounts.Names names = accounts.names();
        Map<String, Long> balances = new TreeMap<>();
        Map<String, Account> known = new TreeMap<>();
        opening(from).forEach((account, balance) -> {
            String place = place(account);
            balances.put(place, balance);
            known.put(place, account);
        });
        balances(Sort.OPENING, from, balances, known, names, taker);
        Sums sums = new Sums(taker);
        @Nullable Posting last = null;
        List<Posting> page;
        do {
            page = postings(from, to, last, until);
            for (Posting posting : page) {
                sums.add(posting);
                taker.accept(entry(posting, names));
                known.put(place(posting.account()), posting.account());
                balances.merge(place(posting.account()), posting.amount(), Long::sum);
                last = posting;
            }
        } while (page.size() == AT_ONCE);
        sums.end();
        balances(Sort.CLOSING, to, balances, known, names, taker);
    }

    /** Accounts stand by currency, and in it by their name in the ledger. */
    private static String place(Account account) {
        return account.currency() + " " + account.code();
    }

    private static void balances(
            Sort sort,
            LocalDate day,
            Map<String, Long> balances,
            Map<String, Account> known,
            FinanceAccounts.Names names,
            Consumer<JournalLine> taker) {
        known.forEach((place, account) -> {
            long balance = balances.getOrDefault(place, 0L);
            FinanceAccounts.Name name = names.of(account.kind(), account.code());
            taker.accept(new JournalLine(
                    sort,
                    day,
                    null,
                    "",
                    "",
                    "",
                    name.number(),
                    name.name(),
                    Math.max(balance, 0),
                    Math.max(-balance, 0),
                    account.currency()));
        });
    }

    private static JournalLine entry(Posting posting, FinanceAccounts.Names names) {
        FinanceAccounts.Name name =
                names.of(posting.account().kind(), posting.account().code());
        return new JournalLine(
                Sort.ENTRY,
                day(posting),
                posting.number(),
                posting.movement(),
                posting.key() == null ? "" : posting.key(),
                posting.caseReference() == null ? "" : posting.caseReference(),
                name.number(),
                name.name(),
                Math.max(posting.amount(), 0),
                Math.max(-posting.amount(), 0),
                posting.account().currency());
    }

    private static LocalDate day(Posting posting) {
        return posting.at().withOffsetSameInstant(ZoneOffset.UTC).toLocalDate();
    }

    /** Both sides of a day, by currency. */
    private static final class Sums {

        private final Consumer<JournalLine> taker;
        private final Map<String, long[]> sides = new TreeMap<>();

        @Nullable
        private LocalDate day;

        Sums(Consumer<JournalLine> taker) {
            this.taker = taker;
        }

        void add(Posting posting) {
            LocalDate its = day(posting);
            if (!its.equals(day)) {
                end();
                day = its;
            }
            long[] both = sides.computeIfAbsent(posting.account().currency(), currency -> new long[2]);
            both[posting.amount() > 0 ? 0 : 1] += Math.abs(posting.amount());
        }

        void end() {
            LocalDate its = day;
            if (its != null) {
                sides.forEach((currency, both) -> taker.accept(
                        new JournalLine(Sort.DAY, its, null, "", "", "", "", "", both[0], both[1], currency)));
            }
            sides.clear();
        }
    }

    private Map<Account, Long> opening(LocalDate from) {
        Map<Account, Long> opening = new LinkedHashMap<>();
        jdbc.sql("""
                        select a.id, a.kind, a.code, a.unit, coalesce(sum(p.amount), 0) balance
                        from ledger_account a join posting p on p.account_id = a.id join movement m on m.movement_key = p.movement_key
                        where a.pot_id is null and m.booked_at < :start group by a.id, a.kind, a.code, a.unit
                        """)
                .param("start", Reconciliation.start(from))
                .query((row, n) -> opening.put(account(row), row.getLong("balance")))
                .list();
        return opening;
    }

    private List<Posting> postings(LocalDate from, LocalDate to, @Nullable Posting last, OffsetDateTime until) {
        return jdbc.sql("""
                        select p.number, p.amount, m.movement_key, m.effect_key, m.case_reference, m.booked_at, a.id, a.kind, a.code, a.unit
                        from movement m join posting p on p.movement_key = m.movement_key join ledger_account a on a.id = p.account_id
                        where a.pot_id is null and m.booked_at >= :start and m.booked_at < :end and m.booked_at <= :until
                            and (m.booked_at > :at or m.booked_at = :at and (m.number > :number or m.number = :number and a.id > :account))
                        order by m.booked_at, m.number, a.id fetch first :most rows only
                        """)
                .param("start", Reconciliation.start(from))
                .param("end", Reconciliation.start(to.plusDays(1)))
                .param("until", until)
                .param("at", last == null ? Reconciliation.start(from) : last.at())
                .param("number", last == null ? -1L : last.number())
                .param("account", last == null ? -1L : last.account().id())
                .param("most", AT_ONCE)
                .query((row, n) -> new Posting(
                        row.getObject("booked_at", OffsetDateTime.class),
                        row.getLong("number"),
                        row.getString("movement_key"),
                        row.getString("effect_key"),
                        row.getString("case_reference"),
                        account(row),
                        row.getLong("amount")))
                .list();
    }

    private static Account account(ResultSet row) throws SQLException {
        return new Account(
                row.getLong("id"),
                AccountKind.valueOf(row.getString("kind")),
                row.getString("code"),
                row.getString("unit"));
    }
}
