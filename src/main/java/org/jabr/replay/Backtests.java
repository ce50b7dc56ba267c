package org.jabr.replay;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jabr.cases.PastDecisions;
import org.jabr.releases.Backtested;
import org.jabr.releases.Drafts;
import org.jabr.releases.Release;
import org.jabr.releases.Releases;
import org.jabr.rules.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Tries content on everything that was ever decided: what would have come out, for whom, and what it would have cost.
 * A run goes on in the background on one node; every node shows it and can call it off.
 */
@Service
public class Backtests implements Backtested {

    private final BacktestStore store;
    private final BacktestChanges changes;
    private final BacktestRunner runner;
    private final PastDecisions past;
    private final Drafts drafts;
    private final Releases releases;
    private final Clock clock;

    Backtests(
            BacktestStore store,
            BacktestChanges changes,
            BacktestRunner runner,
            PastDecisions past,
            Drafts drafts,
            Releases releases,
            Clock clock) {
        this.store = store;
        this.changes = changes;
        this.runner = runner;
        this.past = past;
        this.drafts = drafts;
        this.releases = releases;
        this.clock = clock;
    }

    /**
     * Tries a draft as it is now; comes back at once. Where a run of the same content is under way, it is that one.
     *
     * @throws Problem {@code DRAFT-001}
     */
    public Backtest ofDraft(String draft, PastDecisions.Filter filter, String by) {
        return start(drafts.contents(draft), draft, null, filter, by);
    }

    /** Tries a release. @throws Problem {@code RELEASE-002} */
    public Backtest ofRelease(String release, PastDecisions.Filter filter, String by) {
        return start(new TreeMap<>(releases.files(releases.get(release).id())), null, release, filter, by);
    }

    /** @throws Problem {@code BACKTEST-001} */
    public Backtest get(long id) {
        return store.find(id).orElseThrow(() -> new Problem(Problem.Kind.NOT_FOUND, "BACKTEST-001", id));
    }

    /** The newest run of some content, by the hash that a release of it carries. */
    public Optional<Backtest> latest(String contentHash) {
        return store.ofContent(contentHash);
    }

    /** The newest run of what a draft holds now, or else of what it held before. */
    public Optional<Backtest> latestOfDraft(String draft) {
        Optional<Backtest> now = store.ofContent(drafts.contentHash(draft));
        return now.isPresent() ? now : store.ofDraft(draft);
    }

    /** Calls a run off, on whatever node it is. */
    public void cancel(long id) {
        store.end(get(id).id(), Backtest.State.CANCELLED, null, OffsetDateTime.now(clock));
    }

    /** What the decisions so far add up to. @throws Problem {@code BACKTEST-001} */
    public BacktestSums sums(long id) {
        return store.standing(get(id).id()).sums();
    }

    /**
     * Decisions that come out otherwise.
     *
     * @param currency for winners and losers, whose money is only compared within one
     * @param after where the list goes on; null for its start
     */
    public List<Backtest.Changed> changes(
            long id, Backtest.Which which, String currency, Backtest.@Nullable Mark after, int limit) {
        return changes.list(id, which, currency, after, limit);
    }

    /** How many of the changed decisions there are of each kind in each currency; none where there is no such one. */
    public List<Backtest.Count> counts(long id) {
        return changes.counts(id);
    }

    /** Only a finished run over all past decisions counts. */
    @Override
    public boolean ran(Release release) {
        return store.ran(release.contentHash());
    }

    private Backtest start(
            SortedMap<String, String> files,
            @Nullable String draft,
            @Nullable String release,
            PastDecisions.Filter filter,
            String by) {
        long newest = past.newestId();
        BacktestStore.Begun begun = store.begin(
                new BacktestStore.Wanted(
                        Releases.contentHash(files), draft, release, filter, by, newest, past.count(filter, newest)),
                files,
                runner.name(),
                OffsetDateTime.now(clock));
        Backtest backtest = get(begun.id());
        if (begun.fresh()) {
            runner.runInBackground(backtest);
        }
        return backtest;
    }
}
