package org.jabr.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.RequestOptions;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jabr.JabrApplication;
import org.jabr.cases.RecoveryCase;
import org.jabr.guard.GuardLook;
import org.jabr.intake.CaseIntake;
import org.jabr.intake.Submission;
import org.jabr.rules.Money;
import org.jabr.testing.OnH2;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.TestPropertySource;

/** Somebody says whom they are close to, and those who lead look at what stood out, in both languages. */
@SpringBootTest(classes = JabrApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@ActiveProfiles("demo")
@OnH2
@Import(GuardLook.class)
// Looks at all findings, so it has a house of its own.
@TestPropertySource(
        properties = {
            "jabr.demo.data=false",
            "jabr.pages.zone=Asia/Riyadh",
            "jabr.guard.every=PT24H",
            "camunda.bpm.job-execution.enabled=false"
        })
class GuardBrowserTests extends BrowserTest {

    private static final AtomicInteger COUNT = new AtomicInteger();

    @Autowired
    CaseIntake intake;

    @Autowired
    GuardLook round;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Clock clock;

    @AfterEach
    void nothingIsLeft() {
        jdbc.sql("delete from effect where effect_key like 'guard-%'").update();
        jdbc.sql("delete from guard_finding").update();
        jdbc.sql("delete from staff_link").update();
        jdbc.sql("delete from work_item where name = 'LOOK_AT_FINDING'").update();
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "ar"})
    void somebodySaysWhomTheyAreCloseToAndASupervisorLooksAtWhatStoodOut(String language) {
        boolean arabic = language.equals("ar");
        int first = COUNT.get() + 1;
        RecoveryCase own = report(language);
        RecoveryCase other = report(language);

        Page agent = openAs("agent", Screen.desk(language), "/me/links");
        assertThat(agent.locator("tbody tr")).hasCount(0);
        agent.locator("#customer").fill("NOBODY-1");
        agent.locator("main form button").click();
        assertThat(agent.locator("#flash .tone-warn")).containsText("NOBODY-1");
        assertThat(agent.locator("#customer")).hasValue("NOBODY-1");
        agent.locator("#customer").fill("G-" + first);
        agent.locator("#relation").selectOption("RELATIVE");
        agent.locator("main form button").click();
        assertThat(agent.locator("#flash .tone-good")).isVisible();
        assertThat(agent.locator("tbody tr")).hasCount(1);
        isAccessible(agent);
        fitsItsWidth(agent);
        show(agent, "links-mine-" + language);

        give(own, "agent", null, 2_500);
        for (int i = 0; i < 3; i++) {
            give(other, "agent", null, 4_000 + i);
            give(report(language), "supervisor", "manager", 1_000);
            give(report(language), "manager", "supervisor", 1_000);
        }
        round.look();

        Page page = openAs("supervisor", Screen.desk(language), "/findings");
        assertThat(page.locator("tbody tr")).hasCount(2);
        assertThat(page.locator("tbody")).containsText(arabic ? "مايا كول" : "Maya Cole");
        assertThat(page.locator("tbody")).not().containsText(arabic ? "هناء صالح" : "Hana Saleh");
        isAccessible(page);
        fitsItsWidth(page);
        show(page, "findings-" + language);
        picture(page, "findings-" + language);
        page.setViewportSize(320, 700);
        fitsItsWidth(page);
        isAccessible(page);
        show(page, "findings-narrow-" + language);
        page.setViewportSize(1280, 800);

        page.locator("#sign").selectOption("SPLIT");
        page.locator("main form button").first().click();
        assertThat(page.locator("tbody tr")).hasCount(1);
        page.locator("tbody a").first().click();
        assertThat(page.locator("section[aria-labelledby=evidence] tbody tr")).hasCount(3);
        isAccessible(page);
        fitsItsWidth(page);
        show(page, "finding-" + language);
        picture(page, "finding-" + language);
        page.setViewportSize(320, 700);
        fitsItsWidth(page);
        show(page, "finding-narrow-" + language);
        page.setViewportSize(1280, 800);
        page.locator("input[value=TALK]").check();
        page.locator("#reason")
                .fill(arabic ? "سألتها: كانت ثلاثة أعطال مختلفة" : "I asked: it was three different failures");
        page.locator("form[action$='/judge'] button").click();
        assertThat(page.locator("#flash .tone-good")).isVisible();
        assertThat(page.locator("section[aria-labelledby=judgements] li")).hasCount(1);
        assertThat(page.locator("form[action$='/judge']")).hasCount(0);
        show(page, "finding-judged-" + language);

        // Work leads to the finding; whoever it is about sees neither.
        page.navigate("/worklist");
        page.locator("main a", new Page.LocatorOptions().setHasText(arabic ? "النظر في ملاحظة" : "Look at a finding"))
                .first()
                .click();
        page.waitForURL("**/findings/*");
        page.locator("input[value=ESCALATE]").check();
        page.locator("#reason").fill(arabic ? "ليقرر المدير" : "For the manager to decide");
        page.locator("form[action$='/judge'] button").click();
        page.waitForURL("**/findings");
        assertThat(page.locator("#flash .tone-good")).isVisible();
        agent.navigate("/worklist");
        assertThat(agent.locator("main")).not().containsText(arabic ? "النظر في ملاحظة" : "Look at a finding");
        assertThat(agent.request().get("/findings").status()).isEqualTo(403);
        long mutual = jdbc.sql("select id from guard_finding where kind = 'MUTUAL'")
                .query(Long.class)
                .single();
        assertThat(page.request().get("/findings/" + mutual).status()).isEqualTo(404);
        assertThat(openAs("manager", Screen.desk(language), "/")
                        .request()
                        .get("/findings/" + mutual)
                        .status())
                .isEqualTo(404);

        Page auditor = openAs("auditor", Screen.desk(language).inTheDark(), "/findings/" + mutual);
        assertThat(auditor.locator("main form")).hasCount(0);
        isAccessible(auditor);
        show(auditor, "finding-dark-" + language);
        assertThat(told(page, "manager"))
                .contains("SELF_GRANT", "ESCALATED")
                .doesNotContain("MUTUAL", "سألتها", "I asked");
        assertThat(told(page, "supervisor")).contains("SPLIT").doesNotContain("SELF_GRANT");
        assertThat(told(page, "auditor")).contains("MUTUAL");

        Page links = openAs("supervisor", Screen.desk(language), "/links");
        isAccessible(links);
        fitsItsWidth(links);
        show(links, "links-" + language);
        links.setViewportSize(320, 700);
        fitsItsWidth(links);
        show(links, "links-narrow-" + language);
        links.locator("form[action$='/end'] button").click();
        assertThat(links.locator("#flash .tone-good")).isVisible();
        assertThat(links.locator("form[action$='/end']")).hasCount(0);
        assertThat(links.locator("tbody tr")).hasCount(1);
    }

    private static String told(Page page, String login) {
        return page.request()
                .get(
                        "/api/guard/findings",
                        RequestOptions.create()
                                .setHeader(
                                        "Authorization",
                                        "Basic "
                                                + Base64.getEncoder()
                                                        .encodeToString((login + ":" + login)
                                                                .getBytes(StandardCharsets.UTF_8))))
                .text();
    }

    private void give(RecoveryCase recovery, String giver, @Nullable String approver, long minor) {
        OffsetDateTime at = OffsetDateTime.now(clock).minusMinutes(5);
        jdbc.sql("""
                        insert into effect (effect_key, case_id, case_reference, customer_id, decision_id, moment, remedy, remedy_class, kind,
                            amount_minor, currency, state, authority, asked_by, decided_by, team, created_at, updated_at)
                        values (:key, :caseId, :reference, :customer, 0, 'resolve', 'CREDIT', 'GOODWILL', 'CREDIT', :minor, 'USD',
                            'CONFIRMED', 'AGENT', :asked, :decided, 'DELIVERY', :at, :at)
                        """)
                .param("key", "guard-" + COUNT.incrementAndGet())
                .param("caseId", recovery.id().value())
                .param("reference", recovery.reference())
                .param("customer", recovery.customerId())
                .param("minor", minor)
                .param("asked", approver == null ? null : giver)
                .param("decided", approver == null ? giver : approver)
                .param("at", at)
                .update();
    }

    private RecoveryCase report(String language) {
        int n = COUNT.incrementAndGet();
        return intake.receive(
                        new Submission(
                                "GUARDED-" + n,
                                "G-" + n,
                                "EMAIL",
                                "Delivery",
                                "Late",
                                "It came late",
                                Money.of("40.00", "USD"),
                                null,
                                null,
                                null,
                                language,
                                Map.of("failure.type", "LATE_DELIVERY", "conversation.emotion", "CALM"),
                                Map.of()),
                        "agent")
                .recovery();
    }
}
