package org.jabr.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.jabr.JabrApplication;
import org.jabr.audit.SearchLook;
import org.jabr.intake.CaseIntake;
import org.jabr.intake.Submission;
import org.jabr.journal.SealLook;
import org.jabr.rules.Money;
import org.jabr.testing.OnH2;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.TestPropertySource;

/** An auditor searches, draws a sample, judges it, and what was wrong is put right; in both languages. */
@SpringBootTest(classes = JabrApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@ActiveProfiles("demo")
@OnH2
@Import({SealLook.class, SearchLook.class})
@TestPropertySource(
        properties = {
            "jabr.demo.data=false",
            "jabr.pages.zone=Asia/Riyadh",
            "jabr.journal.every=PT24H",
            "jabr.audit.search-every=PT24H",
            "camunda.bpm.job-execution.enabled=false"
        })
class ReviewBrowserTests extends BrowserTest {

    private static final AtomicInteger COUNT = new AtomicInteger();

    @Autowired
    CaseIntake intake;

    @Autowired
    SealLook seal;

    @Autowired
    SearchLook search;

    @ParameterizedTest
    @ValueSource(strings = {"en", "ar"})
    void anAuditorSearchesDrawsAndJudgesAndWhatWasWrongIsPutRight(String language) {
        boolean arabic = language.equals("ar");
        for (int i = 0; i < 3; i++) {
            report(language);
        }
        seal.now();
        search.now();

        Page page = openAs("auditor", Screen.desk(language), "/decisions");
        assertThat(page.locator("tbody tr").first()).isVisible();
        looksRight(page, "decisions-" + language, language);
        picture(page, "decisions-" + language);
        page.setViewportSize(320, 700);
        fitsItsWidth(page);
        isAccessible(page);
        page.setViewportSize(1280, 800);
        page.locator(".facets details", new Page.LocatorOptions().setHas(page.locator("a[href*='moment=intake']")))
                .locator("summary")
                .click();
        page.locator(".facets a[href*='moment=intake']").click();
        page.waitForURL("**/decisions?moment=intake");
        page.locator(
                        ".facets details",
                        new Page.LocatorOptions().setHas(page.locator("a[href*='language=" + language + "']")))
                .locator("summary")
                .click();
        page.locator(".facets a[href*='language=" + language + "']").click();
        assertThat(page.locator(".chips li")).hasCount(2);
        assertThat(page.locator("tbody tr")).hasCount(3);
        looksRight(page, "decisions-narrowed-" + language, language);
        page.locator("#least").fill("10");
        page.locator(".filters button").click();
        assertThat(page.locator("#flash .tone-warn")).containsText(arabic ? "عملة" : "currency");
        assertThat(page.locator("#least")).hasValue("10");

        page.navigate("/decisions?moment=intake&language=" + language);
        page.locator("a[href*='/samples/new']").click();
        page.waitForURL("**/samples/new?**");
        looksRight(page, "sample-new-" + language, language);
        page.locator("#name").fill(arabic ? "عينة الشهر" : "Sample of the month");
        page.locator("#seed").fill("2026-" + language);
        page.locator("input[name=plan][value=quick]").check();
        page.locator("form[action$='/samples'] button").click();
        page.waitForURL(Pattern.compile(".*/samples/\\d+$"));
        assertThat(page.locator("section[aria-labelledby=items] tbody tr")).hasCount(3);
        looksRight(page, "sample-" + language, language);
        String sample = page.url();
        page.locator("a[href*='again=1']").click();
        assertThat(page.locator("#again")).hasClass(Pattern.compile(".*tone-good.*"));

        page.locator("a.btn-primary[href*='/items/1']").click();
        looksRight(page, "sample-item-" + language, language);
        judge(page, "YES", "");
        assertThat(page.locator("#flash .tone-good")).isVisible();
        page.locator(".page-head a[href*='/items/2']").click();
        page.waitForURL("**/items/2");
        judge(page, "NO", "");
        assertThat(page.locator("#flash .tone-warn")).containsText(arabic ? "الخطأ" : "what is wrong");
        assertThat(page.locator("input[value=NO]:checked").first()).isVisible();
        judge(page, "NO", arabic ? "كانت خسارة العميل أعلى" : "The customer lost more");
        assertThat(page.locator("#flash .tone-good")).isVisible();
        looksRight(page, "sample-item-error-" + language, language);
        page.locator("#severity").selectOption("major");
        page.locator("#cause").selectOption("data-missing");
        page.locator("#said").fill(arabic ? "لم تُسجَّل رسوم التوصيل" : "The delivery fee was left out");
        page.locator("form[action$='/observations'] button").click();
        page.waitForURL(Pattern.compile(".*/observations/\\d+$"));
        looksRight(page, "observation-" + language, language);
        String observation = page.url();
        assertThat(page.locator("form[method=post] button[formaction]")).hasCount(0);

        Page manager = openAs("manager", Screen.desk(language), observation);
        manager.locator("#said").fill(arabic ? "صار الحقل لازمًا" : "The field is mandatory now");
        manager.locator("button[formaction$='/answer']").click();
        assertThat(manager.locator("#flash .tone-good")).isVisible();
        looksRight(manager, "observation-answered-" + language, language);
        manager.navigate("/observations?state=ANSWERED");
        assertThat(manager.locator("tbody tr")).hasCount(1);
        looksRight(manager, "observations-" + language, language);

        page.navigate(observation);
        page.locator("#said").fill(arabic ? "رأيته، وهذا كافٍ" : "Seen, and enough");
        page.locator("button[formaction$='/close']").click();
        assertThat(page.locator("ul.notes li")).hasCount(3);
        page.navigate(sample + "/items/3");
        judge(page, "NA", "");
        page.navigate(sample);
        assertThat(page.locator("#conclusion ~ .tone-bad")).isVisible();
        page.locator("form[action$='/close'] button").click();
        assertThat(page.locator("#flash .tone-good")).isVisible();
        assertThat(page.locator("form[action$='/close']")).hasCount(0);
        looksRight(page, "sample-closed-" + language, language);
        picture(page, "sample-" + language);
        page.setViewportSize(320, 700);
        fitsItsWidth(page);
        isAccessible(page);
        page.navigate("/samples");
        fitsItsWidth(page);
        page.setViewportSize(1280, 800);
        looksRight(page, "samples-" + language, language);
    }

    private static void judge(Page page, String answer, String note) {
        for (Locator one :
                page.locator("form input[type=radio][value=" + answer + "]").all()) {
            one.check();
        }
        page.locator("#note").fill(note);
        page.locator("form:has(#note) button").click();
        assertThat(page.locator("#flash .note")).isVisible();
    }

    private void report(String language) {
        int n = COUNT.incrementAndGet();
        intake.receive(
                new Submission(
                        "REVIEW-" + n,
                        "W-" + n,
                        "EMAIL",
                        "Delivery",
                        "Late",
                        "It came late",
                        Money.of("40.00", "SAR"),
                        null,
                        null,
                        null,
                        language,
                        Map.of("failure.type", "LATE_DELIVERY", "conversation.emotion", "CALM"),
                        Map.of()),
                "agent");
    }
}
