package org.jabr.cases;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jabr.customers.PersonalText;
import org.jabr.customers.Vault;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Nested maps as text in a column, and back. */
@Component
class Documents {

    private final ObjectMapper json;
    private final Vault vault;

    Documents(ObjectMapper json, Vault vault) {
        this.vault = vault;
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

    /** What may have been erased; then nothing. */
    Map<String, Object> readIfAny(String text) {
        return text.isBlank() || text.equals("null") ? Map.of() : read(text);
    }

    /**
     * The facts of a decision as their column holds them. A column that says nothing of how it is stored is read as it
     * is, so that one row that somebody spoiled keeps nobody from reading the others.
     */
    PersonalText facts(@Nullable String column) {
        if (column == null || column.isBlank()) {
            return new PersonalText("");
        }
        try {
            PersonalText facts = vault.read(column);
            return facts == null ? new PersonalText("") : facts;
        } catch (IllegalStateException unknown) {
            return new PersonalText(column);
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
