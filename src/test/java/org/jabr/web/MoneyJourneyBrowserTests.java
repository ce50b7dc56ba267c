package org.jabr.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jabr.JabrApplication;
import org.jabr.cases.RecoveryCase;
import org.jabr.intake.CaseIntake;
import org.jabr.intake.Submission;
import org.jabr.remedies.Effect;
import org.jabr.remedies.Effects;
import org.jabr.remedies.StubProgram;
import org.jabr.rules.Authority;
import org.jabr.rules.Decider;
import org.jabr.rules.Money;
import org.jabr.rules.Remedy;
import org.jabr.testing.OnPostgres;
import org.jabr.treasury.Grant;
import org.jabr.treasury.Treasury;
import org.jabr.worklist.WorkItem;
import org.jabr.worklist.Worklist;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/**
 * The way of money in both languages: an allowance that has run out, an approval, a refund through a gateway in a process
 * of its own, an outcome that nobody knows and that is found out, and the refund taken back.
 */
@SpringBootTest(classes = JabrApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@ActiveProfiles("demo")
@OnPostgres
@TestPropertySource(
        properties = {
            "jabr.demo.data=false",
            "jabr.pages.zone=Asia/Riyadh",
            "jabr.gateways.effects.every=PT0.3S",
            "jabr.gateways.effects.breaker-calls=100000",
            // Long enough to be looked at while nobody knows.
            "jabr.gateways.effects.retries=" + MoneyJourneyBrowserTests.TWELVE + "," + MoneyJourneyBrowserTests.TWELVE
        })
class MoneyJourneyBrowserTests extends BrowserTest {

    static final String TWELVE = "PT3S,PT3S,PT3S,PT3S,PT3S,PT3S,PT3S,PT3S,PT3S,PT3S,PT3S,PT3S";
    private static final AtomicInteger COUNT = new AtomicInteger();

    @TempDir
    static Path folder;

    private static StubProgram stub;

    @Autowired
    CaseIntake intake;

    @Autowired
    Effects effects;

    @Autowired
    Worklist worklist;

    @Autowired
    Treasury treasury;

    @Autowired
    Clock clock;

    @BeforeAll
    static void aGateway() {
        stub = new StubProgram(folder.resolve("stub.log"));
    }

    @AfterAll
    static void nobodyIsLeft() {
        stub.close();
    }

    @DynamicPropertySource
    static void itsAddress(DynamicPropertyRegistry registry) {
        registry.add("jabr.gateways.effects.url", () -> stub.url());
        registry.add("jabr.gateways.effects.secret", () -> StubProgram.SECRET);
        registry.add("jabr.gateways.effects.allow-private", () -> "true");
    }

    @ParameterizedTest
    @CsvSource({"en,agent", "ar,agent2"})
    void aRefundBeyondAnAllowanceIsApprovedPaidFoundOutAndTakenBack(String language, String agent) {
        boolean arabic = language.equals("ar");
        stub.control("lose=0");
        RecoveryCase recovery = report(language);
        WorkItem item = waitFor(recovery, WorkItem.Kind.ACKNOWLEDGEMENT);
        useUpTheAllowance(recovery, agent);

        Page supervisor = openAs("supervisor", Screen.desk(language), "/budgets?kind=ALLOWANCE");
        assertThat(supervisor
                        .locator("section[aria-labelledby=lines] .badge-house")
                        .first())
                .hasText(arabic ? "يوشك على النفاد" : "running out");
        looksRight(supervisor, "money-allowance-" + language, language);

        askForMore(agent, item, language);
        String key = approve(supervisor, recovery, language);

        // The gateway does it and nobody hears of it.
        until(() -> state(key) == Effect.State.UNKNOWN, () -> effects.find(key) + " " + stub.happened());
        supervisor.navigate("/effects/" + key);
        assertThat(badge(supervisor)).hasText(arabic ? "النتيجة غير معروفة" : "Outcome unknown");
        looksRight(supervisor, "money-unknown-" + language, language);
        stub.control("lose=0");
        until(() -> state(key) == Effect.State.CONFIRMED);
        supervisor.navigate("/effects/" + key);
        assertThat(badge(supervisor)).hasText(arabic ? "نُفِّذ" : "Done");
        assertThat(supervisor.locator("section[aria-labelledby=facts]")).containsText("S-");
        looksRight(supervisor, "money-done-" + language, language);

        takeBack(supervisor, key, language);
        assertThat(stub.happened().stream()
                        .map(line -> line.get("key").asText())
                        .filter(done -> done.startsWith(key)))
                .containsExactly(key, key + "-UNDO");
        supervisor.navigate("/cases/" + recovery.reference());
        assertThat(supervisor.locator("section[aria-labelledby=remedies]"))
                .containsText(arabic ? "أُلغي أثره" : "Reversed");
        supervisor.navigate("/ledger");
        looksRight(supervisor, "money-ledger-" + language, language);
    }

    private void askForMore(String agent, WorkItem item, String language) {
        Page page = openAs(agent, Screen.desk(language), "/worklist/" + item.id());
        page.locator(".page-head form[action$='/claim'] button").click();
        assertThat(page.locator("#choice-REFUND")).isChecked();
        // A little more than the rules would give: what is theirs to give is not the agent's allowance.
        Locator amount = page.locator("#choice-amount-REFUND");
        amount.fill(new BigDecimal(amount.inputValue()).add(BigDecimal.ONE).toPlainString());
        settled(page);
        assertThat(page.locator("#choice > .note")).hasClass(Pattern.compile(".*tone-warn.*"));
        page.locator("#choice-because-REFUND > summary").click();
        assertThat(page.locator("#choice-because-REFUND"))
                .containsText(language.equals("ar") ? "ما بقي للموظف" : "may still grant");
        looksRight(page, "money-choice-" + language, language);
        if (page.locator("#conversation-emotion").count() > 0) {
            page.locator("#conversation-emotion").selectOption("ANGRY");
        }
        page.locator("#note").fill(language.equals("ar") ? "اعتذرت للعميل" : "I apologised to the customer");
        page.locator("#choice-why").fill(language.equals("ar") ? "كانت هدية" : "It was a present");
        settled(page);
        page.locator(".answers > .actions .btn-quiet").click();
        assertThat(page).hasURL(Pattern.compile(".*/worklist([?#].*)?$"));
    }

    private String approve(Page page, RecoveryCase recovery, String language) {
        WorkItem approval = waitFor(recovery, WorkItem.Kind.APPROVAL);
        String key = String.valueOf(approval.subject());
        assertThat(key).endsWith("-REFUND");
        stub.control("lose=100");
        page.navigate("/worklist/" + approval.id());
        page.locator(".page-head form[action$='/claim'] button").click();
        looksRight(page, "money-approval-" + language, language);
        page.locator("input[value=APPROVE]").check();
        page.locator("#reason").fill(language.equals("ar") ? "له كل الحق" : "They are right");
        page.locator(".answers > .actions .btn-quiet").click();
        assertThat(page).hasURL(Pattern.compile(".*/worklist([?#].*)?$"));
        return key;
    }

    private void takeBack(Page page, String key, String language) {
        page.locator("#undo-reason")
                .fill(language.equals("ar") ? "أعاد المصرف المبلغ" : "The bank had paid it already");
        page.locator("form[action$='/undo'] button").click();
        page.locator("a[href$='-UNDO']").click();
        page.waitForURL("**/effects/" + key + "-UNDO");
        assertThat(page.locator("form[action$='/approve']")).hasCount(0);
        Page manager = openAs("manager", Screen.desk(language), "/effects/" + key + "-UNDO");
        manager.locator("form[action$='/approve'] button").click();
        assertThat(manager.locator("#flash .note")).isVisible();
        // Answered here, it is nobody's work in the list any more.
        assertThat(manager.locator("a[href*='/worklist/']")).hasCount(0);
        until(() -> state(key) == Effect.State.REVERSED);
        manager.navigate("/effects/" + key);
        assertThat(badge(manager)).hasText(language.equals("ar") ? "أُلغي أثره" : "Reversed");
        looksRight(manager, "money-reversed-" + language, language);
    }

    private static Locator badge(Page page) {
        return page.locator(".page-head .badge-house");
    }

    private Effect.State state(String key) {
        return effects.find(key).orElseThrow().state();
    }

    /** Somebody else's customer had nearly all of it. */
    private void useUpTheAllowance(RecoveryCase recovery, String agent) {
        String key = "used-up-by-" + agent;
        Money money = Money.of("499.00", "USD");
        assertThat(treasury.reserve(
                                recovery.id(),
                                List.of(new Grant(
                                        key,
                                        recovery.id(),
                                        recovery.reference(),
                                        recovery.customerId(),
                                        "GENERAL",
                                        "REFUND",
                                        Remedy.RemedyClass.RESTITUTION,
                                        money,
                                        Authority.AGENT,
                                        new Decider(agent, Authority.AGENT),
                                        false,
                                        OffsetDateTime.now(clock))))
                        .get(0)
                        .reserved())
                .isTrue();
        treasury.commit(key, recovery.reference(), "REFUND", money, agent);
    }

    private RecoveryCase report(String language) {
        int n = COUNT.incrementAndGet();
        return intake.receive(
                        new Submission(
                                "MONEY-" + n,
                                "M-" + n,
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

    private WorkItem waitFor(RecoveryCase recovery, WorkItem.Kind kind) {
        until(
                () -> open(recovery, kind).findFirst().isPresent(),
                () -> worklist.ofCase(recovery.id()) + " " + effects.ofCase(recovery.id()));
        return open(recovery, kind).findFirst().orElseThrow();
    }

    private java.util.stream.Stream<WorkItem> open(RecoveryCase recovery, WorkItem.Kind kind) {
        return worklist.ofCase(recovery.id()).stream().filter(item -> item.kind() == kind && item.open());
    }

    private static void until(BooleanSupplier holds) {
        until(holds, () -> "it did not happen in time");
    }

    private static void until(BooleanSupplier holds, Supplier<String> known) {
        Instant end = Instant.now().plus(Duration.ofSeconds(90));
        while (!holds.getAsBoolean()) {
            assertThat(Instant.now()).as(known).isBefore(end);
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
