package org.jabr.customers;

import org.jspecify.annotations.Nullable;

/**
 * Text about or by a person: names, addresses, what was said. The {@link Vault} is the only way to and from the columns
 * named {@code *_text}. Never shown by {@code toString}, hence never in logs.
 *
 * @param value empty where it was erased
 * @param erased whether there was a text once that nobody can read any more
 */
public record PersonalText(String value, boolean erased) {

    /** What is left of a text whose key was destroyed. */
    public static final PersonalText ERASED = new PersonalText("", true);

    public PersonalText(String value) {
        this(value, false);
    }

    public static @Nullable PersonalText of(@Nullable String value) {
        return value == null ? null : new PersonalText(value);
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
