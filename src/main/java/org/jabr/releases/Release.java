package org.jabr.releases;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.SortedMap;
import org.jabr.rules.Finding;
import org.jabr.rules.Problem;
import org.jspecify.annotations.Nullable;

/**
 * An immutable, content-addressed bundle of processes, rules, forms and letters; cases are pinned to it.
 *
 * @param id made from the content, so that equal content is the same release
 * @param base the release that it was written from; null where that is not known
 * @param publishAt when it shall go live by itself once approved
 * @param origin where the content came from, such as {@code folder} or {@code upload}
 */
public record Release(
        String id,
        String contentHash,
        State state,
        String origin,
        String createdBy,
        OffsetDateTime createdAt,
        @Nullable OffsetDateTime publishedAt,
        @Nullable String base,
        @Nullable OffsetDateTime publishAt) {

    /** Where a release stands in its life. */
    public enum State {
        DRAFT,
        SUBMITTED,
        APPROVED,
        LIVE,
        RETIRED
    }

    /** What was done with a release. */
    public enum Deed {
        SUBMITTED,
        APPROVED,
        SENT_BACK,
        SCHEDULED,
        UNSCHEDULED,
        PUBLISHED,
        /** It was due, and could not go live. */
        FAILED
    }

    /** One step in the life of a release: who did what, when, and why. */
    public record Step(Deed deed, String by, OffsetDateTime at, String note) {}

    /** A step was taken: heard in its transaction. */
    public record Stepped(Release release, Step step) {}

    /** A release goes live: heard in the publishing transaction, so a listener that fails publishes nothing. */
    public record Published(Release release, SortedMap<String, String> files, String by) {}

    /** A release and what the checks say about it. */
    public record Checked(Release release, List<Finding> findings) {

        public boolean blocked() {
            return findings.stream().anyMatch(Finding::blocking);
        }
    }

    /** Findings stand in the way ({@code RELEASE-005}). */
    public static final class Blocked extends Problem {

        private final transient List<Finding> findings;

        Blocked(String release, List<Finding> findings) {
            super(Kind.INVALID, "RELEASE-005", release);
            this.findings = List.copyOf(findings);
        }

        public List<Finding> findings() {
            return findings;
        }
    }
}
