package org.jabr.anchors;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A seal that is kept elsewhere, or on its way there.
 *
 * @param way by which it goes: {@code file}, {@code mail} or {@code webhook}
 * @param code why it has not arrived; null where nothing went wrong
 * @param dueAt when it is tried next; null where it is not
 */
public record Anchor(
        long id,
        String way,
        long seal,
        State state,
        @Nullable String code,
        int attempts,
        @Nullable OffsetDateTime dueAt,
        OffsetDateTime createdAt,
        OffsetDateTime updatedAt) {

    /** Where it is. */
    public enum State {
        /** Leaves as soon as somebody takes it. */
        WAITING,
        /** Being handed over. */
        SENT,
        /** The other side has it. */
        KEPT,
        /** A later seal stands for it, which says all that it says. */
        COVERED
    }
}
