package org.jabr.customers;

import org.jspecify.annotations.Nullable;

/**
 * Text about or by a person: names, addresses, what was said. The only way to and from the columns named
 * {@code *_text}, so that it can be stored under a key per customer. Never shown by {@code toString}, hence never in
 * logs.
 */
public record PersonalText(String value) {

    /** Says in the column how the text is stored; a later way of storing gets another mark. */
    private static final String PLAIN = "t:";

    public static @Nullable PersonalText of(@Nullable String value) {
        return value == null ? null : new PersonalText(value);
    }

    /** What stands in the column. */
    public static @Nullable String stored(@Nullable PersonalText text) {
        return text == null ? null : PLAIN + text.value;
    }

    /** Reads what stands in the column. */
    public static @Nullable PersonalText read(@Nullable String column) {
        if (column == null) {
            return null;
        }
        if (!column.startsWith(PLAIN)) {
            throw new IllegalStateException("a personal text is stored in an unknown way");
        }
        return new PersonalText(column.substring(PLAIN.length()));
    }

    /** The text itself, or an empty text where there is none. */
    public static String shown(@Nullable PersonalText text) {
        return text == null ? "" : text.value;
    }

    @Override
    public String toString() {
        return "[personal text]";
    }
}
