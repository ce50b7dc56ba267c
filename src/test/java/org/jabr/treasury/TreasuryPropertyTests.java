package org.jabr.treasury;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.Set;
import javax.sql.DataSource;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.h2.jdbcx.JdbcConnectionPool;
import org.jabr.rules.Authority;
import org.jabr.rules.CaseId;
import org.jabr.rules.Decider;
import org.jabr.rules.Money;
import org.jabr.rules.Remedy;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.transaction.support.TransactionTemplate;

/** What holds for the books, in whatever order things happen. */
class TreasuryPropertyTests {

    private static final DataSource DATABASE = database();

    private final JdbcClient jdbc = JdbcClient.create(DATABASE);
    private final TransactionTemplate transaction = new TransactionTemplate(new DataSourceTransactionManager(DATABASE));
    private Instant now = Instant.parse("2026-03-02T09:00:00Z");
    private long limit = 10_000;

    private static DataSource database() {
        DataSource pool = JdbcConnectionPool.create("jdbc:h2:mem:books;DB_CLOSE_DELAY=-1", "jabr", "");
        new ResourceDatabasePopulator(new ClassPathResource("db/migration/V24__treasury.sql")).execute(pool);
        return pool;
    }

    /** Units sum to zero, balances are their postings, nothing is below zero, and what is taken is what is claimed. */
    @Property(tries = 60)
    void theBooksAgreeInWhateverOrder(@ForAll long seed) {
        for (String table : List.of("pot_claim", "posting", "movement", "ledger_account", "pot")) {
            jdbc.sql("delete from " + table).update();
        }
        Random random = new Random(seed);
        Treasury treasury = treasury();
        for (int i = 0; i < 40; i++) {
            transaction.executeWithoutResult(status -> {
                for (int one = random.nextInt(3); one >= 0; one--) {
                    step(treasury, random);
                }
                if (random.nextInt(8) == 0) {
                    status.setRollbackOnly();
                }
            });
        }

        assertThat(found("select unit from ledger_account group by unit having sum(balance) <> 0"))
                .isEmpty();
        assertThat(found("""
                        select a.code from ledger_account a left join posting p on p.account_id = a.id
                        group by a.id, a.code, a.balance having a.balance <> coalesce(sum(p.amount), 0)
                        """)).isEmpty();
        assertThat(found("select movement_key from posting p join ledger_account a on a.id = p.account_id "
                        + "group by movement_key, a.unit having sum(p.amount) <> 0"))
                .isEmpty();
        assertThat(
                        found(
                                "select code from ledger_account where kind in ('AVAILABLE', 'RESERVED', 'SPENT') and balance < 0"))
                .isEmpty();
        assertThat(found("""
                        select a.code from ledger_account a where a.kind in ('RESERVED', 'SPENT') and a.balance <>
                            (select coalesce(sum(c.amount), 0) from pot_claim c where c.pot_id = a.pot_id and c.state = a.kind)
                        """)).isEmpty();
        assertThat(found("select code from ledger_account where kind = 'LIABILITY' and balance > 0"))
                .isEmpty();
    }

    private void step(Treasury treasury, Random random) {
        int n = random.nextInt(12);
        String key = n + "-CREDIT";
        String currency = List.of("USD", "JPY", "KWD").get(n % 3);
        // Always the same amount for the same effect.
        Money money = Money.ofMinor(100 + 731L * n, currency);
        switch (random.nextInt(10)) {
            case 0, 1, 2, 3 ->
                treasury.reserve(
                        new CaseId(n),
                        List.of(new Grant(
                                key,
                                new CaseId(n),
                                "R-" + n,
                                n % 4,
                                "DESK" + n % 2,
                                "CREDIT",
                                Remedy.RemedyClass.GOODWILL,
                                money,
                                random.nextInt(5) == 0 ? Authority.MANAGER : Authority.RULES,
                                new Decider("rules", Authority.RULES),
                                random.nextInt(9) == 0,
                                at())));
            case 4, 5 -> treasury.commit(key, "R-" + n, "CREDIT", money, "rules");
            case 6 -> treasury.release(key, "R-" + n, "CREDIT", money, "rules");
            case 7 -> treasury.reverse(key, "R-" + n, "CREDIT", money, "manager");
            case 8 -> now = now.plusSeconds(random.nextInt(20) * 86_400L);
            default -> limit = random.nextInt(20_000);
        }
    }

    private Treasury treasury() {
        Clock clock = new Clock() {
            @Override
            public Instant instant() {
                return now;
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };
        Ledger ledger = new Ledger(jdbc, new NamedParameterJdbcTemplate(DATABASE), clock);
        BudgetTerms terms = (grant, at) -> List.of(
                terms(PotName.Kind.TEAM, grant.team(), grant.money().currency(), at),
                terms(
                        PotName.Kind.WINDOW,
                        "" + grant.customerId(),
                        grant.money().currency(),
                        at));
        return new Treasury(new Pots(jdbc, ledger), ledger, new Books(ledger), terms, clock);
    }

    private Terms terms(PotName.Kind kind, String subject, String currency, OffsetDateTime at) {
        return new Terms(
                new PotName(kind, subject, "", currency, ""),
                kind.name(),
                limit,
                at.minusDays(30),
                null,
                0,
                0,
                Set.of(Authority.RULES),
                Authority.MANAGER);
    }

    private OffsetDateTime at() {
        return OffsetDateTime.ofInstant(now, ZoneOffset.UTC);
    }

    private List<String> found(String sql) {
        return jdbc.sql(sql).query(String.class).list();
    }
}
