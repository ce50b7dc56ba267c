package org.jabr.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.jabr.JabrApplication;
import org.jabr.cases.CaseDesk;
import org.jabr.cases.Cases;
import org.jabr.cases.Merges;
import org.jabr.cases.RecoveryCase;
import org.jabr.cases.Stage;
import org.jabr.customers.Customer;
import org.jabr.customers.Customers;
import org.jabr.customers.PersonalText;
import org.jabr.intake.CaseIntake;
import org.jabr.intake.Submission;
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

/** Cases that belong together become one, another matter comes apart, and a letter leaves after its wording was mended. */
@SpringBootTest(classes = JabrApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@ActiveProfiles("demo")
@OnH2
@TestPropertySource(properties = {"jabr.demo.data=false", "jabr.pages.zone=Asia/Riyadh"})
class JoiningBrowserTests extends BrowserTest {

    private static final AtomicInteger COUNT = new AtomicInteger();

    @Autowired
    CaseIntake intake;

    @Autowired
    CaseDesk desk;

    @Autowired
    Cases cases;

    @Autowired
    Merges merges;

    @Autowired
    Customers customers;

    @Autowired
    CustomerLinks links;

    @ParameterizedTest
    @CsvSource({"en", "ar"})
    void joinsWhatIsSuggestedAndSplitsAnotherMatterOff(String language) {
        boolean arabic = language.equals("ar");
        String customer = customer(language);
        RecoveryCase first = report(
                customer,
                "EMAIL",
                arabic ? "التوصيل" : "Delivery",
                arabic ? "تأخر الطلب أسبوعًا" : "Order a week late");
        RecoveryCase second = report(
                customer,
                "PHONE",
                arabic ? "التوصيل" : "Delivery",
                arabic ? "تأخر الطلب كثيرًا جدًا" : "Order very late again");
        settled(first);
        settled(second);
        Page page = openAs("agent", Screen.desk(language), "/cases/" + second.reference());

        assertThat(page.locator(".suggestion")).containsText(first.reference());
        looksRight(page, "joining-suggested-" + language);
        page.locator(".suggestion input[name=reason]").fill(arabic ? "طلب واحد" : "One order");
        page.locator(".suggestion button[value=true]").click();

        assertThat(page).hasURL(Pattern.compile(".*/cases/" + first.reference() + "([?#].*)?$"));
        assertThat(page.locator(".links")).containsText(second.reference());
        assertThat(page.locator(".links")).containsText(arabic ? "طلب واحد" : "One order");
        assertThat(merges.survivor(second.id())).isEqualTo(first.id());
        looksRight(page, "joining-merged-" + language);
        page.navigate("/cases/" + second.reference());
        assertThat(page.locator("#merged-into a")).hasText(first.reference());
        looksRight(page, "joining-gone-on-" + language);
        page.navigate(links.path(second.reference()));
        assertThat(page).hasURL(Pattern.compile(".*" + links.path(first.reference())));

        page.navigate("/cases/" + first.reference());
        page.locator("#split summary").click();
        page.locator("#split input[name=contact]").last().check();
        page.locator("#split-subject").fill(arabic ? "التطبيق لا يعمل" : "The app does not open");
        page.locator("#split-reason").fill(arabic ? "أمران مختلفان" : "Two matters");
        looksRight(page, "joining-split-" + language);
        page.locator("#split form button.btn").click();

        assertThat(page).not().hasURL(Pattern.compile(".*/cases/" + first.reference()));
        assertThat(page.locator(".links")).containsText(first.reference());
        assertThat(cases.get(first.id()).contacts()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"en", "ar"})
    void mergesByHandAndKeepsOthersApart(String language) {
        boolean arabic = language.equals("ar");
        String customer = customer(language);
        RecoveryCase first =
                report(customer, "EMAIL", arabic ? "الدفع" : "Payment", arabic ? "خُصم المبلغ مرتين" : "Charged twice");
        RecoveryCase second = report(
                customer, "EMAIL", arabic ? "التطبيق" : "App", arabic ? "لا أرى طلباتي" : "I cannot see my orders");
        settled(first);
        settled(second);
        Page page = openAs("agent", Screen.desk(language), "/cases/" + second.reference());

        assertThat(page.locator(".suggestion")).hasCount(0);
        page.locator("#merge summary").click();
        page.locator("#merge-into").selectOption(first.reference());
        page.locator("#merge-reason").fill(arabic ? "أمر واحد" : "One matter");
        page.locator("#merge form button.btn").click();

        assertThat(page).hasURL(Pattern.compile(".*/cases/" + first.reference() + "([?#].*)?$"));
        assertThat(cases.get(second.id()).stage()).isEqualTo(Stage.CLOSED);
        page.setViewportSize(320, 700);
        fitsItsWidth(page);
    }

    @ParameterizedTest
    @CsvSource({"en, You should have called us.", "ar, كان عليكم أن تتصلوا بنا."})
    void pointsOutABlamingPhraseAndSendsTheMendedLetter(String language, String blame) {
        boolean arabic = language.equals("ar");
        RecoveryCase recovery = report(
                customer(language), "EMAIL", arabic ? "التوصيل" : "Delivery", arabic ? "تأخر الطلب" : "Order late");
        settled(recovery);
        Page page = openAs("agent", Screen.desk(language), "/cases/" + recovery.reference());

        page.locator("#write-letter").click();
        page.locator("#start").selectOption("thanks");
        page.locator("form[method=get] button").click();
        assertThat(page.locator("#body")).hasValue(Pattern.compile("[\\s\\S]{40,}"));
        String text = page.locator("#body").inputValue();
        page.locator("#body").fill(text + "\n" + blame);
        page.locator("button[value=send]").click();

        assertThat(page.locator("#pointed mark")).hasCount(1);
        expectsRefusal(422);
        assertThat(page.locator("#body").inputValue()).endsWith(blame);
        looksRight(page, "letter-pointed-" + language);
        page.locator("#body").fill(text);
        page.locator("#channel").selectOption("LETTER");
        page.locator("button[value=send]").click();
        assertThat(page.locator("#why")).isVisible();
        expectsRefusal(422);
        looksRight(page, "letter-why-" + language);
        page.locator("#why").fill(arabic ? "طلب العميل ذلك" : "The customer asked for it");
        page.locator("button[value=send]").click();

        assertThat(page).hasURL(Pattern.compile(".*/cases/" + recovery.reference() + "$"));
        assertThat(desk.file(recovery.reference()).contacts()).anySatisfy(contact -> {
            assertThat(contact.by()).isEqualTo("agent");
            assertThat(contact.channel()).isEqualTo("LETTER");
            assertThat(PersonalText.shown(contact.body())).doesNotContain(blame);
        });
        looksRight(page, "letter-sent-" + language);
    }

    private void looksRight(Page page, String name) {
        assertThat(page.locator("body").innerText())
                .doesNotContain("??")
                .doesNotContainPattern("\\b[A-Z]{3,}_[A-Z]{3,}\\b");
        isAccessible(page);
        fitsItsWidth(page);
        show(page, name);
    }

    private String customer(String language) {
        String ref = "JB-" + COUNT.incrementAndGet();
        customers.save(new Customer.Details(
                ref,
                new PersonalText(language.equals("ar") ? "ليلى منصور" : "Nora Haddad"),
                null,
                null,
                language,
                "EMAIL",
                false,
                false,
                false));
        return ref;
    }

    private RecoveryCase report(String customer, String channel, String category, String subject) {
        return intake.receive(
                        new Submission(
                                null,
                                customer,
                                channel,
                                category,
                                subject,
                                subject + ".",
                                Money.of("40.00", "SAR"),
                                null,
                                null,
                                null,
                                null,
                                Map.of("failure.type", "LATE_DELIVERY"),
                                Map.of()),
                        "agent")
                .recovery();
    }

    /** The engine has come to where it waits for time or a person. */
    private void settled(RecoveryCase recovery) {
        until(() -> cases.get(recovery.id()).stage() == Stage.FOLLOW_UP);
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
