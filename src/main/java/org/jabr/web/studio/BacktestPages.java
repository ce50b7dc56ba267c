package org.jabr.web.studio;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jabr.cases.PastDecisions;
import org.jabr.releases.Releases;
import org.jabr.replay.Backtest;
import org.jabr.replay.BacktestSums;
import org.jabr.replay.Backtests;
import org.jabr.rules.Moment;
import org.jabr.rules.Problem;
import org.jabr.web.Flash;
import org.jabr.web.Reader;
import org.jabr.web.SignedIn;
import org.jabr.web.desk.ReleaseWords;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** A draft or release on everything that was decided before: start, progress, what came of it. */
@Controller
class BacktestPages {

    private static final int SHOWN = 50;

    private final Backtests backtests;
    private final Subjects subjects;
    private final BacktestReading reading;
    private final BacktestFigures figures;
    private final Releases releases;
    private final ReleaseWords words;
    private final Reader reader;

    BacktestPages(
            Backtests backtests,
            Subjects subjects,
            BacktestReading reading,
            BacktestFigures figures,
            Releases releases,
            ReleaseWords words,
            Reader reader) {
        this.backtests = backtests;
        this.subjects = subjects;
        this.reading = reading;
        this.figures = figures;
        this.releases = releases;
        this.words = words;
        this.reader = reader;
    }

    /** How the results are looked at. */
    record View(
            @Nullable String by,
            @Nullable String which,
            @Nullable String currency,
            @Nullable String after) {}

    /** A kind of changed decisions and how many there are. */
    record Tab(Backtest.Which which, long times) {}

    /** A value with its word. */
    record Choice(String value, String word) {}

    @GetMapping({"/studio/drafts/{id}/backtest", "/studio/releases/{id}/backtest"})
    String page(@PathVariable String id, View view, Model model) {
        show(subjects.of(id), view, model);
        return "studio/backtest";
    }

    /** The part of the page that changes while the run goes on. */
    @GetMapping({"/studio/drafts/{id}/backtest/progress", "/studio/releases/{id}/backtest/progress"})
    String progress(@PathVariable String id, View view, Model model) {
        show(subjects.of(id), view, model);
        model.addAttribute("part", true);
        return "studio/backtest :: progress";
    }

    @PostMapping({"/studio/drafts/{id}/backtest", "/studio/releases/{id}/backtest"})
    String start(
            @PathVariable String id,
            @RequestParam(defaultValue = "") String moment,
            @RequestParam(defaultValue = "") String type,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String until,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes flash) {
        Subjects.Subject subject = subjects.of(id);
        try {
            PastDecisions.Filter filter = new PastDecisions.Filter(
                    moment.isBlank() ? null : moment, type.isBlank() ? null : type, day(from, 0), day(until, 1));
            String by = who.account().login();
            if (subject.draft()) {
                backtests.ofDraft(id, filter, by);
            } else {
                backtests.ofRelease(id, filter, by);
            }
        } catch (DateTimeException noDay) {
            flash.addFlashAttribute(Flash.NAME, Flash.bad("backtest.no-day"));
        }
        return "redirect:" + subject.path() + "/backtest";
    }

    @PostMapping({"/studio/drafts/{id}/backtest/{run}/cancel", "/studio/releases/{id}/backtest/{run}/cancel"})
    String cancel(@PathVariable String id, @PathVariable long run) {
        backtests.cancel(run);
        return "redirect:" + subjects.of(id).path() + "/backtest";
    }

    private @Nullable OffsetDateTime day(String day, int plus) {
        return day.isBlank()
                ? null
                : reader.moment(
                        LocalDate.parse(day).plusDays(plus).atStartOfDay().toString());
    }

    private void show(Subjects.Subject subject, View view, Model model) {
        Optional<Backtest> latest =
                subject.draft() ? backtests.latestOfDraft(subject.id()) : backtests.latest(hash(subject));
        model.addAttribute("subject", subject);
        model.addAttribute(
                "moments",
                releases.rulebook(subject.words()).moments().stream()
                        .map(Moment::name)
                        .map(name -> new Choice(name, words.named(subject.words(), "moment.", name)))
                        .toList());
        model.addAttribute("types", reading.types(subject.words()));
        model.addAttribute("bys", BacktestSums.By.values());
        model.addAttribute("said", "");
        model.addAttribute("mayStart", reader.holds("ANALYST", "APPROVER", "ADMIN"));
        model.addAttribute("run", latest.orElse(null));
        latest.ifPresent(run -> results(subject, run, view, model));
    }

