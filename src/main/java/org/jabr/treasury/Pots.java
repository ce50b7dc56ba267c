package org.jabr.treasury;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.jabr.rules.CaseId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The pots: made when they are needed, held in one order, filled and emptied through the ledger. */
@Component
class Pots {

    private static final String RULES = "rules";

    /** Before anything was ever given, and after everything. */
    private static final OffsetDateTime BEGINNING = OffsetDateTime.of(1970, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

    private static final OffsetDateTime END = OffsetDateTime.of(9999, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

    private static final List<AccountKind> PLACES =
            List.of(AccountKind.AVAILABLE, AccountKind.FUNDING, AccountKind.RESERVED, AccountKind.SPENT);

    private final JdbcClient jdbc;
    private final Ledger ledger;

    Pots(JdbcClient jdbc, Ledger ledger) {
        this.jdbc = jdbc;
        this.ledger = ledger;
    }

    /** A pot with its accounts and, while it is held, what is in them. */
    record Pot(long id, PotName name, Map<AccountKind, Ledger.Account> accounts, Map<AccountKind, Long> balances) {

        Ledger.Account account(AccountKind place) {
            return Objects.requireNonNull(accounts.get(place));
        }

        long balance(AccountKind place) {
            return balances.getOrDefault(place, 0L);
        }
    }

    /** What an effect took out of a pot, and where that is now. */
    record Claim(String effect, long pot, long amount, State state) {

        enum State {
            RESERVED,
            SPENT,
            /** Given so long ago that it does not count any more. */
            AGED,
            RELEASED,
            REVERSED
        }
    }

    Optional<Long> find(PotName name) {
        return jdbc.sql("select id from pot where code = :code")
                .param("code", name.code())
                .query(Long.class)
                .optional();
    }

    /**
     * Also what was committed a moment ago: H2 may answer the same question of the same session from before, unless the
     * question has no certain answer.
     */
    private Optional<Long> findNow(PotName name) {
        return jdbc.sql("select id from pot where code = :code and random() >= 0")
                .param("code", name.code())
                .query(Long.class)
                .optional();
    }

    Optional<Long> available(PotName name) {
        return jdbc.sql("select balance from ledger_account where code = :code")
                .param("code", name.account(AccountKind.AVAILABLE))
                .query(Long.class)
                .optional();
    }

    /** Of all of them together; they must be of the same unit. */
    long available(Collection<PotName> names) {
        return names.isEmpty()
                ? 0
                : jdbc.sql("select coalesce(sum(balance), 0) from ledger_account where code in (:codes)")
                        .param(
                                "codes",
                                names.stream()
                                        .map(name -> name.account(AccountKind.AVAILABLE))
                                        .toList())
                        .query(Long.class)
                        .single();
    }

    /** The same, also right after it was held; see {@link #findNow}. */
    Optional<Long> availableNow(PotName name) {
        return jdbc.sql("select balance from ledger_account where code = :code and random() >= 0")
                .param("code", name.account(AccountKind.AVAILABLE))
                .query(Long.class)
                .optional();
    }

    /** The units of pots of this kind for all remedies that belong to any of these. */
    List<String> units(PotName.Kind kind, Collection<String> subjects) {
        return subjects.isEmpty()
                ? List.of()
                : jdbc.sql(
                                "select distinct unit from pot where kind = :kind and subject in (:subjects) and remedy = '' order by unit")
                        .param("kind", kind.name())
                        .param("subjects", subjects)
                        .query(String.class)
                        .list();
    }

    /**
     * Holds these pots, and those that the case has something reserved in, until the transaction ends; makes those that
     * there are not yet. Always in the order of their ids.
     */
    void hold(Collection<Terms> all, CaseId caseId) {
        TreeSet<Long> ids = new TreeSet<>(
                jdbc.sql("select distinct pot_id from pot_claim where case_id = :case and state = 'RESERVED'")
                        .param("case", caseId.value())
                        .query(Long.class)
                        .list());
        ids.addAll(held(all));
        hold(ids);
    }

    /** Holds one pot. */
    void hold(Terms terms) {
        hold(held(List.of(terms)));
    }

    private TreeSet<Long> held(Collection<Terms> all) {
        TreeSet<Long> ids =
                new TreeSet<>(ensured(all.stream().map(Terms::pot).toList()).values());
        all.stream().map(Terms::before).filter(Objects::nonNull).forEach(before -> find(before)
                .ifPresent(ids::add));
        return ids;
    }

    /** Holds the pots that effects took something out of. */
    void holdOf(Collection<String> effects) {
        hold(new TreeSet<>(jdbc.sql("select distinct pot_id from pot_claim where effect_key in (:keys)")
                .param("keys", effects)
                .query(Long.class)
                .list()));
    }

    private void hold(TreeSet<Long> ids) {
        for (long id : ids) {
            jdbc.sql("select id from ledger_account where pot_id = :pot and kind = 'AVAILABLE' for update")
                    .param("pot", id)
                    .query(Long.class)
                    .single();
        }
    }

    private Map<PotName, Long> ensured(Collection<PotName> names) {
        Map<PotName, Long> ids = new HashMap<>();
        TreeSet<Integer> stripes = new TreeSet<>();
        for (PotName name : names) {
            find(name).ifPresentOrElse(id -> ids.put(name, id), () -> stripes.add(stripe(name)));
        }
        stripes.forEach(ledger::stripe);
        for (PotName name : names) {
            if (!ids.containsKey(name)) {
                // Somebody else may have made it while this waited.
                ids.put(name, findNow(name).orElseGet(() -> make(name)));
            }
        }
        return ids;
    }

    private static int stripe(PotName name) {
        return Math.floorMod(name.code().hashCode(), Ledger.STRIPES);
    }

    private long make(PotName name) {
        jdbc.sql(
                        "insert into pot (code, kind, subject, remedy, unit, period) values (:code, :kind, :subject, :remedy, :unit, :period)")
                .param("code", name.code())
                .param("kind", name.kind().name())
                .param("subject", name.subject())
                .param("remedy", name.remedy())
                .param("unit", name.unit())
                .param("period", name.period())
                .update();
        long id = find(name).orElseThrow();
        for (AccountKind place : PLACES) {
            jdbc.sql("insert into ledger_account (code, kind, pot_id, unit) values (:code, :kind, :pot, :unit)")
                    .param("code", name.account(place))
                    .param("kind", place.name())
                    .param("pot", id)
                    .param("unit", name.unit())
                    .update();
        }
        return id;
    }

    /** The pot that a code names. */
    Optional<PotName> named(String code) {
        return jdbc.sql("select kind, subject, remedy, unit, period from pot where code = :code")
                .param("code", code)
                .query(Pots::name)
                .optional();
    }

    /** Pots of a kind, or all of them, by their code, from the one after {@code after} on. */
    List<PotName> list(PotName.@Nullable Kind kind, @Nullable String after, int most) {
        return jdbc.sql(
                        "select kind, subject, remedy, unit, period from pot where kind like :kind and code > :after order by code fetch first :most rows only")
                .param("kind", kind == null ? "%" : kind.name())
                .param("after", after == null ? "" : after)
                .param("most", most)
                .query(Pots::name)
                .list();
    }

    private static PotName name(ResultSet row, int n) throws SQLException {
        return new PotName(
                PotName.Kind.valueOf(row.getString("kind")),
                row.getString("subject"),
                row.getString("remedy"),
                row.getString("unit"),
                row.getString("period"));
    }

    Pot read(long id) {
        PotName name = jdbc.sql("select kind, subject, remedy, unit, period from pot where id = :id")
                .param("id", id)
                .query(Pots::name)
                .single();
        Map<AccountKind, Ledger.Account> accounts = new EnumMap<>(AccountKind.class);
        Map<AccountKind, Long> balances = new EnumMap<>(AccountKind.class);
        jdbc.sql("select id, kind, unit, balance from ledger_account where pot_id = :pot")
                .param("pot", id)
                .query((row, n) -> {
                    AccountKind kind = AccountKind.valueOf(row.getString("kind"));
                    accounts.put(kind, new Ledger.Account(row.getLong("id"), row.getString("unit"), kind.guarded()));
                    return balances.put(kind, row.getLong("balance"));
                })
                .list();
        return new Pot(id, name, accounts, balances);
    }

    /** What counts now, by the accounts: what lies beside them because days passed is added and taken away. */
    long used(Pot pot, Terms terms) {
        long used = pot.balance(AccountKind.RESERVED) + pot.balance(AccountKind.SPENT);
        OffsetDateTime since = terms.since();
        if (since == null) {
            return used;
        }
        return used
                - sum(pot.id(), "state in ('RESERVED', 'SPENT') and counted_at < :since", since)
                + sum(pot.id(), "state = 'AGED' and counted_at >= :since", since);
    }

    private long sum(long pot, String which, OffsetDateTime since) {
        return jdbc.sql("select coalesce(sum(amount), 0) from pot_claim where pot_id = :pot and " + which)
                .param("pot", pot)
                .param("since", since)
                .query(Long.class)
                .single();
    }

    /** How a pot stands, read at once and without holding it. */
    record Standing(long available, long reserved, long used, long carried) {}

    Standing standing(Terms terms) {
        OffsetDateTime since = terms.since();
        Standing none = new Standing(0, 0, 0, 0);
        Standing standing = jdbc.sql("""
                        select (select a.balance from ledger_account a where a.pot_id = p.id and a.kind = 'AVAILABLE') available,
                            (select a.balance from ledger_account a where a.pot_id = p.id and a.kind = 'RESERVED') reserved,
                            (select sum(a.balance) from ledger_account a where a.pot_id = p.id and a.kind in ('RESERVED', 'SPENT'))
                                - (select coalesce(sum(c.amount), 0) from pot_claim c
                                    where c.pot_id = p.id and c.state in ('RESERVED', 'SPENT') and c.counted_at < :since)
                                + (select coalesce(sum(c.amount), 0) from pot_claim c
                                    where c.pot_id = p.id and c.state = 'AGED' and c.counted_at >= :lately) used
                        from pot p where p.code = :code
                        """)
                .param("code", terms.pot().code())
                .param("since", since == null ? BEGINNING : since)
                .param("lately", since == null ? END : since)
                .query((row, n) ->
                        new Standing(row.getLong("available"), row.getLong("reserved"), row.getLong("used"), 0))
                .optional()
                .orElse(none);
        PotName before = terms.before();
        if (before == null || terms.carryPercent() == 0) {
            return standing;
        }
        long carried = find(terms.pot())
                .map(id -> carried(read(id), terms))
                .orElseGet(() -> carriable(before, terms.carryPercent()));
        return new Standing(standing.available(), standing.reserved(), standing.used(), carried);
    }

    /**
     * Brings a pot that is held up to date: what is too old is given back, what is left of the period before is taken
     * over, and the rest is what the rules allow now.
     */
    Pot settle(Terms terms) {
        long id = find(terms.pot()).orElseThrow();
        Pot pot = read(id);
        OffsetDateTime since = terms.since();
        boolean moved = since != null && age(pot, since);
        if (carry(pot, terms) || moved) {
            pot = read(id);
        }
        Long limit = terms.limit();
        if (limit == null) {
            return pot;
        }
        long wanted = Math.max(0, limit + carried(pot, terms) - used(pot, terms));
        long missing = wanted - pot.balance(AccountKind.AVAILABLE);
        if (missing == 0) {
            return pot;
        }
        fund(pot, missing, Movement.Kind.FUND, null, RULES);
        return read(id);
    }

    /** Puts something into a pot, or takes it out. */
    void fund(Pot pot, long amount, Movement.Kind kind, @Nullable String effect, String by) {
        long number =
                jdbc.sql("select nextval('movement_number')").query(Long.class).single();
        ledger.book(
                new Movement("fund/" + pot.id() + "/" + number, kind, effect, null, null, null, by),
                Ledger.from(pot.account(AccountKind.FUNDING), pot.account(AccountKind.AVAILABLE), amount));
    }

    private boolean age(Pot pot, OffsetDateTime since) {
        List<Claim> old = jdbc.sql("""
                        select effect_key, pot_id, amount, state from pot_claim
                        where pot_id = :pot and state in ('RESERVED', 'SPENT') and counted_at < :since order by effect_key
                        """)
                .param("pot", pot.id())
                .param("since", since)
                .query(Pots::claim)
                .list();
        for (Claim claim : old) {
            AccountKind place = claim.state() == Claim.State.RESERVED ? AccountKind.RESERVED : AccountKind.SPENT;
            ledger.book(
                    new Movement(
                            claim.effect() + "/age/" + pot.id(),
                            Movement.Kind.AGE,
                            claim.effect(),
                            null,
                            null,
                            null,
                            RULES),
                    Ledger.from(pot.account(place), pot.account(AccountKind.AVAILABLE), claim.amount()));
            move(claim, Claim.State.AGED);
        }
        return !old.isEmpty();
    }

    /** What was taken over from the period before; as long as nothing was, what could be. */
    long carried(Pot pot, Terms terms) {
        PotName before = terms.before();
        if (before == null || terms.carryPercent() == 0) {
            return 0;
        }
        return jdbc.sql("select amount from posting where movement_key = :key and account_id = :account")
                .param("key", carry(pot))
                .param("account", pot.account(AccountKind.AVAILABLE).id())
                .query(Long.class)
                .optional()
                .orElseGet(() -> carriable(before, terms.carryPercent()));
    }

    /** How much of what a period left may be taken over. */
    long carriable(PotName before, int percent) {
        return find(before)
                .map(id -> Math.floorDiv(read(id).balance(AccountKind.AVAILABLE) * percent, 100L))
                .orElse(0L);
    }

    /** Takes over what is left of the period before, once. */
    private boolean carry(Pot pot, Terms terms) {
        PotName before = terms.before();
        long amount = before == null ? 0 : carriable(before, terms.carryPercent());
        if (before == null || amount == 0 || ledger.known(carry(pot))) {
            return false;
        }
        Pot last = read(find(before).orElseThrow());
        return ledger.book(
                new Movement(carry(pot), Movement.Kind.CARRY, null, null, null, null, RULES),
                Ledger.from(last.account(AccountKind.AVAILABLE), pot.account(AccountKind.AVAILABLE), amount));
    }

    private static String carry(Pot pot) {
        return "carry/" + pot.id();
    }

    /** What an effect took out of pots, by pot. */
    List<Claim> claims(String effect) {
        return jdbc.sql(
                        "select effect_key, pot_id, amount, state from pot_claim where effect_key = :key order by pot_id")
                .param("key", effect)
                .query(Pots::claim)
                .list();
    }

    void add(Grant grant, long pot, long amount) {
        jdbc.sql("""
                        insert into pot_claim (effect_key, pot_id, case_id, amount, state, counted_at)
                        values (:key, :pot, :case, :amount, 'RESERVED', :at)
                        """)
                .param("key", grant.key())
                .param("pot", pot)
                .param("case", grant.caseId().value())
                .param("amount", amount)
                .param("at", grant.at())
                .update();
    }

    void move(Claim claim, Claim.State to) {
        int rows = jdbc.sql(
                        "update pot_claim set state = :to where effect_key = :key and pot_id = :pot and state = :from")
                .param("to", to.name())
                .param("key", claim.effect())
                .param("pot", claim.pot())
                .param("from", claim.state().name())
                .update();
        if (rows == 0) {
            throw new IllegalStateException("somebody else moved what " + claim.effect() + " took");
        }
    }

    private static Claim claim(ResultSet row, int n) throws SQLException {
        return new Claim(
                row.getString("effect_key"),
                row.getLong("pot_id"),
                row.getLong("amount"),
                Claim.State.valueOf(row.getString("state")));
    }
}
