package org.jabr.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.jabr.JabrApplication;
import org.jabr.cases.CaseDesk;
import org.jabr.cases.Cases;
import org.jabr.cases.Choices;
import org.jabr.cases.RecoveryCase;
import org.jabr.cases.Stage;
import org.jabr.customers.Customer;
import org.jabr.customers.Customers;
import org.jabr.customers.PersonalText;
import org.jabr.intake.CaseIntake;
import org.jabr.intake.Submission;
import org.jabr.releases.Drafts;
import org.jabr.remedies.Effect;
import org.jabr.rules.Authority;
import org.jabr.rules.Decider;
import org.jabr.rules.Money;
import org.jabr.surveys.CustomerLinks;
import org.jabr.surveys.Surveys;
import org.jabr.testing.OnH2;
import org.jabr.worklist.WorkItem;
import org.jabr.worklist.Worklist;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.TestPropertySource;

/** One journey per desk, on the whole application, in both languages. */
@SpringBootTest(classes = JabrApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@ActiveProfiles("demo")
@OnH2
@TestPropertySource(properties = {"jabr.demo.data=false", "jabr.pages.zone=Asia/Riyadh"})
class DeskBrowserTests extends BrowserTest {

    private static final AtomicInteger COUNT = new AtomicInteger();

    @Autowired
    CaseIntake intake;

    @Autowired
    CaseDesk desk;

    @Autowired
    Cases cases;

    @Autowired
    Customers customers;

    @Autowired
    Worklist worklist;

    @Autowired
    Choices choices;

    @Autowired
    Drafts drafts;

    @Autowired
    Surveys surveys;

    @Autowired
    CustomerLinks links;

    @ParameterizedTest
    @CsvSource({"en, 'This must be answered.'", "ar, هذا السؤال يحتاج إلى جواب."})
    void claimsReadsWhyAndCompletesTheFirstItem(String language, String missing) {
        RecoveryCase recovery = report(language, "DELIVERED_NOT_RECEIVED", "640.00", "ANGRY");
        WorkItem item = waitFor(recovery, WorkItem.Kind.ACKNOWLEDGEMENT);
        Page page = openAs("agent", Screen.desk(language), "/worklist?q=" + recovery.reference());
        Locator row = page.locator("#work-" + item.id());

        row.locator("summary").click();
        assertThat(row.locator(".because").first()).isVisible();
        noKeysLeft(page);
        isAccessible(page);
        row.locator("form button").click();
        assertThat(row).hasClass(Pattern.compile(".*mine.*"));
        assertThat(worklist.get(item.id()).assignee()).isEqualTo("agent");
        show(page, "worklist-" + language);
        picture(page, "worklist-" + language);

        row.locator("td a").first().click();
        noKeysLeft(page);
        isAccessible(page);
        show(page, "work-" + language);
        page.locator(".answers .btn-quiet").click();
        assertThat(page.locator(".field-error")).hasText(missing);
        expectsRefusal(422);
        isAccessible(page);
        page.locator("#conversation-emotion").selectOption("ANGRY");
        page.locator("#note").fill("He waits for an answer today.");
        page.locator(".answers .btn-quiet").click();

        assertThat(page).hasURL(Pattern.compile(".*/worklist([?#].*)?$"));
        assertThat(worklist.get(item.id()).state()).isEqualTo(WorkItem.State.DONE);

        until(() -> cases.get(recovery.id()).stage() != Stage.DECIDED
                || desk.file(recovery.reference()).remedies().size() > 0);
        page.navigate("/cases/" + recovery.reference());
        assertThat(page.locator("#diagram[data-ready] .way-done").first()).isAttached();
        assertThat(page.locator(".passed .done").first()).isAttached();
        noKeysLeft(page);
        isAccessible(page);
        fitsItsWidth(page);
        show(page, "case-" + language);
        picture(page, "case-" + language);
    }

    @ParameterizedTest
    @CsvSource({"en", "ar"})
    void approvesWhatIsAskedForAndLowersIt(String language) {
        RecoveryCase recovery = report(language, "BOOKING_NOT_HONOURED", "9000.00", "ANGRY");
        WorkItem acknowledgement = waitFor(recovery, WorkItem.Kind.ACKNOWLEDGEMENT);
        worklist.complete(
                acknowledgement.id(),
                Map.of("conversation.emotion", "ANGRY"),
                new org.jabr.rules.Decider("agent", org.jabr.rules.Authority.AGENT));
        WorkItem approval = waitFor(recovery, WorkItem.Kind.APPROVAL);
        worklist.claim(approval.id(), new org.jabr.rules.Decider("manager", org.jabr.rules.Authority.MANAGER));

        Page page = openAs("manager", Screen.desk(language), "/worklist/" + approval.id());
        noKeysLeft(page);
        isAccessible(page);
        fitsItsWidth(page);
        show(page, "approval-" + language);
        page.locator("input[value=REFUSE]").check();
        page.locator(".answers .btn-quiet").click();
        assertThat(page.locator("[role=alert]").first()).isVisible();
        expectsRefusal(422);

        page.locator("input[value=APPROVE]").check();
        page.locator("#amount").fill("100.00");
        page.locator("#reason").fill("As agreed on the telephone.");
        page.locator(".answers .btn-quiet").click();
        assertThat(page).hasURL(Pattern.compile(".*/worklist([?#].*)?$"));
        Effect effect = desk.file(recovery.reference()).remedies().stream()
                .filter(one -> one.key().equals(approval.subject()))
                .findFirst()
                .orElseThrow();
        assertThat(effect.decidedBy()).isEqualTo("manager");
        assertThat(effect.money()).isEqualTo(Money.of("100.00", "SAR"));
    }

    /** The rules answer an earlier question while a key is down: what it ticks is there when it goes up. */
    @Test
    void aBoxThatIsPressedWhileTheRulesAnswerIsTicked() {
        RecoveryCase recovery = report("en", "LATE_DELIVERY", "400.00", "ANGRY");
        WorkItem item = waitFor(recovery, WorkItem.Kind.ACKNOWLEDGEMENT);
        worklist.claim(item.id(), new Decider("agent", Authority.AGENT));
        Page page = openAs("agent", Screen.desk("en"), "/worklist/" + item.id());
        page.locator("#choice-others > summary").click();
        Locator box = page.locator("#choice-NAMED_CONTACT");
        page.waitForResponse(response -> response.url().endsWith("/weigh"), () -> {
            page.locator("#conversation-emotion").selectOption("ANGRY");
            box.focus();
            page.keyboard().down("Space");
        });
        // The answer is there; the page has had time to do with it what it wants.
        page.waitForTimeout(500);
        page.keyboard().up("Space");
        assertThat(page.locator("#choice-why")).isVisible();
        assertThat(box).isChecked();
        assertThat(box).isFocused();
    }

    @ParameterizedTest
    @CsvSource({"en, She asked for one person to talk to.", "ar, طلبت شخصًا واحدًا تتحدث معه."})
    void choosesOtherwiseWithinTheRangeAndProposesItAsARule(String language, String why) {
        RecoveryCase recovery = report(language, "LATE_DELIVERY", "400.00", "ANGRY");
        WorkItem item = waitFor(recovery, WorkItem.Kind.ACKNOWLEDGEMENT);
        worklist.claim(item.id(), new Decider("agent", Authority.AGENT));
        Page page = openAs("agent", Screen.desk(language), "/worklist/" + item.id());
        page.locator("#conversation-emotion").selectOption("ANGRY");
        assertThat(page.locator("#choice-REFUND")).isChecked();
        assertThat(page.locator("#choice-why")).hasCount(0);

        page.locator("#choice-others > summary").click();
        page.locator("#choice-NAMED_CONTACT").check();
        assertThat(page.locator("#choice-why")).isVisible();
        assertThat(page.locator("#choice > .note")).hasClass(Pattern.compile(".*tone-good.*"));
        noKeysLeft(page);
        isAccessible(page);
        fitsItsWidth(page);
        show(page, "choice-" + language);
        page.locator(".answers > .actions .btn-quiet").click();
        assertThat(page.locator("#content [role=alert]").first()).isVisible();
        expectsRefusal(422);
        assertThat(page.locator("#choice-NAMED_CONTACT")).isChecked();

        page.locator("#choice-why").fill(why);
        settled(page);
        page.locator(".answers > .actions .btn-quiet").click();
        assertThat(page).hasURL(Pattern.compile(".*/worklist([?#].*)?$"));
        until(() -> desk.file(recovery.reference()).remedies().stream()
                .anyMatch(effect -> effect.remedy().equals("NAMED_CONTACT")));

        page.navigate("/cases/" + recovery.reference());
        Locator chosen = page.locator("section[aria-labelledby=chosen]");
        assertThat(chosen).containsText(why);
        chosen.locator("summary").click();
        chosen.locator("form button").click();
        assertThat(page.locator("#flash .tone-good")).isVisible();
        noKeysLeft(page);
        isAccessible(page);
        String draft = choices.ofCase(recovery.id()).get(0).draft();
        assertThat(drafts.get(draft).createdBy()).isEqualTo("agent");
    }

    @ParameterizedTest
    @CsvSource({"en", "ar"})
    void importsAFileAndSaysWhatIsWrongWithALine(String language) {
        Page page = openAs("supervisor", Screen.desk(language), "/imports");
        noKeysLeft(page);
        isAccessible(page);
        page.locator("#kind").selectOption("customers");
        page.locator("#mapping").selectOption("generic");
        String ref = "F-" + COUNT.incrementAndGet();
        String file = "customer,name,email,phone,language,preferredChannel,vulnerable,loyaltyMember,neverComplains\n"
                + ref + ",Rana Aziz,rana@example.com,,ar,PHONE,false,false,false\n"
                + ",Nobody,,,,,,,\n";
        page.locator("#file")
                .setInputFiles(new FilePayload("customers.csv", "text/csv", file.getBytes(StandardCharsets.UTF_8)));
        page.locator("form[enctype] button").click();

        assertThat(page.locator("#rejected")).isVisible();
        assertThat(page.locator(".figures dd").first()).hasText("1");
        noKeysLeft(page);
        isAccessible(page);
        show(page, "import-" + language);
        assertThat(customers.find(ref)).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"en, true, CLOSED", "ar, true, CLOSED", "ar, false, ACKNOWLEDGED"})
    void answersTheSurveyOnTheCustomersOwnPage(String language, boolean satisfied, String becomes) {
        RecoveryCase recovery = report(language, "DUPLICATE_CHARGE", "59.90", "CALM");
        until(() -> cases.get(recovery.id()).stage() == Stage.FOLLOW_UP
                && !surveys.ofCase(recovery.id()).isEmpty());
        Page page = open(Screen.desk(language.equals("ar") ? "en" : "ar"), links.path(recovery.reference()));

        assertThat(page.locator("html")).hasAttribute("lang", language);
        noKeysLeft(page);
        isAccessible(page);
        fitsItsWidth(page);
        show(page, "customer-" + language);
        picture(page, "customer-" + language);
        assertThat(page.locator("meta[name=robots]")).hasAttribute("content", "noindex, nofollow");
        page.locator("input[name=satisfied][value=" + satisfied + "]").check();
        page.locator("input[name=csat][value='" + (satisfied ? 5 : 1) + "']").check();
        page.locator("#survey .btn-primary").click();

        assertThat(page.locator("#flash .note")).isVisible();
        assertThat(page.locator("#survey")).hasCount(0);
        until(() -> satisfied
                ? cases.get(recovery.id()).stage() == Stage.valueOf(becomes)
                : cases.get(recovery.id()).reopened());
        page.reload();
        isAccessible(page);
        show(page, "customer-answered-" + language);
    }

    @ParameterizedTest
    @CsvSource({"en", "ar"})
    void tellsAWrongLinkInWords(String language) {
        RecoveryCase recovery = report(language, "DUPLICATE_CHARGE", "12.00", "CALM");
        Page page = open(Screen.desk(language), "/c/" + recovery.reference() + "/0000");
        expectsRefusal(404);
        assertThat(page.locator("main")).containsText("LINK-001");
        isAccessible(page);
    }

    @ParameterizedTest
    @CsvSource({"en, false", "ar, false", "en, true", "ar, true"})
    void everyPageFitsANarrowScreen(String language, boolean dark) {
        RecoveryCase recovery = report(language, "DELIVERED_NOT_RECEIVED", "640.00", "ANGRY");
        WorkItem item = waitFor(recovery, WorkItem.Kind.ACKNOWLEDGEMENT);
        Screen narrow = dark
                ? Screen.desk(language).narrow().inTheDark()
                : Screen.desk(language).narrow();
        Page page = openAs("admin", narrow, "/worklist");
        Map<String, String> paths = new HashMap<>(Map.of(
                "worklist", "/worklist",
                "work", "/worklist/" + item.id(),
                "cases", "/cases",
                "case", "/cases/" + recovery.reference(),
                "imports", "/imports",
                "releases", "/releases",
                "customer", links.path(recovery.reference())));
        paths.forEach((name, path) -> {
            page.navigate(path);
            fitsItsWidth(page);
            noKeysLeft(page);
            isAccessible(page);
            show(page, name + "-narrow-" + language + (dark ? "-dark" : ""));
        });
    }

    /** No name of a sentence or of a value stands where words should. */
    private static void noKeysLeft(Page page) {
        assertThat(page.locator("body").innerText())
                .doesNotContain("??")
                .doesNotContainPattern("(?<![-\\w])[A-Z]{3,}_[A-Z]{3,}\\b");
    }

    private RecoveryCase report(String language, String type, String loss, String emotion) {
        int n = COUNT.incrementAndGet();
        boolean arabic = language.equals("ar");
        customers.save(new Customer.Details(
                "B-" + n,
                new PersonalText(arabic ? "ليلى منصور" : "Nora Haddad"),
                new PersonalText("customer" + n + "@example.com"),
                new PersonalText("+96650000" + n),
                language,
                "PHONE",
                false,
                true,
                false));
        return intake.receive(
                        new Submission(
                                "BROWSER-" + n,
                                "B-" + n,
                                "EMAIL",
                                arabic ? "التوصيل" : "Delivery",
                                arabic ? "لم يصل الطرد" : "The parcel never arrived",
                                arabic
                                        ? "يقول الموقع إن الطرد سُلّم، ولم يصلني شيء.\nرقم الطلب ORD-77" + n
                                        : "It is marked as delivered. <b>I never received it.</b>\nOrder ORD-77" + n,
                                Money.of(loss, "SAR"),
                                null,
                                null,
                                null,
                                language,
                                Map.of("failure.type", type, "conversation.emotion", emotion),
                                Map.of()),
                        "agent")
                .recovery();
    }

    private WorkItem waitFor(RecoveryCase recovery, WorkItem.Kind kind) {
        until(() -> open(recovery, kind).size() > 0);
        return open(recovery, kind).get(0);
    }

    private List<WorkItem> open(RecoveryCase recovery, WorkItem.Kind kind) {
        return worklist.ofCase(recovery.id()).stream()
                .filter(item -> item.kind() == kind)
                .filter(item -> item.state() == WorkItem.State.OPEN || item.state() == WorkItem.State.CLAIMED)
                .toList();
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