    private void results(Subjects.Subject subject, Backtest run, View view, Model model) {
        String release = subject.words();
        String failure = run.failure();
        model.addAttribute("startedBy", words.who(run.startedBy()));
        model.addAttribute("filtered", reading.filter(release, run.filter()));
        model.addAttribute("older", !run.contentHash().equals(hash(subject)));
        model.addAttribute(
                "failure", failure == null ? null : reader.words(new Problem(Problem.Kind.CONFLICT, failure)));
        // Told in steps, so that nobody who listens is told every second.
        model.addAttribute("said", run.running() ? reader.words("backtest.said", run.percent() / 10 * 10) : ended(run));
        if (!run.ended()) {
            return;
        }
        BacktestSums sums = backtests.sums(run.id());
        BacktestSums.By by = by(view.by());
        model.addAttribute("sums", sums);
        model.addAttribute("by", by.name());
        model.addAttribute("money", figures.money(sums));
        model.addAttribute("moneyBy", by == BacktestSums.By.ALL ? List.of() : figures.moneyBy(release, sums, by));
        model.addAttribute("mix", figures.mixBy(release, sums, by));
        model.addAttribute("verdicts", reading.verdicts(release, sums));
        model.addAttribute("settings", reading.settings(release, sums));
        model.addAttribute("failures", reading.failures(sums));
        model.addAttribute("hits", reading.hits(release, sums));
        changes(release, run, sums, view, model);
    }

    private void changes(String release, Backtest run, BacktestSums sums, View view, Model model) {
        List<String> currencies =
                sums.money().stream().map(BacktestSums.Money::currency).toList();
        List<Backtest.Count> counts = backtests.counts(run.id());
        Backtest.Which which = view.which() == null ? mostTelling(counts) : which(view.which());
        String currency = view.currency() == null ? mostIn(which, counts, currencies) : view.currency();
        List<Backtest.Changed> changes = backtests.changes(run.id(), which, currency, mark(view.after()), SHOWN + 1);
        List<Backtest.Changed> shown = changes.subList(0, Math.min(SHOWN, changes.size()));
        model.addAttribute("which", which.name());
        model.addAttribute(
                "tabs",
                Arrays.stream(Backtest.Which.values())
                        .map(one -> new Tab(one, times(counts, one)))
                        .toList());
        model.addAttribute("currency", currency);
        model.addAttribute("currencies", currencies);
        model.addAttribute("changes", reading.changes(release, shown));
        model.addAttribute(
                "next",
                changes.size() > SHOWN
                        ? shown.get(SHOWN - 1).difference() + ":"
                                + shown.get(SHOWN - 1).decision()
                        : null);
    }

    /** Who gets less is what one must know first; where nobody does, the first kind that there is. */
    private static Backtest.Which mostTelling(List<Backtest.Count> counts) {
        return Stream.of(Backtest.Which.LOSERS, Backtest.Which.FAILED, Backtest.Which.WINNERS, Backtest.Which.OTHERS)
                .filter(which -> times(counts, which) > 0)
                .findFirst()
                .orElse(Backtest.Which.LOSERS);
    }

    private static long times(List<Backtest.Count> counts, Backtest.Which which) {
        return counts.stream()
                .filter(count -> count.which() == which)
                .mapToLong(Backtest.Count::times)
                .sum();
    }

    private static String mostIn(Backtest.Which which, List<Backtest.Count> counts, List<String> currencies) {
        return counts.stream()
                .filter(count -> count.which() == which && currencies.contains(count.currency()))
                .max(Comparator.comparingLong(Backtest.Count::times))
                .map(Backtest.Count::currency)
                .orElseGet(() -> currencies.stream().findFirst().orElse(""));
    }

    private String ended(Backtest run) {
        return reader.words("backtest.state." + run.state());
    }

    private String hash(Subjects.Subject subject) {
        return subject.draft()
                ? Releases.contentHash(subjects.files(subject))
                : releases.get(subject.id()).contentHash();
    }

    private static BacktestSums.By by(@Nullable String name) {
        return Arrays.stream(BacktestSums.By.values())
                .filter(by -> by.name().equals(name))
                .findFirst()
                .orElse(BacktestSums.By.ALL);
    }

    static Backtest.Which which(@Nullable String name) {
        return Arrays.stream(Backtest.Which.values())
                .filter(which -> which.name().equals(name))
                .findFirst()
                .orElse(Backtest.Which.LOSERS);
    }

    private static Backtest.@Nullable Mark mark(@Nullable String after) {
        if (after == null || !after.matches("-?\\d{1,18}:\\d{1,18}")) {
            return null;
        }
        String[] parts = after.split(":");
        return new Backtest.Mark(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
    }
}
