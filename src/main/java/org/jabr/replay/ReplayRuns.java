package org.jabr.replay;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import org.jabr.cases.PastDecisions;
import org.jabr.rules.Moment;
import org.jabr.rules.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Decides everything since some day again, each decision under the release that it was pinned to. A run goes on in the
 * background on one node; every node shows it and can call it off.
 */
@Service
public class ReplayRuns {

    // Within them every database can tell times apart.
    private static final int FIRST_YEAR = 1900;
    private static final int LAST_YEAR = 9999;

    private final ReplayStore store;
    private final ReplayRunner runner;
    private final PastDecisions past;
    private final Clock clock;

    ReplayRuns(ReplayStore store, ReplayRunner runner, PastDecisions past, Clock clock) {
        this.store = store;
        this.runner = runner;
        this.past = past;
        this.clock = clock;
    }

    /**
     * Starts a run and comes back at once. Where one over the same decisions is under way, it is that one.
     *
     * @param since decided then or later; null for all
     * @param moment null for all
     * @throws Problem {@code REPLAY-005} where nothing was decided in such a year anywhere; {@code RULES-001}
     */
    public ReplayRun start(@Nullable OffsetDateTime since, @Nullable String moment, String by) {
        if (since != null && (since.getYear() < FIRST_YEAR || since.getYear() > LAST_YEAR)) {
            throw new Problem(Problem.Kind.INVALID, "REPLAY-005", String.valueOf(since.getYear()));
        }
        String asked = moment == null ? null : new Moment(moment).name();
        PastDecisions.Filter filter = new PastDecisions.Filter(asked, null, since, null);
        long newest = past.newestId();
        ReplayStore.Begun begun = store.begin(
                new ReplayStore.Wanted(since, asked, by, newest, past.count(filter, newest)),
                runner.name(),
                OffsetDateTime.now(clock));
        ReplayRun run = get(begun.id());
        if (begun.fresh()) {
            runner.runInBackground(run);
        }
        return run;
    }

    /** @throws Problem {@code REPLAY-001} */
    public ReplayRun get(long id) {
        return store.find(id).orElseThrow(() -> new Problem(Problem.Kind.NOT_FOUND, "REPLAY-001", id));
    }

    /** The newest runs before one, the newest first. @param before null for the newest of all */
    public List<ReplayRun> newest(@Nullable Long before, int limit) {
        return store.newest(before, limit);
    }

    /** What came of a run so far by release and engines. @throws Problem {@code REPLAY-001} */
    public List<ReplayRun.Part> parts(long id) {
        return store.standing(get(id).id()).parts();
    }

    /** Decisions that do not come out as they were stored, in the order in which they were made. */
    public List<ReplayRun.Differing> differing(long id, long after, int limit) {
        return store.differing(get(id).id(), after, limit);
    }

    /** How many of them are kept at most; all of them are counted. */
    public int mostKept() {
        return ReplayStore.MOST_KEPT;
    }

    /** Calls a run off, on whatever node it is. @throws Problem {@code REPLAY-001} */
    public void cancel(long id, String by) {
        store.end(get(id).id(), ReplayRun.State.CANCELLED, null, by, OffsetDateTime.now(clock));
    }
}
