package org.jabr.web.desk;

import java.io.IOException;
import java.util.List;
import org.jabr.intake.ImportRun;
import org.jabr.intake.Imports;
import org.jabr.rules.Problem;
import org.jabr.web.Reader;
import org.jabr.web.SignedIn;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;

/** Files on their way into the house. */
@Controller
class ImportPages {

    private static final int HISTORY = 30;
    private static final int SHOWN = 200;

    private final Imports imports;
    private final ReleaseWords words;
    private final Reader reader;

    ImportPages(Imports imports, ReleaseWords words, Reader reader) {
        this.imports = imports;
        this.words = words;
        this.reader = reader;
    }

    record RunRow(ImportRun run, String startedBy) {}

    record RejectedRow(int line, String code, String sentence) {}

    @GetMapping("/imports")
    String list(Model model) {
        fill(model, null, null);
        return "desk/imports";
    }

    @PostMapping("/imports")
    Object start(
            @RequestParam String kind,
            @RequestParam String mapping,
            @RequestParam MultipartFile file,
            @AuthenticationPrincipal SignedIn who,
            Model model)
            throws IOException {
        if (file.isEmpty()) {
            return refused(model, kind, mapping, reader.words("imports.file.missing"));
        }
        try {
            ImportRun run =
                    imports.start(kind, mapping, file.getBytes(), who.account().login());
            return "redirect:/imports/" + run.id();
        } catch (Problem problem) {
            return refused(model, kind, mapping, reader.words(problem));
        }
    }

    @GetMapping("/imports/{id}")
    String one(@PathVariable long id, Model model) {
        show(imports.get(id), model);
        return "desk/import";
    }

    /** The part of the page that changes while the import goes on. */
    @GetMapping("/imports/{id}/progress")
    String progress(@PathVariable long id, Model model) {
        show(imports.get(id), model);
        return "desk/import :: progress";
    }

    private ModelAndView refused(Model model, String kind, String mapping, String why) {
        fill(model, kind, mapping);
        model.addAttribute("refused", why);
        return new ModelAndView("desk/imports", model.asMap(), HttpStatus.UNPROCESSABLE_ENTITY);
    }

    private void fill(Model model, @Nullable String kind, @Nullable String mapping) {
        model.addAttribute("kinds", imports.kinds());
        model.addAttribute("mappings", imports.mappings());
        model.addAttribute("kind", kind);
        model.addAttribute("mapping", mapping);
        model.addAttribute(
                "runs",
                imports.list(HISTORY).stream()
                        .map(run -> new RunRow(run, words.who(run.startedBy())))
                        .toList());
    }

    void show(ImportRun run, Model model) {
        List<RejectedRow> rejected = run.rejected().stream()
                .limit(SHOWN)
                .map(line -> new RejectedRow(
                        line.line(),
                        line.code(),
                        reader.words(new Problem(
                                Problem.Kind.INVALID, line.code(), line.values().toArray()))))
                .toList();
        model.addAttribute("run", run);
        model.addAttribute("startedBy", words.who(run.startedBy()));
        model.addAttribute("rejected", rejected);
        model.addAttribute("more", run.rejectedCount() - rejected.size());
        String failure = run.failure();
        model.addAttribute(
                "failure", failure == null ? null : reader.words(new Problem(Problem.Kind.CONFLICT, failure)));
    }
}
