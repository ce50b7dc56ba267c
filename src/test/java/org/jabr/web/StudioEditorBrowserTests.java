package org.jabr.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.difflib.DiffUtils;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.LoadState;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jabr.JabrApplication;
import org.jabr.releases.Draft;
import org.jabr.releases.Drafts;
import org.jabr.releases.Releases;
import org.jabr.rules.Finding;
import org.jabr.testing.OnH2;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.TestPropertySource;

/** Every editor of the studio, by keyboard, in both languages: what is typed reaches the draft, and nothing else does. */
@SpringBootTest(classes = JabrApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@ActiveProfiles("demo")
@OnH2
@TestPropertySource(properties = {"jabr.demo.data=false", "jabr.pages.zone=Asia/Riyadh"})
class StudioEditorBrowserTests extends BrowserTest {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final String RESOLVE = "rules/resolve.dmn";
    private static final String PROCESS = "processes/service-recovery.bpmn";
    private static final String FORM = "processes/forms/escalation.form";
    private static final String LETTER = "processes/letters/receipt.en.txt";
    private static final String ARABIC_LETTER = "processes/letters/receipt.ar.txt";
    private static final String GUARDRAILS = "rules/guardrails.drl";
    private static final String SCENARIOS = "rules/scenarios/resolve.csv";

    @Autowired
    Drafts drafts;

    @Autowired
    Releases releases;

    @ParameterizedTest
    @CsvSource({"en", "ar"})
    void editsADecisionTableLikeASpreadsheet(String language) {
        Draft draft = draft();
        Page page = edit(draft, RESOLVE, language);
        String before = text(draft, RESOLVE);
        Locator percent = cell(page, "refund-full", "resolve-out-percent");
        percent.click();
        page.keyboard().press("ControlOrMeta+A");
        page.keyboard().type("90");
        page.keyboard().press("Tab");
        until(() -> !text(draft, RESOLVE).equals(before));

        assertThat(changed(before, text(draft, RESOLVE)))
                .as("a change of one cell is a change of one line")
                .containsExactly("-          <text>100</text>", "+          <text>90</text>");
        assertThat(page.locator("#editor-state")).hasAttribute("data-state", "saved");

        cell(page, "refund-full", "resolve-in-match").click();
        page.keyboard().press("ControlOrMeta+D");
        until(() -> text(draft, RESOLVE).contains("<rule id=\"resolve-35\">"));
        page.keyboard().press("ControlOrMeta+Z");
        until(() -> !text(draft, RESOLVE).contains("<rule id=\"resolve-35\">"));

        page.reload();
        ready(page);
        assertThat(cell(page, "refund-full", "resolve-out-percent")).containsText("90");
        noKeysLeft(page);
        noWordsMissing(page, language);
        isAccessible(page);
        show(page, "studio-table-" + language);
    }

    @ParameterizedTest
    @CsvSource({"en", "ar"})
    void takesATableToASpreadsheetAndBack(String language) throws Exception {
        Draft draft = draft();
        Page page = edit(draft, RESOLVE, language);
        String before = text(draft, RESOLVE);
        byte[] file = java.nio.file.Files.readAllBytes(
                page.waitForDownload(() -> page.locator("#to-xlsx").click()).path());
        page.locator("#from-xlsx").click();
        page.locator("#xlsx-file").setInputFiles(new FilePayload("resolve.xlsx", "application/octet-stream", file));
        assertThat(page.locator(".xlsx-shown p")).isVisible();
        assertThat(page.locator("#xlsx-apply")).isDisabled();
        page.locator("#xlsx-file")
                .setInputFiles(
                        new FilePayload("resolve.xlsx", "application/octet-stream", oneRowLess(file, "refund-full")));
        assertThat(page.locator(".xlsx-shown li")).hasText("refund-full");
        isAccessible(page);
        page.locator("#xlsx-apply").click();
        until(() -> !text(draft, RESOLVE).contains("\"refund-full\""));
        assertThat(changed(before, text(draft, RESOLVE))).allMatch(line -> line.startsWith("-"));
    }

    @ParameterizedTest
    @CsvSource({"en, dark", "ar, light"})
    void addsABuildingBlockToADiagram(String language, String theme) {
        Draft draft = draft();
        Page page = edit(draft, PROCESS, language);
        String before = text(draft, PROCESS);
        element(page, "makePromises").click();
        assertThat(page.locator("#bio-properties-panel-name-ar")).hasValue("قطع الوعود");
        page.locator("#bio-properties-panel-name").fill("Make our promises");
        until(() -> text(draft, PROCESS).contains("name=\"Make our promises\""));
        assertThat(changed(before, text(draft, PROCESS)))
                .as("what was not touched stays as it stood, but for two timers that stood on one line")
                .hasSizeLessThan(12)
                .anyMatch(line -> line.startsWith("+") && line.contains("Make our promises"));
        assertThat(text(draft, PROCESS)).doesNotContain("modelerTemplate");

        page.reload();
        ready(page);
        element(page, "makePromises").click();
        assertThat(page.locator("#bio-properties-panel-name")).hasValue("Make our promises");
        noKeysLeft(page);
        noWordsMissing(page, language);
        isAccessible(page);
        show(page, "studio-process-" + language);
    }

    @ParameterizedTest
    @CsvSource({"en", "ar"})
    void asksANewQuestionInAForm(String language) {
        Draft draft = draft();
        Page page = edit(draft, FORM, language);
        page.locator("[data-field-type=checkbox].fjs-palette-field").focus();
        page.keyboard().press("Enter");
        page.locator("#arabic-label").fill("هل رُدّت السلعة؟");
        until(() -> text(draft, FORM).contains("\"label-ar\": \"هل رُدّت السلعة؟\""));
        assertThat(text(draft, FORM)).contains("\"key\": \"solution\"").doesNotContain("\"layout\"");
        assertThat(drafts.findings(draft.id())).noneMatch(Finding::blocking);

        page.reload();
        ready(page);
        assertThat(page.locator(".fjs-form-field-checkbox")).isVisible();
        noKeysLeft(page);
        noWordsMissing(page, language);
        isAccessible(page);
        show(page, "studio-form-" + language);
    }

    @ParameterizedTest
    @CsvSource({"en", "ar"})
    void writesALetterInBothLanguagesAndShowsWhatItSays(String language) {
        Draft draft = draft();
        Page page = edit(draft, LETTER, language);
        assertThat(page.locator(".letter-shown article")).hasCount(2);
        assertThat(page.locator(".letter-shown article").first()).containsText("SR-1024");
        for (String side : List.of("en", "ar")) {
            page.locator(".letter-pane[lang=" + side + "] .cm-content").click();
            page.keyboard().press("ControlOrMeta+End");
            page.keyboard().type(side.equals("en") ? "\nWith care." : "\nمع عنايتنا.");
        }
        until(() -> text(draft, LETTER).endsWith("With care.")
                && text(draft, ARABIC_LETTER).endsWith("مع عنايتنا."));
        assertThat(page.locator(".letter-shown article").first()).containsText("With care.");
        assertThat(page.locator(".letter-shown article").last()).containsText("مع عنايتنا.");
        noKeysLeft(page);
        isAccessible(page);
        show(page, "studio-letter-" + language);
    }

    @ParameterizedTest
    @CsvSource({"en", "ar"})
    void findsAMistakeInAGuardrailAndGoesThere(String language) {
        Draft draft = draft();
        Page page = edit(draft, GUARDRAILS, language);
        page.locator(".cm-content").click();
        page.keyboard().press("ControlOrMeta+End");
        page.keyboard().type("rule \"Too Loud\"\nwhen\nthen\nend\n");
        until(() -> text(draft, GUARDRAILS).contains("Too Loud"));
        Locator finding = page.locator("#findings a", new Page.LocatorOptions().setHasText("Too Loud"));
        comes(finding.first());
        page.keyboard().press("ControlOrMeta+Home");
        page.keyboard().press("F8");
        assertThat(page.locator(".cm-activeLine")).containsText("Too Loud");
        assertThat(page.locator(".cm-lintRange").first()).isVisible();
        noKeysLeft(page);
        isAccessible(page);
        show(page, "studio-guardrails-" + language);
    }

    @ParameterizedTest
    @CsvSource({"en", "ar"})
    void writesAScenarioInAGrid(String language) {
        Draft draft = draft();
        Page page = edit(draft, SCENARIOS, language);
        String before = text(draft, SCENARIOS);
        page.locator("[data-row='0'][data-col='1']").click();
        page.keyboard().press("ControlOrMeta+D");
        page.keyboard().type("A copy, in words");
        until(() -> text(draft, SCENARIOS).contains("\"A copy, in words\""));
        assertThat(changed(before, text(draft, SCENARIOS)))
                .as("one row more and no other line touched")
                .hasSize(1);
        noKeysLeft(page);
        isAccessible(page);
        show(page, "studio-scenarios-" + language);
    }

    @ParameterizedTest
    @CsvSource({"en", "ar"})
    void addsFilesThatTheChecksAccept(String language) {
        Draft draft = draft();
        Page page = edit(draft, GUARDRAILS, language);
        for (Map.Entry<String, String> made : Map.of(
                        "process", "processes/goodwill.bpmn",
                        "form", "processes/forms/goodwill.form",
                        "letter", "processes/letters/goodwill.en.txt",
                        "table", "rules/goodwill.dmn",
                        "scenarios", "rules/scenarios/goodwill.csv")
                .entrySet()) {
            page.locator("#new-file").click();
            page.locator("#new-kind").selectOption(made.getKey());
            page.locator("#new-name").fill("goodwill");
            if (!made.getKey().equals("scenarios")) {
                page.locator("#new-english").fill("Goodwill");
                page.locator("#new-arabic").fill("بادرة حسنة");
            }
            isAccessible(page);
            page.locator("dialog[open] [type=submit]").click();
            page.waitForURL(
                    url -> URLDecoder.decode(url, StandardCharsets.UTF_8).contains(made.getValue()));
            ready(page);
            assertThat(drafts.findFile(draft.id(), made.getValue())).isPresent();
        }
        assertThat(drafts.findFile(draft.id(), "processes/letters/goodwill.ar.txt"))
                .isPresent();
        assertThat(drafts.findings(draft.id()).stream()
                        .filter(finding -> finding.blocking() && finding.file().contains("goodwill"))
                        .toList())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"en", "ar"})
    void losesNothingWhenSomebodyElseSavedMeanwhile(String language) {
        Draft draft = draft();
        Page page = edit(draft, GUARDRAILS, language);
        Draft.File theirs = drafts.file(draft.id(), GUARDRAILS);
        drafts.save(draft.id(), GUARDRAILS, "// theirs\n" + theirs.content(), theirs.version(), "admin");
        page.locator(".cm-content").click();
        page.keyboard().press("ControlOrMeta+End");
        page.keyboard().type("// mine\n");
        assertThat(page.locator("#conflict")).isVisible();
        assertThat(page.locator("#conflict .cm-mergeView")).containsText("// theirs");
        expectsRefusal(409);
        noKeysLeft(page);
        isAccessible(page);
        show(page, "studio-conflict-" + language);
        page.locator("#conflict-mine").click();
        until(() -> text(draft, GUARDRAILS).stripTrailing().endsWith("// mine"));
        assertThat(page.locator("#conflict")).hasCount(0);
        ready(page);
        assertThat(text(draft, GUARDRAILS)).doesNotContain("// theirs");
        assertThat(drafts.history(draft.id())).anyMatch(change -> change.by().equals("admin"));
    }

    @ParameterizedTest
    @CsvSource({"en", "ar"})
    void offersWhatABrowserKeptWhenItNeverReachedTheServer(String language) {
        Draft draft = draft();
        Page page = openAs("analyst", new Screen(language, 1440, 900, false), "/studio/drafts/" + draft.id());
        // as a browser leaves it that ends between a key and the next save
        page.evaluate(
                "([key, content]) => localStorage.setItem(key, JSON.stringify({content, version: 1, at: new Date().toISOString()}))",
                List.of("jabr.draft." + draft.id() + "." + GUARDRAILS, text(draft, GUARDRAILS) + "// kept\n"));

        page.navigate("/studio/drafts/" + draft.id() + "/edit?path=" + GUARDRAILS);
        ready(page);
        assertThat(page.locator("#left-behind")).isVisible();
        isAccessible(page);
        page.locator("#left-behind .btn-primary").click();
        page.locator("#conflict-mine").click();
        until(() -> text(draft, GUARDRAILS).endsWith("// kept\n"));
        assertThat(page.locator("#conflict")).hasCount(0);
        ready(page);
    }

    @ParameterizedTest
    @CsvSource({"en", "ar"})
    void showsWithoutLettingAnApproverWrite(String language) {
        Draft draft = draft();
        for (String path : List.of(RESOLVE, PROCESS, FORM, LETTER, GUARDRAILS, SCENARIOS)) {
            Page page =
                    openAs("approver", Screen.desk(language), "/studio/drafts/" + draft.id() + "/edit?path=" + path);
            ready(page);
            assertThat(page.locator("#new-file")).hasCount(0);
            assertThat(page.locator("#undo")).isHidden();
            page.locator("#open-help").click();
            isAccessible(page);
        }
        assertThat(drafts.changed(draft.id())).isEmpty();
    }

    // ---- by hand

    private Draft draft() {
        return drafts.open("Editors " + COUNT.incrementAndGet(), releases.live().id(), "analyst");
    }

    private String text(Draft draft, String path) {
        return drafts.file(draft.id(), path).content();
    }

    private Page edit(Draft draft, String path, String language) {
        Page page = openAs(
                "analyst",
                new Screen(language, 1440, 900, false),
                "/studio/drafts/" + draft.id() + "/edit?path=" + path);
        ready(page);
        return page;
    }

    private static void ready(Page page) {
        page.waitForLoadState(LoadState.LOAD);
        assertThat(page.locator("#editor[data-ready]")).isVisible();
    }

    /** A cell by its row and column. */
    private static Locator cell(Page page, String row, String column) {
        return page.locator("[data-row-id='" + row + "'][data-col-id='" + column + "']");
    }

    private static Locator element(Page page, String id) {
        return page.locator(".djs-element[data-element-id='" + id + "'] .djs-hit")
                .first();
    }

    /** Lines that only one of the two has. */
    private static List<String> changed(String before, String after) {
        return DiffUtils.diff(before.lines().toList(), after.lines().toList()).getDeltas().stream()
                .flatMap(delta -> Stream.concat(
                        delta.getSource().getLines().stream().map(line -> "-" + line),
                        delta.getTarget().getLines().stream().map(line -> "+" + line)))
                .toList();
    }

    private static byte[] oneRowLess(byte[] file, String id) throws java.io.IOException {
        try (var book = new org.apache.poi.xssf.usermodel.XSSFWorkbook(new java.io.ByteArrayInputStream(file));
                var bytes = new java.io.ByteArrayOutputStream()) {
            var sheet = book.getSheetAt(0);
            for (int at = 3; at <= sheet.getLastRowNum(); at++) {
                if (sheet.getRow(at).getCell(0).getStringCellValue().equals(id)) {
                    sheet.removeRow(sheet.getRow(at));
                    break;
                }
            }
            book.write(bytes);
            return bytes.toByteArray();
        }
    }

    /** No library's word is left in English. */
    private static void noWordsMissing(Page page, String language) {
        if (language.equals("ar")) {
            assertThat((List<?>) page.evaluate("[...(window.missingWords ?? [])]"))
                    .as("words without Arabic")
                    .isEmpty();
        }
    }

    private static void noKeysLeft(Page page) {
        assertThat(page.locator("main").innerText()).doesNotContainPattern(Pattern.compile("\\?\\?|editor\\.[a-z]"));
    }

    private static void until(BooleanSupplier holds) {
        long end = System.nanoTime() + 20_000_000_000L;
        while (!holds.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited for it in vain").isLessThan(end);
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
