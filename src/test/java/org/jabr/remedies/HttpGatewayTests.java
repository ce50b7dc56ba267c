package org.jabr.remedies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hc.client5.http.DnsResolver;
import org.jabr.customers.PersonalText;
import org.jabr.outside.CheckedAddresses;
import org.jabr.remedies.OutsideGateway.Answer;
import org.jabr.remedies.OutsideGateway.Outcome;
import org.jabr.rules.Authority;
import org.jabr.rules.CaseId;
import org.jabr.rules.Money;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpGatewayTests {

    private static final OffsetDateTime AT = OffsetDateTime.parse("2026-03-02T09:00:00Z");

    @TempDir
    Path folder;

    @Nullable
    private HttpServer server;

    @Nullable
    private StubGateway stub;

    @AfterEach
    void stops() throws IOException {
        if (server != null) {
            server.stop(0);
        }
        if (stub != null) {
            stub.close();
        }
    }

    // ---- with a partner that keeps to the contract

    @Test
    void signsEveryCallAndReadsWhatIsDone() throws IOException {
        HttpGateway gateway = withStub(Map.of());

        assertThat(gateway.status("1-REFUND").outcome()).isEqualTo(Outcome.NEVER_SEEN);
        Answer sent = gateway.send(refund("8.00"), "C-1");
        assertThat(sent.outcome()).isEqualTo(Outcome.DONE);
        assertThat(sent.reference()).isEqualTo("S-1-1-REFUND");
        assertThat(gateway.send(refund("8.00"), "C-1")).isEqualTo(sent);
        assertThat(gateway.status("1-REFUND").reference()).isEqualTo("S-1-1-REFUND");
        assertThat(StubGateway.lines(folder.resolve("stub.log")))
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.get("kind").asText()).isEqualTo("REFUND");
                    assertThat(line.get("case").asText()).isEqualTo("R-2026-000007");
                    assertThat(line.get("customer").asText()).isEqualTo("C-1");
                    assertThat(line.get("money").toString()).contains("\"amount\":\"8.00\"", "\"currency\":\"USD\"");
                    assertThat(line.get("item").isNull()).isTrue();
                });
        assertThat(Objects.requireNonNull(stub).count("unsigned")).isZero();
    }

    @Test
    void readsPendingAndRefused() throws IOException {
        HttpGateway gateway = withStub(Map.of("pending", "100"));
        assertThat(gateway.send(refund("8.00"), "C-1").outcome()).isEqualTo(Outcome.PENDING);
        assertThat(gateway.status("1-REFUND").outcome()).isEqualTo(Outcome.PENDING);
        Objects.requireNonNull(stub).set("refuse", 100);
        Answer refused = gateway.send(refund("8.00"), "C-1");
        assertThat(refused.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(PersonalText.shown(refused.said())).isEqualTo("account closed");
    }

    @Test
    void doesNotKnowWhatBecameOfALostReply() throws IOException {
        HttpGateway gateway = withStub(Map.of("lose", "100"));

        assertThat(gateway.send(refund("8.00"), "C-1")).isEqualTo(Answer.unknown("CONNECTION"));
        assertThat(StubGateway.lines(folder.resolve("stub.log"))).hasSize(1);
        // One call is one call: nothing is tried again behind the ledger's back.
        assertThat(Objects.requireNonNull(stub).count("sends")).isEqualTo(1);
    }

    // ---- with one that does not

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | <html>It works!</html> | UNREADABLE",
                "200 | '' | UNREADABLE",
                "200 | [] | UNREADABLE",
                "200 | {\"key\":\"1-REFUND\",\"status\":\"DONE\",\"reference\":\"R\" | UNREADABLE",
                "200 | {\"key\":\"1-REFUND\",\"status\":\"DONE\",\"reference\":\"R\"} x | UNREADABLE",
                "200 | {\"key\":\"1-REFUND\",\"key\":\"2-REFUND\",\"status\":\"DONE\",\"reference\":\"R\"} | UNREADABLE",
                "200 | {\"key\":\"2-REFUND\",\"status\":\"DONE\",\"reference\":\"R\"} | WRONG_KEY",
                "200 | {\"status\":\"DONE\",\"reference\":\"R\"} | WRONG_KEY",
                "200 | {\"key\":1,\"status\":\"DONE\",\"reference\":\"R\"} | WRONG_KEY",
                "201 | {\"key\":\"1-REFUND\",\"status\":\"PENDING\"} | WRONG_STATUS",
                "200 | {\"key\":\"1-REFUND\",\"status\":\"DONE\"} | NO_REFERENCE",
                "200 | {\"key\":\"1-REFUND\",\"status\":\"DONE\",\"reference\":7} | NO_REFERENCE",
                "200 | {\"key\":\"1-REFUND\",\"status\":\"DONE\",\"reference\":\" \"} | NO_REFERENCE",
                "202 | {\"status\":\"DONE\"} | WRONG_STATUS",
                "202 | never mind | UNREADABLE",
                "422 | {\"error\":\"no such field\"} | WRONG_STATUS",
                "422 | {\"key\":\"2-REFUND\",\"status\":\"REFUSED\"} | WRONG_KEY",
                "204 | '' | STATUS-204",
                "302 | '' | STATUS-302",
                "400 | {} | STATUS-400",
                "401 | {} | STATUS-401",
                "404 | {} | STATUS-404",
                "409 | {} | STATUS-409",
                "429 | {} | STATUS-429",
                "500 | {\"key\":\"1-REFUND\",\"status\":\"DONE\",\"reference\":\"R\"} | STATUS-500",
            })
    void takesNothingForDoneThatIsNotExactlyWhatWasAgreed(int status, @Nullable String body, String code)
            throws IOException {
        HttpGateway gateway = answering(status, bytes(body), Map.of(), Duration.ofSeconds(5));

        assertThat(gateway.send(refund("8.00"), "C-1")).isEqualTo(Answer.unknown(code));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | {\"status\":\"DONE\",\"reference\":\"R\"} | DONE",
                "200 | {\"status\":\"PENDING\",\"reference\":null} | PENDING",
                "200 | {\"status\":\"REFUSED\"} | REFUSED",
                "404 | never seen | NEVER_SEEN",
                "200 | {\"key\":\"2-REFUND\",\"status\":\"DONE\",\"reference\":\"R\"} | UNKNOWN",
                "200 | {\"status\":\"MAYBE\"} | UNKNOWN",
                "200 | {\"status\":\"DONE\"} | UNKNOWN",
                "202 | {\"status\":\"PENDING\"} | UNKNOWN",
                "410 | {} | UNKNOWN",
                "503 | {} | UNKNOWN",
            })
    void readsWhatItIsToldAboutAKey(int status, String body, Outcome outcome) throws IOException {
        HttpGateway gateway = answering(status, bytes(body), Map.of(), Duration.ofSeconds(5));

        assertThat(gateway.status("1-REFUND").outcome()).isEqualTo(outcome);
    }

    @Test
    void readsNoEndlessAnswer() throws IOException {
        HttpGateway gateway = answering(200, new byte[20_000_000], Map.of(), Duration.ofSeconds(5));

        assertThat(gateway.send(refund("8.00"), "C-1")).isEqualTo(Answer.unknown("TOO_LONG"));
    }

    @Test
    void takesBytesThatAreNoTextForNonsense() throws IOException {
        HttpGateway gateway = answering(200, new byte[] {(byte) 0xff, (byte) 0xfe}, Map.of(), Duration.ofSeconds(5));

        assertThat(gateway.send(refund("8.00"), "C-1")).isEqualTo(Answer.unknown("UNREADABLE"));
    }

    @Test
    void followsNoRedirect() throws IOException {
        AtomicReference<String> seen = new AtomicReference<>();
        HttpGateway gateway = answering(307, new byte[0], Map.of("Location", "/elsewhere"), Duration.ofSeconds(5));
        Objects.requireNonNull(server).createContext("/elsewhere", exchange -> {
            seen.set("followed");
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });

        assertThat(gateway.send(refund("8.00"), "C-1")).isEqualTo(Answer.unknown("STATUS-307"));
        assertThat(seen.get()).isNull();
    }

    @Test
    void endsACallInTimeAlsoWhereTheAnswerDripsByteByByte() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try {
                for (int i = 0; i < 1000; i++) {
                    exchange.getResponseBody().write(' ');
                    exchange.getResponseBody().flush();
                    Thread.sleep(50);
                }
            } catch (IOException | InterruptedException gone) {
                exchange.close();
            }
        });
        server.start();
        HttpGateway gateway = to("http://localhost:" + server.getAddress().getPort(), Duration.ofMillis(600));

        assertThat(gateway.send(refund("8.00"), "C-1")).isEqualTo(Answer.unknown("TIMEOUT"));
    }

    @Test
    void knowsNothingWhereNobodyIsThere() throws IOException {
        int port;
        try (java.net.ServerSocket free = new java.net.ServerSocket(0)) {
            port = free.getLocalPort();
        }
        assertThat(to("http://localhost:" + port, Duration.ofSeconds(2)).send(refund("8.00"), "C-1"))
                .isEqualTo(Answer.unknown("CONNECTION"));
    }

    // ---- addresses

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "0.0.0.0",
                "10.1.2.3",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "192.0.0.1",
                "192.0.2.1",
                "198.18.0.1",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "255.255.255.255",
                "::1",
                "::",
                "fe80::1",
                "fc00::1",
                "fd12::1",
                "ff02::1",
                "::ffff:10.0.0.1",
                "64:ff9b::10.0.0.1",
                "2002:a00:1::1",
                "2001:db8::1",
                "::10.0.0.1",
                "2001::1"
            })
    void takesAnAddressForPrivateThatIsNotOfThePublicNet(String address) throws IOException {
        assertThat(CheckedAddresses.isPrivate(InetAddress.getByName(address))).isTrue();
        CheckedAddresses addresses = new CheckedAddresses("pay.example", false, named(address));
        assertThatThrownBy(() -> addresses.resolve("pay.example")).isInstanceOf(CheckedAddresses.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "93.184.216.34", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "2a00:1450::1"})
    void takesPublicAddresses(String address) throws IOException {
        assertThat(new CheckedAddresses("pay.example", false, named(address)).resolve("PAY.example"))
                .hasSize(1);
    }

    @Test
    void refusesANameThatMeansOnePublicAndOnePrivateAddress() {
        CheckedAddresses addresses = new CheckedAddresses("pay.example", false, named("8.8.8.8", "10.0.0.1"));
        assertThatThrownBy(() -> addresses.resolve("pay.example")).isInstanceOf(CheckedAddresses.Refused.class);
    }

    @Test
    void refusesEveryOtherHost() {
        CheckedAddresses addresses = new CheckedAddresses("pay.example", true, named("8.8.8.8"));
        assertThatThrownBy(() -> addresses.resolve("evil.example")).isInstanceOf(CheckedAddresses.Refused.class);
    }

    @Test
    void checksTheNameAgainWithEveryNewConnectionAndConnectsToWhatWasChecked() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        AtomicReference<Integer> calls = new AtomicReference<>(0);
        server.createContext("/", exchange -> {
            calls.updateAndGet(n -> n + 1);
            exchange.getResponseHeaders().add("Connection", "close");
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        server.start();
        AtomicReference<Integer> asked = new AtomicReference<>(0);
        DnsResolver rebinding = new DnsResolver() {
            @Override
            public InetAddress[] resolve(String host) throws java.net.UnknownHostException {
                asked.updateAndGet(n -> n + 1);
                return new InetAddress[] {InetAddress.getByAddress("pay.example", new byte[] {127, 0, 0, 1})};
            }

            @Override
            public String resolveCanonicalHostname(String host) {
                return host;
            }
        };
        String url = "http://pay.example:" + server.getAddress().getPort();
        GatewayTerms terms = terms(url, Duration.ofSeconds(5), true);
        try (HttpGateway allowed = new HttpGateway(
                        terms, new CheckedAddresses("pay.example", true, rebinding), Clock.systemUTC());
                HttpGateway strict = new HttpGateway(
                        terms, new CheckedAddresses("pay.example", false, rebinding), Clock.systemUTC())) {
            // The name is found by our resolver alone: no other would know it.
            assertThat(allowed.status("1").outcome()).isEqualTo(Outcome.NEVER_SEEN);
            assertThat(allowed.status("1").outcome()).isEqualTo(Outcome.NEVER_SEEN);
            assertThat(asked.get()).isEqualTo(2);
            assertThat(strict.status("1")).isEqualTo(Answer.unknown("ADDRESS_REFUSED"));
            assertThat(calls.get()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://10.0.0.1:9", "http://[::1]:9", "http://2130706433:9", "http://127.1:9"})
    void refusesAPrivateAddressThatIsWrittenAsOne(String url) throws IOException {
        GatewayTerms terms = terms(url, Duration.ofSeconds(2), false);
        try (HttpGateway gateway = new HttpGateway(
                terms, new CheckedAddresses(String.valueOf(terms.home().getHost()), false), Clock.systemUTC())) {
            assertThat(gateway.status("1").code()).isEqualTo("ADDRESS_REFUSED");
        }
    }

    // ---- switching it on

    @ParameterizedTest
    @CsvSource({
        "jdbc:h2:file:./data/jabr;WRITE_DELAY=0, true",
        "jdbc:h2:./data/jabr;write_delay=0;DB_CLOSE_ON_EXIT=FALSE, true",
        "jdbc:h2:~/jabr;WRITE_DELAY=0, true",
        "jdbc:h2:file:./data/jabr, false",
        "jdbc:h2:file:./data/jabr;WRITE_DELAY=10, false",
        "jdbc:h2:file:./data/jabr;WRITE_DELAY=0;WRITE_DELAY=500, false",
        "jdbc:h2:mem:jabr;WRITE_DELAY=0, false",
        "jdbc:h2:tcp://localhost/jabr;WRITE_DELAY=0, false",
    })
    void trustsH2OnlyAsAFileThatWritesAtOnce(String url, boolean lasting) {
        assertThat(GatewaySetup.lastingH2(url)).isEqualTo(lasting);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ftp://pay.example | S | PT5S | url",
                "pay.example | S | PT5S | url",
                "https://me:pw@pay.example | S | PT5S | url",
                "https://pay.example?x=1 | S | PT5S | url",
                "https://pay.example | '' | PT5S | secret",
                "https://pay.example | S | PT0S | timeout",
            })
    void namesTheSettingThatIsWrong(String url, @Nullable String secret, Duration timeout, String setting) {
        GatewayTerms terms = new GatewayTerms(
                url,
                secret == null ? "" : secret,
                timeout,
                Duration.ofSeconds(60),
                false,
                Duration.ofSeconds(1),
                32,
                4,
                50,
                List.of(Duration.ofSeconds(5)),
                Duration.ofDays(3),
                40,
                60,
                Duration.ofSeconds(10));

        assertThat(terms.mistake()).contains("jabr.gateways.effects." + setting);
    }

    @Test
    void holdsAClaimLongEnoughForAllItsCalls() {
        GatewayTerms patient = terms("https://pay.example", Duration.ofSeconds(20), false);
        assertThat(patient.mistake()).isNull();
        assertThat(patient.lease()).isEqualTo(Duration.ofSeconds(100));
        assertThat(terms("https://pay.example", Duration.ofSeconds(5), false).lease())
                .isEqualTo(Duration.ofSeconds(60));
    }

    private HttpGateway withStub(Map<String, String> settings) throws IOException {
        stub = new StubGateway(0, folder.resolve("stub.log"), "a secret", settings);
        return to("http://localhost:" + stub.port() + "/", Duration.ofSeconds(5));
    }

    private HttpGateway answering(int status, byte[] body, Map<String, String> headers, Duration timeout)
            throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.createContext("/effects", exchange -> {
            headers.forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
                exchange.getResponseBody().write(body);
            }
            exchange.close();
        });
        server.start();
        return to("http://localhost:" + server.getAddress().getPort(), timeout);
    }

    private static HttpGateway to(String url, Duration timeout) {
        return new HttpGateway(terms(url, timeout, true), new CheckedAddresses("localhost", true), Clock.systemUTC());
    }

    private static GatewayTerms terms(String url, Duration timeout, boolean allowPrivate) {
        return new GatewayTerms(
                url,
                "a secret",
                timeout,
                Duration.ofSeconds(60),
                allowPrivate,
                Duration.ofSeconds(1),
                32,
                4,
                50,
                List.of(Duration.ofSeconds(5)),
                Duration.ofDays(3),
                40,
                60,
                Duration.ofSeconds(10));
    }

    private static DnsResolver named(String... addresses) {
        return new DnsResolver() {
            @Override
            public InetAddress[] resolve(String host) throws java.net.UnknownHostException {
                InetAddress[] found = new InetAddress[addresses.length];
                for (int i = 0; i < addresses.length; i++) {
                    found[i] = InetAddress.getByName(addresses[i]);
                }
                return found;
            }

            @Override
            public String resolveCanonicalHostname(String host) {
                return host;
            }
        };
    }

    private static byte[] bytes(@Nullable String text) {
        return text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
    }

    private static Effect refund(String amount) {
        return new Effect(
                "1-REFUND",
                new CaseId(7),
                "R-2026-000007",
                1,
                1,
                "resolve",
                "REFUND",
                "RESTITUTION",
                "REFUND",
                Money.of(amount, "USD"),
                null,
                Effect.State.SENT,
                Authority.RULES,
                null,
                "rules",
                null,
                null,
                AT,
                AT);
    }
}
