package org.jabr.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jabr.JabrApplication;
import org.jabr.cases.RecoveryCase;
import org.jabr.intake.CaseIntake;
import org.jabr.intake.Submission;
import org.jabr.remedies.Effect;
import org.jabr.remedies.Effects;
import org.jabr.remedies.SendingRound;
import org.jabr.rules.Money;
import org.jabr.testing.OnH2;
import org.jabr.worklist.WorkItem;
import org.jabr.worklist.Worklist;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.TestPropertySource;

/** A refund whose outcome nobody knows is found out, and another one is taken back, in both languages. */
@SpringBootTest(classes = JabrApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@ActiveProfiles("demo")
@OnH2
@Import(SendingRound.Outside.class)
@TestPropertySource(
        properties = {
            "jabr.demo.data=false",
            "jabr.pages.zone=Asia/Riyadh",
            "jabr.gateways.effects.every=PT24H",
            "jabr.gateways.effects.retries=PT0.05S"
        })
class EffectsBrowserTests extends BrowserTest {

    private static final AtomicInteger COUNT = new AtomicInteger();

    @Autowired
    CaseIntake intake;

    @Autowired
    Effects effects;

    @Autowired
    Worklist worklist;

    @Autowired
    SendingRound sending;

    @ParameterizedTest
    @ValueSource(strings = {"en", "ar"})
    void anOutcomeThatNobodyKnowsIsFoundOutAndARefundIsTakenBack(String language) {
        boolean arabic = language.equals("ar");
        sending.saysNothing("TIMEOUT");
        RecoveryCase recovery = report(language);
        await(() -> !refunds(recovery, Effect.State.RESERVED).isEmpty());
        String key = refunds(recovery, Effect.State.RESERVED).get(0).key();
        await(() -> {
            sending.look();
            return effects.find(key).orElseThrow().state() == Effect.State.NEEDS_PERSON;
        });
        WorkItem item = worklist.ofCase(recovery.id()).stream()
                .filter(one -> key.equals(one.subject()))
                .findFirst()
                .orElseThrow();

        // The work says what is known, and where more is.
        Page page = openAs("supervisor", Screen.desk(language), "/worklist/" + item.id());
        assertThat(page.locator(".asked")).containsText(arabic ? "لا جواب في الوقت المحدد" : "no answer in time");
        show(page, "effect-work-" + language);
        isAccessible(page);
        page.locator(".asked a").click();
        page.waitForURL("**/effects/" + key);

        assertThat(page.locator("section[aria-labelledby=mend]")).isVisible();
        assertThat(page.locator("section[aria-labelledby=history] tbody tr"))
                .not()
                .hasCount(0);
        isAccessible(page);
        fitsItsWidth(page);
        show(page, "effect-" + language);
        page.setViewportSize(320, 700);
        fitsItsWidth(page);
        isAccessible(page);
        show(page, "effect-narrow-" + language);
        page.setViewportSize(1280, 800);

        page.navigate("/effects?state=NEEDS_PERSON");
        assertThat(page.locator("tbody tr").first()).containsText(recovery.reference());
        isAccessible(page);
        fitsItsWidth(page);
        show(page, "effects-" + language);
        picture(page, "effects-" + language);
        page.setViewportSize(320, 700);
        fitsItsWidth(page);
        show(page, "effects-narrow-" + language);
        page.setViewportSize(1280, 800);

        page.navigate("/effects/gateway");
        assertThat(page.locator("section[aria-labelledby=gateway] .badge-house"))
                .isVisible();
        isAccessible(page);
        fitsItsWidth(page);
        show(page, "gateway-" + language);

        // The gateway has come back to its senses.
        sending.carriesOut();
        page.navigate("/effects/" + key);
        page.locator("form[action$='/ask-again'] button").click();
        assertThat(page.locator("#flash .note")).isVisible();
        sending.look();
        page.navigate("/effects/" + key);
        assertThat(page.locator(".page-head .badge-house")).hasText(arabic ? "نُفِّذ" : "Done");

        // Taking it back is for two.
        String why = arabic ? "أعاد المصرف المبلغ" : "The bank had paid it already";
        page.locator("#undo-reason").fill(why);
        page.locator("form[action$='/undo'] button").click();
        page.locator("a[href$='-UNDO']").click();
        page.waitForURL("**/effects/" + key + "-UNDO");
        assertThat(page.locator("form[action$='/approve']")).hasCount(0);
        assertThat(page.locator("section[aria-labelledby=history]")).containsText(why);
        isAccessible(page);
        show(page, "effect-undo-asked-" + language);
        page.locator("p.note a").click();
        page.waitForURL("**/worklist/*");
        String work = page.url().substring(page.url().indexOf("/worklist/"));
        assertThat(page.locator(".page-head form[action$='/claim']")).hasCount(0);

        Page other = openAs("manager", Screen.desk(language).inTheDark(), "/effects/" + key + "-UNDO");
        isAccessible(other);
        show(other, "effect-undo-dark-" + language);

        // Whoever approves finds it in the list, with what, how much, who and why.
        Page manager = openAs("manager", Screen.desk(language), "/worklist?kind=APPROVAL");
        assertThat(manager.locator("main"))
                .containsText(arabic ? "الموافقة على التراجع عن تعويض" : "Approve taking back");
        show(manager, "undo-list-" + language);
        manager.navigate(work);
        manager.locator(".page-head form[action$='/claim'] button").click();
        Locator asked = manager.locator(".asked");
        assertThat(asked).containsText(arabic ? "التراجع عن: " : "Taking back: ");
        assertThat(asked.locator(".asked-what bdi")).containsText("8");
        assertThat(asked).containsText(why);
        assertThat(asked.locator("a[href$='" + key + "']")).isVisible();
        assertThat(manager.locator("#amount")).hasCount(0);
        isAccessible(manager);
        fitsItsWidth(manager);
        show(manager, "undo-work-" + language);
        picture(manager, "undo-" + language);
        manager.setViewportSize(320, 700);
        fitsItsWidth(manager);
        isAccessible(manager);
        show(manager, "undo-work-narrow-" + language);
        manager.setViewportSize(1280, 800);
        manager.locator("input[value=APPROVE]").check();
        manager.locator(".answers > .actions .btn-quiet").click();
        assertThat(manager.locator("#flash .tone-good")).isVisible();
        manager.navigate(work);
        show(manager, "undo-work-done-" + language);
        assertThat(manager.locator(".asked")).containsText(why);
        sending.look();
        other.navigate("/effects/" + key);
        assertThat(other.locator(".page-head .badge-house")).hasText(arabic ? "أُلغي أثره" : "Reversed");
        show(other, "effect-reversed-" + language);
        other.navigate("/cases/" + recovery.reference());
        assertThat(other.locator("section[aria-labelledby=remedies]")).containsText(arabic ? "أُلغي أثره" : "Reversed");
        assertThat(effects.find(key + "-UNDO").orElseThrow().state()).isEqualTo(Effect.State.CONFIRMED);

        Page auditor = openAs("auditor", Screen.desk(language), "/effects/" + key);
        assertThat(auditor.locator("main form")).hasCount(0);
    }

    private List<Effect> refunds(RecoveryCase recovery, Effect.State state) {
        return effects.ofCase(recovery.id()).stream()
                .filter(effect -> effect.kind().equals("REFUND") && effect.state() == state)
                .toList();
    }

    private RecoveryCase report(String language) {
        int n = COUNT.incrementAndGet();
        return intake.receive(
                        new Submission(
                                "EFFECT-" + n,
                                "E-" + n,
                                "EMAIL",
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
