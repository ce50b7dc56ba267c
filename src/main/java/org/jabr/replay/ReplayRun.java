package org.jabr.replay;

import java.time.OffsetDateTime;
import java.util.List;
import org.jabr.cases.PastDecisions;
import org.jspecify.annotations.Nullable;

/**
 * Past decisions decided again, each under its own release.
 *
 * @param since decided then or later; null for all
 * @param moment only those; null for all
 * @param failure code of why the whole run failed
 * @param total how many decisions there are to decide; grows by those that were being made when it began
 */
public record ReplayRun(
        long id,
        @Nullable OffsetDateTime since,
        @Nullable String moment,
        State state,
        @Nullable String failure,
        String startedBy,
        OffsetDateTime startedAt,
        @Nullable OffsetDateTime endedAt,
        long total,
        Counts counts) {

    /** How far it is. */
    public enum State {
        RUNNING,
        DONE,
        CANCELLED,
        FAILED
    }

    /**
     * What came of decisions.
     *
     * @param failed cannot be decided any more, or not with what is stored
     * @param erased facts are not there any more, so nobody can say
     */
    public record Counts(long identical, long different, long failed, long erased) {

        static final Counts NONE = new Counts(0, 0, 0, 0);

        public long done() {
            return identical + different + failed + erased;
        }

        /** How many an auditor must look at. */
        public long listed() {
            return different + failed;
        }

        Counts plus(Counts other) {
            return new Counts(
                    identical + other.identical,
                    different + other.different,
                    failed + other.failed,
                    erased + other.erased);
        }
    }

    /**
     * The decisions of one release that one engine had made and another one, or the same, made again.
     *
     * @param engineThen null where it was not kept
     * @param engineNow null where the release could not be asked
     * @param failure code of why not
     */
    public record Part(
            String release,
            @Nullable String engineThen,
            @Nullable String engineNow,
            @Nullable String failure,
            Counts counts) {}

    /**
     * A decision that does not come out as it was stored.
     *
     * @param failure code of why it cannot be decided any more; null where it can
     * @param differences what comes out otherwise; none where only reasons differ
     * @param places where in the answer, the first of them
     * @param more how many places there are besides
     */
    public record Differing(
            long decision,
            String caseReference,
            String moment,
            String release,
            @Nullable String failure,
            List<Compared.Difference> differences,
            List<Place> places,
            int more) {

        public Differing {
            differences = List.copyOf(differences);
            places = List.copyOf(places);
        }
    }

    /** One place in the answer, as it was stored and as it is now; a null is nothing. Long texts are cut. */
    public record Place(
            String path, @Nullable String was, @Nullable String is) {}

    /** Somebody started a run. */
    public record Started(ReplayRun run) {}

    /** A run came to its end. @param by who called it off, or else the run itself */
    public record Ended(ReplayRun run, String by) {}

    public boolean running() {
        return state == State.RUNNING;
    }

    public int percent() {
        return total == 0 ? (running() ? 0 : 100) : (int) (counts.done() * 100 / total);
    }

    PastDecisions.Filter filter() {
        return new PastDecisions.Filter(moment, null, since, null);
    }
}
