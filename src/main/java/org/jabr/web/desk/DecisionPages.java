package org.jabr.web.desk;

import org.jabr.cases.Decisions;
import org.jabr.replay.Replay;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;

/** One decision under an address that stays, to be read, printed and decided again. */
@Controller
class DecisionPages {

    private final Decisions decisions;
    private final DecisionReading reading;
    private final Replay replay;

    DecisionPages(Decisions decisions, DecisionReading reading, Replay replay) {
        this.decisions = decisions;
        this.reading = reading;
        this.replay = replay;
    }

    @GetMapping("/decisions/{id}")
    String one(@PathVariable long id, Model model) {
        model.addAttribute("decision", reading.told(decisions.get(id)));
        return "desk/decision";
    }

    /** The same facts before the same release once more; nothing is stored. */
    @PostMapping("/decisions/{id}/replay")
    String replay(
            @PathVariable long id,
            @RequestHeader(name = "HX-Request", required = false) @Nullable String htmx,
            Model model) {
        model.addAttribute("replayed", replay.of(id));
        if (htmx != null) {
            return "desk/decision :: replayed";
        }
        return one(id, model);
    }
}
