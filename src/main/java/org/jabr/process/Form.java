package org.jabr.process;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a person is asked at a step, in one language. */
public record Form(String name, List<Field> fields) {

    public Form {
        fields = List.copyOf(fields);
    }

    /** How a field is answered. */
    public enum Kind {
        TEXT,
        LONG_TEXT,
        NUMBER,
        MONEY,
        CHOICE,
        YES_NO,
        DATE_TIME
    }

    /**
     * One question.
     *
     * @param key where the answer goes: the path of a fact, such as {@code conversation.emotion}, or a name of its own
     * @param least smallest number; null for any
     * @param most greatest number; null for any
     * @param longest longest text; null for any
     * @param options what can be chosen; empty for other kinds
     */
    public record Field(
            String key,
            Kind kind,
            String label,
            @Nullable String hint,
            boolean required,
            @Nullable BigDecimal least,
            @Nullable BigDecimal most,
            @Nullable Integer longest,
            List<Option> options) {

        public Field {
            options = List.copyOf(options);
        }

        /** Path of the fact that the answer becomes. */
        public String fact() {
            return key.contains(".") ? key : "answers." + key;
        }
    }

    /** @param value a text, a number or a boolean */
    public record Option(Object value, String label) {}
}
