package org.jabr.replay;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.jabr.cases.DecisionDocument;
import org.jabr.cases.Decisions;
import org.jabr.cases.StoredDecision;
import org.jabr.releases.Release;
import org.jabr.releases.Releases;
import org.jabr.rules.Decision;
import org.jabr.rules.DecisionFailed;
import org.jabr.rules.Problem;
import org.jabr.rules.Rulebook;
import org.springframework.stereotype.Service;

/** Decides past decisions again: their own facts, under the release that they were pinned to or under another one. */
@Service
public class Replay {

    private static final int AT_A_TIME = 500;

    private final Decisions decisions;
    private final Releases releases;
    private final DecidingPlaces places;

    Replay(Decisions decisions, Releases releases, DecidingPlaces places) {
        this.decisions = decisions;
        this.releases = releases;
        this.places = places;
    }

    /**
     * Decides one decision again under its own release, rebuilt from its files, and compares.
     *
     * @throws Problem {@code DECISION-001}; {@code RELEASE-003} where its release cannot be rebuilt, {@code RELEASE-029}
     *     where its files were changed
     */
    public Replayed of(long decisionId) {
        return of(decisions.get(decisionId), releases::intactRulebook);
    }

    /**
     * What the same facts come to under another release; nothing is stored.
     *
     * @throws Problem {@code DECISION-001}, {@code RELEASE-002}; {@code RELEASE-029} where its files were changed;
     *     {@code REPLAY-002} where the facts were erased; {@code FACTS-001} to {@code FACTS-005} where that release cannot read them; why it cannot decide them
     */
    public Counterfactual under(long decisionId, String release) {
        StoredDecision stored = decisions.get(decisionId);
        Release other = releases.get(release);
        if (stored.factsErased()) {
            throw new Problem(Problem.Kind.CONFLICT, "REPLAY-002", decisionId);
        }
        Decision before = stored.decision();
        SortedMap<String, String> files = new TreeMap<>(releases.files(other.id()));
        if (!Releases.contentHash(files).equals(other.contentHash())) {
            throw new Problem(Problem.Kind.CONFLICT, "RELEASE-029", other.id());
        }
        Rulebook rulebook = places.rulebook(files, other.id());
        try {
            Decision after = rulebook.decide(
                    before.moment(), rulebook.read(before.facts().document()));
            return new Counterfactual(
                    stored,
                    rulebook,
                    after,
                    Differences.between(DecisionDocument.resultOf(before), DecisionDocument.resultOf(after)));
        } catch (DecisionFailed failed) {
            throw new Problem(
                    Problem.Kind.INVALID, failed.code(), before.moment().name());
        }
    }

    /**
     * Decides every decision again.
     *
     * @param progress hears how many are done
     */
    public Summary all(LongConsumer progress) {
        long done = 0;
        List<Replayed> different = new ArrayList<>();
        Map<String, Rulebook> rebuilt = new HashMap<>();
        List<Long> ids = decisions.idsAfter(0, AT_A_TIME);
        while (!ids.isEmpty()) {
            for (long id : ids) {
                Replayed replayed =
                        of(decisions.get(id), release -> rebuilt.computeIfAbsent(release, releases::intactRulebook));
                if (!replayed.identical()) {
                    different.add(replayed);
                }
                progress.accept(++done);
            }
            ids = decisions.idsAfter(ids.get(ids.size() - 1), AT_A_TIME);
        }
        return new Summary(done, different);
    }

    /** What came of deciding everything again: how many, and those that differ. */
    public record Summary(long decisions, List<Replayed> different) {

        public Summary {
            different = List.copyOf(different);
        }

        public boolean identical() {
            return different.isEmpty();
        }
    }

    private static Replayed of(StoredDecision stored, Function<String, Rulebook> rulebooks) {
        Decision before = stored.decision();
        Rulebook rulebook = rulebooks.apply(before.release());
        Again again = stored.factsErased() ? new Again(null, "REPLAY-002", List.of()) : Again.of(rulebook, before);
        return new Replayed(
                stored.id(),
                again.identical(),
                stored.factsErased(),
                before.release(),
                again.failure(),
                stored.engine(),
                rulebook.engine(),
                again.differences());
    }
}
