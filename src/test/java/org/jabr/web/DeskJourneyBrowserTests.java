package org.jabr.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.jabr.JabrApplication;
import org.jabr.cases.CaseDesk;
import org.jabr.cases.Cases;
import org.jabr.cases.Promise;
import org.jabr.cases.RecoveryCase;
import org.jabr.cases.Stage;
import org.jabr.customers.Customer;
import org.jabr.customers.Customers;
import org.jabr.customers.PersonalText;
import org.jabr.intake.CaseIntake;
import org.jabr.intake.Submission;
import org.jabr.remedies.Effect;
import org.jabr.rules.Authority;
import org.jabr.rules.Decider;
import org.jabr.rules.Money;
import org.jabr.surveys.CustomerLinks;
import org.jabr.surveys.Surveys;
import org.jabr.testing.OnH2;
import org.jabr.worklist.NewWork;
import org.jabr.worklist.WorkItem;
import org.jabr.worklist.Worklist;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.MessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.TestPropertySource;

/** From a failure in the list to a customer who is content, by people who never touch a mouse, in both languages. */
@SpringBootTest(classes = JabrApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@ActiveProfiles("demo")
@OnH2
// What is first in the list must be its own: the context is the one of the tests of the list, which leave nothing.
@TestPropertySource(properties = {"jabr.demo.data=false", "jabr.pages.zone=Asia/Riyadh", "jabr.worklist.every=PT0.9S"})
class DeskJourneyBrowserTests extends BrowserTest {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final ZoneId ZONE = ZoneId.of("Asia/Riyadh");

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
    Surveys surveys;

    @Autowired
    CustomerLinks links;

    @Autowired
    MessageSource messages;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Clock clock;

    @LocalServerPort
    int door;

    @AfterEach
    void nothingIsLeft() {
        for (Long id : jdbc.sql("select id from work_item where state in ('OPEN', 'CLAIMED')")
                .query(Long.class)
                .list()) {
            worklist.snooze(
                    id, OffsetDateTime.now(clock).plusYears(9), new Decider("supervisor", Authority.SUPERVISOR));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "ar"})
    void bringsAFailureToItsEndByKeyboard(String language) {
        Words words = Words.of(language);
        RecoveryCase recovery = report(language, words);
        WorkItem item = waitFor(recovery, WorkItem.Kind.ACKNOWLEDGEMENT);
        workForLater(recovery, language);

        Page agent = open(Screen.desk(language), "/sign-in");
        Keyboard hands = signIn(agent, language, "agent");
        claimTheFirst(agent, hands, item, language);
        chooseOtherwise(agent, hands, recovery, item, words, language);

        Page supervisor = open(Screen.desk(language), "/sign-in");
        lowerWhatIsAsked(supervisor, signIn(supervisor, language, "supervisor"), recovery, words, language);
        until(() -> cases.get(recovery.id()).stage() == Stage.FOLLOW_UP
                && !surveys.ofCase(recovery.id()).isEmpty());

        writeAgain(recovery, words, language);
        openTheCase(agent, hands, recovery);
        seeBothConversations(agent, recovery, words, language);
        answerInPerson(agent, hands, recovery, words);
        openTheCase(agent, hands, recovery);
        promiseAndKeep(agent, hands, recovery, words, language);

        Page customer = open(Screen.desk(language), links.path(recovery.reference()));
        answerTheSurvey(customer, new Keyboard(customer, language), words, language);
        until(() -> cases.get(recovery.id()).stage() == Stage.CLOSED);
        openTheCase(agent, hands, recovery);
        assertThat(agent.locator(".stages [aria-current=step]")).containsText(words("stage.CLOSED", language));
        assertThat(desk.file(recovery.reference()).promises())
                .filteredOn(promise -> promise.kind() == Promise.Kind.AGREED)
                .extracting(Promise::state)
                .containsExactly(Promise.State.KEPT);
        looksRight(agent, "desk-journey-closed-" + language, language);
    }

    private Keyboard signIn(Page page, String language, String login) {
        Keyboard hands = new Keyboard(page, language);
        looksRight(page, "desk-journey-door-" + language, language);
        hands.write(page.locator("#login"), login);
        hands.write(page.locator("#password"), login);
        hands.press("Enter");
        assertThat(page).hasURL(Pattern.compile(".*/worklist([?#].*)?$"));
        return hands;
    }

    private void claimTheFirst(Page page, Keyboard hands, WorkItem item, String language) {
        Locator row = page.locator("tr[data-item]").first();
        assertThat(row).hasId("work-" + item.id());
        hands.letter('J');
        assertThat(row).isFocused();

        hands.open(row.locator("summary"));
        Locator place = row.locator(".place");
        assertThat(place).isVisible();
        List<String> times = place.locator("time").all().stream()
                .map(one -> one.getAttribute("datetime"))
                .toList();
        Duration earlier =
                times.subList(1, times.size() - 1).stream().map(Duration::parse).reduce(Duration.ZERO, Duration::plus);
        assertThat(earlier).isPositive();
        assertThat(Instant.parse(times.get(0)).minus(earlier))
                .isEqualTo(Instant.parse(times.get(times.size() - 1)))
                .isEqualTo(item.effectiveAt().toInstant());
        assertThat(place.locator(".because").first()).isVisible();
        looksRight(page, "desk-journey-first-" + language, language);

        hands.letter('C');
        assertThat(row).hasClass(Pattern.compile(".*mine.*"));
        assertThat(row).isFocused();
        assertThat(worklist.get(item.id()).assignee()).isEqualTo("agent");
        hands.press("Enter");
        assertThat(page).hasURL(Pattern.compile(".*/worklist/" + item.id()));
    }

    private void chooseOtherwise(
            Page page, Keyboard hands, RecoveryCase recovery, WorkItem item, Words words, String language) {
        assertThat(page.locator("#choice-REFUND")).isChecked();
        looksRight(page, "desk-journey-work-" + language, language);
        hands.select(page.locator("#conversation-emotion"), "ANGRY");
        hands.write(page.locator("#note"), words.note());
        hands.open(page.locator("#choice-because-REFUND > summary"));
        assertThat(page.locator("#choice-because-REFUND .because").first()).isVisible();

        hands.open(page.locator("#choice-others > summary"));
        hands.tick(page.locator("#choice-NAMED_CONTACT"));
        assertThat(page.locator("#choice-why")).isVisible();
        assertThat(page.locator("#choice > .note")).hasClass(Pattern.compile(".*tone-good.*"));
        assertThat(page.locator("#choice-NAMED_CONTACT")).isFocused();

        hands.tick(page.locator("#choice-CREDIT"));
        hands.write(page.locator("#choice-amount-CREDIT"), "95.00");
        hands.press("Tab");
        assertThat(page.locator("#choice > .note")).hasClass(Pattern.compile(".*tone-warn.*"));
        hands.write(page.locator("#choice-why"), words.why());
        // That a person chose it is said in words and needs no name of a rule.
        assertThat(page.locator("#choice-because-REFUND .because-rule", new Page.LocatorOptions().setHasText("chosen")))
                .hasCount(0);
        looksRight(page, "desk-journey-choice-" + language, language);
        hands.enter(page.locator(".answers > .actions .btn-quiet"));
        assertThat(page).hasURL(Pattern.compile(".*/worklist([?#].*)?$"));
        assertThat(page.locator("#flash .tone-good")).isVisible();
        assertThat(worklist.get(item.id()).state()).isEqualTo(WorkItem.State.DONE);
        until(() -> effect(recovery, "NAMED_CONTACT") != null);
    }

    private void lowerWhatIsAsked(Page page, Keyboard hands, RecoveryCase recovery, Words words, String language) {
        WorkItem approval = waitFor(recovery, WorkItem.Kind.APPROVAL);
        assertThat(approval.notBy()).isEqualTo("agent");
        hands.slash();
        assertThat(page.locator("#q")).isFocused();
        page.keyboard().type(recovery.reference());
        hands.press("Enter");
        assertThat(page).hasURL(Pattern.compile(".*q=" + recovery.reference() + ".*"));
        Locator row = page.locator("#work-" + approval.id());
        while (!(Boolean) row.evaluate("one => one === document.activeElement")) {
            hands.letter('J');
        }
        hands.letter('C');
        assertThat(row).hasClass(Pattern.compile(".*mine.*"));
        hands.press("Enter");

        assertThat(page.locator(".asked .said")).hasText(words.why());
        looksRight(page, "desk-journey-approval-" + language, language);
        hands.tick(page.locator("input[value=APPROVE]"));
        hands.write(page.locator("#amount"), "60.00");
        hands.write(page.locator("#reason"), words.lower());
        hands.enter(page.locator(".answers > .actions .btn-quiet"));
        assertThat(page.locator("#flash .tone-good")).isVisible();
        until(() -> {
            Effect credit = effect(recovery, "CREDIT");
            return credit != null && credit.state() == Effect.State.CONFIRMED;
        });
        assertThat(effect(recovery, "CREDIT")).satisfies(credit -> {
            assertThat(credit.money()).isEqualTo(Money.of("60.00", "USD"));
            assertThat(credit.decidedBy()).isEqualTo("supervisor");
        });
    }

    /** The customer knows nothing of cases and writes anew, on another channel. */
    private void writeAgain(RecoveryCase recovery, Words words, String language) {
        String report = """
                {"customer": "%s", "channel": "CHAT", "category": "%s", "subject": "%s", "description": "%s", "currency": "USD",
                 "failureType": "LATE_DELIVERY", "language": "%s"}
                """.formatted(
                        customers.get(recovery.customerId()).externalRef(),
                        words.category(),
                        words.subject(),
                        words.again(),
                        language);
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + door + "/api/cases"))
                .header("Content-Type", "application/json")
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString("agent:agent".getBytes(StandardCharsets.UTF_8)))
                .POST(HttpRequest.BodyPublishers.ofString(report))
                .build();
        try {
            HttpResponse<String> answer =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.body()).contains("\"JOINED\"").contains(recovery.reference());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void openTheCase(Page page, Keyboard hands, RecoveryCase recovery) {
        hands.enter(page.locator(".rooms a[href$='/cases']"));
        assertThat(page).hasURL(Pattern.compile(".*/cases"));
        hands.write(page.locator("#q"), recovery.reference());
        hands.press("Enter");
        assertThat(page.locator("h1, td a").first()).isVisible();
        if (!page.url().endsWith("/cases/" + recovery.reference())) {
            hands.enter(page.locator("td a[href$='" + recovery.reference() + "']"));
        }
        assertThat(page).hasURL(Pattern.compile(".*/cases/" + recovery.reference()));
        assertThat(page.locator("#diagram[data-ready]")).isAttached();
    }

    private void seeBothConversations(Page page, RecoveryCase recovery, Words words, String language) {
        Locator said = page.locator(".conversation .in");
        assertThat(said.filter(new Locator.FilterOptions().setHasText(words.description())))
                .containsText(words.email());
        assertThat(said.filter(new Locator.FilterOptions().setHasText(words.again())))
                .containsText(words.chat());
        RecoveryCase now = cases.get(recovery.id());
        assertThat(now.channelHops()).isEqualTo(1);
        assertThat(page.locator("section[aria-labelledby=handling]"))
                .containsText(messages.getMessage(
                        "case.effort.text",
                        new Object[] {now.contacts(), now.handovers(), now.channelHops()},
                        Locale.forLanguageTag(language)));
        looksRight(page, "desk-journey-joined-" + language, language);
    }

    /** What the second contact asks for is work of its own. */
    private void answerInPerson(Page page, Keyboard hands, RecoveryCase recovery, Words words) {
        WorkItem answer = waitFor(recovery, WorkItem.Kind.ACKNOWLEDGEMENT);
        hands.enter(page.locator("section[aria-labelledby=work] a[href$='/worklist/" + answer.id() + "']"));
        hands.enter(page.locator(".page-head form[action$='/claim'] button"));
        assertThat(page.locator("form.answers")).isVisible();
        hands.select(page.locator("#conversation-emotion"), "CALM");
        hands.write(page.locator("#note"), words.note());
        hands.enter(page.locator(".answers > .actions .btn-quiet"));
        assertThat(page.locator("#flash .tone-good")).isVisible();
        until(() -> open(recovery, WorkItem.Kind.ACKNOWLEDGEMENT).isEmpty());
    }

    private void promiseAndKeep(Page page, Keyboard hands, RecoveryCase recovery, Words words, String language) {
        hands.open(page.locator("#make-promise > summary"));
        hands.write(page.locator("#promise-said"), words.promise());
        hands.write(page.locator("#promise-due"), LocalDateTime.now(ZONE).plusDays(2));
        hands.enter(page.locator("#make-promise form > button"));
        assertThat(page.locator("#flash .tone-good")).isVisible();
        Locator made = page.locator("li[id^=promise-]").filter(new Locator.FilterOptions().setHasText(words.promise()));
        looksRight(page, "desk-journey-promised-" + language, language);
        hands.enter(made.locator("form button").first());
        assertThat(made.locator(".tone-good")).isVisible();
    }

    private void answerTheSurvey(Page page, Keyboard hands, Words words, String language) {
        assertThat(page.locator(".deadlines .said")).hasText(words.promise());
        looksRight(page, "desk-journey-customer-" + language, language);
        hands.choose(page.locator("input[name=satisfied]").first(), page.locator("input[name=satisfied][value=true]"));
        hands.choose(page.locator("input[name=csat]").first(), page.locator("input[name=csat][value='5']"));
        hands.write(page.locator("#comment"), words.thanks());
        hands.enter(page.locator("#survey .btn-primary"));
        assertThat(page.locator("#flash .tone-good"))
                .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(60_000));
        looksRight(page, "desk-journey-answered-" + language, language);
    }

    // ---- words

    /** What people say in their language. */
    record Words(
            String category,
            String subject,
            String description,
            String again,
            String note,
            String why,
            String lower,
            String promise,
            String thanks,
            String email,
            String chat) {

        static Words of(String language) {
            return language.equals("ar")
                    ? new Words(
                            "التوصيل",
                            "تأخر الطلب أسبوعًا",
                            "تأخر طلبي أسبوعًا وكان هدية.",
                            "كتبت لكم من قبل عن طلبي المتأخر ولم أسمع شيئًا.",
                            "كان الطلب هدية عيد ميلاد.",
                            "ثالث تأخير هذه السنة",
                            "ستون تكفي هنا",
                            "سأتصل بكم حين تصل الشحنة",
                            "شكرًا على الاهتمام",
                            "بريد",
                            "محادثة")
                    : new Words(
                            "Delivery",
                            "Order a week late",
                            "My order came a week late. It was a present.",
                            "I wrote to you before about my late order and heard nothing.",
                            "It was a birthday present.",
                            "The third delay this year",
                            "Sixty is fair here",
                            "I will ring you when the parcel is there",
                            "Thank you for looking into it",
                            "mail",
                            "hat");
        }
    }

    private String words(String key, String language) {
        return messages.getMessage(key, null, Locale.forLanguageTag(language));
    }

    // ---- what there is

    private RecoveryCase report(String language, Words words) {
        int n = COUNT.incrementAndGet();
        String ref = "DJ-" + n;
        customers.save(new Customer.Details(
                ref,
                new PersonalText(language.equals("ar") ? "ليلى منصور" : "Nora Haddad"),
                new PersonalText("journey" + n + "@example.com"),
                null,
                language,
                "EMAIL",
                false,
                true,
                false));
        return intake.receive(
                        new Submission(
                                "DESK-JOURNEY-" + n,
                                ref,
                                "EMAIL",
                                words.category(),
                                words.subject(),
                                words.description(),
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

    /** Something else that can wait, so that the first item is first for a reason. */
    private void workForLater(RecoveryCase recovery, String language) {
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
                Authority.AGENT,
                null,
                "GENERAL",
                "STANDARD",
                language,
                null,
                OffsetDateTime.now(clock).plusDays(9),
                List.of()));
    }

    private Effect effect(RecoveryCase recovery, String remedy) {
        return desk.file(recovery.reference()).remedies().stream()
                .filter(one -> one.remedy().equals(remedy))
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
