package org.jabr.process.camunda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jabr.process.camunda.Desk.AGENT;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.BodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jabr.cases.CaseDesk;
import org.jabr.cases.RecoveryCase;
import org.jabr.customers.Customers;
import org.jabr.customers.MadeUp;
import org.jabr.post.Deliveries;
import org.jabr.post.Delivery;
import org.jabr.post.PostDesk;
import org.jabr.post.PostRounds;
import org.jabr.rules.Problem;
import org.jabr.worklist.WorkItem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/** Letters of real cases on their way to a real mail server. */
@ProcessTest
@Import(PostRounds.class)
@TestPropertySource(
        properties = {
            "spring.datasource.url=jdbc:h2:mem:post;DEFAULT_NULL_ORDERING=HIGH",
            "jabr.gateways.email.host=127.0.0.1",
            "jabr.gateways.email.from=care@shop.example",
            "jabr.gateways.email.security=NONE",
            "jabr.gateways.email.every=PT24H",
            "jabr.gateways.email.rate=1000",
            "jabr.gateways.email.timeout=PT5S"
        })
class PostProcessTests {

    private static final int PORT = free();
    private static final GreenMail SERVER =
            new GreenMail(new ServerSetup(PORT, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private static final AtomicInteger NUMBER = new AtomicInteger();

    @DynamicPropertySource
    static void server(DynamicPropertyRegistry properties) {
        properties.add("jabr.gateways.email.port", () -> PORT);
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

    @Autowired
    Customers customers;

    @Autowired
    MadeUp madeUp;

    private final String address = "huda" + NUMBER.incrementAndGet() + "@mail.example";

    @BeforeEach
    void emptyMailboxes() {
        if (!SERVER.isRunning()) {
            SERVER.start();
        }
        // What other tests left waiting.
        clock.pass(Duration.ofDays(1));
        rounds.bring();
    }

    @AfterAll
    static void close() {
        SERVER.stop();
    }

    @Test
    void bringsLettersToTheMailboxInBothForms() throws Exception {
        RecoveryCase recovery =
                desk.lateDelivery().language("ar").email(address).open();
        assertThat(states(recovery)).isNotEmpty().containsOnly(Delivery.State.WAITING);

        rounds.bring();

        assertThat(states(recovery)).containsOnly(Delivery.State.CONFIRMED);
        MimeMessage letter = received().get(0);
        assertThat(letter.getSubject()).contains(recovery.reference());
        assertThat(letter.getFrom()[0]).hasToString("care@shop.example");
        assertThat(letter.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(letter.getContentLanguage()).containsExactly("ar");
        MimeMultipart forms = (MimeMultipart) letter.getContent();
        assertThat(forms.getContentType()).startsWith("multipart/alternative");
        BodyPart plain = forms.getBodyPart(0);
        BodyPart page = forms.getBodyPart(1);
        assertThat(plain.getContent().toString()).contains("https://shop.example");
        assertThat(page.getContentType()).startsWith("text/html");
        assertThat(page.getContent().toString()).contains("<html lang=\"ar\">", "<p dir=\"auto\">");
    }

    @Test
    void keepsHostileWordsWords() throws Exception {
        RecoveryCase recovery = desk.lateDelivery().email(address).open();
        cases.said(
                recovery.id(),
                "own",
                "en",
                "EMAIL",
                "Hello\r\nBcc: everybody@mail.example",
                "<script>alert(1)</script>\n\n& so on",
                "agent");

        rounds.bring();

        MimeMessage letter = received().stream()
                .filter(one -> subject(one).startsWith("Hello"))
                .findFirst()
                .orElseThrow();
        assertThat(letter.getSubject()).isEqualTo("Hello Bcc: everybody@mail.example");
        assertThat(letter.getAllRecipients()).hasSize(1);
        assertThat(((MimeMultipart) letter.getContent())
                        .getBodyPart(1)
                        .getContent()
                        .toString())
                .contains("&lt;script&gt;", "&amp; so on")
                .doesNotContain("<script>");
    }

    @Test
    void leavesOnThePageWhatHasNoAddress() {
        RecoveryCase recovery = desk.lateDelivery().open();

        assertThat(deliveries.ofCase(recovery.id())).isNotEmpty().allSatisfy(delivery -> {
            assertThat(delivery.state()).isEqualTo(Delivery.State.NOT_SENT);
            assertThat(delivery.code()).isEqualTo(Delivery.NO_ADDRESS);
        });
    }

    @Test
    void keepsLettersOfMadeUpCustomersInside() {
        RecoveryCase first = desk.lateDelivery().email(address).open();
        madeUp.add(List.of(customers.get(first.customerId()).externalRef()));

        RecoveryCase second = desk.lateDelivery().of(first).email(address).open();

        assertThat(deliveries.ofCase(second.id())).isEmpty();
    }

    @Test
    void waitsWhereNobodyAnswersAndBringsEachOnceAfterwards() throws Exception {
        RecoveryCase recovery = desk.lateDelivery().email(address).open();
        SERVER.stop();
        rounds.bring();

        List<Delivery> waiting = deliveries.ofCase(recovery.id());
        assertThat(waiting).extracting(Delivery::state).containsOnly(Delivery.State.WAITING);
        assertThat(waiting).extracting(Delivery::attempts).containsOnly(0);
        assertThat(waiting).extracting(Delivery::code).contains("NO_CONNECTION");

        SERVER.start();
        clock.pass(Duration.ofMinutes(1));
        rounds.bring();
        rounds.bring();

        assertThat(states(recovery)).containsOnly(Delivery.State.CONFIRMED);
        assertThat(received()).hasSize(waiting.size());
    }

    @Test
    void makesWorkOfWhatCannotBeDelivered() throws Exception {
        RecoveryCase recovery = desk.lateDelivery().email(address).open();
        SERVER.stop();
        try (Refusing server = new Refusing(PORT)) {
            rounds.bring();
        }

        List<Delivery> failed = deliveries.ofCase(recovery.id());
        assertThat(failed)
                .extracting(Delivery::state, Delivery::code)
                .containsOnly(org.assertj.core.groups.Tuple.tuple(Delivery.State.NEEDS_PERSON, "NO_SUCH_ADDRESS"));
        List<WorkItem> work = desk.items(recovery).stream()
                .filter(item -> item.name().equals("TELL_ANOTHER_WAY"))
                .toList();
        assertThat(work).hasSameSizeAs(failed);

        desk.complete(work.get(0), Map.of(), AGENT);
        assertThat(deliveries
                        .get(Long.parseLong(String.valueOf(work.get(0).subject())))
                        .state())
                .isEqualTo(Delivery.State.SETTLED);

        SERVER.start();
        for (WorkItem item : work.subList(1, work.size())) {
            post.again(recovery.id(), Long.parseLong(String.valueOf(item.subject())));
        }
        rounds.bring();
        assertThat(received()).hasSize(work.size() - 1);
        assertThat(desk.items(recovery)).extracting(WorkItem::name).doesNotContain("TELL_ANOTHER_WAY");
        long settled = Long.parseLong(String.valueOf(work.get(0).subject()));
        assertThatThrownBy(() -> post.again(recovery.id(), settled))
                .isInstanceOfSatisfying(Problem.class, p -> assertThat(p.code()).isEqualTo("POST-002"));
    }

    @Test
    void fencesOffAWorkerThatComesBackLate() throws Exception {
        RecoveryCase recovery = desk.lateDelivery().email(address).open();
        PostRounds.Worker late = rounds.claim();
        assertThat(states(recovery)).containsOnly(Delivery.State.SENT);

        rounds.bring();
        assertThat(received()).isEmpty();
        clock.pass(Duration.ofMinutes(6));
        rounds.bring();
        late.comesBack();

        assertThat(states(recovery)).containsOnly(Delivery.State.CONFIRMED);
        assertThat(received()).hasSameSizeAs(deliveries.ofCase(recovery.id()));
    }

    @Test
    void bringsEachLetterOnceHoweverManyBring() throws Exception {
        List<RecoveryCase> all = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            all.add(desk.lateDelivery().email(address).open());
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

        long letters = all.stream()
                .mapToLong(one -> deliveries.ofCase(one.id()).size())
                .sum();
        assertThat(all).allSatisfy(one -> assertThat(states(one)).containsOnly(Delivery.State.CONFIRMED));
        assertThat(received()).hasSize((int) letters);
        assertThat(received().stream().map(PostProcessTests::messageId).distinct())
                .hasSize((int) letters);
    }

    private List<Delivery.State> states(RecoveryCase recovery) {
        return deliveries.ofCase(recovery.id()).stream().map(Delivery::state).toList();
    }

    /** What this test's customer found in the mailbox. */
    private List<MimeMessage> received() {
        return Arrays.stream(SERVER.getReceivedMessages())
                .filter(letter ->
                        GreenMailUtil.getAddressList(recipients(letter)).contains(address))
                .toList();
    }

    private static jakarta.mail.Address[] recipients(MimeMessage letter) {
        try {
            return letter.getAllRecipients();
        } catch (jakarta.mail.MessagingException e) {
            throw new AssertionError(e);
        }
    }

    private static String subject(MimeMessage letter) {
        try {
            return letter.getSubject();
        } catch (jakarta.mail.MessagingException e) {
            throw new AssertionError(e);
        }
    }

    private static String messageId(MimeMessage letter) {
        try {
            return letter.getMessageID();
        } catch (jakarta.mail.MessagingException e) {
            throw new AssertionError(e);
        }
    }

    private static int free() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A mail server that knows nobody. */
    private static final class Refusing implements AutoCloseable {

        private final ServerSocket socket;

        Refusing(int port) throws IOException {
            socket = new ServerSocket(port, 8, InetAddress.getByName("127.0.0.1"));
            Thread thread = new Thread(this::serve, "refusing");
            thread.setDaemon(true);
            thread.start();
        }

        private void serve() {
            while (!socket.isClosed()) {
                try (Socket one = socket.accept();
                        BufferedReader in = new BufferedReader(
                                new InputStreamReader(one.getInputStream(), StandardCharsets.US_ASCII));
                        PrintWriter out = new PrintWriter(one.getOutputStream(), true, StandardCharsets.US_ASCII)) {
                    out.print("220 here\r\n");
                    out.flush();
                    String line;
                    while ((line = in.readLine()) != null) {
                        String said = line.toUpperCase(Locale.ROOT);
                        out.print(
                                said.startsWith("RCPT")
                                        ? "550 nobody of that name\r\n"
                                        : said.startsWith("QUIT") ? "221 bye\r\n" : "250 fine\r\n");
                        out.flush();
                    }
                } catch (IOException closed) {
                    // The next one, or the end.
                }
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
