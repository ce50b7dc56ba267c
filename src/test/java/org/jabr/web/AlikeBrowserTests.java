package org.jabr.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;
import org.jabr.JabrApplication;
import org.jabr.alike.Planted;
import org.jabr.testing.OnH2;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.TestPropertySource;

/** An auditor sees that one channel got less than another, and who agreed with themselves; both languages, real rules. */
@SpringBootTest(classes = JabrApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@ActiveProfiles("demo")
@OnH2
@Import(Planted.class)
@TestPropertySource(
        properties = {
            "jabr.demo.data=false",
            "jabr.pages.zone=Asia/Riyadh",
            "jabr.journal.every=PT24H",
            "jabr.audit.search-every=PT24H",
            "camunda.bpm.job-execution.enabled=false"
        })
class AlikeBrowserTests extends BrowserTest {

    @Autowired
    Planted planted;

    @ParameterizedTest
    @ValueSource(strings = {"en", "ar"})
    void anAuditorSeesWhoWasTreatedOtherwiseAndWhoAgreedWithThemselves(String language) {
        boolean arabic = language.equals("ar");
        String month = arabic ? "2025-05" : "2025-03";
        plant(month);
        Page page = openAs("auditor", Screen.desk(language), "/journal");
        page.locator("main a[href$='/alike']").click();
        page.waitForURL("**/alike");
        assertThat(page.locator("#basis")).isVisible();
        looksRight(page, "alike-empty-" + language, language);

        page.locator("#from").fill(month + "-01");
        page.locator("#to").fill(month + "-28");
        page.locator(".filters button").click();
        page.waitForURL("**/alike?**");
        assertThat(page.locator("#basis")).containsText("120");
        Locator findings = page.locator("section[aria-labelledby=findings] li");
        assertThat(findings).hasCount(2);
        assertThat(findings.first()).containsText(arabic ? "القناة، " : "Channel, ");
        assertThat(findings.filter(new Locator.FilterOptions().setHasText(arabic ? "نقطة مئوية" : "percentage points")))
                .containsText(Pattern.compile("[-\u2212\u200e+]*50"));
        assertThat(findings.first().locator("a"))
                .hasAttribute("href", Pattern.compile("/decisions\\?moment=resolve&from=" + month + "-01.*channel=.+"));
        assertThat(page.locator("section[aria-labelledby=tests] tbody tr")).hasCount(4);
        assertThat(page.locator("section[aria-labelledby=tests] .tone-warn")).hasCount(2);
        assertThat(page.locator("section[aria-labelledby=twins] tbody tr").first())
                .containsText(arabic ? "لا شيء له كلفة" : "Nothing that costs money");
        page.locator("section[aria-labelledby=twins] details summary").first().click();
        assertThat(page.locator("section[aria-labelledby=four-eyes] tbody tr")).hasCount(1);
        assertThat(page.locator("section[aria-labelledby=four-eyes] tbody tr"))
                .containsText(arabic ? "وافق على ما طلبه بنفسه" : "Approved what they had asked for");
        assertThat(page.locator("#late-people li")).hasCount(1);
        assertThat(page.locator("#late-people li").first()).containsText(arabic ? "1 من 1" : "1 of 1");
        looksRight(page, "alike-" + language, language);
        picture(page, "alike-" + language);
        page.setViewportSize(320, 700);
        fitsItsWidth(page);
        isAccessible(page);
        page.setViewportSize(1280, 800);

        page.navigate("/alike?from=" + month + "-09&to=" + month + "-01");
        assertThat(page.locator("main .tone-warn")).containsText(arabic ? "اليوم الأول" : "The first day");
        looksRight(page, "alike-refused-" + language, language);
        page.navigate("/alike?from=soon");
        assertThat(page.locator("main .tone-warn")).isVisible();
        assertThat(page.locator("#basis")).hasCount(0);
    }

    private void plant(String month) {
        OffsetDateTime at = OffsetDateTime.parse(month + "-06T10:00:00Z");
        long last = 0;
        for (int i = 0; i < 120; i++) {
            boolean chat = i % 2 == 0;
            last = planted.decision(new Planted.Row(
                    at.plusMinutes(i),
                    "NEW",
                    chat ? "CHAT" : "EMAIL",
                    i / 2 % 2 == 0 ? "ar" : "en",
                    "rules",
                    90,
                    chat && i % 8 < 4 ? 0 : 20));
        }
        OffsetDateTime night = OffsetDateTime.parse(month + "-07T21:00:00Z");
        planted.asked(last, "ALIKE-" + month, "supervisor", "rules", "CONFIRMED", night.minusHours(1));
        planted.answered("ALIKE-" + month, "RESERVED", "supervisor", night);
    }
}
