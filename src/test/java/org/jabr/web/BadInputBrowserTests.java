package org.jabr.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.jabr.JabrApplication;
import org.jabr.cases.CaseDesk;
import org.jabr.cases.Contact;
import org.jabr.cases.RecoveryCase;
import org.jabr.customers.Customer;
import org.jabr.customers.Customers;
import org.jabr.customers.PersonalText;
import org.jabr.intake.CaseIntake;
import org.jabr.intake.Submission;
import org.jabr.rules.Authority;
import org.jabr.rules.Decider;
import org.jabr.rules.Money;
import org.jabr.surveys.CustomerLinks;
import org.jabr.testing.OnH2;
import org.jabr.worklist.WorkItem;
import org.jabr.worklist.Worklist;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.MessageSource;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.TestPropertySource;

/** Whatever goes wrong while somebody works is told in words, and nothing that they typed is lost. */
@SpringBootTest(classes = JabrApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@ActiveProfiles("demo")
@OnH2
@TestPropertySource(properties = {"jabr.demo.data=false", "jabr.pages.zone=Asia/Riyadh"})
class BadInputBrowserTests extends BrowserTest {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Decider AGENT = new Decider("agent", Authority.AGENT);
    private static final Decider SUPERVISOR = new Decider("supervisor", Authority.SUPERVISOR);
    private static final String HOSTILE =
            "<img src=x onerror=\"window.hacked=1\"><script>window.hacked=2</script>${7*7}";

    @Autowired
    CaseIntake intake;

    @Autowired
    CaseDesk desk;

    @Autowired
    Customers customers;

    @Autowired
    Worklist worklist;

    @Autowired
    CustomerLinks links;

    @Autowired
    MessageSource messages;

    @ParameterizedTest
    @ValueSource(strings = {"en", "ar"})
    void keepsWhatWasTypedOverAReloadAndARefusalUntilItIsDone(String language) {
        WorkItem item = claimed(report(language, "Nora"));
        Page page = openAs("agent", Screen.desk(language), "/worklist/" + item.id());
        String said = note(language);
        page.locator("#note").fill(said);
        page.locator("#choice-others > summary").click();
        page.locator("#choice-NAMED_CONTACT").check();
        page.locator("#choice-why").fill(said);
        page.reload();

        assertThat(page.locator("#note")).hasValue(said);
        assertThat(page.locator("#choice-NAMED_CONTACT")).isChecked();
        assertThat(page.locator("#choice-why")).hasValue(said);
        assertThat(page.locator(".answers [data-draft-said]")).containsText(words("draft.back", language));
        looksRight(page, "bad-input-back-" + language);

        page.locator(".answers > .actions .btn-quiet").click();
        assertThat(page.locator(".field-error").first()).isVisible();
        expectsRefusal(422);
        assertThat(page.locator("#note")).hasValue(said);
        page.navigate("/worklist/" + item.id());
        assertThat(page.locator("#note")).hasValue(said);
        assertThat(page.locator("#choice-why")).hasValue(said);

        page.locator("#conversation-emotion").selectOption("ANGRY");
        page.locator(".answers > .actions .btn-quiet").click();
        assertThat(page.locator("#flash .tone-good")).isVisible();
        assertThat(drafts(page)).isEmpty();
        assertThat(worklist.get(item.id()).state()).isEqualTo(WorkItem.State.DONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "ar"})
    void beginsAfreshWhereSomebodyWantsTo(String language) {
        WorkItem item = claimed(report(language, "Nora"));
        Page page = openAs("agent", Screen.desk(language), "/worklist/" + item.id());
        page.locator("#note").fill(note(language));
        page.reload();
        page.locator(".answers [data-draft-forget]").click();
        assertThat(page.locator("#note")).hasValue("");
        assertThat(drafts(page)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "ar"})
    void tellsThatSomebodyElseFinishedTheTaskAndGivesTheWordsBack(String language) {
        WorkItem item = claimed(report(language, "Nora"));
        Page page = openAs("agent", Screen.desk(language), "/worklist/" + item.id());
        page.locator("#note").fill(note(language));
        page.locator("#conversation-emotion").selectOption("ANGRY");
        worklist.release(item.id(), SUPERVISOR);
        worklist.complete(item.id(), Map.of("conversation.emotion", "CALM"), SUPERVISOR);
        page.locator(".answers > .actions .btn-quiet").click();

        assertThat(page.locator("#content [role=alert]")).containsText(words("worklist.lost", language));
        expectsRefusal(409);
        assertThat(page.locator(".tone-warn.draft .said").last()).hasText(note(language));
        assertThat(page.locator(".tone-warn.draft")).not().containsText("ANGRY");
        assertThat(page.locator("form.answers")).hasCount(0);
        looksRight(page, "bad-input-finished-" + language);
        // Also for who only loads the page again.
        page.navigate("/worklist/" + item.id());
        assertThat(page.locator("[data-draft-orphan] .said").getByText(note(language)))
                .isVisible();
        assertThat(page.locator("[data-draft-orphan]")).not().containsText("ANGRY");
        isAccessible(page);
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "ar"})
    void tellsThatAnAnalystTookAQuestionAwayAndGivesItsAnswerBack(String language) {
        WorkItem item = claimed(report(language, "Nora"));
        Page page = openAs("agent", Screen.desk(language), "/worklist/" + item.id());
        page.locator("#note").fill(note(language));
        page.locator("#failure-loss").fill("77.00");
        page.locator("#conversation-emotion").selectOption("ANGRY");
        worklist.repin(item.id(), item.release(), item.element(), item.name(), "mend-remedy");
        page.locator(".answers > .actions .btn-quiet").click();

        expectsRefusal(422);
        assertThat(page.locator("#note")).hasValue(note(language));
        Locator told = page.locator(".note.draft:visible");
        assertThat(told).containsText(words("draft.homeless", language));
        assertThat(told).containsText("77.00");
        looksRight(page, "bad-input-changed-" + language);
        page.navigate("/worklist/" + item.id());
        assertThat(page.locator("#note")).hasValue(note(language));
        assertThat(page.locator(".answers [data-draft-homeless]")).containsText("77.00");
        isAccessible(page);
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "ar"})
    void takesADoubleClickForOne(String language) {
        RecoveryCase recovery = report(language, "Nora");
        WorkItem item = claimed(recovery);
        Page page = openAs("agent", Screen.desk(language), "/worklist/" + item.id());
        page.locator("#conversation-emotion").selectOption("ANGRY");
        // As a browser without the page's script would.
        page.evaluate("""
                () => { const form = document.querySelector('form.answers');
                  window.first = fetch(form.action, {method: 'POST', body: new URLSearchParams(new FormData(form))}); }
                """);
        assertThat((Boolean) page.evaluate("async () => (await window.first).ok"))
                .isTrue();
        page.locator(".answers > .actions .btn-quiet").dblclick();
        assertThat(page).hasURL(Pattern.compile(".*/worklist([?#].*)?$"));
        assertThat(page.locator("#flash .tone-good")).isVisible();

        page.navigate("/cases/" + recovery.reference());
        page.locator("#contact-text")
                .locator("xpath=ancestor::details")
                .locator("summary")
                .click();
        page.locator("#contact-text").fill(note(language));
        page.evaluate("""
                () => { const form = document.querySelector('#contact-text').form;
                  const send = () => fetch(form.action, {method: 'POST', body: new URLSearchParams(new FormData(form))});
                  window.first = send().then(send); }
                """);
        assertThat((Boolean) page.evaluate("async () => (await window.first).ok"))
                .isTrue();
        assertThat(desk.file(recovery.reference()).contacts())
                .filteredOn(contact -> contact.direction() == Contact.Direction.IN)
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "ar"})
    void staysWhereItIsWithoutAConnection(String language) {
        WorkItem item = claimed(report(language, "Nora"));
        Page page = openAs("agent", Screen.desk(language), "/worklist/" + item.id());
        page.locator("#conversation-emotion").selectOption("ANGRY");
        page.locator("#note").fill(note(language));
        page.context().setOffline(true);
        page.locator(".answers > .actions .btn-quiet").click();
        assertThat(page.locator("#flash")).containsText(words("layout.offline", language));
        assertThat(page.locator("#note")).hasValue(note(language));
        page.context().setOffline(false);
        page.locator(".answers > .actions .btn-quiet").click();
        assertThat(page).hasURL(Pattern.compile(".*/worklist([?#].*)?$"));
        assertThat(worklist.get(item.id()).state()).isEqualTo(WorkItem.State.DONE);

        WorkItem free = open(report(language, "Nora"), 1).get(0);
        page.navigate("/worklist");
        Locator row = page.locator("#work-" + free.id());
        page.context().setOffline(true);
        row.locator("[data-claim]").focus();
        page.keyboard().press("Enter");
        assertThat(page.locator("#flash")).containsText(words("layout.offline", language));
        assertThat(row.locator("[data-claim]")).isFocused();
        page.context().setOffline(false);
        page.keyboard().press("Enter");
        assertThat(row).hasClass(Pattern.compile(".*mine.*"));
        assertThat(page.locator("#flash .note")).hasCount(0);
        expectsNoConnection();
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "ar"})
    void comesBackToWhatWasTypedAfterTheSessionEnded(String language) {
        WorkItem item = claimed(report(language, "Nora"));
        Page page = openAs("agent", Screen.desk(language), "/worklist/" + item.id());
        page.locator("#note").fill(note(language));
        page.locator("#conversation-emotion").selectOption("ANGRY");
        page.context().clearCookies();
        page.locator(".answers > .actions .btn-quiet").click();
        assertThat(page.locator("main")).containsText("AUTH-004");
        expectsRefusal(403);

        page.navigate("/worklist/" + item.id());
        signIn(page, "agent");
        assertThat(page).hasURL(Pattern.compile(".*/worklist/" + item.id() + ".*"));
        assertThat(page.locator("#note")).hasValue(note(language));
        assertThat(page.locator("#conversation-emotion")).hasValue("ANGRY");

        // Whoever works here next in the same tab finds nothing of it.
        page.context().clearCookies();
        page.navigate("/worklist/" + item.id());
        signIn(page, "agent2");
        assertThat(page.locator("[data-draft-orphan] .said")).hasCount(0);
        assertThat(drafts(page)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "ar"})
    void showsHostileTextAsText(String language) {
        RecoveryCase recovery = report(language, HOSTILE);
        WorkItem item = claimed(recovery);
        Page page = openAs("agent", Screen.desk(language), "/worklist");
        assertThat(page.locator("#work-" + item.id())).containsText(HOSTILE);
        page.locator(".saved summary").click();
        page.locator("#filter-name").fill("<img src=x onerror=hacked=3>");
        page.locator(".keep button").click();
        assertThat(page.locator(".saved-list")).containsText("<img src=x onerror=hacked=3>");
        page.locator(".saved-list li")
                .filter(new Locator.FilterOptions().setHasText("hacked"))
                .locator("button")
                .click();
        unharmed(page);

        page.navigate("/cases/" + recovery.reference());
        Locator clock = page.locator(".clock").first();
        clock.locator("details.fold").first().locator("summary").click();
        clock.locator("textarea[name=note]").fill(HOSTILE);
        clock.locator("button:visible").first().click();
        assertThat(page.locator("#flash .note")).isVisible();
        page.locator("#make-promise summary").click();
        page.locator("#promise-said").fill(HOSTILE);
        page.locator("#promise-due")
                .fill(LocalDateTime.now(ZoneId.of("Asia/Riyadh"))
                        .plusDays(2)
                        .format(DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm")));
        page.locator("#make-promise form > button").click();
        assertThat(page.locator("li[id^=promise-] .said")).containsText(HOSTILE);
        page.locator("#contact-text")
                .locator("xpath=ancestor::details")
                .locator("summary")
                .click();
        page.locator("#contact-text").fill(HOSTILE);
        page.locator("#contact-text")
                .locator("xpath=ancestor::form")
                .locator("button.btn-primary")
                .click();
        assertThat(page.locator(".conversation .said").first()).containsText(HOSTILE);
        unharmed(page);

        page.locator("#write-letter").click();
        page.locator("#subject").fill(HOSTILE);
        page.locator("#body").fill(HOSTILE);
        page.locator("button[value=look]").click();
        assertThat(page.locator("#body")).hasValue(HOSTILE);
        page.locator("button[value=send]").click();
        assertThat(page).hasURL(Pattern.compile(".*/cases/" + recovery.reference() + "([?#].*)?$"));
        assertThat(page.locator(".conversation summary").first()).containsText(HOSTILE);
        unharmed(page);

        page.navigate("/worklist/" + item.id());
        page.locator("#note").fill(HOSTILE);
        page.locator("#choice-others > summary").click();
        page.locator("#choice-NAMED_CONTACT").check();
        page.locator("#choice-why").fill(HOSTILE);
        page.reload();
        assertThat(page.locator("#note")).hasValue(HOSTILE);
        assertThat(page.locator("#choice-why")).hasValue(HOSTILE);
        page.locator(".answers > .actions .btn-quiet").click();
        assertThat(page.locator(".field-error").first()).isVisible();
        expectsRefusal(422);
        assertThat(page.locator("#choice-why")).hasValue(HOSTILE);
        assertThat(page.locator("#note")).hasValue(HOSTILE);
        unharmed(page);
        page.locator("#conversation-emotion").selectOption("ANGRY");
        page.locator(".answers > .actions .btn-quiet").click();
        assertThat(page.locator("#flash .tone-good")).isVisible();
        until(() -> desk.file(recovery.reference()).remedies().size() > 0);
        page.navigate("/cases/" + recovery.reference());
        assertThat(page.locator("section[aria-labelledby=chosen]")).containsText(HOSTILE);
        unharmed(page);

        page.navigate(links.path(recovery.reference()));
        assertThat(page.locator("h1")).containsText(HOSTILE);
        page.locator("#text").fill(HOSTILE);
        page.locator("section[aria-labelledby=write] button.btn-quiet").click();
        assertThat(page.locator("#flash .tone-good")).isVisible();
        unharmed(page);
    }

    private void unharmed(Page page) {
        assertThat(page.evaluate("window.hacked")).isNull();
        assertThat(page.locator("img[src=x]")).hasCount(0);
        assertThat(page.locator("body")).not().containsText("}49");
        fitsItsWidth(page);
    }

    private void looksRight(Page page, String name) {
        assertThat(page.locator("body").innerText()).doesNotContain("??");
        isAccessible(page);
        fitsItsWidth(page);
        show(page, name);
    }

    private static void signIn(Page page, String login) {
        page.locator("#login").fill(login);
        page.locator("#password").fill(login);
        page.locator("#sign-in button").click();
        page.waitForURL(url -> !url.contains("/sign-in"));
    }

    private static List<?> drafts(Page page) {
        return (List<?>) page.evaluate("Object.keys(sessionStorage).filter(key => key.startsWith('draft/'))");
    }

    private static String note(String language) {
        return language.equals("ar") ? "ينتظر العميل جوابًا اليوم." : "The customer waits for an answer today.";
    }

    private String words(String key, String language) {
        return messages.getMessage(key, null, Locale.forLanguageTag(language));
    }

    private WorkItem claimed(RecoveryCase recovery) {
        return worklist.claim(open(recovery, 1).get(0).id(), AGENT);
    }

    private List<WorkItem> open(RecoveryCase recovery, int atLeast) {
        until(() -> open(recovery).size() >= atLeast);
        return open(recovery);
    }

    private List<WorkItem> open(RecoveryCase recovery) {
        return worklist.ofCase(recovery.id()).stream()
                .filter(item -> item.kind() == WorkItem.Kind.ACKNOWLEDGEMENT && item.open())
                .toList();
    }

    private RecoveryCase report(String language, String name) {
        int n = COUNT.incrementAndGet();
        customers.save(new Customer.Details(
                "BI-" + n, new PersonalText(name), null, null, language, "EMAIL", false, false, false));
        return intake.receive(
                        new Submission(
                                "BAD-INPUT-" + n,
                                "BI-" + n,
                                "EMAIL",
                                name,
                                name,
                                name,
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

    private static void until(BooleanSupplier holds) {
        Instant end = Instant.now().plus(Duration.ofSeconds(90));
        while (!holds.getAsBoolean()) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("it did not happen in time");
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
