package org.jabr.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jabr.JabrApplication;
import org.jabr.cases.RecoveryCase;
import org.jabr.intake.CaseIntake;
import org.jabr.intake.Submission;
import org.jabr.remedies.Effect;
import org.jabr.remedies.Effects;
import org.jabr.rules.Money;
import org.jabr.testing.OnH2;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.TestPropertySource;

/** A manager takes in what the provider settled, looks at what differs and explains it, in both languages. */
@SpringBootTest(classes = JabrApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@ActiveProfiles("demo")
@OnH2
@TestPropertySource(properties = {"jabr.demo.data=false", "jabr.pages.zone=Asia/Riyadh", "jabr.finance.every=PT24H"})
class ReconciliationBrowserTests extends BrowserTest {

    private static final AtomicInteger COUNT = new AtomicInteger();

    @Autowired
    CaseIntake intake;

    @Autowired
    Effects effects;

    @Autowired
    Clock clock;

    @ParameterizedTest
    @ValueSource(strings = {"en", "ar"})
    void whatTheProviderSettledIsComparedAndADifferenceIsExplained(String language) throws Exception {
        boolean arabic = language.equals("ar");
        RecoveryCase less = report(language);
        RecoveryCase same = report(language);
        assertThat(refund(less).money()).isEqualTo(Money.of("8.00", "SAR"));
        LocalDate today = LocalDate.now(clock.withZone(ZoneOffset.UTC));
        String file = "id,key,reference,kind,amount,currency,settledOn\n"
                + language + "-1," + refund(less).key() + ",,REFUND,7.50,SAR," + today + "\n"
                + language + "-2," + refund(same).key() + ",,REFUND,8.00,SAR," + today + "\n"
                + language + "-3,nobody-knows-" + language + ",PAY-9,REFUND,12.00,SAR," + today + "\n"
                + language + "-4," + refund(same).key() + ",,REFUND,-8.00,SAR," + today + "\n";

        Page page = openAs("manager", Screen.desk(language), "/reconciliation/settlements");
        isAccessible(page);
        page.locator("#file")
                .setInputFiles(new FilePayload("settled.csv", "text/csv", file.getBytes(StandardCharsets.UTF_8)));
        page.locator("form[action$='/reconciliation/settlements'] button").click();
        page.waitForURL("**/reconciliation/settlements/*");
        assertThat(page.locator("#rejected ~ table tbody tr")).hasCount(1);
        assertThat(page.locator("#rejected ~ table")).containsText("SETTLE-007");
        isAccessible(page);
        fitsItsWidth(page);
        show(page, "settlement-" + language);

        page.locator("form[action$='/reconciliation/now'] button").click();
        page.waitForURL("**/reconciliation/differences");
        assertThat(page.locator("#flash .note")).isVisible();
        assertThat(page.locator("tbody")).containsText(arabic ? "سُوِّي مبلغ آخر" : "Another amount was settled");
        assertThat(page.locator("tbody"))
                .containsText(arabic ? "سُوِّي ولا يُعرف عمّا" : "Settled, but nobody knows for what");
        isAccessible(page);
        fitsItsWidth(page);
        show(page, "differences-" + language);
        page.setViewportSize(320, 700);
        fitsItsWidth(page);
        isAccessible(page);
        show(page, "differences-narrow-" + language);
        page.setViewportSize(1280, 800);

        page.navigate("/reconciliation");
        assertThat(page.locator("section[aria-labelledby=days] tbody tr").first())
                .isVisible();
        isAccessible(page);
        fitsItsWidth(page);
        show(page, "reconciliation-" + language);
        picture(page, "reconciliation-" + language);
        Download journal = page.waitForDownload(
                () -> page.locator("a[href*='journal.csv']").click());
        assertThat(Files.readString(journal.path())).contains(refund(less).key() + "/pay", "CLOSING");
        page.setViewportSize(320, 700);
        fitsItsWidth(page);
        isAccessible(page);
        show(page, "reconciliation-narrow-" + language);
        page.setViewportSize(1280, 800);

        page.locator("section[aria-labelledby=days] tbody a").first().click();
        page.waitForURL("**/reconciliation/days/*");
        assertThat(page.locator("section[aria-labelledby=strays]")).containsText("nobody-knows-" + language);
        assertThat(page.locator("section[aria-labelledby=effects]")).containsText(less.reference());
        isAccessible(page);
        fitsItsWidth(page);
        show(page, "reconciled-day-" + language);
        page.setViewportSize(320, 700);
        fitsItsWidth(page);
        page.setViewportSize(1280, 800);

        page.navigate("/cases/" + less.reference());
        page.locator("a[href$='/reconciliation/cases/" + less.reference() + "']")
                .click();
        page.waitForURL("**/reconciliation/cases/*");
        isAccessible(page);
        fitsItsWidth(page);
        show(page, "reconciled-case-" + language);

        // The difference is work in the list, too.
        page.locator("section[aria-labelledby=differences] tbody a").first().click();
        page.waitForURL("**/reconciliation/differences/*");
        String difference = page.url();
        page.locator("a[href*='/worklist/']").last().click();
        page.waitForURL("**/worklist/*");
        assertThat(page.locator(".asked")).containsText(arabic ? "سُوِّي مبلغ آخر" : "Another amount was settled");
        isAccessible(page);
        show(page, "difference-work-" + language);

        Page dark = openAs("manager", Screen.desk(language).inTheDark(), difference);
        isAccessible(dark);
        fitsItsWidth(dark);
        show(dark, "difference-dark-" + language);
        dark.locator("#reason").fill(arabic ? "رسوم المزوّد" : "The provider's fee");
        dark.locator("form[action$='/accept'] button").click();
        assertThat(dark.locator("#flash .note")).isVisible();
        assertThat(dark.locator(".page-head .badge-house")).hasText(arabic ? "مُفسَّر" : "Explained");
        assertThat(dark.locator("form[action$='/accept']")).hasCount(0);
        show(dark, "difference-explained-" + language);

        // What belongs to no case is work as well, done from the list.
        page.navigate("/worklist?queue=FINANCE");
        assertThat(page.locator("#worklist tbody, table.list tbody").first())
                .containsText(arabic ? "بلا حالة" : "No case");
        isAccessible(page);
        fitsItsWidth(page);
        show(page, "differences-in-the-list-" + language);
        String free = page.locator("tr[id^=work-]:has([data-claim]):not(:has(a[href*='/cases/']))")
                .getAttribute("id");
        Locator row = page.locator("#" + free);
        row.locator("[data-claim]").click();
        row.locator("a.btn-primary").click();
        page.waitForURL("**/worklist/*");
        assertThat(page.locator(".asked"))
                .containsText(arabic ? "سُوِّي ولا يُعرف عمّا" : "Settled, but nobody knows for what");
        assertThat(page.locator("#case-short")).hasCount(0);
        isAccessible(page);
        fitsItsWidth(page);
        show(page, "stray-work-" + language);
        page.locator("#difference-reason").fill(arabic ? "لبيتٍ آخر" : "For another house");
        page.locator("form.answers .actions button:not([name])").click();
        page.waitForURL("**/worklist");
        assertThat(page.locator("#flash .note")).isVisible();

        Page auditor = openAs("auditor", Screen.desk(language), "/reconciliation");
        assertThat(auditor.locator("main form[method=post]")).hasCount(0);
        auditor.navigate("/reconciliation/settlements");
        assertThat(auditor.locator("main form[method=post]")).hasCount(0);
    }

    private Effect refund(RecoveryCase recovery) {
        await(() -> !refunds(recovery).isEmpty());
        return refunds(recovery).get(0);
    }

    private List<Effect> refunds(RecoveryCase recovery) {
        return effects.ofCase(recovery.id()).stream()
                .filter(effect -> effect.kind().equals("REFUND") && effect.state() == Effect.State.CONFIRMED)
                .toList();
    }

    private RecoveryCase report(String language) {
        int n = COUNT.incrementAndGet();
        return intake.receive(
                        new Submission(
                                "SETTLE-" + n,
                                "S-" + n,
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
                        "agent")
                .recovery();
    }

    private static void await(BooleanSupplier condition) {
        Instant end = Instant.now().plus(Duration.ofSeconds(90));
        while (!condition.getAsBoolean() && Instant.now().isBefore(end)) {
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }
}
