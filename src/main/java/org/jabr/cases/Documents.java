package org.jabr.cases;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Nested maps as text in a column, and back. */
@Component
class Documents {

    private final ObjectMapper json;

    Documents(ObjectMapper json) {
        this.json = json.copy().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    }

    String write(Object document) {
        try {
            return json.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    Map<String, Object> read(String text) {
        return read(text, new TypeReference<>() {});
    }

    /** What may have been erased, or cannot be read any more; then nothing. */
    Map<String, Object> readIfAny(String text) {
        try {
            Map<String, Object> document = json.readValue(text, new TypeReference<>() {});
            return document == null ? Map.of() : document;
        } catch (JsonProcessingException erased) {
            return Map.of();
        }
    }

    <T> T read(String text, TypeReference<T> type) {
        try {
            return json.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
