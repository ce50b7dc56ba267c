package org.jabr.treasury;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jabr.rules.Authority;
import org.jabr.rules.CaseId;
import org.jabr.rules.Decider;
import org.jabr.rules.Money;
import org.jabr.rules.Remedy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.jdbc.AutoConfigureTestDatabase;
import org.springframework.boot.test.autoconfigure.jdbc.JdbcTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** What is given out of pots; each subclass runs it on one of the databases. */
@JdbcTest
@AutoConfigureTestDatabase(replace = AutoConfigureTestDatabase.Replace.NONE)
@Import({Treasury.class, Pots.class, Ledger.class, Books.class, TreasuryTests.House.class})
@Transactional(propagation = Propagation.NOT_SUPPORTED)
abstract class TreasuryTests {

    private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");
    private static final Decider AGENT = new Decider("agent", Authority.AGENT);

    @TestConfiguration(proxyBeanMethods = false)
    static class House {

        Instant now = START;
        long team = 10_000;
        long window = 5_000;
        int carry;
        String period = "";

        @Bean
        Clock clock() {
            return new Clock() {
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
        }

        @Bean
        BudgetTerms terms() {
            return (grant, at) -> grant.remedy().equals("GIFT")
                    ? List.of(terms(PotName.Kind.STOCK, "GIFT", "pieces", null, at))
                    : List.of(
                            terms(PotName.Kind.TEAM, grant.team(), grant.money().currency(), team, at),
                            terms(
                                    PotName.Kind.WINDOW,
                                    String.valueOf(grant.customerId()),
                                    grant.money().currency(),
                                    window,
                                    at));
        }

        Terms terms(PotName.Kind kind, String subject, String unit, @Nullable Long limit, OffsetDateTime at) {
            return new Terms(
                    new PotName(kind, subject, "", unit, kind == PotName.Kind.TEAM ? period : ""),
                    kind.name(),
                    limit,
                    limit == null || kind == PotName.Kind.TEAM && !period.isEmpty() ? null : at.minusDays(30),
                    kind == PotName.Kind.TEAM && period.equals("2026-04")
                            ? new PotName(kind, subject, "", unit, "2026-03")
                            : null,
                    carry,
                    20,
                    Set.of(Authority.RULES, Authority.AGENT),
                    kind == PotName.Kind.TEAM ? Authority.MANAGER : Authority.SUPERVISOR);
        }
    }

    @Autowired
    Treasury treasury;

    @Autowired
    Ledger ledger;

    @Autowired
    Pots pots;

    @Autowired
    House house;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    org.springframework.transaction.PlatformTransactionManager transactions;

    @BeforeEach
    void anEmptyHouse() {
        house.now = START;
        house.team = 10_000;
        house.window = 5_000;
        house.carry = 0;
        house.period = "";
        for (String table : List.of("pot_claim", "posting", "movement", "ledger_account", "pot")) {
            jdbc.sql("delete from " + table).update();
        }
    }

    @AfterEach
    void theBooksAgree() {
        assertThat(jdbc.sql("select unit from ledger_account group by unit having sum(balance) <> 0")
                        .query(String.class)
                        .list())
                .as("units whose balances do not sum to zero")
                .isEmpty();
        assertThat(jdbc.sql("""
                        select a.code from ledger_account a left join posting p on p.account_id = a.id
                        group by a.id, a.code, a.balance having a.balance <> coalesce(sum(p.amount), 0)
                        """).query(String.class).list())
                .as("accounts whose balance is not the sum of its postings")
                .isEmpty();
    }

    @Test
    void reservesCommitsAndPaysWithinTheBudget() {
        assertThat(reserve(grant(1, 7, 4_000)).reserved()).isTrue();

        assertThat(balances("team/DELIVERY/USD")).containsExactly(6_000L, -10_000L, 4_000L, 0L);
        assertThat(balance("liability/USD")).isEqualTo(-4_000);
        assertThat(balance("expense/CREDIT/USD")).isEqualTo(4_000);

        commit(1, 4_000);
        assertThat(balances("team/DELIVERY/USD")).containsExactly(6_000L, -10_000L, 0L, 4_000L);
        assertThat(balance("liability/USD")).isZero();
        assertThat(balance("paid-out/USD")).isEqualTo(-4_000);
    }

