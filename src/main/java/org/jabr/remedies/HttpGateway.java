package org.jabr.remedies;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.Timeout;
import org.jabr.customers.PersonalText;
import org.jabr.rules.Money;
import org.jspecify.annotations.Nullable;

/**
 * Payments and fulfilment over HTTP. Connects to nothing but addresses of the configured host that were checked; follows no
 * redirect, keeps no cookie, unpacks nothing, tries nothing twice. Each call ends within its time, an answer is read up to
 * a limit, and whatever is not exactly what was agreed is an outcome that nobody knows.
 */
class HttpGateway implements OutsideGateway, AutoCloseable {

    private static final int LONGEST_ANSWER = 16 * 1024;
    private static final Pattern REFERENCE = Pattern.compile("[\\p{Graph}][\\p{Graph} ]{0,79}");
    private static final int LONGEST_WORDS = 400;
    private static final int MOST_CONNECTIONS = 64;

    private final GatewayTerms terms;
    private final URI home;
    private final Clock clock;
    private final CloseableHttpClient client;
    private final ScheduledExecutorService watch;
    private final ObjectMapper json = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    HttpGateway(GatewayTerms terms, CheckedAddresses addresses, Clock clock) {
        this.terms = terms;
        this.home = terms.home();
        this.clock = clock;
        Timeout timeout = Timeout.of(terms.timeout());
        this.client = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(addresses)
                        .setMaxConnTotal(MOST_CONNECTIONS)
                        .setMaxConnPerRoute(MOST_CONNECTIONS)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(timeout)
                                .setSocketTimeout(timeout)
                                .setTimeToLive(Timeout.ofMinutes(1))
                                .build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(timeout)
                        .setResponseTimeout(timeout)
                        .setRedirectsEnabled(false)
                        .build())
                .setUserAgent("Jabr")
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableContentCompression()
                .disableAutomaticRetries()
                .disableAuthCaching()
                .build();
        this.watch = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "effects-watch");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public Answer send(Effect effect, String customerRef) {
        byte[] body = body(effect, customerRef);
        HttpPost request = new HttpPost(home + "/effects");
        request.setHeader("Idempotency-Key", effect.key());
        request.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON));
        return call(request, body, (status, answer) -> sent(effect.key(), status, answer));
    }

    @Override
    public Answer status(String key) {
        String name = URLEncoder.encode(key, StandardCharsets.UTF_8).replace("+", "%20");
        return call(
                new HttpGet(home + "/effects/" + name), new byte[0], (status, answer) -> stands(key, status, answer));
    }

    private byte[] body(Effect effect, String customerRef) {
        Money money = effect.money();
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("key", effect.key());
        body.put("kind", effect.kind());
        body.put("case", effect.caseReference());
        body.put("customer", customerRef);
        body.put(
                "money",
                money == null ? null : Map.of("amount", money.amount().toPlainString(), "currency", money.currency()));
        body.put("item", effect.item());
        try {
            return json.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an effect cannot be written", e);
        }
    }

    /** What an answer means. */
    private interface Reading {
        Answer of(int status, byte[] answer);
    }

    private Answer call(HttpUriRequestBase request, byte[] body, Reading reading) {
        String timestamp = Long.toString(clock.instant().getEpochSecond());
        request.setHeader("X-Jabr-Timestamp", timestamp);
        request.setHeader("X-Jabr-Signature", "sha256=" + signature(timestamp, body));
        request.setHeader("Accept", "application/json");
        AtomicBoolean late = new AtomicBoolean();
        // The time-outs of sockets begin anew with every byte; this one does not.
        ScheduledFuture<?> end = watch.schedule(
                () -> {
                    late.set(true);
                    request.abort();
                },
                terms.timeout().toMillis(),
                TimeUnit.MILLISECONDS);
        try {
            return client.execute(request, response -> {
                byte[] answer = read(response);
                if (answer == null) {
                    request.abort();
                    return Answer.unknown("TOO_LONG");
                }
                return reading.of(response.getCode(), answer);
            });
        } catch (IOException | RuntimeException e) {
            return Answer.unknown(late.get() ? "TIMEOUT" : code(e));
        } finally {
            end.cancel(false);
        }
    }

    private static String code(Exception failure) {
        if (failure instanceof CheckedAddresses.Refused) {
            return "ADDRESS_REFUSED";
        }
        if (failure instanceof java.net.UnknownHostException) {
            return "NO_ADDRESS";
        }
        if (failure instanceof java.net.SocketTimeoutException) {
            return "TIMEOUT";
        }
        return failure instanceof javax.net.ssl.SSLException ? "TLS" : "CONNECTION";
    }

    private static byte @Nullable [] read(ClassicHttpResponse response) throws IOException {
        HttpEntity entity = response.getEntity();
        if (entity == null) {
            return new byte[0];
        }
        try (InputStream content = entity.getContent()) {
            byte[] read = content.readNBytes(LONGEST_ANSWER + 1);
            return read.length > LONGEST_ANSWER ? null : read;
        }
    }

    private Answer sent(String key, int status, byte[] answer) {
        return switch (status) {
            case 200, 201 -> agreed(key, "DONE", answer, true);
            case 202 -> agreed(key, "PENDING", answer, false);
            case 422 -> agreed(key, "REFUSED", answer, false);
            default -> Answer.unknown("STATUS-" + status);
        };
    }

    private Answer stands(String key, int status, byte[] answer) {
        return switch (status) {
            case 200 -> agreed(key, null, answer, false);
            case 404 -> Answer.of(Outcome.NEVER_SEEN);
            default -> Answer.unknown("STATUS-" + status);
        };
    }

    /**
     * @param expected the one status that belongs to the code of the answer; null for each
     * @param keyed whether the answer must name the key; where it names one, it is the right one in any case
     */
    private Answer agreed(String key, @Nullable String expected, byte[] answer, boolean keyed) {
        JsonNode said;
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(java.nio.ByteBuffer.wrap(answer))
                    .toString();
            said = json.readTree(text);
        } catch (JsonProcessingException | CharacterCodingException e) {
            return Answer.unknown("UNREADABLE");
        }
        if (said == null || !said.isObject()) {
            return Answer.unknown("UNREADABLE");
        }
        JsonNode named = said.get("key");
        if (named == null ? keyed : !named.isTextual() || !named.textValue().equals(key)) {
            return Answer.unknown("WRONG_KEY");
        }
        String status = said.path("status").asText("");
        if (expected != null && !expected.equals(status)) {
            return Answer.unknown("WRONG_STATUS");
        }
        return switch (status) {
            case "DONE" -> done(said.get("reference"));
            case "PENDING" -> Answer.of(Outcome.PENDING);
            case "REFUSED" -> refused(said.get("reason"));
            default -> Answer.unknown("WRONG_STATUS");
        };
    }

    private static Answer done(@Nullable JsonNode reference) {
        return reference != null
                        && reference.isTextual()
                        && REFERENCE.matcher(reference.textValue()).matches()
                ? Answer.done(reference.textValue())
                : Answer.unknown("NO_REFERENCE");
    }

    private static Answer refused(@Nullable JsonNode reason) {
        String words =
                reason == null || !reason.isTextual() ? "" : reason.textValue().strip();
        String kept = words.length() > LONGEST_WORDS ? words.substring(0, LONGEST_WORDS) : words;
        return new Answer(Outcome.REFUSED, "REFUSED", null, kept.isEmpty() ? null : new PersonalText(kept));
    }

    private String signature(String timestamp, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(terms.secret().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update((timestamp + ".").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has this signature", e);
        }
    }

    @Override
    public void close() throws IOException {
        watch.shutdownNow();
        client.close();
    }
}
