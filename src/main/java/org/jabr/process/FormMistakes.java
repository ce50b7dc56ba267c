package org.jabr.process;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jabr.rules.FactField;
import org.jabr.rules.Vocabulary;
import org.jspecify.annotations.Nullable;

/** What is wrong with a form: what a page cannot show, what could run, what nobody could answer. */
final class FormMistakes {

    /**
     * One mistake.
     *
     * @param place key of the field, or id of the part
     * @param value what it is about
     */
    record Mistake(String code, String place, String value) {}

    private static final Pattern KEY = Pattern.compile("[A-Za-z][A-Za-z0-9_]*(\\.[A-Za-z][A-Za-z0-9_]*)?");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]+");

    /** Facts that are worked out, not answered: an answer would be refused, or overwritten. */
    private static final Set<String> WORKED_OUT = Set.of("recovery", "means", "customer");

    /** Properties that the form editor knows and a page does not keep to. */
    private static final List<String> NOT_KEPT =
            List.of("readonly", "disabled", "valuesKey", "valuesExpression", "disallowPassedDates");

    private final JsonNode form;
    private final List<Mistake> mistakes = new ArrayList<>();
    private final Map<String, Form.Kind> earlier = new HashMap<>();

    FormMistakes(JsonNode form) {
        this.form = form;
    }

    List<Mistake> found() {
        parts(form, "");
        return mistakes;
    }

    private void parts(JsonNode parent, String path) {
        for (JsonNode component : parent.path("components")) {
            String type = component.path("type").asText();
            String place =
                    path + component.path("key").asText(component.path("id").asText(type));
            if (!FormFile.SHOWN.contains(type) && !FormFile.ASKED.contains(type)) {
                found("FORM-008", place, type);
                continue;
            }
            properties(component, place);
            condition(component, place);
            words(component, type, place);
            if (type.equals("group")) {
                parts(component, path + FormFile.prefix(component));
            } else if (FormFile.ASKED.contains(type)) {
                question(component, place);
            }
        }
    }

    /** Texts that begin with {@code =} or hold two braces would be computed by Camunda's own form viewer. */
    private void properties(JsonNode component, String place) {
        NOT_KEPT.stream()
                .filter(name -> component.has(name)
                        && !component.path(name).asText().equals("false")
                        && !component.path(name).asText().isEmpty())
                .forEach(name -> found("FORM-009", place, name));
        Stream.concat(component.properties().stream(), component.path("validate").properties().stream())
                .filter(property -> property.getValue().isTextual())
                .filter(property -> computed(property.getValue().asText()))
                .forEach(property -> found("FORM-009", place, property.getKey()));
    }

    private static boolean computed(String text) {
        return text.startsWith("=") || text.contains("{{");
    }

    private void condition(JsonNode component, String place) {
        String text = component.path("conditional").path("hide").asText();
        if (text.isBlank()) {
            return;
        }
        Optional<FormCondition> condition = FormFile.hidden(component);
        boolean known = condition.isPresent()
                && condition.get().keys().stream()
                        .allMatch(key -> earlier.containsKey(key) && earlier.get(key) != Form.Kind.SEVERAL);
        if (!known) {
            found("FORM-010", place, text);
        }
    }

    private void words(JsonNode component, String type, String place) {
        String said = type.equals("text") ? "text" : FormFile.labelled(component);
        String arabic = type.equals("text") ? "text-ar" : "label-ar";
        boolean needed =
                FormFile.ASKED.contains(type) || !component.path(said).asText().isBlank();
        if (needed && component.path("properties").path(arabic).asText().isBlank()) {
            found("PROC-014", place, said);
        }
        if (!component.path("description").asText().isBlank()
                && component.path("properties").path("description-ar").asText().isBlank()) {
            found("PROC-014", place, "description");
        }
        for (JsonNode option : component.path("values")) {
            if (option.path("label-ar").asText().isBlank()) {
                String value = option.path("value").asText();
                found("PROC-014", place + "=" + value, value);
            }
        }
    }

    private void question(JsonNode component, String key) {
        Form.Kind kind = FormFile.kind(component);
        if (!component.path("key").isTextual() || !KEY.matcher(key).matches() || earlier.put(key, kind) != null) {
            found("FORM-011", key, key);
        } else if (key.contains(".")) {
            fact(key, kind);
        }
        if (kind == Form.Kind.CHOICE || kind == Form.Kind.SEVERAL) {
            options(component, kind, key);
        }
        limits(FormFile.limits(component), key);
    }

    /** An answer to a fact must be one that the rules read. */
    private void fact(String key, Form.Kind kind) {
        FactField field = Vocabulary.field(key.substring(key.indexOf('.') + 1));
        String group = key.substring(0, key.indexOf('.'));
        if (field == null || !field.path().equals(key) || WORKED_OUT.contains(group) || !fits(field, kind)) {
            found("FORM-012", key, kind.name());
        }
    }

    private static boolean fits(FactField field, Form.Kind kind) {
        return switch (field.type()) {
            case INSTANT -> kind == Form.Kind.DATE_TIME;
            case MONEY -> kind == Form.Kind.MONEY;
            case WHOLE -> kind == Form.Kind.NUMBER;
            case BOOLEAN -> kind == Form.Kind.YES_NO || kind == Form.Kind.CHOICE;
            case TEXT, FAILURE_TYPE, LANGUAGE -> kind == Form.Kind.TEXT || kind == Form.Kind.CHOICE;
            case CODE -> kind == Form.Kind.CHOICE;
            case CURRENCY, GRANTED, CHOSEN -> false;
        };
    }

    private void options(JsonNode component, Form.Kind kind, String key) {
        Set<String> values = new HashSet<>();
        for (JsonNode option : component.path("values")) {
            String value = option.path("value").asText();
            boolean named = kind == Form.Kind.CHOICE || NAME.matcher(value).matches();
            if (value.isBlank() || !named || !values.add(value)) {
                found("FORM-013", key, value);
            }
            FactField field = key.contains(".") ? Vocabulary.field(key.substring(key.indexOf('.') + 1)) : null;
            if (field != null
                    && field.type() == FactField.Type.CODE
                    && !field.values().contains(value)) {
                found("FORM-013", key, value);
            }
        }
        if (values.isEmpty()) {
            found("FORM-013", key, "");
        }
    }

    private void limits(Form.Limits limits, String key) {
        String pattern = limits.pattern();
        if (pattern != null && !TextPattern.allowed(pattern)) {
            found("FORM-014", key, pattern);
        }
        Integer shortest = limits.shortest();
        Integer longest = limits.longest();
        boolean empty = shortest != null && longest != null && shortest > longest
                || longest != null && longest < 1
                || crossed(limits.least(), limits.most());
        if (empty) {
            found("FORM-015", key, key);
        }
    }

    private static boolean crossed(@Nullable BigDecimal least, @Nullable BigDecimal most) {
        return least != null && most != null && least.compareTo(most) > 0;
    }

    private void found(String code, String place, String value) {
        mistakes.add(new Mistake(code, place, value));
    }
}
