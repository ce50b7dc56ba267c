package org.jabr.releases;

import java.time.OffsetDateTime;
import org.jabr.rules.Problem;
import org.jspecify.annotations.Nullable;

/**
 * What analysts are writing: a copy of a release that changes until it is submitted.
 *
 * @param base the release that it started from
 * @param release the release that was made of it when it was submitted
 */
public record Draft(
        String id,
        String name,
        String base,
        State state,
        @Nullable String release,
        String createdBy,
        OffsetDateTime createdAt,
        String changedBy,
        OffsetDateTime changedAt) {

    /** Where a draft stands. */
    public enum State {
        /** Being written. */
        OPEN,
        /** Waits for approval as a release; sent back it is open again. */
        SUBMITTED,
        /** Laid aside; nothing of it is lost. */
        CLOSED
    }

    public boolean isOpen() {
        return state == State.OPEN;
    }

    /**
     * One file of a draft.
     *
     * @param version grows with every save of this file; a save must name the one that it started from
     */
    public record File(String path, String content, long version, String changedBy, OffsetDateTime changedAt) {}

    /** What happened to a file. */
    public enum Kind {
        ADDED,
        CHANGED,
        REMOVED
    }

    /** One change: what one person did to one file in one go. */
    public record Change(
            long id, String path, Kind kind, String by, OffsetDateTime startedAt, OffsetDateTime changedAt) {}

    /**
     * What somebody says about a draft.
     *
     * @param path the file that it is about; empty for the whole draft
     * @param place row, element or line in it; empty for the whole file
     */
    public record Comment(
            long id,
            String path,
            String place,
            String words,
            String by,
            OffsetDateTime at,
            @Nullable String resolvedBy,
            @Nullable OffsetDateTime resolvedAt) {}

    /** Somebody else saved the file in between ({@code DRAFT-003}). */
    public static final class Stale extends Problem {

        @Nullable
        private final transient File current;

        Stale(String path, @Nullable File current) {
            super(Kind.CONFLICT, "DRAFT-003", path);
            this.current = current;
        }

        /** The file as it is now; null where it was removed. */
        public @Nullable File current() {
            return current;
        }
    }
}
