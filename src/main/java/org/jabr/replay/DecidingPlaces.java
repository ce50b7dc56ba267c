package org.jabr.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.jabr.releases.Release;
import org.jabr.releases.Releases;
import org.jabr.rules.DecisionFailed;
import org.jabr.rules.Problem;
import org.jabr.rules.RuleTrial;
import org.jabr.rules.Rulebook;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What an approver has let through is asked here; what nobody has approved is asked where it can do no harm. */
@Component
class DecidingPlaces implements Deciding.Place {

    private final Releases releases;
    private final RuleTrial trial;

    DecidingPlaces(Releases releases, RuleTrial trial) {
        this.releases = releases;
        this.trial = trial;
    }

    @Override
    public Deciding open(SortedMap<String, String> files, @Nullable String release) {
        return release != null && approved(releases.get(release))
                ? new ByRulebook(releases.rulebook(release))
                : new OnTrial(trial, files);
    }

    /** The rules of some content for one question after the other; nothing has to be closed. */
    Rulebook rulebook(SortedMap<String, String> files, @Nullable String release) {
        return release != null && approved(releases.get(release))
                ? releases.rulebook(release)
                : new Worded(trial.rulebook("try", files), files);
    }

    private static boolean approved(Release release) {
        return switch (release.state()) {
            case APPROVED, LIVE, RETIRED -> true;
            case DRAFT, SUBMITTED -> false;
        };
    }

    /** One rulebook for all threads; others use it too, so it stays open. */
    record ByRulebook(Rulebook rulebook) implements Deciding {

        @Override
        public List<Decided> all(List<Asked> asked) {
            List<Decided> decided = new ArrayList<>(asked.size());
            for (Asked one : asked) {
                decided.add(one(one));
            }
            return decided;
        }

        private Decided one(Asked asked) {
            try {
                return new Decided(rulebook.decide(asked.moment(), asked.facts()), null);
            } catch (Problem refused) {
                return new Decided(null, refused.code());
            } catch (DecisionFailed failed) {
                return new Decided(null, "RULES-003");
            }
        }

        @Override
        public void close() {
            // The releases keep it.
        }
    }

    /** Asks page after page: a trial uses all cores for each, and there are few places for trials. */
    record OnTrial(RuleTrial trial, SortedMap<String, String> files) implements Deciding {

        @Override
        public synchronized List<Decided> all(List<Asked> asked) {
            return trial
                    .decideAll(
                            "try",
                            files,
                            asked.stream()
                                    .map(one -> new RuleTrial.Question(
                                            one.moment(), one.facts().document()))
                                    .toList())
                    .stream()
                    .map(answer -> new Decided(answer.decision(), answer.failed()))
                    .toList();
        }

        @Override
        public void close() {
            // A trial ends by itself when nobody asks any more.
        }
    }
}
