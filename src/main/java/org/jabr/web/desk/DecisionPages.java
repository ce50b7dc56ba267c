package org.jabr.web.desk;

import org.jabr.cases.Decisions;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** One decision under an address that stays, to be read, printed and decided again. */
@Controller
class DecisionPages {

    private final Decisions decisions;
    private final DecisionReading reading;

    DecisionPages(Decisions decisions, DecisionReading reading) {
        this.decisions = decisions;
        this.reading = reading;
    }

    @GetMapping("/decisions/{id}")
    String one(@PathVariable long id, Model model) {
        model.addAttribute("decision", reading.told(decisions.get(id)));
        return "desk/decision";
    }
}
