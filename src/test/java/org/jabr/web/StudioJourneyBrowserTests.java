package org.jabr.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.BoundingBox;
import java.math.BigDecimal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jabr.JabrApplication;
import org.jabr.cases.CaseDesk;
import org.jabr.cases.Cases;
import org.jabr.cases.PastDecisions;
import org.jabr.cases.RecoveryCase;
import org.jabr.cases.Stage;
import org.jabr.intake.CaseIntake;
import org.jabr.intake.ImportRun;
import org.jabr.intake.Imports;
import org.jabr.intake.Submission;
import org.jabr.releases.Drafts;
import org.jabr.releases.Releases;
import org.jabr.remedies.Effect;
import org.jabr.rules.Authority;
import org.jabr.rules.Decider;
import org.jabr.rules.Money;
import org.jabr.testing.OnH2;
import org.jabr.worklist.WorkItem;
import org.jabr.worklist.Worklist;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.TestPropertySource;

/**
 * From an analyst's idea to an agent's work: a larger refund for loyal customers and a new step with a new form, without
 * a developer, proven before it is live and kept away from what was running.
 */
@SpringBootTest(classes = JabrApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@ActiveProfiles("demo")
@OnH2
@TestPropertySource(properties = {"jabr.demo.data=false", "jabr.pages.zone=Asia/Riyadh"})
// what it publishes would send the cases of other tests another way
@DirtiesContext
class StudioJourneyBrowserTests extends BrowserTest {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final int CUSTOMERS = 10;
    private static final String TABLE = "rules/resolve.dmn";
    private static final String ROW = "part-refund-mid-loyal";
    private static final String SCENARIOS = "rules/scenarios/resolve.csv";
    private static final String PROCESS = "processes/service-recovery.bpmn";

    @Autowired
    Imports imports;

    @Autowired
    CaseIntake intake;

    @Autowired
    Cases cases;

    @Autowired
    CaseDesk desk;

    @Autowired
    PastDecisions past;

    @Autowired
    Worklist worklist;

    @Autowired
    Drafts drafts;

    @Autowired
    Releases releases;

    /** Five percent more than is live, whichever of the two comes first; a scenario of a loss of 30 dollars says the old refund. */
    @ParameterizedTest
    @CsvSource({"en, Ask a person", "ar, سؤال شخص"})
    void bringsALargerRefundAndANewStepToNewCasesOnly(String language, String block) {
        int before = livePercent();
        int after = before + 5;
        String said = percentOf(before, "30.00");
        String says = percentOf(after, "30.00");
        String refund = percentOf(after, "80.00");
        importThePast(language);
        RecoveryCase running =
                report(language, 0, Map.of("failure.type", "WRONG_ITEM", "conversation.emotion", "ANGRY"));
        until(() -> open(running).stream().anyMatch(item -> item.kind() == WorkItem.Kind.ACKNOWLEDGEMENT));

        Page page = openAs("analyst", new Screen(language, 1920, 1000, false), "/studio");
        page.locator("#name").fill("Loyal " + language);
        page.locator("form[action='/studio/drafts'] button").click();
        String draft = page.url().substring(page.url().lastIndexOf('/') + 1);

        raiseTheRefund(page, draft, String.valueOf(before), String.valueOf(after));
        String form = "loyal-" + language;
        drawTheForm(page, draft, form);
        addTheStep(page, draft, form, block);
        mendTheScenario(page, draft, said, says);
        keepAScenario(page, draft, "loyal-late-" + language);
        tryOnThePast(page, draft);
        String release = submit(page, draft, language);
        publish(release, language);

        RecoveryCase fresh = report(
                language, CUSTOMERS - 1, Map.of("failure.type", "LATE_DELIVERY", "failure.practicalImpact", "MAJOR"));
        assertThat(fresh.release()).isEqualTo(release);
        answerTheNewForm(workOf(fresh, form), language);
        assertThat(desk.file(fresh.reference()).remedies().stream()
                        .filter(one -> one.remedy().equals("REFUND"))
                        .map(Effect::money))
                .containsExactly(Money.of(refund, "USD"));

        acknowledge(running);
        until(() -> goesOnAsBefore(running));
        assertThat(cases.get(running.id()).release()).isNotEqualTo(release);
        assertThat(worklist.ofCase(running.id())).noneMatch(item -> form.equals(item.form()));
    }

    private int livePercent() {
        String table = releases.file(releases.live().id(), TABLE).orElseThrow();
        Matcher cell = Pattern.compile("id=\"" + ROW + "-out-percent\">\\s*<text>(\\d+)</text>")
                .matcher(table);
        assertThat(cell.find()).isTrue();
        return Integer.parseInt(cell.group(1));
    }

    private static String percentOf(int percent, String loss) {
        return new BigDecimal(loss)
                .multiply(BigDecimal.valueOf(percent))
                .movePointLeft(2)
                .setScale(2)
                .toPlainString();
    }

    private void raiseTheRefund(Page page, String draft, String before, String after) {
        edit(page, draft, TABLE);
        Locator cell = page.locator("[data-row-id='" + ROW + "'][data-col-id='resolve-out-percent']");
        assertThat(cell).containsText(before);
        cell.click();
        page.keyboard().press("ControlOrMeta+A");
        page.keyboard().type(after);
        page.keyboard().press("Tab");
        until(() -> text(draft, TABLE).contains("<text>" + after + "</text>"));
        page.navigate("/studio/drafts/" + draft);
        startTheChecks(page);
        assertThat(page.locator("#inspections")).containsText("resolve-02", patiently());
        assertThat(page.locator("form[action$='/submit'] button")).isDisabled();
    }

    private void drawTheForm(Page page, String draft, String form) {
        edit(page, draft, TABLE);
        page.locator("#new-file").click();
        page.locator("#new-kind").selectOption("form");
        page.locator("#new-name").fill(form);
        page.locator("#new-english").fill("What does the customer wish for?");
        page.locator("#new-arabic").fill("ما الذي يرجوه العميل؟");
        page.locator("dialog[open] [type=submit]").click();
        page.waitForURL(url -> URLDecoder.decode(url, StandardCharsets.UTF_8).contains(form));
        ready(page);
        page.locator("[data-field-type=checkbox].fjs-palette-field").focus();
        page.keyboard().press("Enter");
        page.locator("#arabic-label").fill("قبِل العميل الاعتذار");
        page.locator("#bio-properties-panel-label").fill("The customer accepted the apology");
        until(() -> text(draft, "processes/forms/" + form + ".form").contains("The customer accepted the apology"));
    }

    /** Makes room behind the letter that tells the resolution, and puts the step onto the way there. */
    private void addTheStep(Page page, String draft, String form, String block) {
        edit(page, draft, PROCESS);
        page.locator(".djs-container").click(new Locator.ClickOptions().setPosition(600, 30));
        page.keyboard().press("ControlOrMeta+F");
        assertThat(page.locator(".djs-search-input input")).isFocused();
        page.keyboard().type("sendLetter-resolution");
        assertThat(page.locator(".djs-search-result-selected")).isVisible();
        page.keyboard().press("Enter");
        assertThat(page.locator(".djs-element.selected[data-element-id='sendLetter-resolution']"))
                .isAttached();
        BoundingBox letter = page.locator(".djs-element[data-element-id='sendLetter-resolution'] .djs-hit")
                .first()
                .boundingBox();
        double x = letter.x + letter.width + 10;
        double y = letter.y + letter.height / 2;
        page.keyboard().press("s");
        page.mouse().move(x, y + 60);
        page.mouse().down();
        page.mouse().move(x + 40, y + 60, new com.microsoft.playwright.Mouse.MoveOptions().setSteps(4));
        page.mouse().move(x + 130, y + 60, new com.microsoft.playwright.Mouse.MoveOptions().setSteps(6));
        page.mouse().up();
        page.keyboard().press("n");
        assertThat(page.locator(".djs-popup input")).isFocused();
        page.keyboard().type(block);
        assertThat(page.locator(".djs-popup .entry.selected")).containsText(block);
        page.keyboard().press("Enter");
        page.mouse().move(x + 60, y - 30);
        page.mouse().move(x + 62, y, new com.microsoft.playwright.Mouse.MoveOptions().setSteps(5));
        page.mouse().down();
        page.mouse().up();

        entry(page, 0).selectOption(form);
        entry(page, 1).selectOption("TASK");
        entry(page, 2).fill("PT4H");
        entry(page, 3).selectOption("AGENT");
        page.locator("#bio-properties-panel-name").fill("Ask what they wish for");
        page.locator("#bio-properties-panel-name-ar").fill("السؤال عمّا يرجوه العميل");
        until(() -> text(draft, PROCESS).contains("formKey=\"" + form + "\"")
                && text(draft, PROCESS).contains("السؤال عمّا يرجوه العميل"));
        show(page, "journey-process-" + form);
    }

    private void mendTheScenario(Page page, String draft, String said, String says) {
        edit(page, draft, SCENARIOS);
        Locator cell = page.locator("[data-row='1'][data-col='4']");
        assertThat(cell).hasValue(Pattern.compile("REFUND " + said + ".*"));
        cell.fill(cell.inputValue().replace("REFUND " + said, "REFUND " + says));
        until(() -> text(draft, SCENARIOS).contains("REFUND " + says));
        assertThat(page.locator("#findings"))
                .not()
                .containsText("resolve-02", new LocatorAssertions.ContainsTextOptions().setTimeout(60_000));
    }

    private void keepAScenario(Page page, String draft, String id) {
        // the process that knew these rules may have been ended with its checks
        page.navigate("/studio/drafts/" + draft + "/try", new Page.NavigateOptions().setTimeout(120_000));
        page.locator("#facts select[name='f.tier']").selectOption("GOLD");
        assertThat(page.locator("#result input[name='f.tier'][value=GOLD]")).isAttached(patientlyAttached());
        page.locator("#scenario-id").fill(id);
        page.locator("#scenario-title").fill("Late, gold");
        page.locator("#scenario-id")
                .locator("xpath=ancestor::form")
                .locator("button")
                .click();
        // what the scenario says is asked of the rules again, wherever they are compiled by now
        assertThat(page.locator("#flash .tone-good")).containsText(id, patiently());
        assertThat(text(draft, SCENARIOS)).contains(id + ",\"Late, gold\",resolve,tier GOLD");
    }

    private void tryOnThePast(Page page, String draft) {
        page.navigate("/studio/drafts/" + draft + "/backtest", new Page.NavigateOptions().setTimeout(120_000));
        page.locator("form[method=post] .btn-primary").click();
        assertThat(page.locator("#money")).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(120_000));
        page.locator("a[href*='by=TIER']").first().click();
        assertThat(page.locator("svg.bars").first()).isAttached();
        page.locator("a[href*='which=WINNERS']").first().click();
        assertThat(page.locator("a[href*='/cases/R-']").first()).isVisible();
    }

    private String submit(Page page, String draft, String language) {
        page.navigate("/studio/drafts/" + draft);
        runTheChecks(page);
        show(page, "journey-draft-" + language);
        page.locator("form[action$='/submit'] button").click();
        assertThat(page).hasURL(Pattern.compile(".*/studio/releases/r-.*"));
        return page.url().substring(page.url().lastIndexOf('/') + 1);
    }

    private void publish(String release, String language) {
        Page page = openAs("approver", Screen.desk(language), "/studio/releases/" + release);
        assertThat(page.locator("aside .tone-bad")).hasCount(0);
        assertThat(page.locator("section[aria-labelledby=changes]")).containsText(ROW);
        assertThat(page.locator("section[aria-labelledby=changes]"))
                .containsText(language.equals("ar") ? "السؤال عمّا يرجوه العميل" : "Ask what they wish for");
        noKeysLeft(page);
        isAccessible(page);
        fitsItsWidth(page);
        show(page, "journey-release-" + language);
        page.locator("form[action$='/approve'] button").click();
        page.locator("form[action$='/publish'] button").click();
        assertThat(page.locator("form[action$='/publish']")).hasCount(0);
        assertThat(releases.live().id()).isEqualTo(release);
    }

    /** It follows up, or waits where the old diagram makes somebody decide or call. */
    private boolean goesOnAsBefore(RecoveryCase recovery) {
        return cases.get(recovery.id()).stage() == Stage.FOLLOW_UP
                || open(recovery).stream().anyMatch(item -> item.kind() != WorkItem.Kind.ACKNOWLEDGEMENT);
    }

    /** The work that the new step makes, once a person acknowledged the failure where the rules want one. */
    private WorkItem workOf(RecoveryCase recovery, String form) {
        AtomicReference<WorkItem> found = new AtomicReference<>();
        until(() -> {
            acknowledge(recovery);
            open(recovery).stream().filter(item -> form.equals(item.form())).forEach(found::set);
            return found.get() != null;
        });
        return found.get();
    }

    private void answerTheNewForm(WorkItem item, String language) {
        worklist.claim(item.id(), new Decider("agent", Authority.AGENT));
        Page page = openAs("agent", Screen.desk(language), "/worklist/" + item.id());
        assertThat(page.locator("main"))
                .containsText(language.equals("ar") ? "قبِل العميل الاعتذار" : "The customer accepted the apology");
        noKeysLeft(page);
        isAccessible(page);
        show(page, "journey-work-" + language);
        page.locator(".answers textarea").first().fill("A call before the next delivery.");
        page.locator(".answers input[type=checkbox]").check();
        page.locator(".answers .btn-quiet").click();
        assertThat(page).hasURL(Pattern.compile(".*/worklist([?#].*)?$"));
        assertThat(worklist.get(item.id()).state()).isEqualTo(WorkItem.State.DONE);
    }

    // ---- the past

    /** Customers of a year, of whom the last bought most, and a complaint of each. */
    private void importThePast(String language) {
        StringBuilder purchases = new StringBuilder("id,customer,date,amount,currency,item\n");
        StringBuilder complaints = new StringBuilder(
                "externalRef,customer,channel,category,subject,loss,currency,failureType,practicalImpact\n");
        for (int i = 0; i < CUSTOMERS; i++) {
            for (int days : new int[] {300, 20}) {
                purchases.append("%s-%d-%d,%s,%s,%d.00,USD,Lamp%n"
                        .formatted(
                                language,
                                i,
                                days,
                                customer(language, i),
                                LocalDate.now().minusDays(days),
                                50 + i * 40));
            }
            complaints.append("%s-%d,%s,EMAIL,Delivery,Late,80.00,USD,LATE_DELIVERY,MAJOR%n"
                    .formatted(language, i, customer(language, i)));
        }
        importFile("purchases", purchases);
        long before = past.count(resolved(), past.newestId());
        importFile("complaints", complaints);
        until(() -> past.count(resolved(), past.newestId()) >= before + CUSTOMERS);
    }

    private void importFile(String kind, CharSequence file) {
        ImportRun run = imports.start(kind, "generic", file.toString().getBytes(StandardCharsets.UTF_8), "admin");
        until(() -> imports.get(run.id()).status() == ImportRun.Status.DONE);
        assertThat(imports.get(run.id()).rejected()).isEmpty();
    }

    private static PastDecisions.Filter resolved() {
        return new PastDecisions.Filter("resolve", null, null, null);
    }

    private static String customer(String language, int number) {
        return "J-" + language + "-" + number;
    }

    private RecoveryCase report(String language, int customer, Map<String, Object> facts) {
        return intake.receive(
                        new Submission(
                                "JOURNEY-" + COUNT.incrementAndGet(),
                                customer(language, customer),
                                "EMAIL",
                                "Delivery",
                                "A new thing",
                                null,
                                Money.of("80.00", "USD"),
                                null,
                                null,
                                null,
                                language,
                                facts,
                                Map.of()),
                        "agent")
                .recovery();
    }

    // ---- by hand

    private void acknowledge(RecoveryCase recovery) {
        open(recovery).stream()
                .filter(item -> item.kind() == WorkItem.Kind.ACKNOWLEDGEMENT)
                .forEach(item -> worklist.complete(
                        item.id(), Map.of("conversation.emotion", "CALM"), new Decider("agent", Authority.AGENT)));
    }

    private List<WorkItem> open(RecoveryCase recovery) {
        return worklist.ofCase(recovery.id()).stream()
                .filter(item -> item.state() == WorkItem.State.OPEN || item.state() == WorkItem.State.CLAIMED)
                .toList();
    }

    private String text(String draft, String path) {
        return drafts.file(draft, path).content();
    }

    private static void edit(Page page, String draft, String path) {
        page.navigate("/studio/drafts/" + draft + "/edit?path=" + path);
        ready(page);
    }

    private static void ready(Page page) {
        assertThat(page.locator("#editor[data-ready]")).isVisible();
    }

    /** A field of the new step, in the order of its building block. */
    private static Locator entry(Page page, int at) {
        return page.locator("[id='bio-properties-panel-custom-entry-org.jabr.askPerson-" + at + "']");
    }

    private static LocatorAssertions.ContainsTextOptions patiently() {
        return new LocatorAssertions.ContainsTextOptions().setTimeout(60_000);
    }

    private static LocatorAssertions.IsAttachedOptions patientlyAttached() {
        return new LocatorAssertions.IsAttachedOptions().setTimeout(60_000);
    }

    private static void noKeysLeft(Page page) {
        assertThat(page.locator("main")).not().containsText("??");
    }

    private static void until(BooleanSupplier holds) {
        Instant end = Instant.now().plus(Duration.ofSeconds(60));
        while (!holds.getAsBoolean()) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("it did not happen within a minute");
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
