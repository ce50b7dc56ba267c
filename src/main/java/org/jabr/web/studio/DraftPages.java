package org.jabr.web.studio;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jabr.cases.Cases;
import org.jabr.cases.Choices;
import org.jabr.releases.Draft;
import org.jabr.releases.Drafts;
import org.jabr.releases.Inspections;
import org.jabr.releases.LifeCycle;
import org.jabr.releases.Release;
import org.jabr.releases.ReleaseZip;
import org.jabr.rules.Finding;
import org.jabr.rules.Problem;
import org.jabr.web.Flash;
import org.jabr.web.Reader;
import org.jabr.web.SignedIn;
import org.jabr.web.desk.ReleaseWords;
import org.jspecify.annotations.Nullable;
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
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** One draft: its files, what the checks say, what people say, and the way to an approver. */
@Controller
@RequestMapping("/studio/drafts/{id}")
class DraftPages {

    private final Choices choices;
    private final Cases cases;
    private final Drafts drafts;
    private final Inspections inspections;
    private final LifeCycle lifeCycle;
    private final FindingWords findings;
    private final ReleaseWords words;
    private final Reader reader;

    DraftPages(
            Choices choices,
            Cases cases,
            Drafts drafts,
            Inspections inspections,
            LifeCycle lifeCycle,
            FindingWords findings,
            ReleaseWords words,
            Reader reader) {
        this.choices = choices;
        this.cases = cases;
        this.drafts = drafts;
        this.inspections = inspections;
        this.lifeCycle = lifeCycle;
        this.findings = findings;
        this.words = words;
        this.reader = reader;
    }

    record FileRow(String path, String name, Draft.@Nullable Kind change) {}

    record Shelf(FileKind kind, List<FileRow> files) {}

    /** A choice at the front that this draft would make a rule of. */
    record Wish(String reference, String by, String why) {}

    record Talk(Draft.Comment comment, String by, String resolvedBy) {}

    record Change(Draft.Change change, String by) {}

    /** One long check as the page shows it; the findings in words. */
    record Looked(Inspections.Result result, List<FindingWords.Told> findings) {

        static Looked of(Inspections.Result result, FindingWords words) {
            return new Looked(result, words.told(result.findings()));
        }
    }

    @GetMapping
    String show(@PathVariable String id, Model model) {
        Draft draft = drafts.get(id);
        SortedMap<String, Draft.Kind> changed = drafts.changed(id);
        model.addAttribute("draft", draft);
        model.addAttribute("by", words.who(draft.createdBy()));
        model.addAttribute("shelves", shelves(drafts.files(id), changed));
        model.addAttribute(
                "removed",
                changed.entrySet().stream()
                        .filter(one -> one.getValue() == Draft.Kind.REMOVED)
                        .map(Map.Entry::getKey)
                        .toList());
        model.addAttribute("changes", changed.size());
        model.addAttribute(
                "history",
                drafts.history(id).stream()
                        .limit(50)
                        .map(change -> new Change(change, words.who(change.by())))
                        .toList());
        model.addAttribute("talk", talk(id));
        model.addAttribute(
                "wishes",
                choices.ofDraft(id).stream()
                        .map(choice -> new Wish(
                                cases.get(choice.caseId()).reference(),
                                words.who(choice.by()),
                                choice.why().value()))
                        .toList());
        model.addAttribute("writes", writes(draft));
        return "studio/draft";
    }

    /** What stands between the draft and an approver; compiling takes a moment, so the page asks for it by itself. */
    @GetMapping("/verdict")
    String verdict(@PathVariable String id, Model model) {
        Draft draft = drafts.get(id);
        List<Finding> quick = drafts.findings(id);
        List<Looked> looked = looked(id);
        model.addAttribute("draft", draft);
        model.addAttribute("changes", drafts.changed(id).size());
        model.addAttribute("findings", findings.told(quick));
        model.addAttribute("looked", looked);
        model.addAttribute(
                "blocked",
                quick.stream().anyMatch(Finding::blocking)
                        || looked.stream().anyMatch(one -> one.result().blocks()));
        model.addAttribute("checked", looked.stream().map(Looked::result).allMatch(Inspections.Result::suffices));
        model.addAttribute("writes", writes(draft));
        return "studio/parts :: verdict";
    }

    /**
     * The part that is asked for again while checks run.
     *
     * @param waiting whether the page could not submit when it asked; it learns when it can
     */
    @GetMapping("/inspections")
    String inspections(
            @PathVariable String id,
            @RequestParam(defaultValue = "false") boolean waiting,
            Model model,
            HttpServletResponse response) {
        Draft draft = drafts.get(id);
        List<Looked> looked = looked(id);
        if (waiting && looked.stream().map(Looked::result).noneMatch(DraftPages::holdsUp)) {
            response.setHeader("HX-Trigger", "inspected");
        }
        model.addAttribute("draft", draft);
        model.addAttribute("looked", looked);
        model.addAttribute("writes", writes(draft));
        return "studio/parts :: inspections";
    }

    @PostMapping("/inspections")
    String inspect(@PathVariable String id) {
        inspections.start(id, drafts.contents(id));
        return "redirect:/studio/drafts/" + id + "#inspections";
    }

    @PostMapping("/inspections/cancel")
    String cancel(@PathVariable String id) {
        inspections.cancel(drafts.contents(id));
        return "redirect:/studio/drafts/" + id + "#inspections";
    }

