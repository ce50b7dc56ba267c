package org.jabr.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.RequestOptions;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jabr.JabrApplication;
import org.jabr.cases.RecoveryCase;
import org.jabr.catalogue.ItemWish;
import org.jabr.intake.CaseIntake;
import org.jabr.intake.Submission;
import org.jabr.remedies.RemedyDesk;
import org.jabr.remedies.RemedyOrder;
import org.jabr.rules.Authority;
import org.jabr.rules.Money;
import org.jabr.rules.Remedy;
import org.jabr.surveys.CustomerLinks;
import org.jabr.testing.OnH2;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.support.TransactionTemplate;

/** The catalogue as those see it who look after it, who give of it and who get it, in both languages. */
@SpringBootTest(classes = JabrApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@ActiveProfiles("demo")
@OnH2
@TestPropertySource(
        properties = {"jabr.demo.data=false", "jabr.pages.zone=Asia/Riyadh", "camunda.bpm.job-execution.enabled=false"})
class CatalogueBrowserTests extends BrowserTest {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final String AGENT =
            "Basic " + Base64.getEncoder().encodeToString("agent:agent".getBytes(StandardCharsets.UTF_8));

    @Autowired
    CaseIntake intake;

    @Autowired
    RemedyDesk remedies;

    @Autowired
    CustomerLinks links;

    @Autowired
    TransactionTemplate transaction;

    @ParameterizedTest
    @ValueSource(strings = {"en", "ar"})
    void aManagerLooksAfterTheCatalogueAndACustomerSeesWhatTheyGet(String language) {
        boolean arabic = language.equals("ar");
        String code = "TEA-" + language.toUpperCase(Locale.ROOT);
        Page page = openAs("manager", Screen.desk(language), "/catalogue/new");
        page.locator("#item-code").fill(code);
        page.locator("input[name=kind][value=GIFT]").check();
        page.locator("#item-name-en").fill("Tin of tea");
        page.locator("#item-name-ar").fill("علبة شاي");
        page.locator("#item-about-en").fill("Black tea with mint");
        page.locator("#item-costs").fill("USD 5.001");
        page.locator("#item-from").fill("2026-03-02");
        page.locator("#item-until").fill("2026-03-01");
        expectsRefusal(422);
        page.locator("form.answers button").click();
        assertThat(page.locator("#item-costs-error")).containsText(arabic ? "بعد الفاصلة" : "digits after the point");
        assertThat(page.locator("#item-until-error")).not().isEmpty();
        assertThat(page.locator("#item-about-ar-error")).not().isEmpty();
        assertThat(page.locator("#item-about-en")).hasValue("Black tea with mint");
        isAccessible(page);
        fitsItsWidth(page);
        show(page, "catalogue-form-" + language);
        page.setViewportSize(320, 700);
        fitsItsWidth(page);
        isAccessible(page);
        page.setViewportSize(1280, 800);
        page.locator("#item-about-ar").fill("شاي أسود بالنعناع");
        page.locator("#item-costs").fill("USD 5; SAR 19");
        page.locator("#item-from").fill("");
        page.locator("#item-until").fill("");
        page.locator("input[name=moods][value=ANGRY]").check();
        page.locator("form.answers button").click();
        assertThat(page.locator("#flash .tone-good")).isVisible();
        assertThat(page.locator(".page-head .badge-house")).hasText(arabic ? "نفد" : "out of stock");

        page.locator("#pieces").fill("2.5");
        page.locator("#reason").fill(arabic ? "توريد" : "Delivery");
        page.locator("form[action$='/stock'] button").click();
        assertThat(page.locator("#flash .tone-warn")).isVisible();
        assertThat(page.locator("#reason")).hasValue(arabic ? "توريد" : "Delivery");
        page.locator("#pieces").fill("3");
        page.locator("form[action$='/stock'] button").click();
        assertThat(page.locator("#flash .tone-good")).isVisible();
        assertThat(page.locator("section[aria-labelledby=moved] tbody tr")).hasCount(1);

        RecoveryCase recovery = report(language);
        String gift = give(recovery, language);
        page.navigate("/catalogue/" + code);
        assertThat(page.locator("section[aria-labelledby=given] tbody tr")).hasCount(1);
        page.locator("section[aria-labelledby=given] summary").click();
        isAccessible(page);
        fitsItsWidth(page);
        show(page, "catalogue-item-" + language);
        page.setViewportSize(320, 700);
        fitsItsWidth(page);
        isAccessible(page);
        show(page, "catalogue-item-narrow-" + language);
        page.setViewportSize(1280, 800);

        page.navigate("/effects/" + gift);
        assertThat(page.locator("section[aria-labelledby=chosen]")).containsText(arabic ? "علبة شاي" : "Tin of tea");
        isAccessible(page);
        show(page, "catalogue-why-" + language);

        Page late = openAs("admin", Screen.desk(language), "/catalogue/" + code + "/edit");
        page.navigate("/catalogue/" + code + "/edit");
        page.locator("#item-costs").fill("USD 6; SAR 22");
        page.locator("form.answers button").click();
        assertThat(page.locator("#flash .tone-good")).isVisible();
        late.locator("#item-name-en").fill("Tin of green tea");
        expectsRefusal(409);
        late.locator("form.answers button").click();
        assertThat(late.locator(".note.tone-warn")).isVisible();
        assertThat(late.locator("#item-name-en")).hasValue("Tin of green tea");
        isAccessible(late);

        page.navigate("/catalogue/import");
        page.locator("#pasted")
                .fill(
                        "code,kind,name-en,name-ar,about-en,about-ar,costs,from,until,regions,languages,failures,tiers,moods,counted\n"
                                + "MUG-" + code + ",GIFT,Mug,كوب,A mug,كوب,USD 4,,,,en ar,,GOLD,,no\n"
                                + "CAP,GIFT,Cap,قبعة,A cap,قبعة,XYZ 4,,,,,,,,no\n");
        page.locator("form[action$='/import'] button").click();
        assertThat(page.locator("section[aria-labelledby=taken] tbody tr")).hasCount(2);
        isAccessible(page);
        fitsItsWidth(page);
        show(page, "catalogue-import-" + language);

        Page reads = openAs("agent", Screen.desk(language).inTheDark(), "/catalogue");
        assertThat(reads.locator("tbody")).containsText(arabic ? "علبة شاي" : "Tin of tea");
        assertThat(reads.locator("a[href$='/catalogue/new']")).hasCount(0);
        isAccessible(reads);
        fitsItsWidth(reads);
        show(reads, "catalogue-" + language);
        picture(reads, "catalogue-" + language);
        reads.setViewportSize(320, 700);
        fitsItsWidth(reads);
        assertThat(reads.request()
                        .get("/api/catalogue?kind=GIFT", RequestOptions.create().setHeader("Authorization", AGENT))
                        .text())
                .contains("\"code\":\"" + code + "\"", "\"left\":2", "stock/" + code + "/GIFT/pieces/available");

        Page customer = open(Screen.desk(language), links.path(recovery.reference()) + "?lang=" + language);
        assertThat(customer.locator("ul.done")).containsText(arabic ? "علبة شاي" : "Tin of tea");
        isAccessible(customer);
        show(customer, "catalogue-customer-" + language);

        page.navigate("/catalogue/" + code);
        page.locator("form[action$='/retire'] button").click();
        assertThat(page.locator("#flash .tone-good")).isVisible();
        page.navigate("/catalogue/MUG-" + code);
        page.locator("form[action$='/retire'] button").click();
        page.navigate("/catalogue?retired=true");
        assertThat(page.locator("tbody")).containsText(code);
    }

    /** Grants a gift as the rules would. */
    private String give(RecoveryCase recovery, String language) {
        long decision = 8_000_000L + COUNT.incrementAndGet();
        transaction.executeWithoutResult(status -> {
            remedies.place(List.of(new RemedyOrder(
                    recovery.id(),
                    recovery.reference(),
                    recovery.customerId(),
                    recovery.queue(),
                    decision,
                    "exceed",
                    new Remedy("GIFT", Remedy.RemedyClass.GOODWILL, "GIFT"),
                    Money.of("15.00", "USD"),
                    null,
                    false,
                    false,
                    Authority.RULES,
                    "rules",
                    new ItemWish.About(
                            recovery.release(),
                            "USD",
                            language,
                            "",
                            Map.of("failure.type", recovery.failureType(), "conversation.emotion", "ANGRY")))));
            remedies.carryOut(recovery.id());
        });
        return decision + "-GIFT";
    }

    private RecoveryCase report(String language) {
        int n = COUNT.incrementAndGet();
        return intake.receive(
                        new Submission(
                                "CATALOGUE-" + n,
                                "CAT-" + n,
                                "EMAIL",
                                "Delivery",
                                "Late",
                                "It came late",
                                Money.of("80.00", "USD"),
                                null,
                                null,
                                null,
                                language,
                                Map.of("failure.type", "LATE_DELIVERY", "conversation.emotion", "ANGRY"),
                                Map.of()),
                        "agent")
                .recovery();
    }
}
