package org.jabr.hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.groups.Tuple;
import org.jabr.cases.CaseDesk;
import org.jabr.cases.Cases;
import org.jabr.cases.Contact;
import org.jabr.cases.RecoveryCase;
import org.jabr.cases.Stage;
import org.jabr.customers.Customer;
import org.jabr.customers.Customers;
import org.jabr.customers.MadeUp;
import org.jabr.customers.PersonalText;
import org.jabr.intake.CaseIntake;
import org.jabr.intake.Submission;
import org.jabr.outside.Signature;
import org.jabr.outside.SignedClient;
import org.jabr.outside.StubReceiver;
import org.jabr.post.Deliveries;
import org.jabr.post.Delivery;
import org.jabr.post.PostRounds;
import org.jabr.rules.Money;
import org.jabr.rules.Problem;
import org.jabr.testing.StubEngines;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.web.servlet.AutoConfigureMockMvc;
import org.springframework.boot.test.autoconfigure.web.servlet.MockMvcPrint;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** What other systems tell and are told, with rules and diagrams of a few lines behind it. */
@SpringBootTest(
        properties = {
            "jabr.demo.data=false",
            "jabr.public-url=https://shop.example",
            "jabr.gateways.messages.secret=sesame",
            "jabr.gateways.messages.allow-private=true",
            "jabr.gateways.messages.every=PT24H",
            "jabr.webhooks.in.telephone.secret=tell me",
            "jabr.webhooks.in.telephone.previous-secret=told me",
            "jabr.webhooks.in.payer.secret=pay me",
            "jabr.webhooks.in-rate=100000",
            "jabr.webhooks.longest-body=2KB",
            "jabr.webhooks.out-rate=100000",
            "jabr.webhooks.breaker-calls=100000",
            "jabr.webhooks.retries=PT1H,PT1H",
            "jabr.webhooks.every=PT24H"
        })
@AutoConfigureMockMvc(print = MockMvcPrint.NONE)
@ActiveProfiles("demo")
@Import({StubEngines.class, PostRounds.class})
abstract class HooksTests {

    private static final StubReceiver OTHERS = others();

    @DynamicPropertySource
    static void others(DynamicPropertyRegistry properties) {
        String home = "http://localhost:" + OTHERS.port();
        properties.add("jabr.gateways.messages.url", () -> home + "/messages");
        // A list is read from one place as a whole.
        properties.add("jabr.webhooks.out[0].name", () -> "crm");
        properties.add("jabr.webhooks.out[0].secret", () -> "sesame");
        properties.add("jabr.webhooks.out[0].allow-private", () -> "true");
        properties.add("jabr.webhooks.out[1].name", () -> "promises-only");
        properties.add("jabr.webhooks.out[1].secret", () -> "sesame");
        properties.add("jabr.webhooks.out[1].allow-private", () -> "true");
        properties.add("jabr.webhooks.out[1].types", () -> "org.jabr.promise.missed");
        properties.add("jabr.webhooks.out[0].url", () -> home + "/crm");
        properties.add("jabr.webhooks.out[1].url", () -> home + "/promises");
    }

    @Autowired
    MockMvc mvc;

    @Autowired
    CaseIntake intake;

    @Autowired
    Cases cases;

    @Autowired
    CaseDesk desk;

    @Autowired
    Customers customers;

    @Autowired
    MadeUp madeUp;

    @Autowired
    Deliveries deliveries;

    @Autowired
    PostRounds rounds;

    @Autowired
    NewsRound news;

    @Autowired
    Outbox outbox;

    @Autowired
    HookDesk hooks;

    @Autowired
    Receivers receivers;

    @Autowired
    Tally tally;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Clock clock;

    private final String own = UUID.randomUUID().toString().substring(0, 12);