    @Test
    void asksInsteadOfOverspending() {
        reserve(grant(1, 7, 5_000));
        Treasury.Reserved asked = reserve(grant(2, 7, 1));

        assertThat(asked.reserved()).isFalse();
        assertThat(asked.asks()).isEqualTo(Authority.SUPERVISOR);
        assertThat(asked.empty()).extracting(PotName::code).containsExactly("window/7/USD");
        assertThat(balances("window/7/USD")).containsExactly(0L, -5_000L, 5_000L, 0L);
        assertThat(pots.claims(key(2))).isEmpty();
    }

    @Test
    void letsWhoeverMayOverdrawInTheOpen() {
        reserve(grant(1, 7, 5_000));
        Treasury.Reserved done = reserve(grant(2, 7, 700, Authority.SUPERVISOR, false));

        assertThat(done.reserved()).isTrue();
        assertThat(balances("window/7/USD")).containsExactly(0L, -5_700L, 5_700L, 0L);
        assertThat(kinds(key(2))).contains("OVERDRAW", "RESERVE", "OWE");
    }

    @Test
    void neverStopsWhatTheLawOwes() {
        assertThat(reserve(grant(1, 7, 50_000, Authority.RULES, true)).reserved())
                .isTrue();
    }

    @Test
    void doesEachStepOnceHoweverOftenItIsAsked() {
        for (int i = 0; i < 3; i++) {
            reserve(grant(1, 7, 4_000));
        }
        for (int i = 0; i < 3; i++) {
            commit(1, 4_000);
        }
        release(1, 4_000);
        assertThat(balances("team/DELIVERY/USD")).containsExactly(6_000L, -10_000L, 0L, 4_000L);
        for (int i = 0; i < 3; i++) {
            treasury.reverse(key(1), "R-1", "CREDIT", usd(4_000), "manager");
        }
        assertThat(balances("team/DELIVERY/USD")).containsExactly(10_000L, -10_000L, 0L, 0L);
        assertThat(balance("paid-out/USD")).isZero();
        assertThat(balance("reversed/CREDIT/USD")).isEqualTo(-4_000);
        assertThat(balance("expense/CREDIT/USD")).isEqualTo(4_000);
        assertThat(kinds(key(1))).containsExactlyInAnyOrder("RESERVE", "OWE", "COMMIT", "PAY", "REVERSE", "RETURN");
    }

    @Test
    void givesBackWhatIsNotGivenAfterAll() {
        reserve(grant(1, 7, 4_000));
        release(1, 4_000);
        commit(1, 4_000);

        assertThat(balances("team/DELIVERY/USD")).containsExactly(10_000L, -10_000L, 0L, 0L);
        assertThat(balance("liability/USD")).isZero();
        assertThat(balance("expense/CREDIT/USD")).isZero();
    }

    @Test
    void forgetsWhatWasGivenLongAgo() {
        reserve(grant(1, 7, 5_000));
        commit(1, 5_000);
        house.now = START.plusSeconds(30 * 86_400);
        assertThat(left(PotName.Kind.WINDOW, "7", 5_000L)).isZero();
        house.now = START.plusSeconds(30 * 86_400 + 1);
        assertThat(left(PotName.Kind.WINDOW, "7", 5_000L)).isEqualTo(5_000);

        assertThat(reserve(grant(2, 7, 5_000)).reserved()).isTrue();
        assertThat(balances("window/7/USD")).containsExactly(0L, -5_000L, 5_000L, 0L);
        assertThat(kinds(key(1))).contains("AGE");
    }

