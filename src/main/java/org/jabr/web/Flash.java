package org.jabr.web;

import java.util.List;

/**
 * A message on the next page. Handlers add it to the redirect as flash attribute {@code flash}.
 *
 * @param tone {@code good}, {@code warn} or {@code bad}
 * @param key of its sentence
 */
public record Flash(String tone, String key, List<Object> values) {

    /** Name of the flash or model attribute. */
    public static final String NAME = "flash";

    public static Flash good(String key, Object... values) {
        return new Flash("good", key, List.of(values));
    }

    public static Flash warn(String key, Object... values) {
        return new Flash("warn", key, List.of(values));
    }

    public static Flash bad(String key, Object... values) {
        return new Flash("bad", key, List.of(values));
    }
}
