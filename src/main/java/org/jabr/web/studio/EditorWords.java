package org.jabr.web.studio;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.TreeMap;
import org.jabr.web.Reader;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** What the editors' scripts say, in the reader's language. */
@Component
class EditorWords {

    private static final String EDITOR = "editor.";

    private final Reader reader;
    private final MessageSource messages;

    EditorWords(Reader reader, MessageSource messages) {
        this.reader = reader;
        this.messages = messages;
    }

    /** Every sentence of the editors by its key; the scripts put values in place of {@code {0}}. */
    Map<String, String> ofEditors() {
        Map<String, String> words = new TreeMap<>();
        ResourceBundle bundle = ResourceBundle.getBundle("messages/editors", Locale.ENGLISH);
        bundle.keySet().stream()
                .filter(key -> key.startsWith(EDITOR))
                .forEach(key -> words.put(key, reader.words(key)));
        return words;
    }

    /** What placeholders of letters stand for. */
    Map<String, String> placeholders(Collection<String> names) {
        Map<String, String> words = new LinkedHashMap<>();
        names.forEach(name -> words.put(name, reader.words("letter.placeholder." + name)));
        return words;
    }

    /** A made-up customer, in the language of a letter. */
    Map<String, String> sample(String language) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String name : new String[] {"customer", "reference", "subject", "agent", "item"}) {
            values.put(name, messages.getMessage("letter.sample." + name, null, Locale.forLanguageTag(language)));
        }
        return values;
    }
}
