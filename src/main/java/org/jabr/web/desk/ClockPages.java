package org.jabr.web.desk;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import org.jabr.cases.ClockDesk;
import org.jabr.cases.PauseFinder;
import org.jabr.cases.PromiseDesk;
import org.jabr.customers.PersonalText;
import org.jabr.rules.Problem;
import org.jabr.web.Flash;
import org.jabr.web.Reader;
import org.jabr.web.SignedIn;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Clocks and promises of a case, and the pauses that somebody should ask about. */
@Controller
class ClockPages {

    private static final int LONGEST_NOTE = 400;

    private final ClockDesk clocks;
    private final PromiseDesk promises;
    private final PauseFinder finder;
    private final ClockReading reading;
    private final Reader reader;

    ClockPages(ClockDesk clocks, PromiseDesk promises, PauseFinder finder, ClockReading reading, Reader reader) {
        this.clocks = clocks;
        this.promises = promises;
        this.finder = finder;
        this.reading = reading;
        this.reader = reader;
    }

    /** How the clocks stand now, for the page that lets them tick. */
    @GetMapping(path = "/cases/{reference}/clocks", produces = MediaType.APPLICATION_JSON_VALUE)
    @ResponseBody
    List<ClockReading.Tick> ticks(@PathVariable String reference) {
        return reading.ticks(reference);
    }

    @PostMapping("/cases/{reference}/clocks/{id}/pause")
    String pause(
            @PathVariable String reference,
            @PathVariable long id,
            @RequestParam String reason,
            @RequestParam(defaultValue = "") String note,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes redirect) {
        String said = note.strip();
        String kept = said.length() <= LONGEST_NOTE ? said : said.substring(0, LONGEST_NOTE);
        attempt(
                () -> clocks.pause(
                        reference, id, reason, kept.isEmpty() ? null : new PersonalText(kept), who.decider()),
                "clock.pause.done",
                redirect);
        return back(reference);
    }

    @PostMapping("/cases/{reference}/clocks/{id}/resume")
    String resume(
            @PathVariable String reference,
            @PathVariable long id,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes redirect) {
        attempt(() -> clocks.resume(reference, id, who.decider()), "clock.resume.done", redirect);
        return back(reference);
    }

    @PostMapping("/cases/{reference}/promises")
    String promise(
            @PathVariable String reference,
            @RequestParam String said,
            @RequestParam String due,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes redirect) {
        boolean made = attempt(
                () -> promises.make(reference, new PersonalText(said), time(due), who.decider()),
                "promise.make.done",
                redirect);
        if (!made) {
            // What was written is not lost because the time was wrong.
            redirect.addFlashAttribute("promiseSaid", said);
            redirect.addFlashAttribute("promiseDue", due);
        }
        return back(reference);
    }

    @PostMapping("/cases/{reference}/promises/{id}/keep")
    String keep(
            @PathVariable String reference,
            @PathVariable long id,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes redirect) {
        attempt(() -> promises.keep(reference, id, who.decider()), "promise.keep.done", redirect);
        return back(reference);
    }

    @PostMapping("/cases/{reference}/promises/{id}/move")
    String move(
            @PathVariable String reference,
            @PathVariable long id,
            @RequestParam String due,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes redirect) {
        attempt(() -> promises.move(reference, id, time(due), who.decider()), "promise.move.done", redirect);
        return back(reference);
    }

    /** Pauses that look as if they only saved a deadline, for whoever leads the team. */
    @GetMapping("/pauses")
    String pauses(@RequestParam(defaultValue = "0") long before, Model model) {
        PauseFinder.Look look = finder.look(before);
        model.addAttribute("rows", look.found().stream().map(reading::pause).toList());
        model.addAttribute("pauses", look.pauses());
        model.addAttribute("next", look.next());
        model.addAttribute("first", before == 0);
        return "desk/pauses";
    }

    private OffsetDateTime time(String local) {
        try {
            return reader.moment(local);
        } catch (DateTimeException notATime) {
            throw new Problem(Problem.Kind.INVALID, "PROMISE-007");
        }
    }

    /** What cannot be done is said on the case's own page. */
    private boolean attempt(Runnable what, String done, RedirectAttributes redirect) {
        try {
            what.run();
            redirect.addFlashAttribute(Flash.NAME, Flash.good(done));
            return true;
        } catch (Problem problem) {
            if (problem.kind() == Problem.Kind.NOT_FOUND || problem.kind() == Problem.Kind.FORBIDDEN) {
                throw problem;
            }
            redirect.addFlashAttribute(Flash.NAME, Flash.warn("problem.said", reader.words(problem)));
            return false;
        }
    }

    private static String back(String reference) {
        return "redirect:/cases/" + reference;
    }
}
