package org.jabr.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.erdtman.jcs.JsonCanonicalizer;

/** JSON as RFC 8785 writes it: the same content is always the same bytes. */
final class CanonicalJson {

    private static final ObjectMapper JSON = new ObjectMapper().registerModule(new JavaTimeModule());
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private static final String EMPTY_KEY = "{\"\":";

    private CanonicalJson() {}

    /** @throws UncheckedIOException for what no JSON can hold, such as a number that is none */
    static String of(Object content) {
        try {
            return canonical(JSON.writeValueAsString(content));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws UncheckedIOException where the text is no JSON */
    static String canonical(String json) {
        try {
            return new JsonCanonicalizer(json).getEncodedString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A moment with milliseconds, in UTC, always as many characters. */
    static String moment(Instant at) {
        return MOMENT.format(at);
    }

    /** A text as a JSON string; the standard's way of writing is known for objects only. */
    static String quoted(String text) {
        String object = of(Map.of("", text));
        return object.substring(EMPTY_KEY.length(), object.length() - 1);
    }
}
