package org.jabr.web.desk;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jabr.customers.PersonalText;
import org.jabr.people.Breaks;
import org.jabr.rules.Decider;
import org.jabr.rules.Problem;
import org.jabr.rules.RuleWords;
import org.jabr.team.NextWork;
import org.jabr.team.Notes;
import org.jabr.team.Wellbeing;
import org.jabr.web.Flash;
import org.jabr.web.Reader;
import org.jabr.web.SignedIn;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What is there for somebody themselves: what was said to them, a break, the next piece of work. */
@Controller
class MePages {

    private static final int NOTES = 30;
    private static final int RECOGNITIONS = 6;

    private final TeamReading reading;
    private final Wellbeing wellbeing;
    private final Notes notes;
    private final NextWork nextWork;
    private final Breaks breaks;
    private final ReleaseWords words;
    private final Reader reader;

    MePages(
            TeamReading reading,
            Wellbeing wellbeing,
            Notes notes,
            NextWork nextWork,
            Breaks breaks,
            ReleaseWords words,
            Reader reader) {
        this.reading = reading;
        this.wellbeing = wellbeing;
        this.notes = notes;
        this.nextWork = nextWork;
        this.breaks = breaks;
        this.words = words;
        this.reader = reader;
    }

    @GetMapping("/me")
    String me(@AuthenticationPrincipal SignedIn who, Model model) {
        Decider by = who.decider();
        model.addAttribute("care", reading.care(by.login()));
        model.addAttribute(
                "notes",
                notes.to(by.login(), by, NOTES).stream().map(reading::said).toList());
        model.addAttribute(
                "recognitions",
                notes.recognitions(RECOGNITIONS).stream().map(reading::said).toList());
        model.addAttribute("longest", Notes.LONGEST);
        notes.read(by.login());
        return "desk/me";
    }

    @PostMapping("/me/break")
    String takeBreak(@AuthenticationPrincipal SignedIn who, RedirectAttributes redirect) {
        try {
            OffsetDateTime until = wellbeing.takeBreak(who.decider());
            redirect.addFlashAttribute(Flash.NAME, Flash.good("me.break.done", reader.ago(until.toInstant())));
        } catch (Problem none) {
            redirect.addFlashAttribute(Flash.NAME, Flash.warn("problem.said", reader.words(none)));
        }
        return "redirect:/me";
    }

    @PostMapping("/me/back")
    String back(@AuthenticationPrincipal SignedIn who, RedirectAttributes redirect) {
        wellbeing.back(who.decider());
        redirect.addFlashAttribute(Flash.NAME, Flash.good("me.back.done"));
        return "redirect:/me";
    }

    @PostMapping("/me/notes/{id}/answer")
    String answer(
            @PathVariable long id,
            @RequestParam String answer,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes redirect) {
        try {
            notes.answer(id, new PersonalText(answer), who.decider());
            redirect.addFlashAttribute(Flash.NAME, Flash.good("note.answered"));
        } catch (Problem problem) {
            if (problem.kind() != Problem.Kind.INVALID) {
                throw problem;
            }
            redirect.addFlashAttribute(Flash.NAME, Flash.warn("problem.said", reader.words(problem)));
            redirect.addFlashAttribute("typedNote", id);
            redirect.addFlashAttribute("typedAnswer", answer);
        }
        return "redirect:/me";
    }

    /** Whoever asks for work gets one piece, and why it is this one. */
    @PostMapping("/worklist/next")
    String next(@AuthenticationPrincipal SignedIn who, RedirectAttributes redirect) {
        Decider by = who.decider();
        Optional<NextWork.Given> given = nextWork.next(by);
        if (given.isEmpty()) {
            boolean rests = breaks.now(by.login()).isPresent();
            redirect.addFlashAttribute(Flash.NAME, Flash.warn(rests ? "next.break" : "next.none"));
            return rests ? "redirect:/me" : "redirect:/worklist";
        }
        redirect.addFlashAttribute(Flash.NAME, told(given.get()));
        return "redirect:/worklist/" + given.get().item().id();
    }

    /** Why it is this piece of work. */
    private Flash told(NextWork.Given given) {
        List<RuleWords> rules = words.rules(given.release(), given.rules());
        String why = rules.isEmpty() ? "" : rules.get(0).why();
        return Flash.good("next." + given.because(), given.hardInARow(), why);
    }
}
