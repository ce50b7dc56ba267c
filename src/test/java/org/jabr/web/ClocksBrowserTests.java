package org.jabr.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.jabr.JabrApplication;
import org.jabr.cases.CaseDesk;
import org.jabr.cases.ClockDesk;
import org.jabr.cases.Promise;
import org.jabr.cases.RecoveryCase;
import org.jabr.customers.Customer;
import org.jabr.customers.Customers;
import org.jabr.customers.PersonalText;
import org.jabr.intake.CaseIntake;
import org.jabr.intake.Submission;
import org.jabr.rules.Authority;
import org.jabr.rules.Decider;
import org.jabr.rules.Money;
import org.jabr.surveys.CustomerLinks;
import org.jabr.testing.OnH2;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.TestPropertySource;

/** Clocks and promises as people work with them, in both languages. */
@SpringBootTest(classes = JabrApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@ActiveProfiles("demo")
@OnH2
@TestPropertySource(properties = {"jabr.demo.data=false", "jabr.pages.zone=Asia/Riyadh"})
class ClocksBrowserTests extends BrowserTest {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final DateTimeFormatter FIELD = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm");

    @Autowired
    CaseIntake intake;

    @Autowired
    CaseDesk desk;

    @Autowired
    ClockDesk clocks;

    @Autowired
    Customers customers;

    @Autowired
    CustomerLinks links;

    @ParameterizedTest
    @CsvSource({"en", "ar"})
    void pausesAClockLetsItGoOnAndReadsWhatHappened(String language) {
        RecoveryCase recovery = report(language);
        Page page = openAs("agent", Screen.desk(language), "/cases");
        page.clock().install();
        page.navigate("/cases/" + recovery.reference());
        Locator clock = page.locator(".clock").first();
        assertThat(page.locator(".clock")).hasCount(3);
        assertThat(clock.locator("[data-state]")).hasClass(Pattern.compile(".*tone-active.*"));

        clock.locator("details.fold").first().locator("summary").click();
        clock.locator("select[name=reason]").selectOption("WAITING_FOR_CUSTOMER");
        clock.locator("textarea[name=note]").fill("<b>asked for a photo</b>");
        clock.locator("button.btn").first().click();

        assertThat(page.locator("#flash .note")).isVisible();
        assertThat(clock.locator("[data-state]")).hasClass(Pattern.compile(".*tone-warn.*"));
        // a deadline of the law offers no pause
        assertThat(page.locator(".clock").nth(1).locator("select[name=reason]")).hasCount(0);
        clock.locator("details.fold").last().locator("summary").click();
        assertThat(clock.locator(".timeline li")).hasCount(2);
        assertThat(clock.locator(".timeline .said")).hasText("<b>asked for a photo</b>");
        noKeysLeft(page);
        isAccessible(page);
        fitsItsWidth(page);
        show(page, "clocks-paused-" + language);

        // somebody else lets it go on, and the page says so within a minute
        long id = clocks.stories(recovery.reference()).get(0).clock().id();
        clocks.resume(recovery.reference(), id, new Decider("supervisor", Authority.SUPERVISOR));
        page.clock().fastForward(61_000);
        assertThat(clock.locator("[data-state]")).hasClass(Pattern.compile(".*tone-active.*"));
        page.reload();
        clock.locator("details.fold").last().locator("summary").click();
        assertThat(clock.locator(".timeline li")).hasCount(3);
        show(page, "clocks-resumed-" + language);

        Page lead = openAs("supervisor", Screen.desk(language).narrow(), "/pauses");
        assertThat(lead.locator("tbody tr").first()).containsText(recovery.reference());
        assertThat(lead.locator(".empty")).hasCount(0);
        noKeysLeft(lead);
        isAccessible(lead);
        fitsItsWidth(lead);
        show(lead, "pauses-narrow-" + language);
        Page wide = openAs("supervisor", Screen.desk(language), "/pauses");
        isAccessible(wide);
        show(wide, "pauses-" + language);
    }

    @ParameterizedTest
    @CsvSource({"en, I will ring you about the courier", "ar, سأتصل بكم بشأن الشحنة"})
    void promisesSomethingMovesItAndKeepsIt(String language, String said) {
        RecoveryCase recovery = report(language);
        Page page = openAs("agent", Screen.desk(language), "/cases/" + recovery.reference());

        promise(page, said, field(-1));
        assertThat(page.locator("#promise-said")).hasValue(said);
        isAccessible(page);
        page.locator("#promise-due").fill(field(2));
        page.locator("#make-promise button.btn").click();

        Locator made = page.locator("li[id^=promise-]").last();
        assertThat(made.locator(".said")).hasText(said);
        noKeysLeft(page);
        isAccessible(page);
        fitsItsWidth(page);
        show(page, "promises-" + language);

        made.locator("details summary").click();
        made.locator("input[name=due]").fill(field(3));
        made.locator("details button").click();
        assertThat(page.locator("#flash .note")).isVisible();
        assertThat(desk.file(recovery.reference()).contacts())
                .anyMatch(contact -> "promise-moved".equals(contact.letter()));

        Page customer = open(Screen.desk(language), links.path(recovery.reference()));
        assertThat(customer.locator(".deadlines .said")).hasText(said);
        isAccessible(customer);

        made.locator("form button").first().click();
        assertThat(made.locator(".tone-good")).isVisible();
        assertThat(desk.file(recovery.reference()).promises())
                .filteredOn(promise -> promise.kind() == Promise.Kind.AGREED)
                .extracting(Promise::state)
                .containsExactly(Promise.State.KEPT);
        page.navigate("/cases/" + recovery.reference());
        noKeysLeft(page);
    }

    private static void promise(Page page, String said, String due) {
        page.locator("#make-promise summary").click();
        page.locator("#promise-said").fill(said);
        page.locator("#promise-due").fill(due);
        page.locator("#make-promise button.btn").click();
        comes(page.locator("#flash .note"));
    }

    private static String field(int days) {
        return LocalDateTime.now(ZoneId.of("Asia/Riyadh")).plusDays(days).format(FIELD);
    }

    /** No name of a sentence or of a value stands where words should. */
    private static void noKeysLeft(Page page) {
        assertThat(page.locator("body").innerText())
                .doesNotContain("??")
                .doesNotContainPattern("\\b[A-Z]{3,}_[A-Z]{3,}\\b");
    }

    private RecoveryCase report(String language) {
        int n = COUNT.incrementAndGet();
        boolean arabic = language.equals("ar");
        customers.save(new Customer.Details(
                "K-" + n,
                new PersonalText(arabic ? "ليلى منصور" : "Nora Haddad"),
                new PersonalText("clock" + n + "@example.com"),
                null,
                language,
                "EMAIL",
                false,
                false,
                false));
        return intake.receive(
                        new Submission(
                                "CLOCK-" + n,
                                "K-" + n,
                                "EMAIL",
                                arabic ? "حساب" : "Account",
                                arabic ? "رسوم غير صحيحة" : "A wrong fee",
                                arabic ? "دفعت رسومًا مرتين." : "I paid a fee twice.",
                                Money.of("900.00", "SAR"),
                                null,
                                null,
                                null,
                                language,
                                Map.of(
                                        "failure.type",
                                        "DUPLICATE_CHARGE",
                                        "failure.regime",
                                        "FINANCE_US",
                                        "conversation.emotion",
                                        "ANGRY"),
                                Map.of()),
                        "agent")
                .recovery();
    }
}
