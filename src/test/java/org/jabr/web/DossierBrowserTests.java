package org.jabr.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Media;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.jabr.JabrApplication;
import org.jabr.cases.RecoveryCase;
import org.jabr.intake.CaseIntake;
import org.jabr.intake.Submission;
import org.jabr.journal.SealLook;
import org.jabr.rules.Money;
import org.jabr.testing.OnH2;
import org.jabr.worklist.WorkItem;
import org.jabr.worklist.Worklist;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.TestPropertySource;

/** A case in which an agent chose otherwise and a manager agreed, read by an auditor who was not there; in both languages. */
@SpringBootTest(classes = JabrApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@ActiveProfiles("demo")
@OnH2
@Import(SealLook.class)
@TestPropertySource(properties = {"jabr.demo.data=false", "jabr.pages.zone=Asia/Riyadh", "jabr.journal.every=PT24H"})
class DossierBrowserTests extends BrowserTest {

    private static final AtomicInteger COUNT = new AtomicInteger();

    @Autowired
    CaseIntake intake;

    @Autowired
    Worklist worklist;

    @Autowired
    SealLook seal;

    @ParameterizedTest
    @ValueSource(strings = {"en", "ar"})
    void anAuditorReadsWhatOthersDecidedAndTakesItAway(String language) {
        boolean arabic = language.equals("ar");
        String why = arabic ? "كانت هدية ووصلت بعد العيد" : "It was a present and came after the feast";
        String reason = arabic ? "له كل الحق" : "They are right";
        RecoveryCase recovery = report(language);
        chooseOtherwise(recovery, language, why);
        approve(recovery, language, reason);
        seal.now();

        Page page = openAs("auditor", Screen.desk(language), "/cases/" + recovery.reference());
        page.locator("#dossier").click();
        page.waitForURL("**/dossier");
        assertThat(page.locator("h1")).containsText(recovery.reference());
        assertThat(page.locator("#diagram")).hasAttribute("data-ready", "true");
        assertThat(page.locator(".way li")).not().hasCount(0);
        assertThat(page.locator(".way")).containsText(arabic ? "مايا كول" : "Maya Cole");
        assertThat(page.locator(".decided tr.lit")).not().hasCount(0);
        assertThat(page.locator("section[aria-labelledby=choices]")).containsText(why);
        assertThat(page.locator("section[aria-labelledby=approvals]")).containsText(reason);
        assertThat(page.locator("section[aria-labelledby=effects] li")).not().hasCount(0);
        assertThat(page.locator("section[aria-labelledby=clocks] .clock")).not().hasCount(0);
        assertThat(page.locator(".letters li").last()).isVisible();
        assertThat(page.locator(".proofs")).containsText(arabic ? "الورقة" : "leaf");
        looksRight(page, "dossier-" + language, language);
        picture(page, "dossier-" + language);
        page.setViewportSize(320, 700);
        fitsItsWidth(page);
        page.setViewportSize(1280, 800);

        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
        assertThat(page.locator("#pdf")).isHidden();
        assertThat(page.locator(".bar").first()).isHidden();
        assertThat(page.locator(".decided tr.lit").first()).isVisible();
        assertThat(page.locator(".decided tr.screen-only").first()).isHidden();
        assertThat(page.locator(".proofs .print-only").first()).isVisible();
        show(page, "dossier-print-" + language);
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.SCREEN));

        Download pdf = page.waitForDownload(() -> page.locator("#pdf").click());
        assertThat(pdf.suggestedFilename()).isEqualTo(recovery.reference() + ".pdf");
        assertThat(pdf.path().toFile().length()).isGreaterThan(10_000);
        Download pack = page.waitForDownload(() -> page.locator("#pack").click());
        assertThat(pack.suggestedFilename()).isEqualTo(recovery.reference() + "-evidence.zip");

        // Whoever reads the journal finds who read the dossier.
        page.navigate("/journal?kind=evidence.taken&subject=" + recovery.reference());
        assertThat(page.locator("tbody tr")).hasCount(1);
        looksRight(page, "dossier-journal-" + language, language);
        page.navigate("/journal?kind=dossier.read&subject=" + recovery.reference());
        assertThat(page.locator("tbody tr")).hasCount(2);

        // An agent reads it and takes no pack; who writes the rules is not offered it.
        Page agent = openAs("agent", Screen.desk(language), "/cases/" + recovery.reference() + "/dossier");
        assertThat(agent.locator("#pdf")).isVisible();
        assertThat(agent.locator("#pack")).hasCount(0);
        assertThat(agent.locator("section[aria-labelledby=effects] .timeline")).hasCount(0);
        Page analyst = openAs("analyst", Screen.desk(language), "/cases/" + recovery.reference());
        assertThat(analyst.locator("h1")).containsText(recovery.reference());
        assertThat(analyst.locator("#dossier")).hasCount(0);
    }

    private void chooseOtherwise(RecoveryCase recovery, String language, String why) {
        WorkItem item = waitFor(recovery, WorkItem.Kind.ACKNOWLEDGEMENT);
        Page page = openAs("agent", Screen.desk(language), "/worklist/" + item.id());
        page.locator(".page-head form[action$='/claim'] button").click();
        page.locator("#choice-others > summary").click();
        page.locator("#choice-CREDIT").check();
        page.locator("#choice-amount-CREDIT").fill("95.00");
        settled(page);
        if (page.locator("#conversation-emotion").count() > 0) {
            page.locator("#conversation-emotion").selectOption("ANGRY");
        }
        page.locator("#note").fill(language.equals("ar") ? "اعتذرت للعميل" : "I apologised to the customer");
        page.locator("#choice-why").fill(why);
        settled(page);
        page.locator(".answers > .actions .btn-quiet").click();
        assertThat(page).hasURL(Pattern.compile(".*/worklist([?#].*)?$"));
    }

    private void approve(RecoveryCase recovery, String language, String reason) {
        WorkItem item = waitFor(recovery, WorkItem.Kind.APPROVAL);
        Page page = openAs("manager", Screen.desk(language), "/worklist/" + item.id());
        page.locator(".page-head form[action$='/claim'] button").click();
        page.locator("input[value=APPROVE]").check();
        page.locator("#reason").fill(reason);
        page.locator(".answers > .actions .btn-quiet").click();
        assertThat(page).hasURL(Pattern.compile(".*/worklist([?#].*)?$"));
    }

    private WorkItem waitFor(RecoveryCase recovery, WorkItem.Kind kind) {
        until(() -> open(recovery, kind) != null);
        return java.util.Objects.requireNonNull(open(recovery, kind));
    }

    private WorkItem open(RecoveryCase recovery, WorkItem.Kind kind) {
        return worklist.ofCase(recovery.id()).stream()
                .filter(item -> item.kind() == kind && item.open())
                .findFirst()
                .orElse(null);
    }

    private RecoveryCase report(String language) {
        int n = COUNT.incrementAndGet();
        return intake.receive(
                        new Submission(
                                "DOSSIER-" + n,
                                "D-" + n,
                                "EMAIL",
                                language.equals("ar") ? "التوصيل" : "Delivery",
                                language.equals("ar") ? "تأخر الطلب أسبوعًا" : "Order a week late",
                                language.equals("ar") ? "تأخر طلبي وكان هدية" : "It was a present",
                                Money.of("400.00", "USD"),
                                null,
                                null,
                                null,
                                language,
                                Map.of("failure.type", "LATE_DELIVERY", "conversation.emotion", "ANGRY"),
                                Map.of()),
                        "agent")
                .recovery();
    }

    private static void until(BooleanSupplier holds) {
        Instant end = Instant.now().plus(Duration.ofSeconds(90));
        while (!holds.getAsBoolean()) {
            assertThat(Instant.now()).isBefore(end);
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
