package org.jabr.web.studio;

import java.time.DateTimeException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jabr.releases.Drafts;
import org.jabr.releases.Inspections;
import org.jabr.releases.LifeCycle;
import org.jabr.releases.Release;
import org.jabr.releases.ReleaseZip;
import org.jabr.releases.Releases;
import org.jabr.replay.Backtests;
import org.jabr.rules.Problem;
import org.jabr.web.Flash;
import org.jabr.web.Reader;
import org.jabr.web.SignedIn;
import org.jabr.web.desk.ReleaseWords;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** One release on one page: what it changes, what the checks say, who did what, and what an approver can do. */
@Controller("studioReleasePages")
@RequestMapping("/studio/releases/{id}")
class ReleasePages {

    private final Releases releases;
    private final Drafts drafts;
    private final LifeCycle lifeCycle;
    private final Inspections inspections;
    private final Backtests backtests;
    private final DifferenceReading differences;
    private final FindingWords findings;
    private final ReleaseWords words;
    private final Reader reader;

    ReleasePages(
            Releases releases,
            Drafts drafts,
            LifeCycle lifeCycle,
            Inspections inspections,
            Backtests backtests,
            DifferenceReading differences,
            FindingWords findings,
            ReleaseWords words,
            Reader reader) {
        this.releases = releases;
        this.drafts = drafts;
        this.lifeCycle = lifeCycle;
        this.inspections = inspections;
        this.backtests = backtests;
        this.differences = differences;
        this.findings = findings;
        this.words = words;
        this.reader = reader;
    }

    record StepRow(Release.Step step, String by) {}

    @GetMapping
    String show(@PathVariable String id, @AuthenticationPrincipal SignedIn who, Model model) {
        Release release = releases.get(id);
        Set<String> authors = releases.authors(id);
        model.addAttribute("release", release);
        model.addAttribute("tone", StudioPages.tone(release.state()));
        model.addAttribute("authors", authors.stream().map(words::who).toList());
        model.addAttribute(
                "steps",
                releases.steps(id).stream()
                        .map(step -> new StepRow(step, words.who(step.by())))
                        .toList());
        model.addAttribute("draft", drafts.ofRelease(id).orElse(null));
        model.addAttribute("live", releases.findLive().map(Release::id).orElse(""));
        List<DraftPages.Looked> looked = inspections.resultsOf(release.contentHash()).stream()
                .map(result -> DraftPages.Looked.of(result, findings))
                .toList();
        model.addAttribute("looked", looked);
        // What a check below says already is not said twice.
        Set<FindingWords.Told> said =
                looked.stream().flatMap(one -> one.findings().stream()).collect(Collectors.toSet());
        model.addAttribute(
                "findings",
                findings.told(releases.findings(id)).stream()
                        .filter(finding -> !said.contains(finding))
                        .toList());
        model.addAttribute("tried", backtests.ran(release));
        model.addAttribute("backtest", backtests.latest(release.contentHash()).orElse(null));
        model.addAttribute("groups", changes(release));
        boolean approver = reader.holds("APPROVER", "ADMIN");
        model.addAttribute("author", authors.contains(who.getName()));
        model.addAttribute("approves", approver && !authors.contains(who.getName()));
        return "studio/release";
    }

    /** What it changes in words, against the release that it was written from, or else the live one. */
    private List<?> changes(Release release) {
        Optional<String> before =
                Optional.ofNullable(release.base()).or(() -> releases.findLive().map(Release::id));
        return before.filter(base -> !base.equals(release.id()))
                .map(base -> differences
                        .told(new DifferenceReading.Pair(
                                releases.files(base), releases.files(release.id()), release.id()))
                        .groups())
                .orElse(List.of());
    }

    @PostMapping("/approve")
    String approve(
            @PathVariable String id,
            @RequestParam(defaultValue = "") String note,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes redirect) {
        return go(id, redirect, "release.approved", () -> lifeCycle.approve(id, note, who.getName()));
    }

    @PostMapping("/send-back")
    String sendBack(
            @PathVariable String id,
            @RequestParam(defaultValue = "") String note,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes redirect) {
        return go(id, redirect, "release.sent-back", () -> lifeCycle.sendBack(id, note, who.getName()));
    }

    @PostMapping("/publish")
    String publish(
            @PathVariable String id,
            @RequestParam(defaultValue = "") String note,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes redirect) {
        return go(id, redirect, "release.published", () -> lifeCycle.publish(id, note, who.getName()));
    }

    @PostMapping("/schedule")
    String schedule(
            @PathVariable String id,
            @RequestParam String at,
            @RequestParam(defaultValue = "") String note,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes redirect) {
        return go(id, redirect, "release.scheduled", () -> {
            try {
                return lifeCycle.schedule(id, reader.moment(at), note, who.getName());
            } catch (DateTimeException unreadable) {
                throw new Problem(Problem.Kind.INVALID, "RELEASE-017", at);
            }
        });
    }

    @PostMapping("/unschedule")
    String unschedule(@PathVariable String id, @AuthenticationPrincipal SignedIn who, RedirectAttributes redirect) {
        return go(id, redirect, "release.unscheduled", () -> lifeCycle.unschedule(id, who.getName()));
    }

    @GetMapping("/download")
    ResponseEntity<byte[]> download(@PathVariable String id) {
        releases.get(id);
        return ResponseEntity.ok()
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(id + ".zip")
                                .build()
                                .toString())
                .header(HttpHeaders.CONTENT_TYPE, "application/zip")
                .body(ReleaseZip.write(releases.files(id)));
    }

    private static String go(String id, RedirectAttributes redirect, String done, Supplier<Release> work) {
        try {
            Release release = work.get();
            redirect.addFlashAttribute(Flash.NAME, Flash.good(done, release.id()));
        } catch (Problem refused) {
            if (refused.kind() == Problem.Kind.NOT_FOUND) {
                throw refused;
            }
            redirect.addFlashAttribute(
                    Flash.NAME,
                    Flash.bad("problem." + refused.code(), refused.values().toArray()));
        }
        return "redirect:/studio/releases/" + id;
    }
}
