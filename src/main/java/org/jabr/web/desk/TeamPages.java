package org.jabr.web.desk;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jabr.customers.PersonalText;
import org.jabr.people.Account;
import org.jabr.people.AccountChanges;
import org.jabr.people.Trait;
import org.jabr.rules.Authority;
import org.jabr.rules.Decider;
import org.jabr.rules.Problem;
import org.jabr.team.Note;
import org.jabr.team.Notes;
import org.jabr.team.Roster;
import org.jabr.web.Flash;
import org.jabr.web.Reader;
import org.jabr.web.SignedIn;
import org.jabr.worklist.WorkCells;
import org.jabr.worklist.Worklist;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The team, for whoever leads it: load, absences, what is late, what may still be given. Nothing here ranks people. */
@Controller
class TeamPages {

    private static final List<Integer> AHEAD = List.of(1, 4, 8, 24);
    private static final int CHANGES = 20;
    private static final int NOTES = 20;
    private static final int RECOGNITIONS = 6;

    private final TeamReading reading;
    private final Roster roster;
    private final Notes notes;
    private final AccountChanges changes;
    private final Worklist worklist;
    private final ReleaseWords words;
    private final Reader reader;

    TeamPages(
            TeamReading reading,
            Roster roster,
            Notes notes,
            AccountChanges changes,
            Worklist worklist,
            ReleaseWords words,
            Reader reader) {
        this.reading = reading;
        this.roster = roster;
        this.notes = notes;
        this.changes = changes;
        this.worklist = worklist;
        this.words = words;
        this.reader = reader;
    }

    @GetMapping("/team")
    String team(@AuthenticationPrincipal SignedIn who, Model model) {
        WorkCells cells = worklist.cells();
        List<WorkCells.Named> queues = cells.open(WorkCells.Cell::queue);
        model.addAttribute("leads", leads(who));
        model.addAttribute("people", reading.people());
        model.addAttribute("approvals", reading.approvals());
        model.addAttribute("ahead", AHEAD);
        model.addAttribute(
                "forecast",
                worklist.forecast(queues.stream().map(WorkCells.Named::name).toList(), AHEAD));
        model.addAttribute(
                "budgets",
                reading.budgets(cells.cells().stream()
                        .map(WorkCells.Cell::queue)
                        .distinct()
                        .sorted()
                        .toList()));
        model.addAttribute("most", Worklist.MOST_COUNTED);
        model.addAttribute("release", reading.release());
        model.addAttribute("words", words);
        model.addAttribute(
                "recognitions",
                notes.recognitions(RECOGNITIONS).stream().map(reading::said).toList());
        return "desk/team";
    }

    @GetMapping("/team/{login}")
    String person(@PathVariable String login, @AuthenticationPrincipal SignedIn who, Model model) {
        Account account = roster.get(login);
        Decider by = who.decider();
        model.addAttribute("person", account);
        model.addAttribute("name", account.name(reader.language()));
        model.addAttribute("leads", leads(who));
        model.addAttribute("self", login.equals(by.login()));
        model.addAttribute("care", reading.care(login));
        model.addAttribute(
                "absences", roster.absences(login).stream().map(reading::away).toList());
        model.addAttribute(
                "others",
                roster.people().stream()
                        .filter(one -> !one.login().equals(login))
                        .map(one -> new TeamReading.Choosable(one.login(), one.name(reader.language()), false))
                        .toList());
        model.addAttribute("traits", reading.traits(account));
        model.addAttribute(
                "notes", notes.to(login, by, NOTES).stream().map(reading::said).toList());
        model.addAttribute("longest", Notes.LONGEST);
        model.addAttribute(
                "changes",
                changes.of(login, CHANGES).stream().map(reading::changed).toList());
        return "desk/person";
    }

    @PostMapping("/team/{login}/absences")
    String away(
            @PathVariable String login,
            @RequestParam String from,
            @RequestParam String until,
            @RequestParam(defaultValue = "") String standIn,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes redirect) {
        boolean done = attempt(
                () -> roster.away(
                        login,
                        time(from),
                        time(until),
                        standIn.isBlank() ? null : standIn,
                        who.decider().login()),
                "team.away.done",
                redirect);
        if (!done) {
            // What was typed is not lost because the times were wrong.
            redirect.addFlashAttribute("typedFrom", from);
            redirect.addFlashAttribute("typedUntil", until);
            redirect.addFlashAttribute("typedStandIn", standIn);
        }
        return back(login);
    }

    @PostMapping("/team/{login}/absences/{id}/remove")
    String there(
            @PathVariable String login,
            @PathVariable long id,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes redirect) {
        attempt(() -> roster.there(login, id, who.decider().login()), "team.away.removed", redirect);
        return back(login);
    }

    /** @param more words that are not in use yet, between spaces or commas */
    @PostMapping("/team/{login}/traits/{trait}")
    String trait(
            @PathVariable String login,
            @PathVariable String trait,
            @RequestParam(required = false, defaultValue = "") List<String> word,
            @RequestParam(defaultValue = "") String more,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes redirect) {
        Trait known = Arrays.stream(Trait.values())
                .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(trait))
                .findFirst()
                .orElseThrow(() -> new Problem(Problem.Kind.NOT_FOUND, "TEAM-010"));
        Set<String> chosen = new TreeSet<>(word);
        for (String one : more.split("[\\s,\u060C]+")) {
            if (!one.isEmpty()) {
                chosen.add(known == Trait.LANGUAGE ? one.toLowerCase(Locale.ROOT) : one.toUpperCase(Locale.ROOT));
            }
        }
        chosen.remove("");
        attempt(() -> roster.set(login, known, chosen, who.decider().login()), "team.trait.done", redirect);
        return back(login);
    }

    @PostMapping("/team/{login}/notes")
    String note(
            @PathVariable String login,
            @RequestParam Note.Kind kind,
            @RequestParam(name = "case", defaultValue = "") String reference,
            @RequestParam String said,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes redirect) {
        try {
            notes.write(kind, login, reference, new PersonalText(said), who.decider());
            redirect.addFlashAttribute(Flash.NAME, Flash.good("note.done"));
        } catch (Problem problem) {
            if (problem.kind() == Problem.Kind.FORBIDDEN) {
                throw problem;
            }
            redirect.addFlashAttribute(Flash.NAME, Flash.warn("problem.said", reader.words(problem)));
            redirect.addFlashAttribute("typedKind", kind.name());
            redirect.addFlashAttribute("typedCase", reference);
            redirect.addFlashAttribute("typedSaid", said);
        }
        return back(login);
    }

    private static boolean leads(SignedIn who) {
        return who.decider().authority().satisfies(Authority.SUPERVISOR);
    }

    private OffsetDateTime time(String local) {
        try {
            return reader.moment(local);
        } catch (DateTimeException notATime) {
            throw new Problem(Problem.Kind.INVALID, "TEAM-007");
        }
    }

    private boolean attempt(Runnable what, String done, RedirectAttributes redirect) {
        try {
            what.run();
            redirect.addFlashAttribute(Flash.NAME, Flash.good(done));
            return true;
        } catch (Problem problem) {
            if (problem.kind() != Problem.Kind.INVALID && problem.kind() != Problem.Kind.CONFLICT) {
                throw problem;
            }
            redirect.addFlashAttribute(Flash.NAME, Flash.warn("problem.said", reader.words(problem)));
            return false;
        }
    }

    private static String back(String login) {
        return "redirect:/team/" + login;
    }
}
