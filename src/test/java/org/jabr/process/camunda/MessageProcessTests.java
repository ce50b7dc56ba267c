package org.jabr.process.camunda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jabr.process.camunda.Desk.AGENT;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.groups.Tuple;
import org.jabr.cases.CaseDesk;
import org.jabr.cases.RecoveryCase;
import org.jabr.outside.StubReceiver;
import org.jabr.post.Deliveries;
import org.jabr.post.Delivery;
import org.jabr.post.PostDesk;
import org.jabr.post.PostRounds;
import org.jabr.worklist.WorkItem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** Letters of real cases on their way as text messages. */
@ProcessTest
@Import(PostRounds.class)
@TestPropertySource(
        properties = {
            "spring.datasource.url=jdbc:h2:mem:messages;DEFAULT_NULL_ORDERING=HIGH",
            "jabr.gateways.messages.secret=sesame",
            "jabr.gateways.messages.allow-private=true",
            "jabr.gateways.messages.channels=SMS",
            "jabr.gateways.messages.every=PT24H",
            "jabr.gateways.messages.rate=1000",
            "jabr.gateways.messages.timeout=PT5S",
            "jabr.gateways.messages.breaker-calls=100000"
        })
class MessageProcessTests {

    private static final StubReceiver GATEWAY = gateway();
    private static final AtomicInteger NUMBER = new AtomicInteger();

    @DynamicPropertySource
    static void gateway(DynamicPropertyRegistry properties) {
        properties.add("jabr.gateways.messages.url", () -> "http://localhost:" + GATEWAY.port() + "/messages");
    }

    @Autowired
    Desk desk;

    @Autowired
    CaseDesk cases;

    @Autowired
    Deliveries deliveries;

    @Autowired
    PostDesk post;

    @Autowired
    PostRounds rounds;

    @Autowired
    MovableClock clock;

    private final String phone = "+9665000" + NUMBER.incrementAndGet();

