package org.jabr.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jabr.JabrApplication;
import org.jabr.cases.RecoveryCase;
import org.jabr.intake.CaseIntake;
import org.jabr.intake.Submission;
import org.jabr.rules.Authority;
import org.jabr.rules.Money;
import org.jabr.testing.OnH2;
import org.jabr.worklist.NewWork;
import org.jabr.worklist.Presence;
import org.jabr.worklist.WorkItem;
import org.jabr.worklist.Worklist;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.TestPropertySource;

/** The one list of work, mostly by keyboard, in both languages. */
@SpringBootTest(classes = JabrApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@ActiveProfiles("demo")
@OnH2
// Counts every item of the list, so it has a list of its own: a property of its own makes a context of its own.
@TestPropertySource(properties = {"jabr.demo.data=false", "jabr.pages.zone=Asia/Riyadh", "jabr.worklist.every=PT0.9S"})
class WorklistBrowserTests extends BrowserTest {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final String QUEUE = "GENERAL";

    @Autowired
    CaseIntake intake;

    @Autowired
    Worklist worklist;

    @Autowired
    Presence presence;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Clock clock;

    @AfterEach
    void nothingIsLeft() {
        for (Long id : jdbc.sql("select id from work_item where state in ('OPEN', 'CLAIMED')")
                .query(Long.class)
                .list()) {
            worklist.snooze(id, OffsetDateTime.now(clock).plusYears(9), supervisor());
        }
        jdbc.sql("delete from work_filter").update();
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "ar"})
    void narrowsSelectsClaimsAndPutsOffByKeyboard(String language) {
        long first = open(language, 60);
        long second = open(language, 120);
        long strict = open(language, 180, Authority.MANAGER);
        Page page = openAs("agent", Screen.desk(language), "/worklist?queue=" + QUEUE);
        assertThat(page.locator("tr[data-item]")).hasCount(3);
        isAccessible(page);
        show(page, "list-" + language);

        page.locator(".saved summary").click();
        page.locator("#filter-name").fill(language.equals("ar") ? "صباحي" : "My morning");
        page.locator("#filter-shared").check();
        page.locator(".keep button").click();
        assertThat(page.locator(".saved-list a[aria-current]")).hasCount(1);

        page.keyboard().press("Shift+Slash");
        assertThat(page.locator("#keys")).isVisible();
        isAccessible(page);
        show(page, "list-keys-" + language);
        page.keyboard().press("Escape");

        // The keys are found by their place, so the letters of an Arabic keyboard do as well.
        key(page, "KeyJ", "ت");
        assertThat(page.locator("#work-" + first)).isFocused();
        key(page, "KeyX", "ء");
        key(page, "KeyJ", "ت");
        key(page, "KeyX", "ء");
        key(page, "KeyJ", "ت");
        key(page, "KeyX", "ء");
        assertThat(page.locator("#work-" + strict)).isFocused();
        assertThat(page.locator("input[name=item]:checked")).hasCount(3);
        key(page, "KeyB", "لا");
        assertThat(page.locator("#action")).isFocused();
        page.locator("#action").selectOption("CLAIM");
        page.locator("#bulk button").click();

        assertThat(page.locator("#bulk-lines .tone-good")).hasCount(2);
        assertThat(page.locator("#bulk-lines .tone-bad")).hasCount(1);
        isAccessible(page);
        fitsItsWidth(page);
        show(page, "list-preview-" + language);
        picture(page, "bulk-" + language);
        assertThat(worklist.get(first).assignee()).isNull();
        // Somebody else is faster with one of them: only that one is lost.
        worklist.claim(second, new org.jabr.rules.Decider("agent2", Authority.AGENT));
        page.locator("form[action$='/worklist/bulk'] button").click();
        assertThat(page.locator("#bulk-lines .tone-good")).hasCount(1);
        assertThat(page.locator("#bulk-lines .tone-bad")).hasCount(1);
        isAccessible(page);
        show(page, "list-result-" + language);
        assertThat(worklist.get(first).assignee()).isEqualTo("agent");

        page.locator("main a.btn-primary").click();
        page.waitForURL(url -> url.contains("queue=" + QUEUE));
        key(page, "KeyJ", "ت");
        key(page, "KeyS", "س");
        assertThat(page.locator("#until")).isFocused();
        page.locator("#until").selectOption("due");
        page.locator("#bulk button").click();
        page.locator("form[action$='/worklist/bulk'] button").click();
        assertThat(page.locator("#bulk-lines .tone-good")).hasCount(1);
        assertThat(worklist.get(first).stand()).isEqualTo(WorkItem.Stand.SNOOZED);
        page.locator("main a.btn-primary").click();
        assertThat(page.locator("#work-" + first)).hasCount(0);
        key(page, "Slash", "ظ");
        assertThat(page.locator("#q")).isFocused();
        page.locator("#q").fill(worklist.get(second).caseReference());
        page.keyboard().press("Enter");
        assertThat(page.locator("#work-" + second)).isVisible();
        assertThat(page.locator("tr[data-item]")).hasCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "ar"})
    void tellsWhatIsNewWithoutMovingARow(String language) {
        open(language, 60);
        long second = open(language, 120);
        Page page = openAs("agent", Screen.desk(language), "/worklist?queue=" + QUEUE);
        assertThat(page.locator("main[data-watching]")).hasCount(1);
        key(page, "KeyJ", "j");
        key(page, "KeyJ", "j");
        BoundingBox place = page.locator("#work-" + second).boundingBox();

        long urgent = open(language, 5);
        worklist.claim(second, new org.jabr.rules.Decider("agent2", Authority.AGENT));
        presence.here(second, "agent2");

        assertThat(page.locator("[data-live]")).isVisible();
        assertThat(page.locator("[data-live-count]")).hasText("1");
        assertThat(page.locator("#work-" + second + " [data-changed]")).isVisible();
        assertThat(page.locator("#work-" + second + " [data-others]")).isVisible();
        BoundingBox after = page.locator("#work-" + second).boundingBox();
        assertThat(List.of(after.x, after.y, after.width, after.height))
                .isEqualTo(List.of(place.x, place.y, place.width, place.height));
        assertThat(page.locator("#work-" + second)).isFocused();
        isAccessible(page);
        show(page, "list-live-" + language);

        key(page, "KeyN", "ى");
        assertThat(page.locator("tr[data-item]").first()).hasId("work-" + urgent);
        assertThat(page.locator("#work-" + second)).isFocused();
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "ar"})
    void foreseesAndFitsANarrowScreen(String language) {
        open(language, 30);
        Page page = openAs("supervisor", Screen.desk(language).narrow(), "/worklist");
        fitsItsWidth(page);
        isAccessible(page);
        show(page, "list-narrow-" + language);
        page.navigate("/worklist/forecast");
        assertThat(page.locator("table").first()).containsText("1");
        fitsItsWidth(page);
        isAccessible(page);
        show(page, "forecast-" + language);
    }

    private static void key(Page page, String code, String letter) {
        page.evaluate(
                "([code, key]) => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {code, key, bubbles: true, cancelable: true}))",
                List.of(code, letter));
    }

    private static org.jabr.rules.Decider supervisor() {
        return new org.jabr.rules.Decider("supervisor", Authority.SUPERVISOR);
    }

    private long open(String language, int minutes) {
        return open(language, minutes, Authority.AGENT);
    }

    private long open(String language, int minutes, Authority authority) {
        int n = COUNT.incrementAndGet();
        RecoveryCase recovery = intake.receive(
                        new Submission(
                                "LIST-" + n,
                                "L-" + n,
                                "EMAIL",
                                "Billing",
                                "Charged twice",
                                "I was charged twice",
                                Money.of("12.00", "SAR"),
                                null,
                                null,
                                null,
                                language,
                                Map.of("failure.type", "DUPLICATE_CHARGE", "conversation.emotion", "CALM"),
                                Map.of()),
                        "agent")
                .recovery();
        worklist.open(new NewWork(
                WorkItem.Kind.TASK,
                language.equals("ar") ? "مراجعة" : "Look into it",
                recovery.id(),
                recovery.reference(),
                recovery.release(),
                null,
                "lookInto",
                null,
                null,
                authority,
                null,
                QUEUE,
                "STANDARD",
                language,
                null,
                OffsetDateTime.now(clock).plusMinutes(minutes),
                List.of(new WorkItem.Why("due", 0, List.of()))));
        return jdbc.sql("select max(id) from work_item where case_id = :id and element = 'lookInto'")
                .param("id", recovery.id().value())
                .query(Long.class)
                .single();
    }
}
