package org.jabr.web.desk;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jabr.rules.Decider;
import org.jabr.rules.Problem;
import org.jabr.web.Flash;
import org.jabr.web.Reader;
import org.jabr.web.SignedIn;
import org.jabr.worklist.WorkItem;
import org.jabr.worklist.Worklist;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The one list of work. */
@Controller
class WorklistPages {

    private static final int PAGE = 25;

    private final Worklist worklist;
    private final WorkReading reading;
    private final ReleaseWords words;
    private final Reader reader;

    WorklistPages(Worklist worklist, WorkReading reading, ReleaseWords words, Reader reader) {
        this.worklist = worklist;
        this.reading = reading;
        this.words = words;
        this.reader = reader;
    }

    /** Whose work, and how much of it there is. */
    record Tab(String name, String path, boolean current, long count) {}

    /** A value to choose from, in words. */
    record Choosable(String value, String word) {}

    @GetMapping("/worklist")
    String list(
            @RequestParam Map<String, String> parameters,
            @RequestParam(required = false) @Nullable Long after,
            @AuthenticationPrincipal SignedIn who,
            Model model) {
        Decider by = who.decider();
        WorklistFilters filters = WorklistFilters.of(parameters);
        List<WorkItem> items =
                worklist.list(filters.filter(by.login()), after == null ? null : worklist.get(after), PAGE + 1);
        boolean more = items.size() > PAGE;
        List<WorkRow> rows =
                items.stream().limit(PAGE).map(item -> reading.row(item, by)).toList();
        model.addAttribute("filters", filters);
        model.addAttribute(
                "tabs",
                Arrays.stream(WorklistFilters.Show.values())
                        .map(show -> tab(filters, show, by))
                        .toList());
        model.addAttribute("queues", choosable(worklist.queues()));
        model.addAttribute("languages", choosable(worklist.languages()));
        model.addAttribute("rows", rows);
        model.addAttribute("first", after == null);
        model.addAttribute(
                "next", more ? filters.path(rows.get(rows.size() - 1).item().id()) : null);
        return "desk/worklist";
    }

    @PostMapping("/worklist/{id}/claim")
    String claim(
            @PathVariable long id,
            @RequestHeader(name = "HX-Request", required = false) @Nullable String htmx,
            @AuthenticationPrincipal SignedIn who,
            Model model,
            RedirectAttributes redirect) {
        return change(id, who.decider(), worklist::claim, "worklist.claimed", htmx != null, model, redirect);
    }

    @PostMapping("/worklist/{id}/release")
    String release(
            @PathVariable long id,
            @RequestHeader(name = "HX-Request", required = false) @Nullable String htmx,
            @AuthenticationPrincipal SignedIn who,
            Model model,
            RedirectAttributes redirect) {
        return change(id, who.decider(), worklist::release, "worklist.returned", htmx != null, model, redirect);
    }

    /** In the list the row is replaced where it stands, also where somebody else was faster. */
    private String change(
            long id,
            Decider by,
            BiFunction<Long, Decider, WorkItem> change,
            String done,
            boolean inPlace,
            Model model,
            RedirectAttributes redirect) {
        try {
            change.apply(id, by);
            redirect.addFlashAttribute(Flash.NAME, Flash.good(done));
        } catch (Problem lost) {
            if (lost.kind() != Problem.Kind.CONFLICT) {
                throw lost;
            }
            redirect.addFlashAttribute(Flash.NAME, new Flash("warn", "worklist.lost", List.of()));
            model.addAttribute("lost", reader.words("worklist.lost"));
        }
        if (!inPlace) {
            return "redirect:/worklist/" + id;
        }
        model.addAttribute("row", reading.row(worklist.get(id), by));
        return "desk/worklist :: changed";
    }

    private Tab tab(WorklistFilters filters, WorklistFilters.Show show, Decider by) {
        WorklistFilters other = filters.showing(show);
        return new Tab(show.word(), other.path(), filters.show() == show, worklist.count(other.filter(by.login())));
    }

    private List<Choosable> choosable(List<Worklist.Named> values) {
        return values.stream()
                .map(value -> new Choosable(value.name(), words.word(value.release(), value.name())))
                .toList();
    }
}
