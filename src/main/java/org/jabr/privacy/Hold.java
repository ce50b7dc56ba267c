package org.jabr.privacy;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A customer's data must be kept, whatever else would have it erased.
 *
 * @param ground by its name in the rules of privacy
 * @param until the day on which it ends by itself; null where only a person ends it
 */
public record Hold(
        long id,
        long customerId,
        String customerRef,
        String ground,
        String placedBy,
        OffsetDateTime placedAt,
        @Nullable LocalDate until,
        @Nullable String liftedBy,
        @Nullable OffsetDateTime liftedAt) {

    public boolean holds(LocalDate today) {
        return liftedAt == null && (until == null || !until.isBefore(today));
    }
}
