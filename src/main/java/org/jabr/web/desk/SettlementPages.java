package org.jabr.web.desk;

import java.io.IOException;
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

/** Files of what payment providers settled, on their way into the house. */
@Controller
class SettlementPages {

    private static final int HISTORY = 30;

    private final Imports imports;
    private final ImportPages pages;
    private final ReleaseWords words;
    private final Reader reader;

    SettlementPages(Imports imports, ImportPages pages, ReleaseWords words, Reader reader) {
        this.imports = imports;
        this.pages = pages;
        this.words = words;
        this.reader = reader;
    }

    @GetMapping("/reconciliation/settlements")
    String list(Model model) {
        fill(null, model);
        return "desk/settlements";
    }

    @PostMapping("/reconciliation/settlements")
    Object start(
            @RequestParam String mapping,
            @RequestParam MultipartFile file,
            @AuthenticationPrincipal SignedIn who,
            Model model)
            throws IOException {
        String refused;
        if (file.isEmpty()) {
            refused = reader.words("imports.file.missing");
        } else {
            try {
                ImportRun run = imports.startSettlements(
                        mapping, file.getBytes(), who.account().login());
                return "redirect:/reconciliation/settlements/" + run.id();
            } catch (Problem problem) {
                refused = reader.words(problem);
            }
        }
        fill(mapping, model);
        model.addAttribute("refused", refused);
        return new ModelAndView("desk/settlements", model.asMap(), HttpStatus.UNPROCESSABLE_ENTITY);
    }

    @GetMapping("/reconciliation/settlements/{id}")
    String one(@PathVariable long id, Model model) {
        show(id, model);
        return "desk/settlement";
    }

    /** The part of the page that changes while it goes on. */
    @GetMapping("/reconciliation/settlements/{id}/progress")
    String progress(@PathVariable long id, Model model) {
        show(id, model);
        return "desk/import :: progress";
    }

    private void show(long id, Model model) {
        pages.show(imports.settlementFile(id), model);
        model.addAttribute("progressAt", "/reconciliation/settlements/" + id + "/progress");
        model.addAttribute("manages", manages());
    }

    private void fill(@Nullable String mapping, Model model) {
        model.addAttribute("mappings", imports.settlementMappings());
        model.addAttribute("mapping", mapping);
        model.addAttribute("manages", manages());
        model.addAttribute(
                "runs",
                imports.settlementFiles(HISTORY).stream()
                        .map(run -> new ImportPages.RunRow(run, words.who(run.startedBy())))
                        .toList());
    }

    private boolean manages() {
        return reader.holds("MANAGER", "ADMIN");
    }
}
