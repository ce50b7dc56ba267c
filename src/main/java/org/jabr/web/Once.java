package org.jabr.web;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes what one page sent twice recognisable: a page carries a name of its own, and what it says goes by that name. */
public final class Once {

    private static final String PREFIX = "page-";

    private Once() {}

    /** A name for a page that is being made. */
    public static String fresh() {
        return UUID.randomUUID().toString();
    }

    /**
     * What the same words of the same page are known by; other words of it are something new.
     *
     * @param page what {@link #fresh} made; null or blank where the page said nothing, so that nothing is recognised
     */
    public static @Nullable String of(@Nullable String page, String... said) {
        if (page == null || page.isBlank()) {
            return null;
        }
        byte[] all = (page + "\0" + String.join("\0", said)).getBytes(StandardCharsets.UTF_8);
        return PREFIX + UUID.nameUUIDFromBytes(all);
    }
}
