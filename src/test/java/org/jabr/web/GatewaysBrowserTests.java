package org.jabr.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jabr.JabrApplication;
import org.jabr.cases.CaseDesk;
import org.jabr.cases.RecoveryCase;
import org.jabr.customers.Customer;
import org.jabr.customers.Customers;
import org.jabr.customers.PersonalText;
import org.jabr.hooks.HookDesk;
import org.jabr.hooks.HookRefused;
import org.jabr.hooks.HookRounds;
import org.jabr.hooks.Hooks;
import org.jabr.intake.CaseIntake;
import org.jabr.intake.Submission;
import org.jabr.outside.Signature;
import org.jabr.outside.StubReceiver;
import org.jabr.post.Deliveries;
import org.jabr.post.Delivery;
import org.jabr.post.PostRounds;
import org.jabr.rules.Money;
import org.jabr.testing.OnH2;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** An administrator sees all ways in and out, and has stopped news sent again, in both languages. */
@SpringBootTest(classes = JabrApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@ActiveProfiles("demo")
@OnH2
@Import({PostRounds.class, HookRounds.class})
@TestPropertySource(
        properties = {
            "jabr.demo.data=false",
            "jabr.pages.zone=Asia/Riyadh",
            "jabr.gateways.messages.secret=sesame",
            "jabr.gateways.messages.allow-private=true",
            "jabr.gateways.messages.every=PT24H",
            "jabr.webhooks.in.telephone.secret=tell me",
            "jabr.webhooks.in.payer.secret=pay me",
            "jabr.webhooks.breaker-calls=100000",
            "jabr.webhooks.retries=PT0.05S",
            "jabr.webhooks.every=PT24H"
        })
class GatewaysBrowserTests extends BrowserTest {

    private static final StubReceiver OTHERS = others();
    private static final AtomicInteger COUNT = new AtomicInteger();

    @DynamicPropertySource
    static void others(DynamicPropertyRegistry properties) {
        properties.add("jabr.gateways.messages.url", () -> "http://localhost:" + OTHERS.port() + "/messages");
        // A list is read from one place as a whole.
        properties.add("jabr.webhooks.out[0].name", () -> "crm");
        properties.add("jabr.webhooks.out[0].secret", () -> "sesame");
        properties.add("jabr.webhooks.out[0].allow-private", () -> "true");
        properties.add("jabr.webhooks.out[0].types", () -> "org.jabr.case.stage-changed,org.jabr.message.failed");
        properties.add("jabr.webhooks.out[0].url", () -> "http://localhost:" + OTHERS.port() + "/crm");
    }

    @Autowired
    CaseIntake intake;

    @Autowired
    CaseDesk cases;

    @Autowired
    Customers customers;

    @Autowired
    Deliveries deliveries;

    @Autowired
    PostRounds post;

    @Autowired
    HookRounds news;

    @Autowired
    HookDesk desk;

    @Autowired
    Hooks hooks;

    @Autowired
    Clock clock;

    private static StubReceiver others() {
        try {
            return new StubReceiver(0, null, "sesame");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "ar"})
    void showsAllWaysAndSendsStoppedNewsAgain(String language) throws IOException {
        boolean arabic = language.equals("ar");
        OTHERS.behave();
        RecoveryCase recovery = report(language);
        await(() -> !deliveries.ofCase(recovery.id()).isEmpty());
        post.bring();
        Delivery letter = deliveries.ofCase(recovery.id()).get(0);
        tell("telephone", "tell me", event("org.jabr.message.bounced", letter.name()));
        tell("telephone", "tell me", event("com.example.unheard-of", letter.name()));
        assertThat(refusedBy("telephone", "wrong")).isEqualTo("HOOK-004");
        assertThat(refusedBy("stranger", "wrong")).isEqualTo("HOOK-001");
        OTHERS.set("status", 500);
        await(() -> {
            news.tell();
            return desk.stopped(null, 50).stream()
                    .anyMatch(one -> one.caseReference().equals(recovery.reference()));
        });
        cases.said(recovery.id(), "own", language, "SMS", "Later", "Words", "agent");

        // What came of the letter stands with the letter.
        Page page = openAs("agent", Screen.desk(language), "/cases/" + recovery.reference());
        assertThat(page.locator("main")).containsText(arabic ? "عادت الرسالة" : "It came back");
        show(page, "gateways-case-" + language);

        page = openAs("admin", Screen.desk(language), "/effects/gateway");
        page.locator(".page-head a[href='/gateways']").click();
        page.waitForURL("**/gateways");
        assertThat(page.locator("section[aria-labelledby=way-messages]")).containsText("localhost");
        assertThat(page.locator("section[aria-labelledby=way-messages]")).containsText("SMS");
        assertThat(page.locator("section[aria-labelledby=letters] .note")).hasCount(1);
        assertThat(page.locator("section[aria-labelledby=out]")).containsText("crm");
        assertThat(page.locator("section[aria-labelledby=in]")).containsText(arabic ? "توقيع خاطئ" : "wrong signature");
        assertThat(page.locator("section[aria-labelledby=in]")).containsText(arabic ? "لا مصدر" : "no such source");
        assertThat(page.locator("section[aria-labelledby=in]")).containsText("com.example.unheard-of");
        isAccessible(page);
        fitsItsWidth(page);
        show(page, "gateways-" + language);
        page.setViewportSize(320, 700);
        fitsItsWidth(page);
        isAccessible(page);
        show(page, "gateways-narrow-" + language);
        Page dark = openAs("admin", Screen.desk(language).inTheDark(), "/gateways");
        isAccessible(dark);
        show(dark, "gateways-dark-" + language);

        OTHERS.behave();
        page.setViewportSize(1280, 800);
        page.locator("table[aria-labelledby=stopped] tr")
                .filter(new com.microsoft.playwright.Locator.FilterOptions().setHasText(recovery.reference()))
                .first()
                .locator("button")
                .click();
        assertThat(page.locator("#flash .note")).containsText(arabic ? "سيرسَل الخبر" : "leave once more");
        await(() -> {
            news.tell();
            return OTHERS.arrived().stream()
                    .anyMatch(one -> one.path().equals("/crm")
                            && one.event().get("subject").asText().equals(recovery.reference()));
        });

        // Only administrators.
        Page other = openAs("supervisor", Screen.desk(language), "/effects/gateway");
        assertThat(other.locator("a[href='/gateways']")).hasCount(0);
    }

    private void tell(String source, String secret, String body) throws IOException {
        String timestamp = String.valueOf(clock.instant().getEpochSecond());
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        hooks.receive(source, timestamp, Signature.of(secret, timestamp, bytes), new ByteArrayInputStream(bytes));
    }

    private String refusedBy(String source, String secret) throws IOException {
        try {
            tell(source, secret, "{}");
            return "";
        } catch (HookRefused refused) {
            return refused.code();
        }
    }

    private static String event(String type, String message) {
        return "{\"specversion\":\"1.0\",\"id\":\"" + type + "-" + message
                + "\",\"source\":\"//telephone.example\",\"type\":\"" + type + "\",\"data\":{\"message\":\"" + message
                + "\"}}";
    }

    private RecoveryCase report(String language) {
        int n = COUNT.incrementAndGet();
        customers.save(new Customer.Details(
                "GATEWAY-" + n,
                new PersonalText(language.equals("ar") ? "هدى" : "Huda"),
                null,
                new PersonalText("+96650001"),
                language,
                "SMS",
                false,
                false,
                false));
        return intake.receive(
                        new Submission(
                                "GATEWAYS-" + n,
                                "GATEWAY-" + n,
                                "SMS",
                                "Delivery",
                                "Late",
                                "It came late",
                                Money.of("40.00", "SAR"),
                                null,
                                null,
                                null,
                                language,
                                Map.of("failure.type", "LATE_DELIVERY", "conversation.emotion", "CALM"),
                                Map.of()),
                        "agent")
                .recovery();
    }

    private static void await(BooleanSupplier condition) {
        Instant end = Instant.now().plus(Duration.ofSeconds(90));
        while (!condition.getAsBoolean() && Instant.now().isBefore(end)) {
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }
}
