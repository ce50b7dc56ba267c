package org.jabr.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jabr.JabrApplication;
import org.jabr.cases.RecoveryCase;
import org.jabr.customers.PersonalText;
import org.jabr.intake.CaseIntake;
import org.jabr.intake.Submission;
import org.jabr.people.Absences;
import org.jabr.people.Breaks;
import org.jabr.rules.Authority;
import org.jabr.rules.CaseId;
import org.jabr.rules.Decider;
import org.jabr.rules.Money;
import org.jabr.rules.Remedy;
import org.jabr.team.Note;
import org.jabr.team.Notes;
import org.jabr.testing.OnH2;
import org.jabr.treasury.Grant;
import org.jabr.treasury.Treasury;
import org.jabr.worklist.NewWork;
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

/** The team as who leads it sees it, and as each of it sees themselves, in both languages. */
@SpringBootTest(classes = JabrApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@ActiveProfiles("demo")
@OnH2
// Counts what lies with people, so it has a house of its own: a property of its own makes a context of its own.
@TestPropertySource(properties = {"jabr.demo.data=false", "jabr.pages.zone=Asia/Riyadh", "jabr.approvals.every=PT0.9S"})
class TeamBrowserTests extends BrowserTest {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Decider AGENT = new Decider("agent", Authority.AGENT);
    private static final Decider SUPERVISOR = new Decider("supervisor", Authority.SUPERVISOR);

    @Autowired
    CaseIntake intake;

    @Autowired
    Worklist worklist;

    @Autowired
    Notes notes;

    @Autowired
    Absences absences;

    @Autowired
    Breaks breaks;

    @Autowired
    Treasury treasury;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Clock clock;

    @AfterEach
    void nothingIsLeft() {
        jdbc.sql(
                        "update work_item set state = 'CANCELLED', stand = 'DONE', cell = 'DONE' where state in ('OPEN', 'CLAIMED')")
                .update();
        for (String table : List.of(
                "account_absence",
                "account_break",
                "account_change",
                "team_note",
                "work_done",
                "effect",
                "pot_claim",
                "posting",
                "movement",
                "ledger_account",
                "pot")) {
            jdbc.sql("delete from " + table).update();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "ar"})
    void theSupervisorSeesTheTeamByNameAndGoesToEachOnesWork(String language) {
        boolean arabic = language.equals("ar");
        for (int i = 0; i < 4; i++) {
            worklist.complete(open(language, 300, WorkItem.Kind.TASK, "ANGRY", null), Map.of(), AGENT);
        }
        worklist.claim(open(language, 300, WorkItem.Kind.TASK, "CALM", null), AGENT);
        worklist.claim(open(language, -30, WorkItem.Kind.FOLLOW_UP, "CALM", null), AGENT);
        open(language, 300, WorkItem.Kind.APPROVAL, "CALM", "agent");
        granted("agent", 12_000);
        absences.add("agent2", now().minusHours(1), now().plusDays(2), "supervisor", "supervisor");
        notes.write(
                Note.Kind.RECOGNITION,
                "agent",
                null,
                new PersonalText(
                        arabic ? "بقيتِ هادئة حتى هدأ العميل. أحسنتِ." : "You stayed calm until they were. Well done."),
                SUPERVISOR);

        Page page = openAs("supervisor", Screen.desk(language), "/team");
        List<String> names = page.locator("tr[id^=person-] a.strong").allInnerTexts();
        assertThat(names)
                .hasSizeGreaterThanOrEqualTo(4)
                .isSortedAccordingTo(java.text.Collator.getInstance(java.util.Locale.forLanguageTag(language)));
        assertThat(page.locator("#person-agent .late")).isVisible();
        assertThat(page.locator("#person-agent .kinds li")).hasCount(2);
        assertThat(page.locator("#person-agent .money").first()).containsText("120.00");
        assertThat(page.locator("#person-agent details summary"))
                .hasText(arabic ? "تنفعه استراحة" : "A break would do good");
        assertThat(page.locator("#person-agent2 .badge-house")).hasText(arabic ? "خارج العمل" : "away");
        assertThat(page.locator("section[aria-labelledby=approvals] tbody tr").first())
                .isVisible();
        assertThat(page.locator("section[aria-labelledby=recognitions] .said")).hasCount(1);
        isAccessible(page);
        fitsItsWidth(page);
        page.locator("#person-agent details summary").click();
        assertThat(page.locator("#person-agent .because")).containsText("care-break-hard");
        show(page, "team-" + language);
        picture(page, "team-" + language);
        page.setViewportSize(320, 700);
        fitsItsWidth(page);
        isAccessible(page);
        show(page, "team-narrow-" + language);
        page.setViewportSize(1280, 800);
        page.locator("#person-agent .kinds a").first().click();
        page.waitForURL(url -> url.contains("assignee=agent") && url.contains("kind="));
        assertThat(page.locator("tr[data-item]")).hasCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "ar"})
    void anAbsenceASkillAndANoteAreEnteredAndWrittenDown(String language) {
        boolean arabic = language.equals("ar");
        RecoveryCase recovery = report(language, "CALM");
        Page page = openAs("supervisor", Screen.desk(language), "/team/agent");
        page.locator("#from").fill("2031-03-01T09:00");
        page.locator("#until").fill("2031-02-01T09:00");
        page.locator("#standIn").selectOption("agent2");
        page.locator("form[action$='/absences'] button").click();
        assertThat(page.locator("#flash .tone-warn")).isVisible();
        assertThat(page.locator("#from")).hasValue("2031-03-01T09:00");
        page.locator("#until").fill("2031-03-05T17:00");
        page.locator("form[action$='/absences'] button").click();
        assertThat(page.locator("form[action*='/absences/'] button")).hasCount(1);

        page.locator("form[action$='/traits/skill'] input[value=SENIOR]").check();
        page.locator("#more-skill").fill("vip");
        page.locator("form[action$='/traits/skill'] button").click();
        assertThat(page.locator("form[action$='/traits/skill'] input[value=VIP]"))
                .isChecked();
        assertThat(page.locator("#changes ~ .timeline > li")).hasCount(2);

        page.locator("input[name=kind][value=COACHING]").check();
        page.locator("#case").fill("R-1999-000001");
        page.locator("#said").fill("<b>" + (arabic ? "دعيه يُكمل" : "Let them finish") + "</b>");
        page.locator("form[action$='/notes'] button").click();
        assertThat(page.locator("#flash .tone-warn")).isVisible();
        assertThat(page.locator("#said")).hasValue("<b>" + (arabic ? "دعيه يُكمل" : "Let them finish") + "</b>");
        page.locator("#case").fill(recovery.reference());
        page.locator("form[action$='/notes'] button").click();
        assertThat(page.locator(".notes .said")).containsText("<b>");
        isAccessible(page);
        fitsItsWidth(page);
        show(page, "person-" + language);
        page.setViewportSize(320, 700);
        fitsItsWidth(page);
        isAccessible(page);
        show(page, "person-narrow-" + language);

        Page own = openAs("agent", Screen.desk(language), "/worklist");
        own.locator("#unread a").click();
        own.waitForURL(url -> url.endsWith("/me"));
        own.locator(".notes details summary").click();
        own.locator(".notes textarea").fill(arabic ? "سأفعل" : "I will");
        own.locator(".notes form button").click();
        assertThat(own.locator(".notes .answer")).isVisible();
        isAccessible(own);
        page.reload();
        assertThat(page.locator(".notes .answer")).isVisible();
        assertThat(page.locator("#changes ~ .timeline")).not().containsText("ABSENCE");
        jdbc.sql("delete from account_trait where login = 'agent' and word in ('VIP', 'SENIOR')")
                .update();
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "ar"})
    void aBreakIsOfferedAndTakenAndNothingNewComesMeanwhile(String language) {
        boolean arabic = language.equals("ar");
        for (int i = 0; i < 4; i++) {
            worklist.complete(open(language, 300, WorkItem.Kind.TASK, "ANGRY", null), Map.of(), speaks(language));
        }
        long hard = open(language, 120, WorkItem.Kind.TASK, "ANGRY", null);
        long easy = open(language, 300, WorkItem.Kind.TASK, "CALM", null);
        String login = speaks(language).login();
        Page page = openAs(login, Screen.desk(language).inTheDark(), "/me");
        assertThat(page.locator("#care ~ .offer")).hasText(arabic ? "قد تنفعك استراحة." : "A break might do you good.");
        isAccessible(page);
        fitsItsWidth(page);
        show(page, "me-" + language);
        page.locator("form[action$='/me/break'] button").click();
        assertThat(page.locator("form[action$='/me/back'] button")).isVisible();
        page.locator("form[action$='/worklist/next'] button").click();
        assertThat(page.locator("#flash .tone-warn")).isVisible();
        isAccessible(page);
        show(page, "me-break-" + language);
        assertThat(worklist.get(easy).assignee()).isNull();

        page.locator("form[action$='/me/back'] button").click();
        // A break is a fresh start; without one something easier comes next.
        jdbc.sql("delete from account_break").update();
        page.locator("form[action$='/worklist/next'] button").click();
        page.waitForURL(url -> url.matches(".*/worklist/\\d+"));
        assertThat(page.locator("#flash .tone-good")).containsText("4");
        assertThat(worklist.get(hard).assignee()).isNull();
        isAccessible(page);
        show(page, "next-" + language);
        page.setViewportSize(320, 700);
        page.navigate("/me");
        fitsItsWidth(page);
        isAccessible(page);
        page.navigate("/worklist");
        fitsItsWidth(page);
    }

    private static Decider speaks(String language) {
        return language.equals("ar") ? new Decider("agent2", Authority.AGENT) : AGENT;
    }

    private void granted(String login, long minor) {
        String key = COUNT.incrementAndGet() + "-CREDIT";
        Money money = Money.ofMinor(minor, "SAR");
        treasury.reserve(
                new CaseId(1),
                List.of(new Grant(
                        key,
                        new CaseId(1),
                        "R-2026-000001",
                        1,
                        "",
                        "CREDIT",
                        Remedy.RemedyClass.GOODWILL,
                        money,
                        Authority.AGENT,
                        new Decider(login, Authority.AGENT),
                        true,
                        now())));
        treasury.commit(key, "R-2026-000001", "CREDIT", money, login);
    }

    private OffsetDateTime now() {
        return OffsetDateTime.now(clock);
    }

    private RecoveryCase report(String language, String emotion) {
        int n = COUNT.incrementAndGet();
        return intake.receive(
                        new Submission(
                                "TEAM-" + n,
                                "T-" + n,
                                "EMAIL",
                                "Billing",
                                "Charged twice",
                                "I was charged twice",
                                Money.of("12.00", "SAR"),
                                null,
                                null,
                                null,
                                language,
                                Map.of("failure.type", "DUPLICATE_CHARGE", "conversation.emotion", emotion),
                                Map.of()),
                        "agent")
                .recovery();
    }

    private long open(
            String language,
            int minutes,
            WorkItem.Kind kind,
            String emotion,
            @org.jspecify.annotations.Nullable String askedBy) {
        RecoveryCase recovery = report(language, emotion);
        worklist.open(new NewWork(
                kind,
                kind == WorkItem.Kind.APPROVAL ? "Approve remedy" : "Look into it",
                recovery.id(),
                recovery.reference(),
                recovery.release(),
                null,
                kind == WorkItem.Kind.APPROVAL ? "approveRemedy" : "lookInto",
                null,
                null,
                kind == WorkItem.Kind.APPROVAL ? Authority.SUPERVISOR : Authority.AGENT,
                askedBy,
                "GENERAL",
                "STANDARD",
                language,
                null,
                now().plusMinutes(minutes),
                List.of(new WorkItem.Why("due", 0, List.of()))));
        return jdbc.sql(
                        "select max(id) from work_item where case_id = :id and element in ('lookInto', 'approveRemedy')")
                .param("id", recovery.id().value())
                .query(Long.class)
                .single();
    }
}