    private static StubReceiver gateway() {
        try {
            return new StubReceiver(0, null, "sesame");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @BeforeEach
    void nothingWaits() {
        GATEWAY.behave();
        clock.pass(Duration.ofDays(1));
        rounds.bring();
    }

    @Test
    void tellsACustomerWhoPrefersTextMessagesByTextMessage() {
        RecoveryCase recovery = open();
        assertThat(deliveries.ofCase(recovery.id())).isNotEmpty().allSatisfy(delivery -> {
            assertThat(delivery.channel()).isEqualTo("SMS");
            assertThat(delivery.state()).isEqualTo(Delivery.State.WAITING);
        });

        rounds.bring();

        assertThat(states(recovery)).containsOnly(Delivery.State.CONFIRMED);
        StubReceiver.Arrived first = arrived(recovery).get(0);
        assertThat(first.path()).isEqualTo("/messages");
        assertThat(first.key())
                .isEqualTo(deliveries.ofCase(recovery.id()).get(0).name())
                .isEqualTo(first.event().get("id").asText());
        assertThat(first.event().get("specversion").asText()).isEqualTo("1.0");
        assertThat(first.event().get("type").asText()).isEqualTo("org.jabr.message.send");
        assertThat(first.event().get("source").asText()).isEqualTo("https://shop.example");
        assertThat(first.event().get("datacontenttype").asText()).isEqualTo("application/json");
        assertThat(first.event().get("time").asText()).isEqualTo(clock.instant().toString());
        assertThat(first.event().at("/data/channel").asText()).isEqualTo("SMS");
        assertThat(first.event().at("/data/to").asText()).isEqualTo(phone);
        assertThat(first.event().at("/data/language").asText()).isEqualTo("en");
        assertThat(first.event().at("/data/text").asText()).contains(recovery.reference());
    }

    @Test
    void leavesOnThePageWhatHasNoNumberAndWhatNoGatewayCarries() {
        RecoveryCase unknown = desk.lateDelivery().prefers("SMS").open();
        assertThat(deliveries.ofCase(unknown.id()))
                .isNotEmpty()
                .extracting(Delivery::state, Delivery::code)
                .containsOnly(Tuple.tuple(Delivery.State.NOT_SENT, Delivery.NO_ADDRESS));

        RecoveryCase chat = desk.lateDelivery().phone(phone).prefers("CHAT").open();
        assertThat(deliveries.ofCase(chat.id())).isEmpty();
    }

    @Test
    void makesWorkOfWhatTheGatewayRefusesAndSendsAgainUnderANameOfItsOwn() {
        GATEWAY.set("status", 422);
        RecoveryCase recovery = open();
        rounds.bring();

        List<Delivery> failed = deliveries.ofCase(recovery.id());
        assertThat(failed)
                .extracting(Delivery::state, Delivery::code)
                .containsOnly(Tuple.tuple(Delivery.State.NEEDS_PERSON, "MESSAGE_REFUSED"));
        assertThat(tellAnotherWay(recovery)).hasSameSizeAs(failed);

        GATEWAY.behave();
        int before = arrived(recovery).size();
        post.again(recovery.id(), failed.get(0).id());
        assertThat(tellAnotherWay(recovery)).hasSize(failed.size() - 1);
        rounds.bring();
        List<StubReceiver.Arrived> all = arrived(recovery);
        assertThat(all).hasSize(before + 1);
        assertThat(all.get(before).key())
                .isEqualTo("letter-" + failed.get(0).id() + ".2")
                .isNotEqualTo(failed.get(0).name());

        // News about the first sending are not about this one.
        assertThat(post.heard(failed.get(0).name(), PostDesk.News.BOUNCED)).isEqualTo(PostDesk.Heard.LATE);
        assertThat(deliveries.get(failed.get(0).id()).state()).isEqualTo(Delivery.State.CONFIRMED);
    }

    @Test
    void triesAgainWithTheSameIdAndThenAsksAPerson() {
        GATEWAY.set("status", 500);
        RecoveryCase recovery = open();
        Delivery first = deliveries.ofCase(recovery.id()).get(0);
        rounds.bring();
        for (Duration wait :
                List.of(Duration.ofSeconds(30), Duration.ofMinutes(5), Duration.ofHours(1), Duration.ofHours(6))) {
            assertThat(deliveries.get(first.id()).state()).isEqualTo(Delivery.State.WAITING);
            clock.pass(wait.minusMillis(1));
            int before = keyed(recovery, first);
            rounds.bring();
            assertThat(keyed(recovery, first)).isEqualTo(before);
            clock.pass(Duration.ofMillis(1));
            rounds.bring();
            assertThat(keyed(recovery, first)).isEqualTo(before + 1);
        }

        assertThat(deliveries.get(first.id()).state()).isEqualTo(Delivery.State.NEEDS_PERSON);
        assertThat(deliveries.get(first.id()).code()).isEqualTo("GATEWAY_FAILS");
        assertThat(keyed(recovery, first)).isEqualTo(5);
    }

    @Test
    void usesUpNoTryWhereTheGatewayDoesNotKnowUs() {
        GATEWAY.set("status", 401);
        RecoveryCase recovery = open();
        for (int i = 0; i < 10; i++) {
            rounds.bring();
            clock.pass(Duration.ofMinutes(1));
        }
        assertThat(deliveries.ofCase(recovery.id()))
                .extracting(Delivery::state, Delivery::attempts)
                .containsOnly(Tuple.tuple(Delivery.State.WAITING, 0));

        GATEWAY.behave();
        rounds.bring();

        assertThat(states(recovery)).containsOnly(Delivery.State.CONFIRMED);
    }

    @Test
    void fencesOffAWorkerThatComesBackLate() {
        RecoveryCase recovery = open();
        PostRounds.Worker late = rounds.claim();
        assertThat(states(recovery)).containsOnly(Delivery.State.SENT);

        rounds.bring();
        assertThat(arrived(recovery)).isEmpty();
        clock.pass(Duration.ofMinutes(6));
        rounds.claim();
        late.comesBack();
        assertThat(states(recovery)).containsOnly(Delivery.State.SENT);
        clock.pass(Duration.ofMinutes(6));
        rounds.bring();
        late.comesBack();

        assertThat(states(recovery)).containsOnly(Delivery.State.CONFIRMED);
        assertThat(arrived(recovery)).hasSameSizeAs(deliveries.ofCase(recovery.id()));
        assertThat(tellAnotherWay(recovery)).isEmpty();
    }

    @Test
    void bringsEachMessageOnceHoweverManyBring() throws Exception {
        List<RecoveryCase> all = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            all.add(open());
        }
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                running.add(threads.submit(rounds::bring));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
        rounds.bring();

        assertThat(all).allSatisfy(one -> {
            assertThat(states(one)).containsOnly(Delivery.State.CONFIRMED);
            assertThat(arrived(one)).hasSameSizeAs(deliveries.ofCase(one.id()));
        });
    }

    @Test
    void comesToTheSameEndInWhateverOrderNewsArrive() {
        RecoveryCase recovery = open();
        rounds.bring();
        List<List<PostDesk.News>> orders = orders(List.of(PostDesk.News.values()));
        for (int i = 0; i < orders.size(); i++) {
            cases.said(recovery.id(), "own", "en", "SMS", "Order " + i, "Words", "agent");
        }
        List<Delivery> letters = deliveries.ofCase(recovery.id()).stream()
                .filter(one -> one.state() == Delivery.State.WAITING)
                .toList();
        assertThat(letters).hasSameSizeAs(orders);
        // News come before the answer to the call that handed the letters over, twice, and the answer comes last.
        List<PostRounds.Worker> answers = new ArrayList<>();
        for (int claimed = 0; claimed < letters.size(); claimed += 20) {
            answers.add(rounds.claim());
        }
        for (int i = 0; i < orders.size(); i++) {
            String name = letters.get(i).name();
            orders.get(i).forEach(news -> post.heard(name, news));
            orders.get(i).forEach(news -> assertThat(post.heard(name, news)).isEqualTo(PostDesk.Heard.KNOWN));
        }
        answers.forEach(PostRounds.Worker::comesBack);

        assertThat(letters).allSatisfy(letter -> {
            Delivery now = deliveries.get(letter.id());
            assertThat(now.state()).isEqualTo(Delivery.State.NEEDS_PERSON);
            assertThat(now.code()).isEqualTo(Delivery.BOUNCED);
            assertThat(now.complainedAt()).isNotNull();
        });
        assertThat(tellAnotherWay(recovery)).hasSameSizeAs(letters);
    }

    @Test
    void movesNoStateBackAndEndsTheWorkWhereALetterHasArrivedAfterAll() {
        RecoveryCase recovery = open();
        rounds.bring();
        Delivery letter = deliveries.ofCase(recovery.id()).get(0);
        assertThat(post.heard(letter.name(), PostDesk.News.DELIVERED)).isEqualTo(PostDesk.Heard.CHANGED);
        assertThat(post.heard(letter.name(), PostDesk.News.ACCEPTED)).isEqualTo(PostDesk.Heard.KNOWN);
        assertThat(deliveries.get(letter.id()).state()).isEqualTo(Delivery.State.DELIVERED);

        // Given up because nobody answered, and there all the same.
        GATEWAY.set("status", 422);
        cases.said(recovery.id(), "own", "en", "SMS", "Again", "Words", "agent");
        rounds.bring();
        Delivery other =
                deliveries.ofCase(recovery.id()).stream().reduce((a, b) -> b).orElseThrow();
        assertThat(tellAnotherWay(recovery)).hasSize(1);
        assertThat(post.heard(other.name(), PostDesk.News.DELIVERED)).isEqualTo(PostDesk.Heard.CHANGED);
        assertThat(tellAnotherWay(recovery)).isEmpty();

        // What a person has settled stays so.
        assertThat(post.heard(letter.name(), PostDesk.News.BOUNCED)).isEqualTo(PostDesk.Heard.CHANGED);
        desk.complete(tellAnotherWay(recovery).get(0), Map.of(), AGENT);
        assertThat(post.heard(letter.name(), PostDesk.News.DELIVERED)).isEqualTo(PostDesk.Heard.KNOWN);
        assertThat(deliveries.get(letter.id()).state()).isEqualTo(Delivery.State.SETTLED);
    }

    @Test
    void believesNoNewsAboutWhatHasNotLeft() {
        RecoveryCase recovery = open();
        Delivery letter = deliveries.ofCase(recovery.id()).get(0);

        assertThat(post.heard(letter.name(), PostDesk.News.DELIVERED)).isEqualTo(PostDesk.Heard.LATE);
        assertThat(post.heard("letter-99999999", PostDesk.News.DELIVERED)).isEqualTo(PostDesk.Heard.UNKNOWN);
        assertThat(post.heard("letter-1; drop table", PostDesk.News.DELIVERED)).isEqualTo(PostDesk.Heard.UNKNOWN);

        rounds.bring();
        assertThat(states(recovery)).containsOnly(Delivery.State.CONFIRMED);
    }

    private RecoveryCase open() {
        return desk.lateDelivery().phone(phone).prefers("SMS").open();
    }

    private List<Delivery.State> states(RecoveryCase recovery) {
        return deliveries.ofCase(recovery.id()).stream().map(Delivery::state).toList();
    }

    private List<WorkItem> tellAnotherWay(RecoveryCase recovery) {
        return desk.items(recovery).stream()
                .filter(item -> item.name().equals("TELL_ANOTHER_WAY"))
                .toList();
    }

    private static List<StubReceiver.Arrived> arrived(RecoveryCase recovery) {
        return GATEWAY.arrived().stream()
                .filter(one -> one.event().get("subject").asText().equals(recovery.reference()))
                .toList();
    }

    private static int keyed(RecoveryCase recovery, Delivery delivery) {
        return (int) arrived(recovery).stream()
                .filter(one -> one.key().equals(delivery.name()))
                .count();
    }

    private static <T> List<List<T>> orders(List<T> all) {
        if (all.isEmpty()) {
            return List.of(List.of());
        }
        List<List<T>> orders = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            List<T> others = new ArrayList<>(all);
            T first = others.remove(i);
            for (List<T> rest : orders(others)) {
                List<T> order = new ArrayList<>(List.of(first));
                order.addAll(rest);
                orders.add(order);
            }
        }
        return orders;
    }
}
