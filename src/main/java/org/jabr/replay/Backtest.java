package org.jabr.replay;

import java.time.OffsetDateTime;
import java.util.List;
import org.jabr.cases.PastDecisions;
import org.jspecify.annotations.Nullable;

/**
 * Past decisions decided again under a draft or a release.
 *
 * @param contentHash of what was tried
 * @param draft the draft that it was started for; null where it was a release
 * @param release the release that it was started for; null where it was a draft
 * @param failure code of why the whole run failed
 * @param total how many decisions there are to decide; grows by those that were being made when it began
 * @param changed how many came out otherwise, failures among them
 */
public record Backtest(
        long id,
        String contentHash,
        @Nullable String draft,
        @Nullable String release,
        PastDecisions.Filter filter,
        State state,
        @Nullable String failure,
        String startedBy,
        OffsetDateTime startedAt,
        @Nullable OffsetDateTime endedAt,
        long total,
        long done,
        long changed,
        long failed) {

    /** How far it is. */
    public enum State {
        RUNNING,
        DONE,
        CANCELLED,
        FAILED
    }

    public boolean running() {
        return state == State.RUNNING;
    }

    public boolean ended() {
        return state == State.DONE;
    }

    public int percent() {
        return total == 0 ? (ended() ? 100 : 0) : (int) (done * 100 / total);
    }

    /**
     * A decision that comes out otherwise.
     *
     * @param currency that of its case
     * @param beforeMinor what was granted or asked for, in minor units
     * @param difference how much more the customer gets; less where it is negative
     * @param failure code of why it cannot be decided any more; null where it can
     */
    public record Changed(
            long decision,
            String caseReference,
            String moment,
            String tier,
            String type,
            String currency,
            long beforeMinor,
            long afterMinor,
            long difference,
            @Nullable String failure,
            List<Compared.Difference> differences) {}

    /** Which of the changed decisions. */
    public enum Which {
        /** More money, most first. */
        WINNERS,
        /** Less money, most first. */
        LOSERS,
        /** The same money, something else. */
        OTHERS,
        /** Cannot be decided any more. */
        FAILED
    }

    /** How many changed decisions of a kind there are in a currency. */
    public record Count(Which which, String currency, long times) {}

    /** Where a list goes on: after this difference and decision. */
    public record Mark(long difference, long decision) {}
}
