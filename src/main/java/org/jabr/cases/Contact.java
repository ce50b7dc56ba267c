package org.jabr.cases;

import java.time.OffsetDateTime;
import org.jabr.customers.PersonalText;
import org.jspecify.annotations.Nullable;

/**
 * Something said between the customer and us, on any channel.
 *
 * @param direction from the customer (IN) or to the customer (OUT)
 * @param letter name of the letter of the release, for what we wrote
 */
public record Contact(
        long id,
        Direction direction,
        String channel,
        @Nullable String letter,
        @Nullable String language,
        @Nullable PersonalText subject,
        @Nullable PersonalText body,
        String by,
        OffsetDateTime at) {

    /** Who spoke. */
    public enum Direction {
        IN,
        OUT
    }
}
