package org.jabr.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.jabr.JabrApplication;
import org.jabr.cases.Decisions;
import org.jabr.cases.RecoveryCase;
import org.jabr.cases.StoredDecision;
import org.jabr.intake.CaseIntake;
import org.jabr.intake.Submission;
import org.jabr.releases.Releases;
import org.jabr.rules.Moment;
import org.jabr.rules.Money;
import org.jabr.rules.RuleTrial;
import org.jabr.testing.OnH2;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.TestPropertySource;

/** An auditor has everything decided again and finds what somebody changed; both languages, real rules. */
@SpringBootTest(classes = JabrApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@ActiveProfiles("demo")
@OnH2
// Changes rows, so it has a house of its own.
@TestPropertySource(properties = {"jabr.demo.data=false", "jabr.pages.zone=Asia/Riyadh", "jabr.replays.every=PT24H"})
class ReplayBrowserTests extends BrowserTest {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final String TABLE = "rules/resolve.dmn";

    @Autowired
    CaseIntake intake;

    @Autowired
    Decisions decisions;

    @Autowired
    Releases releases;

    @Autowired
    RuleTrial trial;

    @Autowired
    JdbcClient jdbc;

    @ParameterizedTest
    @ValueSource(strings = {"en", "ar"})
    void anAuditorDecidesEverythingAgainAndFindsWhatSomebodyChanged(String language) {
        boolean arabic = language.equals("ar");
        StoredDecision resolved = resolved(language);
        Page page = openAs("auditor", Screen.desk(language), "/journal");
        page.locator("main a[href$='/replays']").click();
        page.waitForURL("**/replays");
        looksRight(page, "replays-" + language, language);
        page.locator("#since").fill("2020-01-31");
        page.locator("#moment").selectOption("resolve");
        page.locator("form[action$='/replays'] button").click();
        page.waitForURL("**/replays/*");
        ends(page);
        assertThat(page.locator(".note.tone-good")).isVisible();
        assertThat(page.locator("#state"))
                .hasText(Pattern.compile(
                        arabic ? "القرارات منذ .*2020.* · .+" : "Decided since 31 Jan 2020 · .+", Pattern.DOTALL));
        assertThat(page.locator("#parts ~ .scroll td").first()).containsText("Drools");
        looksRight(page, "replay-" + language, language);
        picture(page, "replay-" + language);

        String before = result(resolved.id());
        change(resolved.id(), before.replaceFirst("\"verdict\":\"GRANT\"", "\"verdict\":\"REFUSE\""));
        try {
            page.navigate("/replays");
            page.locator("form[action$='/replays'] button").click();
            page.waitForURL("**/replays/*");
            ends(page);
            assertThat(page.locator(".note.tone-bad")).isVisible();
            assertThat(page.locator("#differing ~ .scroll > table > tbody > tr"))
                    .hasCount(1);
            assertThat(page.locator("#differing ~ .scroll > table > tbody > tr").first())
                    .containsText(resolved.caseReference());
            assertThat(page.locator("#differing ~ .scroll > table > tbody > tr").first())
                    .containsText(arabic ? "رُفض" : "Refused");
            page.locator("#differing ~ .scroll details summary").click();
            looksRight(page, "replay-differs-" + language, language);
            page.locator("a[href$='/decisions/" + resolved.id() + "']").click();
            page.waitForURL("**/decisions/" + resolved.id());
            page.locator("form[action$='/replay'] button").click();
            assertThat(page.locator("[id^=replayed] .tone-bad")).isVisible();
            looksRight(page, "decision-replayed-" + language, language);
        } finally {
            change(resolved.id(), before);
        }
        saysWhatWasErasedAndWhichReleaseSomebodyChanged(page, resolved, language);

        page.navigate("/replays");
        assertThat(page.locator("tbody tr").first()).isVisible();
        looksRight(page, "replays-list-" + language, language);
        page.setViewportSize(320, 700);
        fitsItsWidth(page);
        page.setViewportSize(1280, 800);

        page.navigate("/journal?kind=replay.ended");
        assertThat(page.locator("tbody tr").first())
                .containsText(arabic ? "إعادة القرارات نفسها" : "The replay itself");
    }

    private void saysWhatWasErasedAndWhichReleaseSomebodyChanged(Page page, StoredDecision erased, String language) {
        String facts = jdbc.sql("select facts_text from decision where id = :id")
                .param("id", erased.id())
                .query(String.class)
                .single();
        update("update decision set facts_text = :text where id = :id", "t:{}", erased.id());
        String release = erased.decision().release();
        update(
                "update release_file set content = content || :text where release_id = :id and path = 'rules/words.csv'",
                "\n",
                release);
        try {
            page.navigate("/replays");
            page.locator("form[action$='/replays'] button").click();
            page.waitForURL("**/replays/*");
            ends(page);
            assertThat(page.locator("#state ~ .badge-house")).hasClass(Pattern.compile(".*tone-bad.*"));
            assertThat(page.locator("#parts ~ .scroll tbody tr").first()).containsText("RELEASE-029");
            assertThat(page.locator(".figures > div").last().locator("dd")).hasText("1");
            looksRight(page, "replay-changed-" + language, language);
            page.navigate("/decisions/" + erased.id());
            assertThat(page.locator("#release")).hasCount(0);
            looksRight(page, "decision-erased-" + language, language);
        } finally {
            update("update decision set facts_text = :text where id = :id", facts, erased.id());
            update(
                    "update release_file set content = :text where release_id = :id and path = 'rules/words.csv'",
                    releases.file(release, "rules/words.csv").orElseThrow().replaceFirst("\n$", ""),
                    release);
        }
        page.navigate("/replays");
        page.locator("form[action$='/replays'] button").click();
        page.waitForURL("**/replays/*");
        ends(page);
        assertThat(page.locator(".note.tone-good")).isVisible();
    }

    private void update(String sql, String text, Object id) {
        assertThat(jdbc.sql(sql).param("text", text).param("id", id).update()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "ar"})
    void anAgentSeesWhatAnotherReleaseWouldMakeOfADecision(String language) {
        boolean arabic = language.equals("ar");
        StoredDecision resolved = resolved(language);
        String other = generous();
        Page page = openAs("agent", Screen.desk(language), "/decisions/" + resolved.id());
        assertThat(page.locator("a[href$='/replays']")).hasCount(0);
        looksRight(page, "decision-under-" + language, language);
        page.locator("#release").selectOption(resolved.decision().release());
        page.locator("form[action$='/counterfactual'] button").click();
        assertThat(page.locator("#otherwise .tone-good"))
                .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(60_000));
        page.locator("#release").selectOption(other);
        page.locator("form[action$='/counterfactual'] button").click();
        assertThat(page.locator("#otherwise .tone-warn"))
                .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(60_000));
        assertThat(page.locator("#otherwise .otherwise")).containsText("18.00");
        assertThat(page.locator("#otherwise .otherwise")).containsText("36.00");
        assertThat(page.locator("#otherwise .tone-warn")).containsText(other);
        assertThat(page.locator("#otherwise .tone-warn"))
                .containsText(arabic ? "يختلف أمر واحد" : "One thing comes out otherwise");
        page.locator("#otherwise details summary").click();
        looksRight(page, "decision-otherwise-" + language, language);
        page.setViewportSize(320, 700);
        fitsItsWidth(page);
        assertThat(decisions.latest(resolved.caseId(), Moment.RESOLVE)).contains(resolved);
    }

    private static void ends(Page page) {
        assertThat(page.locator(".bar-progress"))
                .hasCount(0, new LocatorAssertions.HasCountOptions().setTimeout(60_000));
    }

    /** A release that nobody has approved, with twice the refund for late deliveries. */
    private String generous() {
        SortedMap<String, String> files =
                new TreeMap<>(releases.files(releases.live().id()));
        String table = String.valueOf(files.get(TABLE));
        int row = table.indexOf("id=\"part-refund-low\"");
        int cell = table.indexOf("<text>20</text>", row);
        assertThat(row).isPositive();
        assertThat(cell).isPositive();
        files.put(
                TABLE,
                table.substring(0, cell) + "<text>40</text>" + table.substring(cell + "<text>20</text>".length()));
        String id = releases.add(files, "upload", "analyst").release().id();
        // The first question starts a process of its own, which takes longer than a page may on a busy machine.
        trial.compile(files);
        return id;
    }

    private String result(long id) {
        return jdbc.sql("select result from decision where id = :id")
                .param("id", id)
                .query(String.class)
                .single();
    }

    private void change(long id, String result) {
        jdbc.sql("update decision set result = :result where id = :id")
                .param("result", result)
                .param("id", id)
                .update();
    }

    private StoredDecision resolved(String language) {
        int n = COUNT.incrementAndGet();
        RecoveryCase recovery = intake.receive(
                        new Submission(
                                "REPLAYS-" + n,
                                "RP-" + n,
                                "EMAIL",
                                "Delivery",
                                "Late " + n,
                                null,
                                Money.of("90.00", "USD"),
                                null,
                                null,
                                null,
                                language,
                                Map.of("failure.type", "LATE_DELIVERY"),
                                Map.of()),
                        "agent")
                .recovery();
        for (int i = 0; i < 300; i++) {
            var found = decisions.latest(recovery.id(), Moment.RESOLVE);
            if (found.isPresent()) {
                return found.get();
            }
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        throw new AssertionError("no decision");
    }
}
