package org.jabr.hooks;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jabr.outside.CloudEvent;
import org.jspecify.annotations.Nullable;

/**
 * What another system tells, as a CloudEvent 1.0 in structured mode.
 *
 * @param id names the notice at its source
 */
record Notice(String id, String type, JsonNode data) {

    /** What an id or a name from outside may look like. */
    private static final Pattern NAME = Pattern.compile("\\p{Graph}{1,120}");

    private static final Pattern TYPE = Pattern.compile("[A-Za-z0-9._-]{1,80}");

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** @throws HookRefused {@code HOOK-006} where it is none */
    static Notice read(byte[] body) {
        JsonNode event;
        try {
            event = JSON.readTree(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString());
        } catch (IOException e) {
            throw unreadable();
        }
        if (event == null || !event.isObject() || !CloudEvent.VERSION.equals(text(event, "specversion"))) {
            throw unreadable();
        }
        String id = text(event, "id");
        String type = text(event, "type");
        String source = text(event, "source");
        JsonNode content = event.get("datacontenttype");
        if (!NAME.matcher(id).matches()
                || !TYPE.matcher(type).matches()
                || source.isBlank()
                || content != null && !text(event, "datacontenttype").startsWith("application/json")) {
            throw unreadable();
        }
        return new Notice(id, type, event.path("data"));
    }

    /** A name in the data. @return null where there is none */
    @Nullable
    String named(String field) {
        String text = text(data, field);
        return NAME.matcher(text).matches() ? text : null;
    }

    /** A name in the data. @throws HookRefused {@code HOOK-008} where there is none */
    String must(String field) {
        String name = named(field);
        if (name == null) {
            throw new HookRefused(422, "HOOK-008");
        }
        return name;
    }

    /** Text in the data; empty where there is none. */
    String said(String field) {
        return text(data, field);
    }

    private static String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isTextual() ? value.textValue() : "";
    }

    private static HookRefused unreadable() {
        return new HookRefused(400, "HOOK-006");
    }
}
