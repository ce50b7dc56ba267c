package org.jabr.anchors;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jabr.journal.Journal;
import org.jabr.journal.Seal;
import org.jabr.journal.SealLook;
import org.jabr.journal.Seals;
import org.jabr.outside.StubReceiver;
import org.jabr.testing.StubEngines;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.support.TransactionTemplate;

/** Seals leave by a file, by mail and to another system. */
@SpringBootTest(
        properties = {
            "jabr.demo.data=false",
            "jabr.journal.every=PT24H",
            "jabr.anchors.look-every=PT24H",
            "jabr.anchors.mail=notary@example.org,board@example.org",
            "jabr.anchors.webhook.secret=sesame",
            "jabr.anchors.webhook.allow-private=true",
            "jabr.gateways.email.host=127.0.0.1",
            "jabr.gateways.email.from=house@example.org",
            "jabr.gateways.email.security=NONE"
        })
@ActiveProfiles("demo")
@Import({StubEngines.class, SealLook.class})
abstract class AnchorsTests {

    /** Runs as long as these tests, on both databases. */
    private static final GreenMail MAIL = mail();

    private static final StubReceiver RECEIVER = receiver();
    private static final Path FILE = file();

    @Autowired
    AnchorRound round;

    @Autowired
    AnchorDesk desk;

    @Autowired
    Anchors anchors;

    @Autowired
    Journal journal;

    @Autowired
    Seals seals;

    @Autowired
    SealLook sealer;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcClient jdbc;

    @DynamicPropertySource
    static void ways(DynamicPropertyRegistry properties) {
        properties.add("jabr.gateways.email.port", () -> MAIL.getSmtp().getPort());
        properties.add("jabr.anchors.file", FILE::toString);
        properties.add("jabr.anchors.webhook.url", () -> "http://localhost:" + RECEIVER.port());
    }

    @BeforeEach
    void nothingIsUnderWay() {
        jdbc.sql("delete from seal_anchor").update();
        RECEIVER.set("status", "202");
    }

    @Test
    void theNewestSealLeavesByEveryWayAndIsTheSameEverywhere() throws Exception {
        Seal seal = sealed();
        round.look();

        assertThat(desk.ways()).hasSize(3).allSatisfy(way -> {
            assertThat(way.kept()).isNotNull();
            assertThat(way.under()).isNull();
            assertThat(way.late()).isFalse();
        });
        List<String> lines = Files.readAllLines(FILE);
        assertThat(lines.get(lines.size() - 1)).isEqualTo(seal.json());
        assertThat(mails(seal)).hasSize(2).allSatisfy(text -> assertThat(text).isEqualTo(seal.json()));
        assertThat(told(seal)).singleElement().satisfies(event -> {
            assertThat(event.signed()).isTrue();
            assertThat(event.event().path("type").asText()).isEqualTo("org.jabr.journal.sealed");
            assertThat(event.event().path("data").path("signature").asText()).isEqualTo(seal.signature());
        });

        round.look();
        assertThat(told(seal)).as("once").hasSize(1);
        Seal later = sealed();
        round.look();
        assertThat(told(later)).as("not yet").isEmpty();
        jdbc.sql("update seal_anchor set created_at = :before")
                .param("before", OffsetDateTime.now().minusHours(2))
                .update();
        round.look();
        assertThat(told(later)).hasSize(1);
        assertThat(desk.of(List.of(later.id())).get(later.id()))
                .extracting(Anchor::way)
                .containsExactly("file", "mail", "webhook");
    }

