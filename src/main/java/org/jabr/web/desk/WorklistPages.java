package org.jabr.web.desk;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jabr.rules.Authority;
import org.jabr.rules.Decider;
import org.jabr.rules.Problem;
import org.jabr.team.Notes;
import org.jabr.web.Flash;
import org.jabr.web.Reader;
import org.jabr.web.SignedIn;
import org.jabr.worklist.Routing;
import org.jabr.worklist.SavedFilters;
import org.jabr.worklist.WorkCells;
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

    /** How far ahead is looked for what will be late, in hours. */
    private static final List<Integer> AHEAD = List.of(1, 4, 8, 24);

    private final Worklist worklist;
    private final Routing routing;
    private final SavedFilters saved;
    private final Notes notes;
    private final WorkReading reading;
    private final WorkFinder finder;
    private final ReleaseWords words;
    private final Reader reader;
    private final Clock clock;

    WorklistPages(
            Worklist worklist,
            Routing routing,
            SavedFilters saved,
            Notes notes,
            WorkReading reading,
            WorkFinder finder,
            ReleaseWords words,
            Reader reader,
            Clock clock) {
        this.worklist = worklist;
        this.routing = routing;
        this.saved = saved;
        this.notes = notes;
        this.reading = reading;
        this.finder = finder;
        this.words = words;
        this.reader = reader;
        this.clock = clock;
    }

    /** Whose work, and how much of it there is; null where only looking would tell. */
    record Tab(
            String name,
            String path,
            boolean current,
            @Nullable Long count) {}

    /** A value to choose from, in words. */
    record Choosable(String value, String word, long count) {

        Choosable(String value, String word) {
            this(value, word, 0);
        }
    }

    @GetMapping("/worklist")
    String list(
            @RequestParam Map<String, String> parameters,
            @RequestParam(required = false) @Nullable Long after,
            @AuthenticationPrincipal SignedIn who,
            Model model) {
        Decider by = who.decider();
        WorklistFilters filters = WorklistFilters.of(parameters);
        WorkFinder.Found found = filters.q().isEmpty() ? null : finder.find(filters.q());
        Worklist.Filter filter = filters.filter(by, OffsetDateTime.now(clock), found);
        List<WorkItem> items = worklist.list(filter, after == null ? null : worklist.get(after), PAGE + 1);
        boolean more = items.size() > PAGE;
        WorkCells cells = worklist.cells();
        Routing.Desk desk = routing.desk();
        List<WorkRow> rows = items.stream()
                .limit(PAGE)
                .filter(item -> worklist.inSight(item, by))
                .map(item -> reading.row(item, by, desk))
                .toList();
        model.addAttribute("filters", filters);
        model.addAttribute("found", found);
        model.addAttribute(
                "tabs",
                Arrays.stream(WorklistFilters.Show.values())
                        .map(show -> tab(filters, show, by, cells, found))
                        .toList());
        model.addAttribute("queues", choosable(cells, WorkCells.Cell::queue));
        model.addAttribute("languages", choosable(cells, WorkCells.Cell::language));
        model.addAttribute("skills", choosable(cells, WorkCells.Cell::skill));
        model.addAttribute("ahead", AHEAD);
        boolean leads = by.authority().satisfies(Authority.SUPERVISOR);
        model.addAttribute("leads", leads);
        model.addAttribute("acts", by.authority().satisfies(Authority.AGENT));
        model.addAttribute("me", by.login());
        model.addAttribute("saved", saved.of(by.login()));
        model.addAttribute("unread", notes.unread(by.login()));
        model.addAttribute(
                "people",
                desk.people().stream()
                        .map(one -> new Choosable(one.login(), one.name(reader.language()), desk.load(one.login())))
                        .toList());
        model.addAttribute("desks", desks(cells, desk));
        model.addAttribute("rows", rows);
        model.addAttribute("first", after == null);
        model.addAttribute("next", more ? filters.path(items.get(PAGE - 1).id()) : null);
        return "desk/worklist";
    }

    /** What will be late soon, what goes astray, and which skills are lacking or lie idle. */
    @GetMapping("/worklist/forecast")
    String forecast(Model model) {
        WorkCells cells = worklist.cells();
        List<WorkCells.Named> queues = cells.open(WorkCells.Cell::queue);
        String release = queues.isEmpty() ? "" : queues.get(0).release();
        model.addAttribute("ahead", AHEAD);
        model.addAttribute(
                "forecast",
                worklist.forecast(queues.stream().map(WorkCells.Named::name).toList(), AHEAD));
        model.addAttribute("rerouted", worklist.rerouted());
        model.addAttribute("most", Worklist.MOST_COUNTED);
        Routing.Skills skills = routing.skills(cells, routing.desk());
        Function<String, String> word = value -> words.word(release, value);
        model.addAttribute("unused", skills.unused().stream().map(word).toList());
        model.addAttribute("lacking", skills.lacking().stream().map(word).toList());
        model.addAttribute("release", release);
        model.addAttribute("words", words);
        return "desk/forecast";
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
        model.addAttribute("row", reading.row(worklist.get(id), by, routing.desk()));
        model.addAttribute("acts", true);
        return "desk/worklist :: changed";
    }

    private Tab tab(
            WorklistFilters filters,
            WorklistFilters.Show show,
            Decider by,
            WorkCells cells,
            WorkFinder.@Nullable Found found) {
        WorklistFilters other = filters.showing(show);
        Worklist.Filter filter = other.filter(by, OffsetDateTime.now(clock), found);
        Long count = filter.countable()
                ? Long.valueOf(cells.count(filter))
                : show == WorklistFilters.Show.MINE && !filters.narrow()
                        ? Long.valueOf(worklist.mine(by.login()))
                        : null;
        return new Tab(show.word(), other.path(), filters.show() == show, count);
    }

    /** Every desk that has or had work, or people. */
    private List<Choosable> desks(WorkCells cells, Routing.Desk desk) {
        Set<String> desks = new TreeSet<>();
        cells.cells().forEach(cell -> desks.add(cell.queue()));
        desk.people().forEach(one -> desks.addAll(one.queues()));
        String release =
                cells.cells().stream().map(WorkCells.Cell::release).findFirst().orElse("");
        return desks.stream()
                .map(one -> new Choosable(one, words.word(release, one), 0))
                .toList();
    }

    private List<Choosable> choosable(WorkCells cells, Function<WorkCells.Cell, String> sort) {
        return cells.open(sort).stream()
                .map(value -> new Choosable(value.name(), words.word(value.release(), value.name()), value.count()))
                .toList();
    }
}
