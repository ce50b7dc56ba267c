package org.jabr.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jabr.cases.DecisionDocument;
import org.jabr.cases.Decisions;
import org.jabr.cases.StoredDecision;
import org.jabr.releases.Releases;
import org.jabr.rules.CaseFacts;
import org.jabr.rules.Decision;
import org.jabr.rules.DecisionFailed;
import org.jabr.rules.Problem;
import org.jabr.rules.Rulebook;
import org.springframework.stereotype.Service;

/** Decides past decisions again: their own facts, under the release that they were pinned to, rebuilt from its files. */
@Service
public class Replay {

    private static final int AT_A_TIME = 500;

    private final Decisions decisions;
    private final Releases releases;

    Replay(Decisions decisions, Releases releases) {
        this.decisions = decisions;
        this.releases = releases;
    }

    /**
     * Decides one decision again and compares.
     *
     * @throws Problem {@code DECISION-001}; {@code RELEASE-003} where its release cannot be rebuilt
     */
    public Replayed of(long decisionId) {
        return of(decisions.get(decisionId));
    }

    /**
     * Decides every decision again.
     *
     * @param progress hears how many are done
     */
    public Summary all(LongConsumer progress) {
        long done = 0;
        List<Replayed> different = new ArrayList<>();
        List<Long> ids = decisions.idsAfter(0, AT_A_TIME);
        while (!ids.isEmpty()) {
            for (long id : ids) {
                Replayed replayed = of(id);
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

    private Replayed of(StoredDecision stored) {
        Decision before = stored.decision();
        Rulebook rulebook = releases.rulebook(before.release());
        List<Replayed.Difference> differences;
        try {
            CaseFacts facts = rulebook.read(before.facts().document());
            Decision again = rulebook.decide(before.moment(), facts);
            differences = Differences.between(DecisionDocument.resultOf(before), DecisionDocument.resultOf(again));
        } catch (DecisionFailed | Problem e) {
            // It was decided once, so a refusal now is a difference and not an error of the reader.
            Map<String, Object> was = DecisionDocument.resultOf(before);
            differences = List.of(new Replayed.Difference("", was, e.getMessage()));
        }
        return new Replayed(stored.id(), differences.isEmpty(), before.release(), differences);
    }
}
