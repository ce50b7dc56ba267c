package org.jabr.team;

import java.time.OffsetDateTime;
import org.jabr.customers.PersonalText;
import org.jspecify.annotations.Nullable;

/**
 * What somebody who leads a team says to one of it.
 *
 * @param about whom it is said to
 * @param caseReference the case that it is about; null where it is about none
 * @param answer what they answered; null where they did not
 * @param readAt when they read it; null where they have not
 */
public record Note(
        long id,
        Kind kind,
        String about,
        String by,
        @Nullable String caseReference,
        PersonalText said,
        @Nullable PersonalText answer,
        OffsetDateTime at,
        @Nullable OffsetDateTime readAt,
        @Nullable OffsetDateTime answeredAt) {

    /** What sort of note it is. */
    public enum Kind {
        /** For the whole team to see. */
        RECOGNITION,
        /** For the two and for managers. */
        COACHING
    }
}
