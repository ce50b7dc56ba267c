package org.jabr.web.desk;

import java.util.List;
import org.jabr.cases.Decisions;
import org.jabr.cases.StoredDecision;
import org.jabr.releases.Releases;
import org.jabr.replay.Counterfactual;
import org.jabr.replay.Replay;
import org.jabr.replay.Replayed;
import org.jabr.rules.Problem;
import org.jabr.web.Reader;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

/** One decision under an address that stays, to be read, printed and decided again, under its own release or another. */
@Controller
class DecisionPages {

    private final Decisions decisions;
    private final DecisionReading reading;
    private final Replay replay;
    private final Releases releases;
    private final DifferenceWords differences;
    private final Reader reader;

    DecisionPages(
            Decisions decisions,
            DecisionReading reading,
            Replay replay,
            Releases releases,
            DifferenceWords differences,
            Reader reader) {
        this.decisions = decisions;
        this.reading = reading;
        this.replay = replay;
        this.releases = releases;
        this.differences = differences;
        this.reader = reader;
    }

    /** A release that the facts can be put before. */
    record Choice(String id, String word) {}

    /**
     * What another release makes of the facts.
     *
     * @param told what comes out otherwise, a sentence each
     * @param refused why it makes nothing of them; null where it does
     */
    record Otherwise(
            String release,
            List<String> told,
            List<Replayed.Difference> places,
            @Nullable String refused) {}

    @GetMapping("/decisions/{id}")
    String one(@PathVariable long id, Model model) {
        StoredDecision stored = decisions.get(id);
        model.addAttribute("decision", reading.told(stored));
        model.addAttribute("erased", stored.factsErased());
        model.addAttribute(
                "releases",
                releases.list().stream()
                        .map(release -> new Choice(
                                release.id(), release.id() + " · " + reader.words("release.state." + release.state())))
                        .toList());
        model.addAttribute("mayReplayAll", reader.holds("ANALYST", "APPROVER", "AUDITOR", "ADMIN"));
        return "desk/decision";
    }

    /** The same facts before the same release once more; nothing is stored. */
    @PostMapping("/decisions/{id}/replay")
    String replay(
            @PathVariable long id,
            @RequestHeader(name = "HX-Request", required = false) @Nullable String htmx,
            Model model) {
        Replayed replayed = replay.of(id);
        String failure = replayed.failure();
        model.addAttribute("replayed", replayed);
        model.addAttribute("failure", failure == null ? null : differences.failure(failure, replayed.release()));
        if (htmx != null) {
            return "desk/decision :: replayed";
        }
        return one(id, model);
    }

    /** The same facts before another release; nothing is stored. */
    @PostMapping("/decisions/{id}/counterfactual")
    String counterfactual(
            @PathVariable long id,
            @RequestParam String release,
            @RequestHeader(name = "HX-Request", required = false) @Nullable String htmx,
            Model model) {
        model.addAttribute("otherwise", otherwise(id, release));
        if (htmx != null) {
            return "desk/decision :: otherwise";
        }
        return one(id, model);
    }

    private Otherwise otherwise(long id, String release) {
        String own = decisions.get(id).decision().release();
        String other = releases.get(release).id();
        try {
            Counterfactual found = replay.under(id, other);
            return new Otherwise(
                    other, differences.told(found.differences(), own, found.rulebook()), found.places(), null);
        } catch (Problem refused) {
            return new Otherwise(other, List.of(), List.of(), reader.words(refused) + " (" + refused.code() + ")");
        }
    }
}
