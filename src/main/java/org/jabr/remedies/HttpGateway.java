package org.jabr.remedies;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jabr.customers.PersonalText;
import org.jabr.outside.CheckedAddresses;
import org.jabr.outside.SignedClient;
import org.jabr.rules.Money;
import org.jspecify.annotations.Nullable;

/**
 * Payments and fulfilment over HTTP. Whatever is not exactly what was agreed is an outcome that nobody knows.
 */
class HttpGateway implements OutsideGateway, AutoCloseable {

    private static final Pattern REFERENCE = Pattern.compile("[\\p{Graph}][\\p{Graph} ]{0,79}");
    private static final int LONGEST_WORDS = 400;

    private final SignedClient client;
    private final ObjectMapper json = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    HttpGateway(GatewayTerms terms, CheckedAddresses addresses, Clock clock) {
        this.client = new SignedClient(terms.home(), terms.secret(), terms.timeout(), addresses, clock);
    }

    @Override
    public Answer send(Effect effect, String customerRef) {
        return read(
                client.post(
                        "/effects",
                        "application/json",
                        body(effect, customerRef),
                        Map.of("Idempotency-Key", effect.key())),
                (status, answer) -> sent(effect.key(), status, answer));
    }

    @Override
    public Answer status(String key) {
        String name = URLEncoder.encode(key, StandardCharsets.UTF_8).replace("+", "%20");
        return read(client.get("/effects/" + name), (status, answer) -> stands(key, status, answer));
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

    private static Answer read(SignedClient.Reply reply, Reading reading) {
        String failure = reply.failure();
        if (failure != null) {
            return Answer.unknown(failure.equals("UNREACHABLE") ? "CONNECTION" : failure);
        }
        return reading.of(reply.status(), reply.body());
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

    @Override
    public void close() throws IOException {
        client.close();
    }
}
