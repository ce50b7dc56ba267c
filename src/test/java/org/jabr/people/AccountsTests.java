package org.jabr.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcClientAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcTemplateAutoConfiguration;
import org.springframework.boot.autoconfigure.transaction.TransactionAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.support.TransactionOperations;

@SpringBootTest(classes = AccountsTests.Tables.class)
@TestPropertySource(properties = "spring.datasource.url=jdbc:h2:mem:people;DEFAULT_NULL_ORDERING=HIGH")
class AccountsTests {

    @ImportAutoConfiguration({
        DataSourceAutoConfiguration.class,
        DataSourceTransactionManagerAutoConfiguration.class,
        TransactionAutoConfiguration.class,
        JdbcTemplateAutoConfiguration.class,
        JdbcClientAutoConfiguration.class,
        FlywayAutoConfiguration.class
    })
    static class Tables {}

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private TransactionOperations transaction;

    private final Hands clock = new Hands();
    private Accounts accounts;
    private Passwords passwords;

    @BeforeEach
    void nobodyWorksHere() {
        jdbc.sql("delete from account").update();
        accounts = new Accounts(jdbc, new AccountChanges(jdbc, event -> {}, clock), clock);
        passwords = passwords(false);
    }

    @Test
    void keepsEverythingAboutAnAccount() {
        Account maya = new Account(
                "maya",
                "Maya",
                "مايا",
                "ar",
                EnumSet.of(Role.AGENT, Role.SUPERVISOR),
                Set.of("EMPATHY"),
                Set.of("en", "ar"),
                Set.of("DELIVERY"),
                false,
                true);
        accounts.add(maya, passwords.hash("a long enough password"));
        accounts.add(plain("zed", null, false), passwords.hash("a long enough password"));

        assertThat(accounts.find("maya")).contains(maya);
        assertThat(accounts.find("nobody")).isEmpty();
        assertThat(accounts.all()).extracting(Account::login).containsExactly("maya", "zed");
        assertThat(accounts.holding(Role.SUPERVISOR)).containsExactly(maya);
        assertThat(accounts.holding(Role.ADMIN)).isEmpty();
    }

    @Test
    void letsInOnlyWithTheRightPasswordAndOnlyTheActive() {
        accounts.add(plain("maya", "en", true), passwords.hash("a long enough password"));
        accounts.add(plain("gone", "en", false), passwords.hash("a long enough password"));

        assertThat(passwords.check("maya", "a long enough password")).isPresent();
        assertThat(passwords.check("maya", "another password")).isEmpty();
        assertThat(passwords.check("gone", "a long enough password")).isEmpty();
        assertThat(passwords.check("nobody", "a long enough password")).isEmpty();
    }

    @Test
    void forgetsARememberedPasswordWhenItChangesOrTheAccountCloses() {
        accounts.add(plain("maya", "en", true), passwords.hash("a long enough password"));
        assertThat(passwords.check("maya", "a long enough password")).isPresent();

        passwords.change("maya", "quite another password");
        assertThat(passwords.check("maya", "a long enough password")).isEmpty();
        assertThat(passwords.check("maya", "quite another password")).isPresent();

        // As another node would change it: the digest remembered here must not count any more.
        jdbc.sql("update account set password_hash = ?")
                .param(passwords.hash("changed on another node"))
                .update();
        assertThat(passwords.check("maya", "quite another password")).isEmpty();

        assertThat(passwords.check("maya", "changed on another node")).isPresent();
        jdbc.sql("update account set active = false").update();
        assertThat(passwords.check("maya", "changed on another node")).isEmpty();
    }

    @Test
    void answersARememberedPasswordWithoutHashingForAFewMinutes() {
        AtomicInteger hashed = new AtomicInteger();
        PasswordEncoder counting = new BCryptPasswordEncoder(4) {
            @Override
            public boolean matches(CharSequence password, String hash) {
                hashed.incrementAndGet();
                return super.matches(password, hash);
            }
        };
        Passwords slow = new Passwords(accounts, event -> {}, clock, false, counting);
        accounts.add(plain("maya", "en", true), slow.hash("a long enough password"));

        slow.check("maya", "a long enough password");
        slow.check("maya", "a long enough password");
        assertThat(hashed).hasValue(1);
        slow.check("maya", "a wrong password");
        slow.check("maya", "a wrong password");
        assertThat(hashed).hasValue(3);

        clock.now = clock.now.plus(Duration.ofMinutes(6));
        slow.check("maya", "a long enough password");
        assertThat(hashed).hasValue(4);
    }

    @Test
    void refusesWeakPasswords() {
        accounts.add(plain("maya", "en", true), passwords.hash("a long enough password"));
        assertThatThrownBy(() -> passwords.change("maya", "too short")).isInstanceOf(IllegalArgumentException.class);
        assertThat(Passwords.isGoodEnough("a-very-long-login", "A-very-long-login"))
                .isFalse();
        assertThat(Passwords.isGoodEnough("maya", "ك".repeat(37))).isFalse();
        assertThat(Passwords.isGoodEnough("maya", "ك".repeat(36))).isTrue();
    }

    @Test
    void bringsTheDemosPeopleOnceAndKeepsThemOutOfOtherStarts() {
        DemoAccounts demo = new DemoAccounts(accounts, transaction);
        demo.afterSingletonsInstantiated();
        demo.afterSingletonsInstantiated();

        assertThat(accounts.all())
                .extracting(Account::login)
                .containsExactly("admin", "agent", "agent2", "analyst", "approver", "auditor", "manager", "supervisor");
        assertThat(accounts.find("admin").orElseThrow().roles()).containsExactlyInAnyOrder(Role.values());
        assertThat(passwords(true).check("agent", "agent")).isPresent();
        assertThat(passwords(false).check("agent", "agent")).isEmpty();
    }

    @Test
    void letsTheFirstAdministratorInWithAPasswordThatIsPrintedOnce() {
        FirstAdministrator first = new FirstAdministrator(accounts, passwords, transaction);

        String printed = printed(first::afterSingletonsInstantiated);

        Matcher password = Pattern.compile("One-time password: (\\S{20})").matcher(printed);
        assertThat(password.find()).isTrue();
        Account admin = passwords.check("admin", password.group(1)).orElseThrow();
        assertThat(admin.roles()).containsExactly(Role.ADMIN);
        assertThat(admin.passwordIsOneTime()).isTrue();
        assertThat(printed(first::afterSingletonsInstantiated)).isEmpty();

        passwords.change("admin", "a password of one's own");
        assertThat(accounts.find("admin").orElseThrow().passwordIsOneTime()).isFalse();
    }

    private Passwords passwords(boolean demo) {
        return new Passwords(
                accounts,
                event -> {},
                clock,
                demo,
                new DelegatingPasswordEncoder("bcrypt", Map.of("bcrypt", new BCryptPasswordEncoder(4))));
    }

    private static Account plain(String login, @Nullable String language, boolean active) {
        return new Account(
                login, login, login, language, Set.of(Role.AGENT), Set.of(), Set.of(), Set.of(), false, active);
    }

    private static String printed(Runnable work) {
        PrintStream before = System.out;
        ByteArrayOutputStream caught = new ByteArrayOutputStream();
        System.setOut(new PrintStream(caught, true, StandardCharsets.UTF_8));
        try {
            work.run();
        } finally {
            System.setOut(before);
        }
        return caught.toString(StandardCharsets.UTF_8);
    }

    private static class Hands extends Clock {

        private Instant now = Instant.parse("2026-03-02T09:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