    @Test
    void followsTheRulesWhenTheyAllowMoreOrLess() {
        reserve(grant(1, 7, 4_000));
        house.team = 20_000;
        reserve(grant(2, 8, 1_000));
        assertThat(balances("team/DELIVERY/USD")).containsExactly(15_000L, -20_000L, 5_000L, 0L);

        house.team = 3_000;
        assertThat(reserve(grant(3, 9, 1)).reserved()).isFalse();
        assertThat(balances("team/DELIVERY/USD")).containsExactly(0L, -5_000L, 5_000L, 0L);
        assertThat(left(PotName.Kind.TEAM, "DELIVERY", 3_000L)).isZero();
    }

    @Test
    void takesOverWhatIsLeftOfTheLastPeriodOnce() {
        house.carry = 50;
        house.period = "2026-03";
        reserve(grant(1, 7, 4_000));
        house.period = "2026-04";
        reserve(grant(2, 8, 1_000));
        reserve(grant(3, 9, 1_000));

        assertThat(balances("team/DELIVERY/2026-03/USD")).containsExactly(3_000L, -10_000L, 4_000L, 0L);
        assertThat(balances("team/DELIVERY/2026-04/USD")).containsExactly(11_000L, -10_000L, 2_000L, 0L);
    }

    @Test
    void countsStockInPiecesAndNeverBelowNothing() {
        Terms stock = house.terms(PotName.Kind.STOCK, "GIFT", "pieces", null, now());
        inTransaction(() -> {
            pots.hold(stock);
            pots.fund(pots.read(pots.find(stock.pot()).orElseThrow()), 1, Movement.Kind.FUND, null, "manager");
            return true;
        });
        assertThat(reserve(gift(1, Authority.RULES)).reserved()).isTrue();
        assertThat(reserve(gift(2, Authority.MANAGER)).reserved()).isFalse();
        assertThat(balances("stock/GIFT/pieces")).containsExactly(0L, -1L, 1L, 0L);
    }