    private static StubReceiver others() {
        try {
            return new StubReceiver(0, null, "sesame");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @BeforeEach
    void behave() {
        OTHERS.behave();
    }

    // ---- in

    @Test
    void hearsWhatBecameOfALetterAndKeepsIt() throws Exception {
        RecoveryCase recovery = report();
        Delivery letter = letter(recovery);
        assertThat(letter.state()).isEqualTo(Delivery.State.CONFIRMED);

        tell(event(own, "org.jabr.message.delivered", "{\"message\":\"" + letter.name() + "\"}"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.outcome").value("DONE"))
                .andExpect(header().doesNotExist("Set-Cookie"));

        assertThat(deliveries.get(letter.id()).state()).isEqualTo(Delivery.State.DELIVERED);
        assertThat(notices(own)).isEqualTo(1);
        assertThat(hooks.heard()).anySatisfy(one -> {
            assertThat(one.source()).isEqualTo("telephone");
            assertThat(one.subject()).isEqualTo(letter.name());
            assertThat(one.outcome()).isEqualTo(Hooks.Outcome.DONE);
        });
    }

    @Test
    void makesAReplyAContactOfTheCase() throws Exception {
        RecoveryCase recovery = report();
        Delivery letter = letter(recovery);

        tell(event(
                        own,
                        "org.jabr.message.reply",
                        "{\"message\":\"" + letter.name() + "\",\"text\":\" ما زلت أنتظر \"}"))
                .andExpect(status().isOk());
        tell(event(
                        own + "-b",
                        "org.jabr.message.reply",
                        "{\"case\":\"" + recovery.reference() + "\",\"channel\":\"CHAT\",\"text\":\"Still waiting\"}"))
                .andExpect(status().isOk());

        assertThat(said(recovery))
                .extracting(
                        contact -> contact.channel() + " " + PersonalText.shown(contact.body()) + " " + contact.by())
                .containsExactly("SMS ما زلت أنتظر customer", "CHAT Still waiting customer");
        assertThat(cases.get(recovery.id()).contacts()).isEqualTo(3);
    }

    @Test
    void hearsTheSameOnceHoweverOftenItIsTold() throws Exception {
        RecoveryCase recovery = report();
        String body = reply(own, recovery, "Still waiting");
        tell(body).andExpect(status().isOk());
        tell(body).andExpect(status().isOk()).andExpect(jsonPath("$.outcome").value("DUPLICATE"));
        tell(reply(own, recovery, "Something else"))
                .andExpect(status().isConflict())
                .andExpect(jsonPath("$.code").value("HOOK-007"));
        // Another source has names of its own.
        tell("payer", "pay me", now(), reply(own, recovery, "And more")).andExpect(status().isOk());

        assertThat(said(recovery))
                .extracting(contact -> PersonalText.shown(contact.body()))
                .containsExactly("Still waiting", "And more");
    }

    @Test
    void hearsTheSameOnceHoweverManyTellItAtOnce() throws Exception {
        RecoveryCase recovery = report();
        int callers = 8;
        ExecutorService threads = Executors.newFixedThreadPool(callers);
        try {
            for (int round = 0; round < 5; round++) {
                String body = reply(own + "-" + round, recovery, "Round " + round);
                CountDownLatch go = new CountDownLatch(1);
                List<Future<String>> running = new ArrayList<>();
                for (int i = 0; i < callers; i++) {
                    running.add(threads.submit(() -> {
                        go.await();
                        return tell(body).andReturn().getResponse().getContentAsString();
                    }));
                }
                go.countDown();
                List<String> answers = new ArrayList<>();
                for (Future<String> one : running) {
                    answers.add(one.get());
                }
                assertThat(answers).containsOnly("{\"outcome\":\"DONE\"}", "{\"outcome\":\"DUPLICATE\"}");
                assertThat(answers).filteredOn(one -> one.contains("DONE")).hasSize(1);
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(said(recovery)).hasSize(5);
    }

    @Test
    void takesTheSecretBeforeWhileTheOtherSideChangesOver() throws Exception {
        String body = event(own, "org.jabr.message.delivered", "{\"message\":\"letter-999999999\"}");

        tell("telephone", "told me", now(), body)
                .andExpect(status().isAccepted())
                .andExpect(jsonPath("$.outcome").value("UNKNOWN"));
        tell("telephone", "", now(), body).andExpect(status().isUnauthorized());
    }

    @Test
    void refusesWhoDoesNotSignAndTellsPeopleSo() throws Exception {
        String body = event(own, "org.jabr.message.delivered", "{\"message\":\"letter-1\"}");
        long before = counted("telephone", "HOOK-004");

        mvc.perform(request("telephone", body))
                .andExpect(status().isUnauthorized())
                .andExpect(jsonPath("$.code").value("HOOK-004"))
                .andExpect(content().contentTypeCompatibleWith("application/problem+json"));
        tell("telephone", "pay me", now(), body).andExpect(jsonPath("$.code").value("HOOK-004"));
        String timestamp = String.valueOf(now());
        mvc.perform(request("telephone", body.replace("letter-1", "letter-2"))
                        .header(Signature.TIMESTAMP, timestamp)
                        .header(Signature.HEADER, Signature.of("tell me", timestamp, bytes(body))))
                .andExpect(jsonPath("$.code").value("HOOK-004"));
        mvc.perform(request("telephone", body)
                        .header(Signature.TIMESTAMP, "soon")
                        .header(Signature.HEADER, Signature.of("tell me", "soon", bytes(body))))
                .andExpect(jsonPath("$.code").value("HOOK-004"));
        mvc.perform(request("telephone", body)
                        .header("Accept-Language", "ar")
                        .header(Signature.TIMESTAMP, timestamp)
                        .header(Signature.HEADER, "sha256=\"'><script>"))
                .andExpect(jsonPath("$.detail").value(org.hamcrest.Matchers.startsWith("التوقيع")));
        tell("telephone", "tell me", now() - 301, body)
                .andExpect(status().isUnauthorized())
                .andExpect(jsonPath("$.code").value("HOOK-005"));
        tell("telephone", "tell me", now() + 305, body)
                .andExpect(jsonPath("$.code").value("HOOK-005"));
        tell("nobody", "tell me", now(), body)
                .andExpect(status().isNotFound())
                .andExpect(jsonPath("$.code").value("HOOK-001"));

        assertThat(notices(own)).isZero();
        assertThat(counted("telephone", "HOOK-004")).isEqualTo(before + 5);
        assertThat(counted("", "HOOK-001")).isPositive();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | HOOK-006 | never mind",
                "400 | HOOK-006 | []",
                "400 | HOOK-006 | {\"specversion\":\"1.0\",\"source\":\"x\",\"type\":\"t\"}",
                "400 | HOOK-006 | {\"specversion\":\"0.3\",\"id\":\"ID\",\"source\":\"x\",\"type\":\"t\"}",
                "400 | HOOK-006 | {\"specversion\":\"1.0\",\"id\":\"a b\",\"source\":\"x\",\"type\":\"t\"}",
                "400 | HOOK-006 | {\"specversion\":\"1.0\",\"id\":7,\"source\":\"x\",\"type\":\"t\"}",
                "400 | HOOK-006 | {\"specversion\":\"1.0\",\"id\":\"ID\",\"source\":\"\",\"type\":\"t\"}",
                "400 | HOOK-006 | {\"specversion\":\"1.0\",\"id\":\"ID\",\"id\":\"ID\",\"source\":\"x\",\"type\":\"t\"}",
                "400 | HOOK-006 | {\"specversion\":\"1.0\",\"id\":\"ID\",\"source\":\"x\",\"type\":\"t\"} {}",
                "400 | HOOK-006 | {\"specversion\":\"1.0\",\"id\":\"ID\",\"source\":\"x\",\"type\":\"<b>\"}",
                "400 | HOOK-006 | {\"specversion\":\"1.0\",\"id\":\"ID\",\"source\":\"x\",\"type\":\"t\",\"datacontenttype\":\"text/xml\"}",
                "422 | HOOK-008 | {\"specversion\":\"1.0\",\"id\":\"ID\",\"source\":\"x\",\"type\":\"org.jabr.message.delivered\"}",
                "422 | HOOK-008 | {\"specversion\":\"1.0\",\"id\":\"ID\",\"source\":\"x\",\"type\":\"org.jabr.message.bounced\",\"data\":{\"message\":7}}",
                "422 | HOOK-008 | {\"specversion\":\"1.0\",\"id\":\"ID\",\"source\":\"x\",\"type\":\"org.jabr.message.reply\",\"data\":{\"case\":\"R-1\",\"text\":\" \"}}",
                "422 | HOOK-009 | {\"specversion\":\"1.0\",\"id\":\"ID\",\"source\":\"x\",\"type\":\"org.jabr.message.reply\",\"data\":{\"text\":\"Hello\"}}",
                "404 | CASE-001 | {\"specversion\":\"1.0\",\"id\":\"ID\",\"source\":\"x\",\"type\":\"org.jabr.message.reply\",\"data\":{\"case\":\"R-1\",\"text\":\"Hello\"}}",
                "202 | - | {\"specversion\":\"1.0\",\"id\":\"ID\",\"source\":\"x\",\"type\":\"com.example.anything\",\"data\":[1]}",
                "200 | - | {\"specversion\":\"1.0\",\"id\":\"ID\",\"source\":\"x\",\"type\":\"org.jabr.effect.changed\",\"data\":{\"key\":\"0-NOTHING\"}}",
            })
    void takesNothingThatIsNotAsAgreed(int status, String code, String body) throws Exception {
        ResultActions answer = tell(body.replace("ID", own)).andExpect(status().is(status));

        if (code.equals("-")) {
            assertThat(notices(own)).isEqualTo(1);
        } else {
            answer.andExpect(jsonPath("$.code").value(code));
            assertThat(notices(own)).isZero();
            assertThat(counted("telephone", code)).isPositive();
        }
    }

    @Test
    void whoReadsTheCountsSeesWhatIsBeingWrittenDownJustThen() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
            while (!over.get()) {
                tally.writeDown();
            }
        });
        try {
            for (int n = 1; n <= 200; n++) {
                tally.count("telephone", "T-" + own);
                assertThat(counted("telephone", "T-" + own)).isEqualTo(n);
            }
        } finally {
            over.set(true);
        }
        writer.get();
    }

    @Test
    void readsNoEndlessNoticeAndNoBytesThatAreNoText() throws Exception {
        tell(event(own, "org.jabr.message.reply", "{\"text\":\"" + "x".repeat(3000) + "\"}"))
                .andExpect(status().isPayloadTooLarge())
                .andExpect(jsonPath("$.code").value("HOOK-003"));
        byte[] odd = {(byte) 0xff, (byte) 0xfe};
        String timestamp = String.valueOf(now());
        mvc.perform(post("/hooks/telephone")
                        .content(odd)
                        .header(Signature.TIMESTAMP, timestamp)
                        .header(Signature.HEADER, Signature.of("tell me", timestamp, odd)))
                .andExpect(jsonPath("$.code").value("HOOK-006"));
    }

    // ---- out

    @Test
    void tellsWhatHappenedWithoutAnythingAboutAPerson() throws Exception {
        RecoveryCase recovery = report();
        desk.move(recovery.id(), Stage.ACKNOWLEDGED, "agent");
        bring();

        List<StubReceiver.Arrived> told = told("/crm", recovery);
        assertThat(told).hasSize(1);
        JsonNode event = told.get(0).event();
        assertThat(event.get("type").asText()).isEqualTo("org.jabr.case.stage-changed");
        assertThat(event.get("id").asText()).isEqualTo(told.get(0).key());
        assertThat(event.get("source").asText()).isEqualTo("https://shop.example");
        assertThat(event.at("/data/from").asText()).isEqualTo("RECEIVED");
        assertThat(event.at("/data/stage").asText()).isEqualTo("ACKNOWLEDGED");
        assertThat(event.toString()).doesNotContain("Huda", "+966", "It came late");
        assertThat(told("/promises", recovery)).isEmpty();
    }

    @Test
    void tellsNobodyAboutCustomersWhoWereMadeUp() throws Exception {
        madeUp.add(List.of("H-" + own));
        RecoveryCase recovery = report();
        desk.move(recovery.id(), Stage.ACKNOWLEDGED, "agent");

        assertThat(outbox.ofCase(recovery.reference())).isEmpty();
    }

    @Test
    void tellsOneAfterTheOtherAndStopsWhereNobodyListens() throws Exception {
        RecoveryCase recovery = report();
        desk.move(recovery.id(), Stage.ACKNOWLEDGED, "agent");
        desk.move(recovery.id(), Stage.DECIDED, "agent");
        OTHERS.set("status", 500);
        for (int i = 0; i < 3; i++) {
            bring();
            due(recovery);
        }
        // What comes later waited until what came before was given up.
        List<NewsItem> items = outbox.ofCase(recovery.reference());
        String first = items.get(0).eventId();
        assertThat(told("/crm", recovery))
                .extracting(StubReceiver.Arrived::key)
                .containsExactly(first, first, first, items.get(1).eventId());
        assertThat(items)
                .extracting(NewsItem::state, NewsItem::attempts)
                .containsExactly(Tuple.tuple(NewsItem.State.STOPPED, 3), Tuple.tuple(NewsItem.State.WAITING, 1));
        assertThat(items.get(0).code()).isEqualTo("STATUS-500");
        assertThat(hooks.stopped(null, 50)).contains(items.get(0));
        assertThat(hooks.stopped(items.get(0).id(), 50)).doesNotContain(items.get(0));

        OTHERS.behave();
        hooks.again(items.get(0).id());
        assertThatThrownBy(() -> hooks.again(items.get(0).id()))
                .isInstanceOfSatisfying(Problem.class, p -> assertThat(p.code()).isEqualTo("HOOK-010"));
        bring();
        assertThat(outbox.ofCase(recovery.reference()))
                .extracting(NewsItem::state)
                .containsOnly(NewsItem.State.TOLD);
        List<StubReceiver.Arrived> told = told("/crm", recovery);
        assertThat(told.subList(told.size() - 2, told.size()))
                .extracting(StubReceiver.Arrived::key)
                .containsExactly(items.get(0).eventId(), items.get(1).eventId());
    }

    @Test
    void fencesOffWhoeverComesBackLate() throws Exception {
        RecoveryCase recovery = report();
        desk.move(recovery.id(), Stage.ACKNOWLEDGED, "agent");
        List<Outbox.Claim> late = outbox.claim("crm", 100);
        assertThat(late).isNotEmpty();
        bring();
        assertThat(told("/crm", recovery)).isEmpty();

        due(recovery);
        outbox.claim("crm", 100);
        SignedClient.Reply broken = new SignedClient.Reply(500, new byte[0], null);
        late.forEach(claim -> outbox.take(claim, broken));
        late.forEach(outbox::giveBack);
        assertThat(outbox.ofCase(recovery.reference()))
                .extracting(NewsItem::state)
                .containsOnly(NewsItem.State.SENT);
        due(recovery);
        bring();
        late.forEach(claim -> outbox.take(claim, broken));

        assertThat(outbox.ofCase(recovery.reference()))
                .extracting(NewsItem::state)
                .containsOnly(NewsItem.State.TOLD);
        assertThat(told("/crm", recovery)).hasSize(1);
    }

    @Test
    void tellsEachOnceAndInOrderHoweverManyTell() throws Exception {
        List<RecoveryCase> all = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            RecoveryCase recovery = report("-" + i);
            desk.move(recovery.id(), Stage.ACKNOWLEDGED, "agent");
            desk.move(recovery.id(), Stage.DECIDED, "agent");
            desk.move(recovery.id(), Stage.RESOLVED, "agent");
            all.add(recovery);
        }
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                running.add(threads.submit(this::bring));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
        bring();

        assertThat(all).allSatisfy(recovery -> assertThat(told("/crm", recovery))
                .extracting(one -> one.event().at("/data/stage").asText())
                .containsExactly("ACKNOWLEDGED", "DECIDED", "RESOLVED"));
    }

    private void bring() {
        for (Receiver receiver : receivers.all()) {
            while (news.round(receiver)) {
                // As long as there is something to tell.
            }
        }
    }

    /** Time passes for the news of one case. */
    private void due(RecoveryCase recovery) {
        jdbc.sql("update hook_news set due_at = :at where case_id = :id and due_at is not null")
                .param("at", OffsetDateTime.now(clock).minusSeconds(1))
                .param("id", recovery.id().value())
                .update();
    }

    private static List<StubReceiver.Arrived> told(String path, RecoveryCase recovery) {
        return OTHERS.arrived().stream()
                .filter(one -> one.path().equals(path)
                        && one.event().at("/data/externalRef").asText().equals(recovery.externalRef()))
                .toList();
    }

    private RecoveryCase report() {
        return report("");
    }

    private RecoveryCase report(String which) {
        customers.save(new Customer.Details(
                "H-" + own + which,
                new PersonalText("Huda"),
                null,
                new PersonalText("+96650001"),
                "en",
                "SMS",
                false,
                false,
                false));
        return intake.receive(
                        new Submission(
                                "HOOK-" + own + which,
                                "H-" + own + which,
                                "EMAIL",
                                "Delivery",
                                "Late",
                                "It came late",
                                Money.of("40.00", "USD"),
                                null,
                                null,
                                null,
                                "en",
                                Map.of(),
                                Map.of()),
                        "agent")
                .recovery();
    }

    /** A letter that has left. */
    private Delivery letter(RecoveryCase recovery) {
        desk.said(recovery.id(), "own", "en", "SMS", "Your case", "We are at it.", "agent");
        rounds.bring();
        return deliveries.ofCase(recovery.id()).get(0);
    }

    private List<Contact> said(RecoveryCase recovery) {
        return desk.file(recovery.reference()).contacts().stream()
                .filter(contact -> contact.direction() == Contact.Direction.IN
                        && !PersonalText.shown(contact.body()).equals("It came late"))
                .toList();
    }

    private int notices(String eventId) {
        return jdbc.sql("select count(*) from hook_notice where event_id = :id")
                .param("id", eventId)
                .query(Integer.class)
                .single();
    }

    private long counted(String source, String code) {
        return hooks.in().stream()
                .filter(one -> one.name().equals(source))
                .flatMap(one -> one.counted().stream())
                .filter(one -> one.code().equals(code))
                .mapToLong(HookHealth.Counted::n)
                .sum();
    }

    private static String event(String id, String type, String data) {
        return "{\"specversion\":\"1.0\",\"id\":\"" + id + "\",\"source\":\"//telephone.example\",\"type\":\"" + type
                + "\",\"datacontenttype\":\"application/json\",\"data\":" + data + "}";
    }

    private static String reply(String id, RecoveryCase recovery, String text) {
        return event(
                id, "org.jabr.message.reply", "{\"case\":\"" + recovery.reference() + "\",\"text\":\"" + text + "\"}");
    }

    private ResultActions tell(String body) throws Exception {
        return tell("telephone", "tell me", now(), body);
    }

    private ResultActions tell(String source, String secret, long at, String body) throws Exception {
        String timestamp = String.valueOf(at);
        String signature = secret.isEmpty() ? "sha256=" : Signature.of(secret, timestamp, bytes(body));
        return mvc.perform(
                request(source, body).header(Signature.TIMESTAMP, timestamp).header(Signature.HEADER, signature));
    }

    private static MockHttpServletRequestBuilder request(String source, String body) {
        return post("/hooks/{source}", source)
                .contentType("application/cloudevents+json")
                .content(bytes(body));
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }

    private static byte[] bytes(String text) {
        return Objects.requireNonNull(text).getBytes(StandardCharsets.UTF_8);
    }
}
