package org.jabr.intake;

import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One file on its way into the house.
 *
 * @param total lines of the file
 * @param done lines of which it is known what became of them
 * @param accepted lines that went in
 * @param duplicates lines that were there already
 * @param rejected lines that did not go in, by line; at most the first thousand
 * @param rejectedCount how many did not go in
 * @param failure code of what stopped the import as a whole
 */
public record ImportRun(
        long id,
        String kind,
        String mapping,
        Status status,
        int total,
        int done,
        int accepted,
        int duplicates,
        List<Rejected> rejected,
        int rejectedCount,
        @Nullable String failure,
        String startedBy,
        OffsetDateTime startedAt,
        @Nullable OffsetDateTime endedAt) {

    public ImportRun {
        rejected = List.copyOf(rejected);
    }

    /** Whether the import still goes on. */
    public enum Status {
        RUNNING,
        DONE,
        FAILED
    }

    /**
     * A line that did not go in.
     *
     * @param code stable code; its sentence stands in the messages under {@code problem.CODE}
     * @param values what the sentence names
     */
    public record Rejected(int line, String code, List<Object> values) {

        public Rejected {
            values = List.copyOf(values);
        }
    }
}
