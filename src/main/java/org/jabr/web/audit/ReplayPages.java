package org.jabr.web.audit;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import org.jabr.releases.Release;
import org.jabr.releases.Releases;
import org.jabr.replay.ReplayRun;
import org.jabr.replay.ReplayRuns;
import org.jabr.rules.Moment;
import org.jabr.rules.Problem;
import org.jabr.web.Flash;
import org.jabr.web.Reader;
import org.jabr.web.SignedIn;
import org.jabr.web.desk.DifferenceWords;
import org.jabr.web.desk.ReleaseWords;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Everything since some day decided again: start, progress, what does not come out as it was stored. */
@Controller
@RequestMapping("/replays")
class ReplayPages {

    private static final int ROWS = 50;

    private final ReplayRuns runs;
    private final Releases releases;
    private final ReleaseWords words;
    private final DifferenceWords differences;
    private final Reader reader;

    ReplayPages(ReplayRuns runs, Releases releases, ReleaseWords words, DifferenceWords differences, Reader reader) {
        this.runs = runs;
        this.releases = releases;
        this.words = words;
        this.differences = differences;
        this.reader = reader;
    }

    /** A value with its word. */
    record Choice(String value, String word) {}

    /**
     * A run as its reader sees it.
     *
     * @param what which decisions it decides
     */
    record Row(ReplayRun run, String tone, String what, String startedBy) {}

    /** @param why the release could not be asked; null where it could */
    record PartRow(ReplayRun.Part part, @Nullable String why) {}

    /** @param told what is otherwise, a sentence each */
    record DifferingRow(ReplayRun.Differing differing, String moment, List<String> told) {}

    @GetMapping
    String list(@RequestParam(required = false) @Nullable Long before, Model model) {
        List<ReplayRun> found = runs.newest(before, ROWS + 1);
        List<ReplayRun> shown = found.subList(0, Math.min(ROWS, found.size()));
        model.addAttribute("rows", shown.stream().map(this::row).toList());
        model.addAttribute("next", found.size() > ROWS ? shown.get(ROWS - 1).id() : null);
        model.addAttribute("first", before == null);
        model.addAttribute("moments", moments());
        return "audit/replays";
    }

    @PostMapping
    String start(
            @RequestParam(defaultValue = "") String since,
            @RequestParam(defaultValue = "") String moment,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes flash) {
        try {
            ReplayRun run = runs.start(
                    since.isBlank() ? null : day(since),
                    moment.isBlank() ? null : moment,
                    who.account().login());
            return "redirect:/replays/" + run.id();
        } catch (DateTimeException noDay) {
            flash.addFlashAttribute(Flash.NAME, Flash.bad("backtest.no-day"));
        } catch (Problem refused) {
            flash.addFlashAttribute(Flash.NAME, Flash.bad("problem.said", reader.words(refused)));
        }
        return "redirect:/replays";
    }

    @GetMapping("/{id}")
    String one(@PathVariable long id, @RequestParam(defaultValue = "0") long after, Model model) {
        show(id, after, model);
        return "audit/replay";
    }

    /** The part of the page that changes while the run goes on. */
    @GetMapping("/{id}/progress")
    String progress(@PathVariable long id, Model model) {
        show(id, 0, model);
        model.addAttribute("part", true);
        return "audit/replay :: progress";
    }

    @PostMapping("/{id}/cancel")
    String cancel(@PathVariable long id, @AuthenticationPrincipal SignedIn who) {
        runs.cancel(id, who.account().login());
        return "redirect:/replays/" + id;
    }

    private void show(long id, long after, Model model) {
        ReplayRun run = runs.get(id);
        List<ReplayRun.Differing> found = runs.differing(id, after, ROWS + 1);
        List<ReplayRun.Differing> shown = found.subList(0, Math.min(ROWS, found.size()));
        model.addAttribute("row", row(run));
        model.addAttribute("run", run);
        model.addAttribute("parts", runs.parts(id).stream().map(this::row).toList());
        model.addAttribute("differing", shown.stream().map(this::row).toList());
        model.addAttribute("next", found.size() > ROWS ? shown.get(ROWS - 1).decision() : null);
        model.addAttribute("first", after == 0);
        model.addAttribute("cut", run.counts().listed() > runs.mostKept() ? runs.mostKept() : null);
        String failure = run.failure();
        model.addAttribute("failure", failure == null ? null : differences.failure(failure));
        // Told in steps, so that nobody who listens is told every second.
        model.addAttribute(
                "said",
                run.running()
                        ? reader.words("replays.said", run.percent() / 10 * 10)
                        : reader.words("replays.state." + run.state()));
    }

    private Row row(ReplayRun run) {
        String moment = run.moment();
        OffsetDateTime since = run.since();
        String what = (since == null
                        ? reader.words("replays.all")
                        : reader.words("replays.since.day", reader.day(since.toInstant())))
                + (moment == null ? "" : " · " + words.named(live(), "moment.", moment));
        return new Row(run, tone(run), what, words.who(run.startedBy()));
    }

    private PartRow row(ReplayRun.Part part) {
        String failure = part.failure();
        return new PartRow(part, failure == null ? null : differences.failure(failure, part.release()));
    }

    private DifferingRow row(ReplayRun.Differing one) {
        String failure = one.failure();
        List<String> told = failure != null
                ? List.of(differences.failure(failure, one.release()))
                : one.differences().isEmpty()
                        ? List.of(reader.words("replays.reasons"))
                        : differences.told(one.differences(), one.release());
        return new DifferingRow(one, words.named(one.release(), "moment.", one.moment()), told);
    }

    /** A finished run is good only where everything came out as it was stored. */
    private static String tone(ReplayRun run) {
        return switch (run.state()) {
            case RUNNING -> "active";
            case DONE -> run.counts().listed() == 0 ? "good" : "bad";
            case CANCELLED -> "warn";
            case FAILED -> "bad";
        };
    }

    private List<Choice> moments() {
        return releases.findLive()
                .map(live -> releases.rulebook(live.id()).moments().stream()
                        .map(Moment::name)
                        .map(name -> new Choice(name, words.named(live.id(), "moment.", name)))
                        .toList())
                .orElse(List.of());
    }

    private String live() {
        return releases.findLive().map(Release::id).orElse("");
    }

    private OffsetDateTime day(String day) {
        return reader.moment(LocalDate.parse(day).atStartOfDay().toString());
    }
}
