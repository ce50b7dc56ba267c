package org.jabr.web.studio;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jabr.process.Letters;
import org.jabr.releases.Drafts;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** A letter that is being written, as a customer would read it. */
@RestController
class LetterPreviews {

    private final Drafts drafts;
    private final Letters letters;
    private final EditorWords words;

    LetterPreviews(Drafts drafts, Letters letters, EditorWords words) {
        this.drafts = drafts;
        this.letters = letters;
        this.words = words;
    }

    /**
     * What is asked for.
     *
     * @param texts by language
     * @param tags what holds
     * @param reference of a case; null or empty for a made-up customer
     */
    record Wish(
            Map<String, String> texts,
            Set<String> tags,
            @Nullable String reference) {}

    /**
     * What the letter says.
     *
     * @param tags all that it asks about
     * @param letters by language
     */
    record Shown(Set<String> tags, Map<String, Letters.Preview> letters) {}

    @PostMapping(path = "/studio/drafts/{id}/letter-preview", produces = MediaType.APPLICATION_JSON_VALUE)
    Shown preview(@PathVariable String id, @RequestBody Wish wish) {
        drafts.get(id);
        Set<String> tags = new LinkedHashSet<>();
        Map<String, Letters.Preview> shown = new LinkedHashMap<>();
        for (String language : Letters.LANGUAGES) {
            String text = wish.texts().get(language);
            if (text == null) {
                continue;
            }
            tags.addAll(Letters.tags(text));
            String reference = wish.reference();
            shown.put(
                    language,
                    reference == null || reference.isBlank()
                            ? letters.preview(text, language, wish.tags(), words.sample(language))
                            : letters.preview(text, language, wish.tags(), reference.strip()));
        }
        return new Shown(tags, shown);
    }
}
