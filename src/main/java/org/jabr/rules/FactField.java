package org.jabr.rules;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One field of the facts.
 *
 * @param group the object that it stands in, such as {@code failure}; empty for {@code asOf}
 * @param name its name, unique in the vocabulary, which is also its name in tables
 * @param values the values that a {@link Type#CODE} may have
 * @param missing what tables see where it is missing; null where it stays missing
 * @param most the highest number that it may have
 */
public record FactField(
        String group,
        String name,
        Type type,
        List<String> values,
        @Nullable Object missing,
        long most) {

    /** What kind of value a field has. */
    public enum Type {
        INSTANT,
        CURRENCY,
        FAILURE_TYPE,
        /** Text as reported; compared without case. */
        TEXT,
        LANGUAGE,
        CODE,
        MONEY,
        WHOLE,
        BOOLEAN,
        GRANTED,
        CHOSEN
    }

    public FactField {
        values = List.copyOf(values);
    }

    /** Where it stands in the document, such as {@code failure.loss}. */
    public String path() {
        return group.isEmpty() ? name : group + "." + name;
    }

    /** The name of its type in a table: string, number, boolean or date and time; empty where no table can read it. */
    public String tableType() {
        return switch (type) {
            case INSTANT -> "date and time";
            case CURRENCY, FAILURE_TYPE, TEXT, LANGUAGE, CODE -> "string";
            case MONEY, WHOLE -> "number";
            case BOOLEAN -> "boolean";
            case GRANTED, CHOSEN -> "";
        };
    }
}