    /** Hands over what was checked as it is now; a page does not wait for checks that take minutes. */
    @PostMapping("/submit")
    String submit(
            @PathVariable String id,
            @RequestParam(defaultValue = "") String note,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes redirect) {
        return go(id, redirect, () -> {
            if (!looked(id).stream().map(Looked::result).allMatch(Inspections.Result::suffices)) {
                inspections.start(id, drafts.contents(id));
                redirect.addFlashAttribute(Flash.NAME, Flash.bad("studio.submit.unchecked"));
                return back(id);
            }
            Release release = lifeCycle.submitDraft(id, note, who.getName());
            redirect.addFlashAttribute(Flash.NAME, Flash.good("draft.submitted", release.id()));
            return "redirect:/studio/releases/" + release.id();
        });
    }

    @PostMapping("/rename")
    String rename(@PathVariable String id, @RequestParam String name, RedirectAttributes redirect) {
        return go(id, redirect, () -> {
            drafts.rename(id, name);
            return back(id);
        });
    }

    @PostMapping("/close")
    String close(@PathVariable String id, RedirectAttributes redirect) {
        return go(id, redirect, () -> {
            drafts.close(id);
            redirect.addFlashAttribute(Flash.NAME, Flash.good("draft.closed"));
            return "redirect:/studio";
        });
    }

    @PostMapping("/reopen")
    String reopen(@PathVariable String id, RedirectAttributes redirect) {
        return go(id, redirect, () -> {
            drafts.reopen(id);
            return back(id);
        });
    }

    @PostMapping("/comments")
    String comment(
            @PathVariable String id,
            @RequestParam(defaultValue = "") String path,
            @RequestParam(defaultValue = "") String place,
            @RequestParam String words,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes redirect) {
        return go(id, redirect, () -> {
            drafts.comment(id, path, place, words, who.getName());
            return back(id) + "#talk";
        });
    }

    @PostMapping("/comments/{comment}/resolve")
    String resolve(@PathVariable String id, @PathVariable long comment, @AuthenticationPrincipal SignedIn who) {
        drafts.resolve(id, comment, who.getName());
        return back(id) + "#talk";
    }

    @GetMapping("/changes/{change}")
    String change(@PathVariable String id, @PathVariable long change, Model model) {
        Drafts.Versions versions = drafts.versions(id, change);
        model.addAttribute("draft", drafts.get(id));
        model.addAttribute("change", versions.change());
        model.addAttribute("by", words.who(versions.change().by()));
        model.addAttribute(
                "lines",
                LineDifference.between(
                        versions.before().orElse(""), versions.after().orElse("")));
        model.addAttribute("writes", writes(drafts.get(id)));
        return "studio/change";
    }

    @PostMapping("/changes/{change}/restore")
    String restore(
            @PathVariable String id,
            @PathVariable long change,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes redirect) {
        return go(id, redirect, () -> {
            drafts.restore(id, change, who.getName());
            redirect.addFlashAttribute(Flash.NAME, Flash.good("draft.restored"));
            return back(id);
        });
    }

    @GetMapping("/download")
    ResponseEntity<byte[]> download(@PathVariable String id) {
        return ResponseEntity.ok()
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(id + ".zip")
                                .build()
                                .toString())
                .header(HttpHeaders.CONTENT_TYPE, "application/zip")
                .body(ReleaseZip.write(drafts.contents(id)));
    }

    @PostMapping("/upload")
    String upload(
            @PathVariable String id,
            @RequestParam MultipartFile file,
            @AuthenticationPrincipal SignedIn who,
            RedirectAttributes redirect)
            throws IOException {
        byte[] zip = file.getBytes();
        return go(id, redirect, () -> {
            drafts.replace(id, ReleaseZip.read(zip), who.getName());
            redirect.addFlashAttribute(Flash.NAME, Flash.good("draft.uploaded"));
            return back(id);
        });
    }

    private boolean writes(Draft draft) {
        return draft.isOpen() && reader.holds("ANALYST", "ADMIN");
    }

    private static boolean holdsUp(Inspections.Result result) {
        return result.required() && result.state() == Inspections.State.RUNNING;
    }

    private List<Looked> looked(String id) {
        return inspections.results(drafts.contents(id)).stream()
                .map(result -> Looked.of(result, findings))
                .toList();
    }

    private List<Talk> talk(String id) {
        return drafts.comments(id).stream()
                .map(comment -> new Talk(
                        comment,
                        words.who(comment.by()),
                        comment.resolvedBy() == null ? "" : words.who(comment.resolvedBy())))
                .toList();
    }

    private static List<Shelf> shelves(List<Draft.File> files, SortedMap<String, Draft.Kind> changed) {
        Map<FileKind, List<FileRow>> byKind = files.stream()
                .collect(Collectors.groupingBy(
                        file -> FileKind.of(file.path()),
                        Collectors.mapping(
                                file -> new FileRow(
                                        file.path(),
                                        file.path().substring(file.path().lastIndexOf('/') + 1),
                                        changed.get(file.path())),
                                Collectors.toList())));
        return Arrays.stream(FileKind.values())
                .filter(byKind::containsKey)
                .map(kind -> new Shelf(kind, byKind.getOrDefault(kind, List.of())))
                .toList();
    }

    /** Does it, or goes back to the draft and says why not. */
    private String go(String id, RedirectAttributes redirect, Supplier<String> work) {
        try {
            return work.get();
        } catch (Problem refused) {
            if (refused.kind() == Problem.Kind.NOT_FOUND) {
                throw refused;
            }
            redirect.addFlashAttribute(
                    Flash.NAME,
                    Flash.bad("problem." + refused.code(), refused.values().toArray()));
            return back(id);
        }
    }

    private static String back(String id) {
        return "redirect:/studio/drafts/" + id;
    }
}
