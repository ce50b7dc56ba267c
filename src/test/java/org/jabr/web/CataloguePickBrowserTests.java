package org.jabr.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.jabr.JabrApplication;
import org.jabr.cases.CaseDesk;
import org.jabr.cases.RecoveryCase;
import org.jabr.catalogue.Catalogue;
import org.jabr.catalogue.CatalogueDesk;
import org.jabr.catalogue.TypedItem;
import org.jabr.customers.Customer;
import org.jabr.customers.Customers;
import org.jabr.customers.PersonalText;
import org.jabr.intake.CaseIntake;
import org.jabr.intake.Submission;
import org.jabr.remedies.Effect;
import org.jabr.rules.Authority;
import org.jabr.rules.Decider;
import org.jabr.rules.Money;
import org.jabr.testing.OnH2;
import org.jabr.worklist.WorkItem;
import org.jabr.worklist.Worklist;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.TestPropertySource;

/** People who pick what a customer gets: whoever speaks with the customer, and whoever approves, in both languages. */
@SpringBootTest(classes = JabrApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@ActiveProfiles("demo")
@OnH2
// The context is the one of the journeys of the desk: nothing may be left in its list.
@TestPropertySource(properties = {"jabr.demo.data=false", "jabr.pages.zone=Asia/Riyadh", "jabr.worklist.every=PT0.9S"})
class CataloguePickBrowserTests extends BrowserTest {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Decider MANAGER = new Decider("manager", Authority.MANAGER);

    @Autowired
    CaseIntake intake;

    @Autowired
    CaseDesk desk;

    @Autowired
    Customers customers;

    @Autowired
    Worklist worklist;

    @Autowired
    CatalogueDesk catalogueDesk;

    @Autowired
    Catalogue catalogue;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Clock clock;

    @AfterEach
    void nothingIsLeft() {
        for (Catalogue.Stocked one : catalogue.list(null, true, null, 200)) {
            catalogueDesk.activate(one.item().code(), one.item().version(), false, "test");
        }
        for (Long id : jdbc.sql("select id from work_item where state in ('OPEN', 'CLAIMED')")
                .query(Long.class)
                .list()) {
            worklist.snooze(
                    id, OffsetDateTime.now(clock).plusYears(9), new Decider("supervisor", Authority.SUPERVISOR));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "ar"})
    void whoeverSpeaksWithTheCustomerPicksAnotherItemThanTheRules(String language) {
        boolean arabic = language.equals("ar");
        shelf("P", language);
        RecoveryCase recovery = report(language);
        Page page = work(recovery, WorkItem.Kind.ACKNOWLEDGEMENT, "agent", language);
        page.locator("#conversation-emotion").selectOption("ANGRY");
        page.locator("#note").fill(arabic ? "تحب الشاي والقهوة." : "She is fond of tea and coffee.");
        chooseAGift(page, "3.00");
        Locator items = page.locator("#choice-item-GIFT");
        assertThat(items.locator("option").first()).containsText(arabic ? "علبة تمر" : "Box of dates");
        assertThat(items).hasValue("");
        looksRight(page, "pick-offered-" + language, language);

        items.selectOption(code("P", "COFFEE", language));
        page.locator("#choice-why").fill(arabic ? "ذكرت القهوة في المكالمة" : "She spoke of coffee on the phone");
        settled(page);
        assertThat(items).hasValue(code("P", "COFFEE", language));
        catalogueDesk.receive(code("P", "COFFEE", language), -1, "Broken", MANAGER);
        expectsRefusal(422);
        page.locator(".answers > .actions .btn-quiet").click();
        assertThat(page.locator(".note.tone-bad[role=alert]")).containsText(arabic ? "كيس قهوة" : "Bag of coffee");
        assertThat(page.locator("#choice-GIFT")).isChecked();
        assertThat(page.locator("#choice-amount-GIFT")).hasValue("3.00");
        assertThat(page.locator("#choice-why"))
                .hasValue(arabic ? "ذكرت القهوة في المكالمة" : "She spoke of coffee on the phone");
        assertThat(page.locator("#note")).hasValue(arabic ? "تحب الشاي والقهوة." : "She is fond of tea and coffee.");
        assertThat(page.locator("#conversation-emotion")).hasValue("ANGRY");
        assertThat(items).hasValue(code("P", "COFFEE", language));
        assertThat(items).hasAttribute("aria-invalid", "true");
        assertThat(page.locator("#choice-item-GIFT-gone")).not().isEmpty();
        // Not all of it can be granted as it stands.
        assertThat(page.locator("#choice > .note.tone-good")).hasCount(0);
        looksRight(page, "pick-gone-" + language, language);
        page.setViewportSize(320, 700);
        looksRight(page, "pick-gone-narrow-" + language, language);
        page.setViewportSize(1280, 800);

        items.selectOption(code("P", "TEA", language));
        settled(page);
        assertThat(page.locator("#choice-item-GIFT-gone")).isEmpty();
        page.locator(".answers > .actions .btn-quiet").click();
        assertThat(page).hasURL(Pattern.compile(".*/worklist([?#].*)?$"));
        until(() -> gift(recovery) != null && gift(recovery).state() == Effect.State.CONFIRMED);

        page.navigate("/cases/" + recovery.reference());
        Locator remedies = page.locator("section[aria-labelledby=remedies]");
        assertThat(remedies).containsText(arabic ? "علبة شاي" : "Tin of tea");
        remedies.locator("details summary")
                .filter(new Locator.FilterOptions().setHasText(arabic ? "علبة شاي" : "Tin of tea"))
                .click();
        assertThat(remedies).containsText(arabic ? "علبة تمر" : "Box of dates");
        assertThat(remedies).containsText(arabic ? "باختيار مايا كول" : "Picked by Maya Cole");
        assertThat(page.locator(".conversation")).containsText(arabic ? "نرسل إليكم هدية" : "A gift comes to you");
        looksRight(page, "pick-case-" + language, language);
        assertThat(Objects.requireNonNull(
                                catalogue.get(code("P", "TEA", language)).stock())
                        .left())
                .isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "ar"})
    void whoeverApprovesPicksAnotherItemThanWasAskedFor(String language) {
        boolean arabic = language.equals("ar");
        shelf("A", language);
        RecoveryCase recovery = report(language);
        Page agent = work(recovery, WorkItem.Kind.ACKNOWLEDGEMENT, "agent", language);
        agent.locator("#conversation-emotion").selectOption("ANGRY");
        chooseAGift(agent, "60.00");
        agent.locator("#choice-item-GIFT").selectOption(code("A", "TEA", language));
        agent.locator("#choice-why").fill(arabic ? "ثالث تأخير هذه السنة" : "The third delay this year");
        settled(agent);
        agent.locator(".answers > .actions .btn-quiet").click();
        assertThat(agent).hasURL(Pattern.compile(".*/worklist([?#].*)?$"));

        WorkItem approval = waitFor(recovery, WorkItem.Kind.APPROVAL);
        String who = approval.authority() == Authority.MANAGER ? "manager" : "supervisor";
        Page page = work(recovery, WorkItem.Kind.APPROVAL, who, language);
        assertThat(page.locator(".asked .facts")).containsText(arabic ? "علبة شاي" : "Tin of tea");
        Locator items = page.locator("#item");
        assertThat(items.locator("option").first()).containsText(arabic ? "علبة شاي" : "Tin of tea");
        looksRight(page, "pick-approval-" + language, language);

        page.locator("input[value=APPROVE]").check();
        page.locator("#amount").fill("40.00");
        page.locator("#reason").fill(arabic ? "أربعون تكفي هنا" : "Forty is fair here");
        items.selectOption(code("A", "COFFEE", language));
        catalogueDesk.receive(code("A", "COFFEE", language), -1, "Broken", MANAGER);
        expectsRefusal(422);
        page.locator(".answers > .actions .btn-quiet").click();
        assertThat(page.locator(".note.tone-bad[role=alert]")).containsText(arabic ? "كيس قهوة" : "Bag of coffee");
        assertThat(page.locator("input[value=APPROVE]")).isChecked();
        assertThat(page.locator("#amount")).hasValue("40.00");
        assertThat(page.locator("#reason")).hasValue(arabic ? "أربعون تكفي هنا" : "Forty is fair here");
        assertThat(items).hasValue(code("A", "COFFEE", language));
        assertThat(items).hasAttribute("aria-invalid", "true");
        looksRight(page, "pick-approval-gone-" + language, language);
        page.setViewportSize(320, 700);
        looksRight(page, "pick-approval-narrow-" + language, language);
        page.setViewportSize(1280, 800);

        items.selectOption(code("A", "DATES", language));
        page.locator(".answers > .actions .btn-quiet").click();
        assertThat(page.locator("#flash .tone-good")).isVisible();
        until(() -> Objects.requireNonNull(gift(recovery)).state() == Effect.State.CONFIRMED);
        Effect gift = Objects.requireNonNull(gift(recovery));
        assertThat(gift.item()).isEqualTo(code("A", "DATES", language));
        assertThat(gift.money()).isEqualTo(Money.of("40.00", "USD"));

        page.navigate("/effects/" + gift.key());
        assertThat(page.locator("section[aria-labelledby=chosen]")).containsText(arabic ? "علبة تمر" : "Box of dates");
        looksRight(page, "pick-effect-" + language, language);
        page.navigate("/cases/" + recovery.reference());
        assertThat(page.locator("section[aria-labelledby=remedies]"))
                .containsText(arabic ? "علبة تمر" : "Box of dates");
        looksRight(page, "pick-approved-" + language, language);
    }

    /** The item of work of a case, taken by somebody. */
    private Page work(RecoveryCase recovery, WorkItem.Kind kind, String login, String language) {
        WorkItem item = waitFor(recovery, kind);
        Page page = openAs(login, Screen.desk(language), "/worklist/" + item.id());
        page.locator(".page-head form[action$='/claim'] button").click();
        assertThat(page.locator("form.answers")).isVisible();
        if (!page.url().endsWith("/worklist/" + item.id())) {
            page.navigate("/worklist/" + item.id());
        }
        return page;
    }

    private static void chooseAGift(Page page, String amount) {
        page.locator("#choice-others > summary").click();
        page.locator("#choice-GIFT").check();
        page.locator("#choice-amount-GIFT").fill(amount);
        settled(page);
        assertThat(page.locator("#choice-why")).isVisible();
        assertThat(page.locator("#choice-item-GIFT")).isVisible();
    }

    /** What there is to give: dates suit best, then tea, and of the coffee there is one bag. */
    private void shelf(String test, String language) {
        add(code(test, "DATES", language), "Box of dates", "علبة تمر", "LATE_DELIVERY", 5);
        add(code(test, "TEA", language), "Tin of tea", "علبة شاي", "", 5);
        add(code(test, "COFFEE", language), "Bag of coffee", "كيس قهوة", "", 1);
    }

    private static String code(String test, String name, String language) {
        return test + "-" + name + "-" + language.toUpperCase(Locale.ROOT);
    }

    private void add(String code, String english, String arabic, String failures, long pieces) {
        Map<String, String> fields = new HashMap<>(Map.of(
                "code", code,
                "kind", "GIFT",
                "name-en", english,
                "name-ar", arabic,
                "about-en", "From the market",
                "about-ar", "من السوق",
                "costs", "USD 2",
                "languages", "en ar",
                "failures", failures,
                "counted", "yes"));
        catalogueDesk.add(new TypedItem(fields), "test");
        catalogueDesk.receive(code, pieces, "Delivered", MANAGER);
    }

    private RecoveryCase report(String language) {
        boolean arabic = language.equals("ar");
        String ref = "PICK-" + COUNT.incrementAndGet();
        customers.save(new Customer.Details(
                ref,
                new PersonalText(arabic ? "ليلى منصور" : "Nora Haddad"),
                new PersonalText(ref.toLowerCase(Locale.ROOT) + "@example.com"),
                null,
                language,
                "EMAIL",
                false,
                true,
                false));
        return intake.receive(
                        new Submission(
                                "CATALOGUE-" + ref,
                                ref,
                                "EMAIL",
                                arabic ? "التوصيل" : "Delivery",
                                arabic ? "تأخر الطلب أسبوعًا" : "Order a week late",
                                arabic
                                        ? "تأخر طلبي أسبوعًا وكان هدية."
                                        : "My order came a week late. It was a present.",
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

    private @Nullable Effect gift(RecoveryCase recovery) {
        return desk.file(recovery.reference()).remedies().stream()
                .filter(one -> one.remedy().equals("GIFT"))
                .reduce((earlier, later) -> later)
                .orElse(null);
    }

    private WorkItem waitFor(RecoveryCase recovery, WorkItem.Kind kind) {
        until(() -> !open(recovery, kind).isEmpty());
        return open(recovery, kind).get(0);
    }

    private List<WorkItem> open(RecoveryCase recovery, WorkItem.Kind kind) {
        return worklist.ofCase(recovery.id()).stream()
                .filter(item -> item.kind() == kind && item.open())
                .toList();
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
