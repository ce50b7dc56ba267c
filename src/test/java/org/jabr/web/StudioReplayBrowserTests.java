package org.jabr.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.LoadState;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.jabr.JabrApplication;
import org.jabr.cases.PastDecisions;
import org.jabr.intake.CaseIntake;
import org.jabr.intake.Submission;
import org.jabr.releases.Draft;
import org.jabr.releases.Drafts;
import org.jabr.releases.Releases;
import org.jabr.replay.Backtest;
import org.jabr.replay.Backtests;
import org.jabr.rules.Money;
import org.jabr.rules.RuleTrial;
import org.jabr.testing.OnH2;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.TestPropertySource;

/** An analyst changes a refund and sees what that means: in words, on one case, on the past. */
@SpringBootTest(classes = JabrApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@ActiveProfiles("demo")
@OnH2
@TestPropertySource(properties = {"jabr.demo.data=false", "jabr.pages.zone=Asia/Riyadh"})
class StudioReplayBrowserTests extends BrowserTest {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final String TABLE = "rules/resolve.dmn";
    private static final String DIAGRAM = "processes/service-recovery.bpmn";

    @Autowired
    Drafts drafts;

    @Autowired
    Releases releases;

    @Autowired
    Backtests backtests;

    @Autowired
    PastDecisions past;

    @Autowired
    CaseIntake intake;

    @Autowired
    RuleTrial trial;

    @ParameterizedTest
    @ValueSource(strings = {"en", "ar"})
    void triesWhatAChangeMeansOnThePast(String language) {
        for (int i = 0; i < 6; i++) {
            report(language, i % 2 == 0 ? "USD" : "SAR");
        }
        waitForDecisions();
        String draft = draft(language);
        Page page = openAs("analyst", Screen.desk(language), "/studio/drafts/" + draft + "/backtest");
        noKeysLeft(page);
        isAccessible(page);
        page.locator("form[method=post] .btn-primary").click();

        assertThat(page.locator("#money")).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(120_000));
        Backtest run = backtests.latestOfDraft(draft).orElseThrow();
        assertThat(run.state()).isEqualTo(Backtest.State.DONE);
        assertThat(run.changed()).isPositive();
        noKeysLeft(page);
        isAccessible(page);
        fitsItsWidth(page);
        show(page, "backtest-" + language);

        page.locator("a[href*='by=TIER']").first().click();
        assertThat(page.locator("svg.bars").first()).isAttached();
        page.locator("a[href*='which=WINNERS']").first().click();
        assertThat(page.locator("a[href*='/cases/R-']").first()).isVisible();
        noKeysLeft(page);
        isAccessible(page);
        show(page, "backtest-winners-" + language);

        page.navigate("/studio/releases/" + releases.live().id() + "/backtest");
        noKeysLeft(page);
        isAccessible(page);
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "ar"})
    void readsWhatDiffersInWordsTablesAndDrawings(String language) {
        String draft = draft(language);
        Page page = openAs(
                "approver",
                Screen.desk(language),
                "/studio/difference?from=" + releases.live().id() + "&to=" + draft);
        assertThat(page.locator("[data-difference][data-ready] .is-changed").first())
                .isAttached();
        assertThat(page.locator("#words").locator("xpath=..")).containsText("part-refund-low");
        // The whole text: the draft's code stands in the new name of a step and may hold any digits.
        assertThat(page.locator(".cells del", wholly("20"))).hasCount(1);
        assertThat(page.locator(".cells ins", wholly("45"))).hasCount(1);
        noKeysLeft(page);
        isAccessible(page);
        fitsItsWidth(page);
        show(page, "difference-" + language);

        page.navigate("/studio/difference?from=" + draft + "&to=" + draft);
        assertThat(page.locator(".empty")).isVisible();
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "ar"})
    void triesOneCaseBesideAnotherReleaseAndKeepsItAsAScenario(String language) {
        String draft = draft(language);
        Page page = openAs(
                "analyst",
                Screen.desk(language),
                "/studio/drafts/" + draft + "/try?against=" + releases.live().id());
        Locator refund = page.locator("#result .remedies").first();
        assertThat(refund).containsText("18");
        assertThat(page.locator("#result .differs").first()).isVisible();
        noKeysLeft(page);
        isAccessible(page);
        fitsItsWidth(page);
        show(page, "try-" + language);

        page.locator("#facts select[name='f.type']").selectOption("WRONG_ITEM");
        assertThat(page.locator("#result .differs")).hasCount(0);
        page.locator("#facts select[name='f.type']").selectOption("LATE_DELIVERY");
        assertThat(page.locator("#result .differs").first()).isVisible();
        page.locator("#facts input[name='f.loss']").fill("many");
        page.locator("#facts input[name='f.loss']").blur();
        assertThat(page.locator("#result .tone-bad")).isVisible();
        page.locator("#facts input[name='f.loss']").fill("100.00");
        page.locator("#facts input[name='f.loss']").blur();
        assertThat(page.locator("#result .tone-bad")).hasCount(0);
        assertThat(refund).containsText("45");

        // The page is made anew around the button as long as answers arrive.
        page.waitForLoadState(LoadState.NETWORKIDLE);
        String id = "tried-" + COUNT.incrementAndGet();
        page.locator("#scenario-id").fill(id);
        page.locator("#scenario-title").fill("Late, 100 dollars");
        page.locator("#scenario-id")
                .locator("xpath=ancestor::form")
                .locator("button")
                .click();
        assertThat(page.locator("#flash .tone-good")).containsText(id);
        assertThat(drafts.file(draft, "rules/scenarios/resolve.csv").content())
                .contains(id + ",\"Late, 100 dollars\",resolve,loss 100.00,");
        assertThat(page.locator("#facts input[name='f.loss']")).hasValue("100.00");
        isAccessible(page);

        page.locator("#past").fill("R-0000-0");
        page.locator("#past").press("Enter");
        assertThat(page.locator("main > .tone-bad")).containsText("R-0000-0");
    }

    private static Page.LocatorOptions wholly(String text) {
        return new Page.LocatorOptions().setHasText(Pattern.compile("^\\s*" + text + "\\s*$"));
    }

    /** A draft with another percentage in one row and another name in the diagram. */
    private String draft(String language) {
        Draft draft = drafts.open(
                (language.equals("ar") ? "تعويض أكبر للتأخير " : "More for late deliveries ") + COUNT.incrementAndGet(),
                releases.live().id(),
                "analyst");
        Draft.File table = drafts.file(draft.id(), TABLE);
        int row = table.content().indexOf("id=\"part-refund-low\"");
        int cell = table.content().indexOf("<text>20</text>", row);
        assertThat(row).isPositive();
        assertThat(cell).isPositive();
        drafts.save(
                draft.id(),
                TABLE,
                table.content().substring(0, cell) + "<text>45</text>"
                        + table.content().substring(cell + "<text>20</text>".length()),
                table.version(),
                "analyst");
        Draft.File diagram = drafts.file(draft.id(), DIAGRAM);
        drafts.save(
                draft.id(),
                DIAGRAM,
                diagram.content()
                        .replace("name=\"Send receipt\"", "name=\"Send the receipt at once " + draft.id() + "\""),
                diagram.version(),
                "analyst");
        // The first question starts a process of its own, which takes longer than a page may on a busy machine.
        trial.compile(drafts.contents(draft.id()));
        return draft.id();
    }

    private void report(String language, String currency) {
        int n = COUNT.incrementAndGet();
        intake.receive(
                new Submission(
                        "REPLAY-" + n,
                        "P-" + n,
                        "EMAIL",
                        "Delivery",
                        "Late " + n,
                        null,
                        Money.of("80.00", currency),
                        null,
                        null,
                        null,
                        language,
                        Map.of("failure.type", "LATE_DELIVERY"),
                        Map.of()),
                "agent");
    }

    private void waitForDecisions() {
        PastDecisions.Filter resolved = new PastDecisions.Filter("resolve", null, null, null);
        for (int i = 0; i < 300; i++) {
            if (past.count(resolved, past.newestId()) >= 6) {
                return;
            }
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        throw new AssertionError("no decisions");
    }

    /** Every message has its words: no key is shown for want of one. */
    private static void noKeysLeft(Page page) {
        assertThat(page.locator("main")).not().containsText("??");
        assertThat(page.locator("main").innerText())
                .doesNotContainPattern(Pattern.compile("(backtest|try|difference)\\.[a-z]"));
    }
}
