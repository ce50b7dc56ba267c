package org.jabr.releases;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.SortedMap;
import org.jabr.rules.Finding;
import org.jspecify.annotations.Nullable;

/**
 * An immutable, content-addressed bundle of processes, rules, forms and letters; cases are pinned to it.
 *
 * @param id made from the content, so that equal content is the same release
 * @param origin where the content came from, such as {@code folder} or {@code upload}
 */
public record Release(
        String id,
        String contentHash,
        State state,
        String origin,
        String createdBy,
        OffsetDateTime createdAt,
        @Nullable OffsetDateTime publishedAt) {

    /** Where a release stands in its life. */
    public enum State {
        DRAFT,
        SUBMITTED,
        APPROVED,
        LIVE,
        RETIRED
    }

    /** A release goes live: heard in the publishing transaction, so a listener that fails publishes nothing. */
    public record Published(Release release, SortedMap<String, String> files, String by) {}

    /** A release and what the checks say about it. */
    public record Checked(Release release, List<Finding> findings) {

        public boolean blocked() {
            return findings.stream().anyMatch(Finding::blocking);
        }
    }
}
