package org.jabr.team;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jabr.releases.Releases;
import org.jabr.rules.Decision;
import org.jabr.rules.DecisionFailed;
import org.jabr.rules.Moment;
import org.jabr.rules.Problem;
import org.jabr.rules.Rulebook;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** What the live release says about people. Work goes on where it says nothing, or cannot answer. */
@Component
class LiveRules {

    private static final Logger LOG = LoggerFactory.getLogger(LiveRules.class);

    private final Releases releases;
    private final Clock clock;

    LiveRules(Releases releases, Clock clock) {
        this.releases = releases;
        this.clock = clock;
    }

    /**
     * Asks about somebody, or about somebody's work.
     *
     * @param facts of the case that the work is about, by path; empty where it is about none
     * @param answers what is known of the person, by name
     * @return empty where the release has no such moment, or its rules did not answer
     */
    Optional<Decision> ask(Moment moment, Map<String, Object> facts, Map<String, Object> answers) {
        try {
            Rulebook rulebook = releases.rulebook(releases.live().id());
            if (!rulebook.moments().contains(moment)) {
                return Optional.empty();
            }
            Map<String, Map<String, Object>> document = new LinkedHashMap<>();
            facts.forEach((path, value) -> {
                int dot = path.indexOf('.');
                document.computeIfAbsent(path.substring(0, dot), group -> new LinkedHashMap<>())
                        .put(path.substring(dot + 1), value);
            });
            // Rules about people are about no money, but facts have a currency.
            document.computeIfAbsent("failure", group -> new LinkedHashMap<>())
                    .put("currency", rulebook.currencies().get(0).code());
            Map<String, Object> all = new LinkedHashMap<>(document);
            all.put("asOf", OffsetDateTime.now(clock).toString());
            all.put("answers", answers);
            return Optional.of(rulebook.decide(moment, rulebook.read(all)));
        } catch (Problem | DecisionFailed unanswered) {
            LOG.warn("The rules did not answer {}: {}", moment, unanswered.toString());
            return Optional.empty();
        }
    }
}