    @Test
    void whatDoesNotArriveIsTriedAgainLaterUntilALaterOneTakesItsPlace() {
        RECEIVER.set("status", "503");
        Seal seal = sealed();
        round.look();
        round.look();
        assertThat(told(seal)).as("not at once again").hasSize(1);
        assertThat(webhook().under()).satisfies(anchor -> {
            assertThat(anchor.code()).isEqualTo("STATUS-503");
            assertThat(anchor.state()).isEqualTo(Anchor.State.WAITING);
            assertThat(anchor.dueAt()).isAfter(OffsetDateTime.now().plusSeconds(20));
        });
        due();
        round.look();
        assertThat(told(seal)).hasSize(2);
        assertThat(webhook().under().attempts()).isEqualTo(2);

        jdbc.sql("update seal_anchor set created_at = :before")
                .param("before", OffsetDateTime.now().minusHours(4))
                .update();
        assertThat(webhook().late()).as("somebody should look").isTrue();
        RECEIVER.set("status", "202");
        Seal later = sealed();
        round.look();
        assertThat(told(later)).hasSize(1);
        assertThat(webhook().kept())
                .satisfies(anchor -> assertThat(anchor.seal()).isEqualTo(later.id()));
        assertThat(desk.of(List.of(seal.id())).get(seal.id()))
                .filteredOn(anchor -> anchor.way().equals("webhook"))
                .singleElement()
                .satisfies(anchor -> assertThat(anchor.state()).isEqualTo(Anchor.State.COVERED));
        due();
        round.look();
        assertThat(told(seal)).as("covered").hasSize(2);
    }

    @Test
    void nodesThatLookAtOnceBringItOnce() throws Exception {
        Seal seal = sealed();
        ExecutorService nodes = Executors.newFixedThreadPool(4);
        try {
            Callable<Boolean> node = () -> {
                round.look();
                return true;
            };
            nodes.invokeAll(List.of(node, node, node, node));
        } finally {
            nodes.shutdown();
            assertThat(nodes.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        }
        assertThat(told(seal)).hasSize(1);
        assertThat(Files.readAllLines(FILE)).filteredOn(seal.json()::equals).hasSize(1);
        assertThat(mails(seal)).hasSize(2);
    }

    @Test
    void whatANodeLeftBehindIsBroughtByAnotherOneAndItsLateWordDoesNotCount() {
        Seal seal = sealed();
        anchors.add("webhook", seal);
        Anchors.Claim dead = anchors.claim("webhook").orElseThrow();
        assertThat(anchors.claim("webhook")).as("somebody is at it").isEmpty();
        due();
        Anchors.Claim other = anchors.claim("webhook").orElseThrow();
        anchors.take(dead, null);
        assertThat(webhook().kept()).as("fenced off").isNull();
        anchors.take(other, null);
        assertThat(webhook().kept()).isNotNull();
    }

    @Test
    void aFileThatCannotBeWrittenIsSaidAndKeepsNobodyElseBack() {
        assertThat(new FileWay(Path.of("target", "nowhere", "at", "all.jsonl")).bring(sealed()))
                .isEqualTo("FILE_REFUSED");
    }

    private AnchorDesk.Standing webhook() {
        return desk.ways().stream()
                .filter(way -> way.way().equals("webhook"))
                .findFirst()
                .orElseThrow();
    }

    private void due() {
        jdbc.sql("update seal_anchor set due_at = :before where due_at is not null")
                .param("before", OffsetDateTime.now().minus(Duration.ofSeconds(1)))
                .update();
    }

    private Seal sealed() {
        transaction.executeWithoutResult(
                status -> journal.append("account.changed", "somebody", "somebody", Map.of("what", "nothing")));
        sealer.now();
        return seals.theNewest();
    }

    private static List<StubReceiver.Arrived> told(Seal seal) {
        return RECEIVER.arrived().stream()
                .filter(one ->
                        one.event().path("data").path("signature").asText().equals(seal.signature()))
                .toList();
    }

    private static List<String> mails(Seal seal) {
        return Arrays.stream(MAIL.getReceivedMessages())
                .map(AnchorsTests::text)
                .filter(text -> text.contains(seal.signature()))
                .toList();
    }

    private static String text(MimeMessage mail) {
        try {
            BodyPart plain = ((MimeMultipart) mail.getContent()).getBodyPart(0);
            return String.valueOf(plain.getContent()).strip();
        } catch (MessagingException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static GreenMail mail() {
        GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mail.start();
        return mail;
    }

    private static StubReceiver receiver() {
        try {
            return new StubReceiver(0, null, "sesame");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path file() {
        try {
            return Files.createTempDirectory("anchors").resolve("seals.jsonl");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
