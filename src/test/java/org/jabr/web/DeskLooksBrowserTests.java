package org.jabr.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Media;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jabr.JabrApplication;
import org.jabr.cases.CaseDesk;
import org.jabr.cases.ClockDesk;
import org.jabr.cases.PromiseDesk;
import org.jabr.cases.RecoveryCase;
import org.jabr.cases.StoredDecision;
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
import org.jabr.worklist.WorkItem;
import org.jabr.worklist.Worklist;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.TestPropertySource;

/** Every page of the desk with much on it: on a desk, in the dark, on a telephone and on paper, in both languages. */
@SpringBootTest(classes = JabrApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@ActiveProfiles("demo")
@OnH2
@TestPropertySource(properties = {"jabr.demo.data=false", "jabr.pages.zone=Asia/Riyadh"})
class DeskLooksBrowserTests extends BrowserTest {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Decider AGENT = new Decider("agent", Authority.AGENT);

    @Autowired
    CaseIntake intake;

    @Autowired
    CaseDesk desk;

    @Autowired
    ClockDesk clocks;

    @Autowired
    PromiseDesk promises;

    @Autowired
    Customers customers;

    @Autowired
    Worklist worklist;

    @Autowired
    CustomerLinks links;

    @Autowired
    Clock clock;

    @ParameterizedTest
    @CsvSource({"en, desk", "ar, desk", "en, dark", "ar, dark", "en, narrow", "ar, narrow"})
    void everyPageIsReadableWithMuchOnIt(String language, String kind) {
        Screen screen = Screen.desk(language);
        screen = kind.contains("narrow") ? screen.narrow() : screen;
        screen = kind.contains("dark") ? screen.inTheDark() : screen;
        Much much = much(language);
        Page page = openAs("admin", screen, "/worklist");
        pages(much).forEach((name, path) -> {
            page.navigate(path);
            openWhatIsFolded(page);
            looksRight(page, "looks-" + name + "-" + language + "-" + kind);
            if (kind.equals("desk")) {
                picture(page, name + "-" + language);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "ar"})
    void everyPageCanBePrinted(String language) {
        Much much = much(language);
        Page page = openAs("admin", Screen.desk(language), "/worklist");
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
        page.setViewportSize(720, 1000);
        pages(much).forEach((name, path) -> {
            page.navigate(path);
            assertThat(page.locator("header.bar")).isHidden();
            page.evaluate("dispatchEvent(new Event('beforeprint'))");
            assertThat(page.locator("main details:not([open]):not(.screen-only)"))
                    .hasCount(0);
            fitsItsWidth(page);
            show(page, "looks-" + name + "-" + language + "-print");
        });
    }

    private Map<String, String> pages(Much much) {
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("choice", "/worklist/" + much.work().id());
        pages.put("clocks", "/cases/" + much.first().reference());
        pages.put("joining", "/cases/" + much.second().reference());
        pages.put("letter", "/cases/" + much.first().reference() + "/letter?start=thanks");
        pages.put("pauses", "/pauses");
        pages.put("decision", "/decisions/" + much.decision().id());
        pages.put("customer-own", links.path(much.first().reference()));
        return pages;
    }

    /** As a reader would who wants to see everything. */
    private static void openWhatIsFolded(Page page) {
        page.evaluate("document.querySelectorAll('main details').forEach(one => { one.open = true; })");
    }

    private void looksRight(Page page, String name) {
        assertThat(
                        (List<?>)
                                page.locator("main select")
                                        .evaluateAll(
                                                "all => all.filter(one => one.options.length < 2 && !one.form?.querySelector('[name=reason]')).map(one => one.name)"))
                .as("lists that offer nothing on %s", page.url())
                .isEmpty();
        assertThat(page.locator("body").innerText())
                .doesNotContain("??")
                .doesNotContainPattern("(?<![-\\w])[A-Z]{3,}_[A-Z]{3,}\\b");
        isAccessible(page);
        fitsItsWidth(page);
        show(page, name);
    }

    /** Two matters of a customer that may be one, with clocks, promises and a choice still to be made. */
    private record Much(RecoveryCase first, RecoveryCase second, WorkItem work, StoredDecision decision) {}

    private Much much(String language) {
        boolean arabic = language.equals("ar");
        String customer = "LOOK-" + COUNT.incrementAndGet();
        customers.save(new Customer.Details(
                customer,
                new PersonalText(arabic ? "ليلى منصور" : "Nora Haddad"),
                new PersonalText(customer.toLowerCase(java.util.Locale.ROOT) + "@example.com"),
                new PersonalText("+966500000000"),
                language,
                "EMAIL",
                true,
                true,
                false));
        RecoveryCase first = report(customer, language, arabic ? "تأخر الطلب أسبوعًا" : "Order a week late", "EMAIL");
        RecoveryCase second =
                report(customer, language, arabic ? "تأخر الطلب كثيرًا جدًا" : "Order very late again", "PHONE");
        until(() -> work(first) != null && work(second) != null);
        WorkItem work = worklist.claim(work(first).id(), new Decider("admin", Authority.MANAGER));
        String waiting = arabic ? "طلبنا صورة من الإيصال" : "asked for a photo of the receipt";
        clocks.pause(
                first.reference(),
                clocks.stories(first.reference()).get(0).clock().id(),
                "WAITING_FOR_CUSTOMER",
                new PersonalText(waiting),
                AGENT);
        promises.make(
                first.reference(),
                new PersonalText(arabic ? "سأتصل بكم حين تصل الشحنة" : "I will ring you when the parcel is there"),
                OffsetDateTime.now(clock).plusDays(2),
                AGENT);
        StoredDecision decision = desk.file(first.reference()).decisions().stream()
                .filter(one -> !one.decision().outcome().isEmpty())
                .findFirst()
                .orElseThrow();
        return new Much(first, second, work, decision);
    }

    private WorkItem work(RecoveryCase recovery) {
        return worklist.ofCase(recovery.id()).stream()
                .filter(item -> item.kind() == WorkItem.Kind.ACKNOWLEDGEMENT && item.open())
                .findFirst()
                .orElse(null);
    }

    private RecoveryCase report(String customer, String language, String subject, String channel) {
        return intake.receive(
                        new Submission(
                                null,
                                customer,
                                channel,
                                language.equals("ar") ? "التوصيل" : "Delivery",
                                subject,
                                subject + ".",
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

    private static void until(BooleanSupplier holds) {
        Instant end = Instant.now().plus(Duration.ofSeconds(90));
        while (!holds.getAsBoolean()) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("it did not happen in time");
            }
            try {
                Thread.sleep(200);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
