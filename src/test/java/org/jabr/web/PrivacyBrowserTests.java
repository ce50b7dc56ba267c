package org.jabr.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jabr.JabrApplication;
import org.jabr.cases.RecoveryCase;
import org.jabr.customers.Customer;
import org.jabr.customers.Customers;
import org.jabr.customers.PersonalText;
import org.jabr.intake.CaseIntake;
import org.jabr.intake.Submission;
import org.jabr.rules.Money;
import org.jabr.surveys.CustomerLinks;
import org.jabr.testing.OnH2;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.TestPropertySource;

/** One person takes an erasure down, another one carries it out; holds; times of keeping; both languages. */
@SpringBootTest(classes = JabrApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@ActiveProfiles("demo")
@OnH2
@TestPropertySource(properties = {"jabr.demo.data=false", "jabr.pages.zone=Asia/Riyadh", "jabr.privacy.every=PT24H"})
class PrivacyBrowserTests extends BrowserTest {

    private static final AtomicInteger COUNT = new AtomicInteger();

    @Autowired
    CaseIntake intake;

    @Autowired
    Customers customers;

    @Autowired
    CustomerLinks links;

    @Autowired
    JdbcClient jdbc;

    @ParameterizedTest
    @ValueSource(strings = {"en", "ar"})
    void twoPeopleEraseACustomerAndNobodyReadsThemAnyMore(String language) {
        boolean arabic = language.equals("ar");
        String name = arabic ? "ليلى منصور" : "Nora Haddad";
        RecoveryCase recovery = report(language, name);
        String ref = customers.get(recovery.customerId()).externalRef();

        Page lead = openAs("supervisor", Screen.desk(language), "/cases/" + recovery.reference());
        assertThat(lead.locator("#customer ~ dl")).containsText(name);
        lead.locator("#to-erasure").click();
        lead.waitForURL("**/privacy?customer=*");
        assertThat(lead.locator("form[action$='/privacy'] #customer")).hasValue(ref);
        lead.locator("#ground").selectOption("asked");
        lead.locator("form[action$='/privacy'] button").click();
        assertThat(lead.locator(".flash, .note.tone-good").first()).isVisible();
        assertThat(lead.locator("article details")).hasCount(0);
        looksRight(lead, "privacy-lead-" + language, language);

        Page manager = openAs("manager", Screen.desk(language), "/privacy");
        assertThat(manager.locator("article .tone-warn")).containsText(recovery.reference());
        assertThat(manager.locator("article form[action$='/erase']")).hasCount(0);
        close(recovery);
        manager.reload();
        manager.locator("article details").first().locator("summary").click();
        manager.locator("article details").last().locator("summary").click();
        looksRight(manager, "privacy-" + language, language);
        picture(manager, "privacy-" + language);
        manager.setViewportSize(320, 700);
        fitsItsWidth(manager);
        manager.setViewportSize(1280, 800);
        manager.locator("article form[action$='/erase'] button").click();
        assertThat(manager.locator("article")).hasCount(0);
        assertThat(manager.locator("#decided ~ .scroll tbody tr").first())
                .containsText("erased-" + recovery.customerId());
        looksRight(manager, "privacy-decided-" + language, language);

        manager.navigate("/cases/" + recovery.reference());
        assertThat(manager.locator("#erased")).isVisible();
        assertThat(manager.locator("#customer-page")).hasCount(0);
        assertThat(manager.content()).doesNotContain(name).doesNotContain(ref);
        assertThat(manager.locator(".said.quote").first()).hasText(arabic ? "مُحي هذا النص." : "The text was erased.");
        looksRight(manager, "case-erased-" + language, language);
        manager.navigate("/cases/" + recovery.reference() + "/dossier");
        assertThat(manager.locator("#erased")).isVisible();
        assertThat(manager.content()).doesNotContain(name).doesNotContain(ref);
        looksRight(manager, "dossier-erased-" + language, language);
        assertThat(manager.request().get(links.path(recovery.reference())).status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "ar"})
    void aManagerHoldsDataAndTheTimesOfKeepingAreThereToRead(String language) {
        boolean arabic = language.equals("ar");
        RecoveryCase recovery = report(language, arabic ? "ليلى منصور" : "Nora Haddad");
        close(recovery);
        String ref = customers.get(recovery.customerId()).externalRef();
        Page page = openAs("manager", Screen.desk(language), "/privacy/holds");
        page.locator("form[action$='/privacy/holds'] #customer").fill(ref);
        page.locator("#ground").selectOption("court");
        page.locator("form[action$='/privacy/holds'] button").click();
        assertThat(page.locator("tbody tr").first()).containsText(ref);
        looksRight(page, "privacy-holds-" + language, language);
        page.locator("tbody tr").first().locator("form[action$='/lift'] button").click();
        assertThat(page.locator("tbody tr").first()).containsText(arabic ? "انتهى" : "Over");

        page.locator("nav.tabs a[href$='/privacy/retention']").click();
        page.waitForURL("**/privacy/retention");
        assertThat(page.locator("tbody")).containsText(arabic ? "ألمانيا" : "Germany");
        looksRight(page, "privacy-retention-" + language, language);

        Page auditor = openAs("auditor", Screen.desk(language), "/journal");
        auditor.locator("nav.tabs a[href$='/privacy']").click();
        auditor.waitForURL("**/privacy");
        assertThat(auditor.locator("main form")).hasCount(0);
    }

    private void close(RecoveryCase recovery) {
        jdbc.sql("update recovery_case set stage = 'CLOSED', closed_at = received_at where id = :id")
                .param("id", recovery.id().value())
                .update();
        jdbc.sql("update effect set state = 'CONFIRMED' where case_id = :id")
                .param("id", recovery.id().value())
                .update();
    }

    private RecoveryCase report(String language, String name) {
        boolean arabic = language.equals("ar");
        int n = COUNT.incrementAndGet();
        String ref = "P-" + n;
        customers.save(
                new Customer.Details(ref, new PersonalText(name), null, null, language, null, false, false, false));
        return intake.receive(
                        new Submission(
                                "PRIVACY-" + n,
                                ref,
                                "EMAIL",
                                arabic ? "التوصيل" : "Delivery",
                                arabic ? "تأخر الطرد" : "Parcel is late",
                                arabic ? "انتظرت أسبوعين." : "I waited for two weeks.",
                                Money.of("40.00", "USD"),
                                null,
                                null,
                                null,
                                language,
                                Map.of("failure.type", "LATE_DELIVERY"),
                                Map.of()),
                        "agent")
                .recovery();
    }
}
