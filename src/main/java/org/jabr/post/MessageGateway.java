package org.jabr.post;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jabr.customers.Customer;
import org.jabr.customers.PersonalText;
import org.jabr.outside.CloudEvent;
import org.jabr.outside.SignedClient;
import org.jspecify.annotations.Nullable;

/**
 * Hands letters to a gateway for text messages, as signed CloudEvents. The id stays the same for every attempt, so a
 * message whose answer was lost is sent again and known again there.
 */
class MessageGateway implements Carrier, AutoCloseable {

    static final String TYPE = "org.jabr.message.send";

    private final MessageTerms terms;
    private final SignedClient client;
    private final URI source;
    private final Clock clock;
    private final ObjectMapper json = new ObjectMapper();

    MessageGateway(MessageTerms terms, SignedClient client, URI source, Clock clock) {
        this.terms = terms;
        this.client = client;
        this.source = source;
        this.clock = clock;
    }

    @Override
    public boolean carries(String channel) {
        return terms.channels().contains(channel);
    }

    /** Chats and printers know customers by their reference; telephones need a number. */
    @Override
    public boolean knows(String channel, Customer customer) {
        return customer.phone() != null || channel.equals("CHAT") || channel.equals("LETTER");
    }

    @Override
    public Answer send(Mail mail) {
        Writing.Text text = mail.text();
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("channel", mail.channel());
        data.put("customer", mail.customer());
        data.put("to", mail.to() == null ? null : PersonalText.shown(mail.to()));
        data.put("language", text.language());
        data.put("subject", text.subject());
        data.put("text", text.body());
        Map<String, @Nullable Object> event =
                CloudEvent.of(mail.key(), source, TYPE, OffsetDateTime.now(clock), text.caseReference(), data);
        try {
            return answer(client.post(
                    "", CloudEvent.CONTENT_TYPE, json.writeValueAsBytes(event), Map.of("Idempotency-Key", mail.key())));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a message cannot be written", e);
        }
    }

    static Answer answer(SignedClient.Reply reply) {
        String failure = reply.failure();
        if (failure != null) {
            return switch (failure) {
                case "UNREACHABLE", "NO_ADDRESS", "ADDRESS_REFUSED", "TLS" ->
                    new Answer(Outcome.UNREACHABLE, "GATEWAY_UNREACHABLE");
                default -> new Answer(Outcome.LATER, "GATEWAY_SILENT");
            };
        }
        int status = reply.status();
        if (status / 100 == 2) {
            return new Answer(Outcome.HANDED_OVER, "");
        }
        return switch (status) {
            // It does not know us: no other letter would be taken either.
            case 401, 403 -> new Answer(Outcome.UNREACHABLE, "SIGNATURE_REFUSED");
            case 408, 425, 429 -> new Answer(Outcome.LATER, "GATEWAY_BUSY");
            default ->
                status / 100 == 4
                        ? new Answer(Outcome.REFUSED, "MESSAGE_REFUSED")
                        : new Answer(Outcome.LATER, "GATEWAY_FAILS");
        };
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