    @Test
    void refusesAMovementThatDoesNotSumToZeroAndAnAccountThatDoesNotHoldThatMuch() {
        reserve(grant(1, 7, 4_000));
        Pots.Pot pot = pots.read(pots.find(new PotName(PotName.Kind.TEAM, "DELIVERY", "", "USD", ""))
                .orElseThrow());
        Movement movement = new Movement("wrong", Movement.Kind.FUND, null, null, null, null, "manager");

        assertThatThrownBy(() -> inTransaction(
                        () -> ledger.book(movement, List.of(new Ledger.Line(pot.account(AccountKind.SPENT), 5)))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> inTransaction(() -> ledger.book(
                        movement, Ledger.from(pot.account(AccountKind.SPENT), pot.account(AccountKind.AVAILABLE), 1))))
                .hasMessageContaining("TREASURY-001");
        assertThat(ledger.known("wrong")).isFalse();
    }

    @Test
    void rollsTheBooksBackWithEverythingElse() {
        assertThatThrownBy(() -> inTransaction(() -> {
                    treasury.reserve(new CaseId(1), List.of(grant(1, 7, 4_000)));
                    throw new IllegalStateException("something else failed");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(ledger.known(key(1) + "/reserve")).isFalse();
        assertThat(jdbc.sql("select count(*) from movement")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void neverOverspendsHoweverManyClaimAtOnce() throws Exception {
        house.team = 10_000;
        house.window = 300;
        // 200 grants of 1.00 for 40 customers: each customer may get 3.00, the desk gives 100.00 in all.
        List<Callable<Boolean>> claims = IntStream.range(0, 200)
                .<Callable<Boolean>>mapToObj(
                        i -> () -> reserve(grant(i, i % 40, 100)).reserved())
                .toList();
        assertThat(together(claims)).isEqualTo(100);

        assertThat(balances("team/DELIVERY/USD")).containsExactly(0L, -10_000L, 10_000L, 0L);
        assertThat(balance("liability/USD")).isEqualTo(-10_000);
        assertThat(jdbc.sql(
                                "select count(*) from ledger_account where kind = 'RESERVED' and balance > 300 and code like 'window/%'")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void neverWaitsInACircleHoweverClaimsAndStepsMeet() throws Exception {
        house.team = 1_000_000;
        house.window = 1_000_000;
        List<Callable<Boolean>> all = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            int n = i;
            String team = n % 2 == 0 ? "DELIVERY" : "BILLING";
            all.add(() -> inTransaction(() -> {
                // Two grants out of shared pots in opposite orders, and both are with the customer at once.
                Grant one = grant(n, n % 5, 10, team);
                Grant two = grant(1_000 + n, 4 - n % 5, 10, team.equals("BILLING") ? "DELIVERY" : "BILLING");
                treasury.reserve(new CaseId(n), List.of(one, two));
                treasury.commit(two.key(), "R-1", "CREDIT", usd(10), "rules");
                treasury.commit(one.key(), "R-1", "CREDIT", usd(10), "rules");
                return true;
            }));
        }
        assertThat(together(all)).isEqualTo(120);
        assertThat(balance("paid-out/USD")).isEqualTo(-2_400);
    }

    private static long together(List<Callable<Boolean>> all) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            long done = 0;
            for (Future<Boolean> one : threads.invokeAll(all)) {
                done += one.get() ? 1 : 0;
            }
            return done;
        } finally {
            threads.shutdownNow();
        }
    }

    private <T> T inTransaction(java.util.function.Supplier<T> what) {
        return java.util.Objects.requireNonNull(
                new org.springframework.transaction.support.TransactionTemplate(transactions)
                        .execute(status -> what.get()));
    }

    private OffsetDateTime now() {
        return OffsetDateTime.ofInstant(house.now, ZoneOffset.UTC);
    }

    private long left(PotName.Kind kind, String subject, long limit) {
        return treasury.balance(house.terms(kind, subject, "USD", limit, now())).left();
    }

    private Treasury.Reserved reserve(Grant grant) {
        return treasury.reserve(grant.caseId(), List.of(grant)).get(0);
    }

    private void commit(int n, long minor) {
        treasury.commit(key(n), "R-1", "CREDIT", usd(minor), "rules");
    }

    private void release(int n, long minor) {
        treasury.release(key(n), "R-1", "CREDIT", usd(minor), "rules");
    }

    private Grant grant(int n, long customer, long minor) {
        return grant(n, customer, minor, Authority.RULES, false);
    }

    private Grant grant(int n, long customer, long minor, String team) {
        return grant(key(n), "CREDIT", n, customer, team, minor, Authority.RULES, false);
    }

    private Grant grant(int n, long customer, long minor, Authority authority, boolean owed) {
        return grant(key(n), "CREDIT", n, customer, "DELIVERY", minor, authority, owed);
    }

    private Grant gift(int n, Authority authority) {
        return grant(n + "-GIFT", "GIFT", n, 7, "DELIVERY", 1_500, authority, false);
    }

    private Grant grant(
            String key,
            String remedy,
            int caseId,
            long customer,
            String team,
            long minor,
            Authority authority,
            boolean owed) {
        return new Grant(
                key,
                new CaseId(caseId),
                "R-1",
                customer,
                team,
                remedy,
                Remedy.RemedyClass.GOODWILL,
                usd(minor),
                authority,
                AGENT,
                owed,
                now());
    }

    private static String key(int n) {
        return n + "-CREDIT";
    }

    private static Money usd(long minor) {
        return Money.ofMinor(minor, "USD");
    }

    /** Available, funding, reserved, spent. */
    private List<Long> balances(String pot) {
        return jdbc.sql(
                        "select a.balance from ledger_account a join pot p on p.id = a.pot_id where p.code = :code order by a.kind")
                .param("code", pot)
                .query(Long.class)
                .list();
    }

    private long balance(String account) {
        return jdbc.sql("select balance from ledger_account where code = :code")
                .param("code", account)
                .query(Long.class)
                .single();
    }

    private List<String> kinds(String effect) {
        return jdbc.sql("select kind from movement where effect_key = :key")
                .param("key", effect)
                .query(String.class)
                .list();
    }
}
