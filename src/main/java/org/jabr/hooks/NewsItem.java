package org.jabr.hooks;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened, on its way to one receiver.
 *
 * @param eventId the same for all receivers and however often it is sent
 * @param code why it has not arrived; null where nothing went wrong
 * @param attempts how often it was sent
 */
public record NewsItem(
        long id,
        String receiver,
        String eventId,
        String type,
        String caseReference,
        State state,
        @Nullable String code,
        int attempts,
        OffsetDateTime createdAt,
        OffsetDateTime updatedAt) {

    /** Where it is. */
    public enum State {
        WAITING,
        /** Being sent. */
        SENT,
        TOLD,
        /** It was tried often enough; a person may send it again. */
        STOPPED
    }
}
