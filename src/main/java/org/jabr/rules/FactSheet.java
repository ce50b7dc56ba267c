package org.jabr.rules;

import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One document of facts, read and checked: plain values by the name of their field. Texts, numbers as
 * {@code BigDecimal} (money as amounts in {@link #currency()}), booleans and times; what was not given is absent.
 *
 * @param answers what forms answered, by name
 */
public record FactSheet(
        OffsetDateTime asOf,
        CurrencyTerms currency,
        Map<String, Object> given,
        List<Granted> granted,
        List<Choice> chosen,
        Map<String, Object> answers) {

    public FactSheet {
        given = Collections.unmodifiableMap(given);
        granted = List.copyOf(granted);
        chosen = List.copyOf(chosen);
        answers = Collections.unmodifiableMap(answers);
    }

    /** The value as given; null where it was not. */
    public @Nullable Object given(String name) {
        return given.get(name);
    }
}
