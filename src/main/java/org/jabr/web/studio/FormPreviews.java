package org.jabr.web.studio;

import java.util.Map;
import org.jabr.process.Form;
import org.jabr.process.Forms;
import org.jabr.releases.Drafts;
import org.jabr.rules.Problem;
import org.jabr.web.Reader;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;

/** A form that is being drawn, as an agent will see it: made by the same template. */
@Controller
class FormPreviews {

    /** Amounts need a currency to stand beside. */
    private static final Map<String, Object> SAMPLE_FILE = Map.of("recovery", Map.of("currency", "SAR"));

    private final Drafts drafts;
    private final Forms forms;
    private final Reader reader;

    FormPreviews(Drafts drafts, Forms forms, Reader reader) {
        this.drafts = drafts;
        this.forms = forms;
        this.reader = reader;
    }

    record Wish(String path, String content) {}

    @PostMapping("/studio/drafts/{id}/form-preview")
    String preview(@PathVariable String id, @RequestBody Wish wish, Model model) {
        drafts.get(id);
        String name = EditorKind.name(wish.path());
        Form form = forms.find(Map.of(Forms.path(name), wish.content()), name, reader.locale())
                .orElseThrow(() -> new Problem(Problem.Kind.INVALID, "PROC-013", name));
        model.addAttribute("form", form);
        model.addAttribute("typed", form.usual());
        model.addAttribute("errors", Map.of());
        model.addAttribute("file", SAMPLE_FILE);
        return "studio/editor-form";
    }
}
