package org.jabr.web.studio;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jabr.process.Letters;
import org.jabr.releases.Draft;
import org.jabr.releases.Drafts;
import org.jabr.rules.FactField;
import org.jabr.rules.Vocabulary;
import org.jabr.web.Reader;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** One file of a draft in the editor for its kind. The page brings words and places, its script does the rest. */
@Controller
class EditorPages {

    private final Drafts drafts;
    private final EditorWords words;
    private final Reader reader;
    private final ObjectMapper json;

    EditorPages(Drafts drafts, EditorWords words, Reader reader, ObjectMapper json) {
        this.drafts = drafts;
        this.words = words;
        this.reader = reader;
        this.json = json;
    }

    /** A fact that tables, guardrails and scenarios can read. */
    record Fact(String name, String path, String type, List<String> values) {

        static Fact of(FactField field) {
            return new Fact(field.name(), field.path(), field.tableType(), field.values());
        }
    }

    @GetMapping("/studio/drafts/{id}/edit")
    String edit(
            @PathVariable String id,
            @RequestParam String path,
            @RequestParam(defaultValue = "") String at,
            Model model) {
        Draft draft = drafts.get(id);
        drafts.file(id, path);
        EditorKind editor = EditorKind.of(path);
        boolean open = draft.isOpen() && reader.holds("ANALYST", "ADMIN");
        model.addAttribute("draft", id);
        model.addAttribute("draftName", draft.name());
        model.addAttribute("path", path);
        model.addAttribute("name", EditorKind.name(path));
        model.addAttribute("kind", FileKind.of(path).name().toLowerCase(java.util.Locale.ROOT));
        model.addAttribute("editor", editor.island());
        model.addAttribute("keys", editor.keys());
        model.addAttribute("open", open);
        model.addAttribute("data", data(id, path, at, open));
        return "studio/editor";
    }

    private String data(String draft, String path, String at, boolean open) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("draft", draft);
        data.put("path", path);
        data.put("at", at);
        data.put("open", open);
        data.put("facts", Vocabulary.fields().stream().map(Fact::of).toList());
        data.put("placeholders", new TreeMap<>(words.placeholders(Letters.placeholders())));
        data.put("words", words.ofEditors());
        try {
            // Inside a script element: nothing in the data may look like the end of it.
            return json.writeValueAsString(data).replace("<", "\\u003c");
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
