package org.jabr.anchors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import org.jabr.journal.Seal;
import org.jabr.outside.CloudEvent;
import org.jabr.outside.SignedClient;
import org.jspecify.annotations.Nullable;

/** Tells another system in a signed CloudEvent. */
class WebhookWay implements Way {

    private static final TypeReference<Map<String, @Nullable Object>> DATA = new TypeReference<>() {};
    private static final String TYPE = "org.jabr.journal.sealed";

    private final SignedClient client;
    private final URI source;
    private final String host;
    private final ObjectMapper json;

    WebhookWay(SignedClient client, URI source, String host, ObjectMapper json) {
        this.client = client;
        this.source = source;
        this.host = host;
        this.json = json;
    }

    @Override
    public String name() {
        return "webhook";
    }

    @Override
    public String leads() {
        return host;
    }

    @Override
    public @Nullable String bring(Seal seal) {
        String id = "seal-" + seal.id();
        SignedClient.Reply reply = client.post(
                "", CloudEvent.CONTENT_TYPE, body(seal, id), Map.of("Idempotency-Key", id + "." + seal.installation()));
        String failure = reply.failure();
        if (failure != null) {
            return failure;
        }
        return reply.status() / 100 == 2 ? null : "STATUS-" + reply.status();
    }

    private byte[] body(Seal seal, String id) {
        try {
            OffsetDateTime at = Instant.parse(seal.at()).atOffset(ZoneOffset.UTC);
            return json.writeValueAsString(CloudEvent.of(id, source, TYPE, at, id, json.readValue(seal.json(), DATA)))
                    .getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
