package org.jabr.process;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.jabr.cases.RecoveryCase;
import org.jabr.cases.Stage;
import org.jspecify.annotations.Nullable;

/**
 * A batch of running cases on its way to another release.
 *
 * @param steps steps that are not the same in both diagrams: from element to element
 * @param counts how many cases are in each state
 */
public record Migration(
        long id,
        String from,
        String to,
        Map<String, String> steps,
        State state,
        String startedBy,
        OffsetDateTime startedAt,
        @Nullable OffsetDateTime endedAt,
        @Nullable String endedBy,
        Map<CaseState, Long> counts) {

    /** Where a batch stands. */
    public enum State {
        RUNNING,
        DONE,
        CANCELLED
    }

    /** What became of one case. */
    public enum CaseState {
        WAITING,
        MOVED,
        /** The diagrams do not fit together where it stands. */
        REFUSED,
        /** It ended, or was moved otherwise, before its turn. */
        PASSED,
        FAILED
    }

    public long total() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    public long count(String state) {
        return counts.getOrDefault(CaseState.valueOf(state), 0L);
    }

    /**
     * Which cases, and how.
     *
     * @param process only those of this process; null for all
     * @param stage only those that stand there; null for all
     */
    public record Plan(
            String from,
            String to,
            Map<String, String> steps,
            @Nullable String process,
            @Nullable Stage stage) {

        public Plan {
            steps = Map.copyOf(steps);
        }
    }

    /** What became of one case, or why not. */
    public record Result(
            String reference,
            CaseState state,
            List<Mover.Obstacle> obstacles,
            @Nullable OffsetDateTime at) {}

    /**
     * A case that could be moved.
     *
     * @param waitsAt elements at which it waits now
     * @param obstacles what stands in the way; empty where it can be moved
     */
    public record Candidate(RecoveryCase recovery, List<String> waitsAt, List<Mover.Obstacle> obstacles) {}
}
