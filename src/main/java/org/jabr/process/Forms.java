package org.jabr.process;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jabr.releases.Releases;
import org.jabr.rules.Problem;
import org.jspecify.annotations.Nullable;
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

    /** A form of a release in a language. @throws Problem {@code FORM-002} where the release has none of this name */
    public Form get(String release, String name, Locale language) {
        return releases.file(release, path(name))
                .flatMap(text -> read(name, text, language))
                .orElseThrow(() -> new Problem(Problem.Kind.NOT_FOUND, "FORM-002", release, name));
    }

    /** Reads a form; empty where the text is not one. */
    Optional<Form> read(String name, String text, Locale language) {
        try {
            List<Form.Field> fields = new ArrayList<>();
            for (JsonNode component : json.readTree(text).path("components")) {
                if (component.hasNonNull("key")) {
                    fields.add(field(component, language));
                }
            }
            return fields.isEmpty() ? Optional.empty() : Optional.of(new Form(name, fields));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Labels without Arabic words, as keys of fields or options. */
    List<String> withoutArabic(String text) {
        List<String> keys = new ArrayList<>();
        try {
            for (JsonNode component : json.readTree(text).path("components")) {
                String key = component.path("key").asText(component.path("type").asText());
                if (component.has("label") && !component.path("properties").has("label-ar")) {
                    keys.add(key);
                }
                for (JsonNode option : component.path("values")) {
                    if (!option.has("label-ar")) {
                        keys.add(key + "=" + option.path("value").asText());
                    }
                }
            }
        } catch (JsonProcessingException e) {
            keys.add("");
        }
        return keys;
    }

    private static Form.Field field(JsonNode component, Locale language) {
        JsonNode validate = component.path("validate");
        JsonNode properties = component.path("properties");
        List<Form.Option> options = new ArrayList<>();
        for (JsonNode option : component.path("values")) {
            options.add(new Form.Option(value(option.path("value")), label(option, option, language)));
        }
        return new Form.Field(
                component.path("key").asText(),
                kind(component, properties),
                label(component, properties, language),
                hint(component, properties, language),
                validate.path("required").asBoolean(false),
                number(validate.path("min")),
                number(validate.path("max")),
                validate.has("maxLength") ? validate.path("maxLength").asInt() : null,
                options);
    }

    private static Form.Kind kind(JsonNode component, JsonNode properties) {
        String type = component.path("type").asText();
        return switch (type) {
            case "textfield" -> Form.Kind.TEXT;
            case "textarea" -> Form.Kind.LONG_TEXT;
            case "number" -> properties.path("kind").asText().equals("money") ? Form.Kind.MONEY : Form.Kind.NUMBER;
            case "select", "radio" -> Form.Kind.CHOICE;
            case "checkbox" -> Form.Kind.YES_NO;
            case "datetime" -> Form.Kind.DATE_TIME;
            default -> throw new IllegalArgumentException(type);
        };
    }

    private static String label(JsonNode labelled, JsonNode translations, Locale language) {
        String english = labelled.path("label").asText();
        return arabic(language) ? translations.path("label-ar").asText(english) : english;
    }

    private static @Nullable String hint(JsonNode component, JsonNode properties, Locale language) {
        String english = component.path("description").asText();
        String hint = arabic(language) ? properties.path("description-ar").asText(english) : english;
        return hint.isEmpty() ? null : hint;
    }

    private static boolean arabic(Locale language) {
        return language.getLanguage().equals("ar");
    }

    private static Object value(JsonNode value) {
        if (value.isBoolean()) {
            return value.booleanValue();
        }
        return value.isNumber() ? value.decimalValue() : value.asText();
    }

    private static @Nullable BigDecimal number(JsonNode value) {
        return value.isNumber() ? value.decimalValue() : null;
    }
}
