package org.jabr.review;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jabr.audit.DecisionFilter;
import org.jspecify.annotations.Nullable;

/**
 * Decisions that were drawn to be looked at.
 *
 * @param filter from which decisions it was drawn
 * @param through only those whose entry lies before this position of the journal
 * @param confidence in percent
 * @param tolerable share of errors, in percent
 * @param expected share of errors, in percent
 * @param strata by what it is laid out; empty for not at all
 * @param population how many could be drawn
 * @param allowed how many errors may turn up for the statement to hold
 * @param release whose plan and questions count
 */
public record Sample(
        long id,
        String name,
        DecisionFilter filter,
        long through,
        String plan,
        BigDecimal confidence,
        BigDecimal tolerable,
        BigDecimal expected,
        String strata,
        String seed,
        int population,
        int size,
        int allowed,
        String release,
        String by,
        OffsetDateTime at,
        @Nullable String closedBy,
        @Nullable OffsetDateTime closedAt) {

    public boolean open() {
        return closedAt == null;
    }

    /** @param population how many there are of it @param drawn how many of them are in the sample */
    public record Stratum(String name, int population, int drawn) {}

    /**
     * What the judged ones say about all of them.
     *
     * @param judged how many were looked at so far
     * @param errors how many of these are in error
     * @param upperPercent the largest share of errors that is not ruled out; null before all were looked at
     * @param holds whether that is below the tolerable share; null before all were looked at
     */
    public record Conclusion(
            int judged,
            int errors,
            @Nullable BigDecimal upperPercent,
            @Nullable Boolean holds) {}

    /** A sample with what it consists of. */
    public record Whole(Sample sample, List<Stratum> strata, List<SampleItem> items, Conclusion conclusion) {

        public Whole {
            strata = List.copyOf(strata);
            items = List.copyOf(items);
        }

        /** What somebody is asked to look at next. */
        public Optional<SampleItem> next(String login) {
            return items.stream()
                    .filter(item -> item.verdict() == null && item.assignedTo().equals(login))
                    .findFirst();
        }
    }
}
