package org.jabr.treasury;

import java.sql.Types;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jabr.rules.Problem;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The books: movements that sum to zero in each unit, and balances that change with them and never otherwise. Nothing in
 * them is changed or removed; a mistake is taken back by another movement. Callers are in a transaction.
 */
@Component
class Ledger {

    private final JdbcClient jdbc;
    private final NamedParameterJdbcTemplate many;
    private final Clock clock;

    Ledger(JdbcClient jdbc, NamedParameterJdbcTemplate many, Clock clock) {
        this.jdbc = jdbc;
        this.many = many;
        this.clock = clock;
    }

    /**
     * An account, as far as booking needs it.
     *
     * @param guarded whether it can hold no less than nothing
     */
    record Account(long id, String unit, boolean guarded) {}

    /** What one movement does to one account. */
    record Line(Account account, long amount) {}

    /** A movement with its lines. */
    record Entry(Movement movement, List<Line> lines) {}

    /** From one account to another. */
    static List<Line> from(Account one, Account other, long amount) {
        return List.of(new Line(one, -amount), new Line(other, amount));
    }

    /** @return whether it was booked now; false where it was booked before, or what it reverses was reversed before */
    boolean book(Movement movement, List<Line> lines) {
        return book(List.of(new Entry(movement, lines))) == 1;
    }

    /**
     * Books what was not booked before. Accounts are changed in the order of their ids, each once, so that no two
     * transactions wait for each other in a circle.
     *
     * @return how many were booked
     * @throws Problem {@code TREASURY-001} where an account does not hold that much
     */
    int book(List<Entry> entries) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        TreeMap<Long, Line> sums = new TreeMap<>();
        List<SqlParameterSource> postings = new ArrayList<>();
        int booked = 0;
        for (Entry entry : entries) {
            balanced(entry);
            if (known(entry.movement())) {
                continue;
            }
            booked++;
            long number = insert(entry.movement(), now);
            for (Line line : entry.lines()) {
                sums.merge(
                        line.account().id(),
                        line,
                        (one, other) -> new Line(one.account(), one.amount() + other.amount()));
                postings.add(new MapSqlParameterSource("key", entry.movement().key())
                        .addValue("account", line.account().id())
                        .addValue("number", number)
                        .addValue("amount", line.amount()));
            }
        }
        if (!postings.isEmpty()) {
            many.batchUpdate(
                    "insert into posting (movement_key, account_id, number, amount) values (:key, :account, :number, :amount)",
                    postings.toArray(SqlParameterSource[]::new));
            sums.values().stream().filter(line -> line.amount() != 0).forEach(this::change);
        }
        return booked;
    }

    private void change(Line line) {
        int rows = jdbc.sql("""
                        update ledger_account set balance = balance + :amount
                        where id = :id and (balance + :amount >= 0 or kind not in ('AVAILABLE', 'RESERVED', 'SPENT'))
                        """)
                .param("amount", line.amount())
                .param("id", line.account().id())
                .update();
        if (rows == 0) {
            throw new Problem(
                    Problem.Kind.CONFLICT, "TREASURY-001", line.account().id());
        }
    }

    private static void balanced(Entry entry) {
        Map<String, Long> sums = new HashMap<>();
        for (Line line : entry.lines()) {
            sums.merge(line.account().unit(), line.amount(), Math::addExact);
        }
        if (entry.lines().isEmpty() || sums.values().stream().anyMatch(sum -> sum != 0)) {
            throw new IllegalArgumentException(
                    "a movement that does not sum to zero: " + entry.movement().key());
        }
    }

    boolean known(String key) {
        return jdbc.sql("select count(*) from movement where movement_key = :key")
                        .param("key", key)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    /** What was booked for an effect. */
    List<Movement.Kind> kinds(String effect) {
        return jdbc
                .sql("select kind from movement where effect_key = :key")
                .param("key", effect)
                .query(String.class)
                .list()
                .stream()
                .map(Movement.Kind::valueOf)
                .toList();
    }

    private boolean known(Movement movement) {
        return jdbc.sql(
                                "select count(*) from movement where movement_key = :key or reverses = cast(:reverses as varchar(160))")
                        .param("key", movement.key())
                        .param("reverses", movement.reverses(), Types.VARCHAR)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    private long insert(Movement movement, OffsetDateTime now) {
        long number =
                jdbc.sql("select nextval('movement_number')").query(Long.class).single();
        jdbc.sql("""
                        insert into movement (movement_key, number, kind, effect_key, case_reference, reverses, reason, by_login, booked_at)
                        values (:key, :number, :kind, :effect, :case, :reverses, :reason, :by, :at)
                        """)
                .param("key", movement.key())
                .param("number", number)
                .param("kind", movement.kind().name())
                .param("effect", movement.effect())
                .param("case", movement.caseReference())
                .param("reverses", movement.reverses())
                .param("reason", movement.reason())
                .param("by", movement.by())
                .param("at", now)
                .update();
        return number;
    }

    /** An account of finance; it is made where there is none yet. */
    Account account(AccountKind kind, String subject, String unit) {
        String code = (subject.isEmpty() ? kind.word() : kind.word() + "/" + subject) + "/" + unit;
        return find(code).orElseGet(() -> {
            // The last stripe is for these, and is taken last of all.
            stripe(STRIPES);
            return findNow(code).orElseGet(() -> {
                jdbc.sql("insert into ledger_account (code, kind, unit) values (:code, :kind, :unit)")
                        .param("code", code)
                        .param("kind", kind.name())
                        .param("unit", unit)
                        .update();
                return find(code).orElseThrow();
            });
        });
    }

    static final int STRIPES = 32;

    /** Nobody else makes what belongs to this stripe until the transaction ends. */
    void stripe(int number) {
        jdbc.sql("select id from ledger_stripe where id = :id for update")
                .param("id", number)
                .query(Integer.class)
                .single();
    }

    private Optional<Account> find(String code) {
        return read("select id, kind, unit from ledger_account where code = :code", code);
    }

    /**
     * Also what was committed a moment ago: H2 may answer the same question of the same session from before, unless the
     * question has no certain answer.
     */
    private Optional<Account> findNow(String code) {
        return read("select id, kind, unit from ledger_account where code = :code and random() >= 0", code);
    }

    private Optional<Account> read(String query, String code) {
        return jdbc.sql(query)
                .param("code", code)
                .query((row, n) -> new Account(
                        row.getLong("id"),
                        row.getString("unit"),
                        AccountKind.valueOf(row.getString("kind")).guarded()))
                .optional();
    }
}
