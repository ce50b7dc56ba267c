package org.jabr.process;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jabr.releases.Releases;
import org.jabr.rules.Problem;
import org.springframework.stereotype.Component;

/**
 * The forms of releases: {@code processes/forms/<name>.form} in the format of Camunda Forms. Labels are English; the
 * Arabic ones stand beside them as {@code label-ar}.
 */
@Component
public class Forms {

    private static final String FOLDER = "processes/forms/";

    private final Releases releases;
    private final ObjectMapper json;

    Forms(Releases releases, ObjectMapper json) {
        this.releases = releases;
        this.json = json.copy().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    }

    /** Path of a form inside a release. */
    public static String path(String name) {
        return FOLDER + name + ".form";
    }

    /** A form among the files of a release that is not stored yet; empty where there is none of this name that can be read. */
    public Optional<Form> find(Map<String, String> files, String name, Locale language) {
        return Optional.ofNullable(files.get(path(name))).flatMap(text -> read(name, text, language));
    }

    /** A form of a release in a language. @throws Problem {@code FORM-002} where the release has none of this name */
    public Form get(String release, String name, Locale language) {
        return releases.file(release, path(name))
                .flatMap(text -> read(name, text, language))
                .orElseThrow(() -> new Problem(Problem.Kind.NOT_FOUND, "FORM-002", release, name));
    }

    /**
     * Answers to a form as facts by path.
     *
     * @throws FormRefused where they do not fit
     */
    public Map<String, Object> facts(Form form, Map<String, ?> answers, String currency) {
        return new FormReading(form, currency).facts(answers);
    }

    /** Reads a form; empty where the text is not one, or asks nothing. */
    Optional<Form> read(String name, String text, Locale language) {
        try {
            Form form = new FormFile(language).read(name, json.readTree(text));
            return form.fields().isEmpty() ? Optional.empty() : Optional.of(form);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** What is wrong with a form that can be read as JSON, with its place. */
    List<FormMistakes.Mistake> mistakes(String text) {
        try {
            return new FormMistakes(json.readTree(text)).found();
        } catch (JsonProcessingException e) {
            return List.of();
        }
    }
}
