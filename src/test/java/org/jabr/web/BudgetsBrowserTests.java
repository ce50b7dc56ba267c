package org.jabr.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.RequestOptions;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jabr.JabrApplication;
import org.jabr.cases.RecoveryCase;
import org.jabr.intake.CaseIntake;
import org.jabr.intake.Submission;
import org.jabr.rules.Authority;
import org.jabr.rules.Decider;
import org.jabr.rules.Money;
import org.jabr.rules.Remedy;
import org.jabr.testing.OnH2;
import org.jabr.treasury.Grant;
import org.jabr.treasury.Treasury;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.TestPropertySource;

/** Budgets and the ledger as those who lead see them, in both languages. */
@SpringBootTest(classes = JabrApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@ActiveProfiles("demo")
@OnH2
// Looks at all budgets, so it has a house of its own.
@TestPropertySource(
        properties = {"jabr.demo.data=false", "jabr.pages.zone=Asia/Riyadh", "camunda.bpm.job-execution.enabled=false"})
class BudgetsBrowserTests extends BrowserTest {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final String MANAGER =
            "Basic " + Base64.getEncoder().encodeToString("manager:manager".getBytes(StandardCharsets.UTF_8));

    @Autowired
    CaseIntake intake;

    @Autowired
    Treasury treasury;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Clock clock;

    @AfterEach
    void nothingIsLeft() {
        for (String table : List.of(
                "budget_change", "books_difference", "pot_claim", "posting", "movement", "ledger_account", "pot")) {
            jdbc.sql("delete from " + table).update();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "ar"})
    void aManagerSeesABudgetRunOutAndRaisesItWithAnotherOne(String language) {
        boolean arabic = language.equals("ar");
        RecoveryCase recovery = report(language);
        give(recovery, "DELIVERY", 9_000_000, "manager");
        give(recovery, "SERVICE", 4_200, "agent");

        Page page = openAs("manager", Screen.desk(language), "/budgets");
        assertThat(page.locator("tbody tr")).hasCount(2);
        assertThat(page.locator("tbody tr").first().locator(".badge-house"))
                .hasText(arabic ? "يوشك على النفاد" : "running out");
        assertThat(page.locator("tbody tr").nth(1).locator(".badge-house")).hasCount(0);
        isAccessible(page);
        fitsItsWidth(page);
        show(page, "budgets-" + language);
        picture(page, "budgets-" + language);
        page.setViewportSize(320, 700);
        fitsItsWidth(page);
        isAccessible(page);
        show(page, "budgets-narrow-" + language);
        page.setViewportSize(1280, 800);

        String told = page.request()
                .get("/api/budgets?kind=TEAM&in=SAR", RequestOptions.create().setHeader("Authorization", MANAGER))
                .text();
        assertThat(told)
                .contains(
                        "\"code\":\"team/DELIVERY/USD\"", "\"leftIn\":{\"amount\":\"37500.00\",\"currency\":\"SAR\"}");
        assertThat(page.request()
                        .get("/api/budgets?in=EUR", RequestOptions.create().setHeader("Authorization", MANAGER))
                        .text())
                .contains("TREASURY-002");

        page.locator("#in").selectOption("SAR");
        page.locator("form[action$='/budgets'] button").click();
        assertThat(page.locator("tbody tr").first()).containsText("37,500.00");
        page.locator("#in").selectOption("EUR");
        page.locator("form[action$='/budgets'] button").click();
        assertThat(page.locator(".tone-warn.note")).isVisible();

        page.locator("a[href*='/budgets/change']").first().click();
        page.locator("#amount").fill("12.345");
        page.locator("#reason").fill(arabic ? "موسم رمضان" : "A storm in the north");
        page.locator("form[action$='/budgets/change'] button").click();
        assertThat(page.locator("#flash .tone-warn")).isVisible();
        assertThat(page.locator("#reason")).hasValue(arabic ? "موسم رمضان" : "A storm in the north");
        page.locator("#amount").fill("20000");
        isAccessible(page);
        fitsItsWidth(page);
        show(page, "budget-" + language);
        page.locator("form[action$='/budgets/change'] button").click();
        assertThat(page.locator("#flash .tone-good"))
                .containsText(arabic ? "طُلبت موافقة مدير آخر" : "Another manager is asked");
        page.navigate("/budgets");
        assertThat(page.locator("form[action$='/agree']")).hasCount(0);

        Page other = openAs("admin", Screen.desk(language).inTheDark(), "/budgets");
        isAccessible(other);
        show(other, "budgets-agree-" + language);
        other.locator("form[action$='/agree'] button").click();
        assertThat(other.locator("#flash .tone-good")).isVisible();
        assertThat(other.locator("tbody tr").first().locator(".badge-house")).hasCount(0);
        assertThat(other.locator("tbody tr").first()).containsText("30,000.00");

        Page supervisor = openAs("supervisor", Screen.desk(language), "/budgets");
        assertThat(supervisor.locator("a[href*='/budgets/change']")).hasCount(0);
        supervisor.locator("nav a[href*='kind=ALLOWANCE']").click();
        assertThat(supervisor.locator("tbody").first()).containsText(arabic ? "مايا كول" : "Maya Cole");
        supervisor.locator("nav a[href*='kind=WINDOW']").click();
        assertThat(supervisor.locator("section[aria-labelledby=lines] tbody tr"))
                .hasCount(1);
        supervisor.locator("nav a[href*='kind=STOCK']").click();
        isAccessible(supervisor);
        show(supervisor, "budgets-store-" + language);
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "ar"})
    void theLedgerLeadsFromAnEntryToItsCase(String language) {
        RecoveryCase recovery = report(language);
        for (int i = 0; i < 60; i++) {
            give(recovery, "DELIVERY", 100 + i, "agent");
        }
        jdbc.sql(
                        "insert into books_difference (code, what, expected, found, found_at) values ('BOOKS-007', '9-REFUND', '800', '900', :at)")
                .param("at", OffsetDateTime.now(clock))
                .update();

        Page page = openAs("auditor", Screen.desk(language), "/budgets");
        assertThat(page.locator("section[aria-labelledby=differences] li")).hasCount(1);
        isAccessible(page);
        show(page, "books-" + language);
        page.locator("a[href*='/ledger?account=']").first().click();
        assertThat(page.locator("section[aria-labelledby=entries] tbody tr")).hasCount(50);
        isAccessible(page);
        fitsItsWidth(page);
        show(page, "account-" + language);
        page.setViewportSize(320, 700);
        fitsItsWidth(page);
        isAccessible(page);
        show(page, "account-narrow-" + language);
        page.setViewportSize(1280, 800);
        page.locator("nav a[href*='before=']").click();
        // Sixty were reserved, and the pot was filled once.
        assertThat(page.locator("section[aria-labelledby=entries] tbody tr")).hasCount(11);
        page.locator("a[href$='/ledger']").first().click();
        assertThat(page.locator("tbody tr")).hasCount(3);
        isAccessible(page);
        fitsItsWidth(page);
        show(page, "ledger-" + language);
        picture(page, "ledger-" + language);
        page.locator("tbody a").first().click();
        page.locator("section[aria-labelledby=entries] a[href*='/cases/']")
                .first()
                .click();
        page.waitForURL(url -> url.endsWith("/cases/" + recovery.reference()));
    }

    private void give(RecoveryCase recovery, String desk, long minor, String login) {
        String key = COUNT.incrementAndGet() + "-CREDIT";
        Money money = Money.ofMinor(minor, "USD");
        Authority authority = login.equals("manager") ? Authority.MANAGER : Authority.AGENT;
        assertThat(treasury.reserve(
                                recovery.id(),
                                List.of(new Grant(
                                        key,
                                        recovery.id(),
                                        recovery.reference(),
                                        recovery.customerId(),
                                        desk,
                                        "CREDIT",
                                        Remedy.RemedyClass.GOODWILL,
                                        money,
                                        authority,
                                        new Decider(login, authority),
                                        true,
                                        OffsetDateTime.now(clock))))
                        .get(0)
                        .reserved())
                .isTrue();
        treasury.commit(key, recovery.reference(), "CREDIT", money, login);
    }

    private RecoveryCase report(String language) {
        int n = COUNT.incrementAndGet();
        return intake.receive(
                        new Submission(
                                "BUDGET-" + n,
                                "B-" + n,
                                "EMAIL",
                                "Billing",
                                "Charged twice",
                                "I was charged twice",
                                Money.of("12.00", "USD"),
                                null,
                                null,
                                null,
                                language,
                                Map.of("failure.type", "DUPLICATE_CHARGE"),
                                Map.of()),
                        "agent")
                .recovery();
    }
}
