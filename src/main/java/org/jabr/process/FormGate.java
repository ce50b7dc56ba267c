package org.jabr.process;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jabr.rules.Finding;

/** What a form may hold: plain fields and plain words. Anything that a browser or a server would run is refused. */
final class FormGate {

    private static final int LONGEST = 256 * 1024;
    private static final int COMPONENTS = 100;
    private static final int OPTIONS = 200;
    private static final int DEEPEST = 4;
    private static final Set<String> TYPES = Set.of(
            "textfield",
            "textarea",
            "number",
            "select",
            "radio",
            "checkbox",
            "datetime",
            "checklist",
            "taglist",
            "text",
            "separator",
            "spacer",
            "group",
            "button");
    private static final Set<String> FORM = Set.of(
            "$schema",
            "id",
            "type",
            "schemaVersion",
            "executionPlatform",
            "executionPlatformVersion",
            "exporter",
            "versionTag",
            "components");
    private static final Set<String> COMPONENT = Set.of(
            "type",
            "id",
            "key",
            "label",
            "description",
            "validate",
            "properties",
            "values",
            "layout",
            "defaultValue",
            "disabled",
            "readonly",
            "appearance",
            "searchable",
            "subtype",
            "use24h",
            "timeInterval",
            "timeSerializingFormat",
            "disallowPassedDates",
            "dateLabel",
            "timeLabel",
            "decimalDigits",
            "increment",
            "serializeToString",
            "text",
            "components",
            "showOutline",
            "verticalAlignment",
            "conditional",
            "path",
            "height",
            "action");
    private static final Set<String> VALIDATE =
            Set.of("required", "min", "max", "minLength", "maxLength", "pattern", "validationType");
    private static final Set<String> CONDITIONAL = Set.of("hide");
    private static final Pattern KEY = Pattern.compile("[A-Za-z][A-Za-z0-9]{0,59}(\\.[A-Za-z][A-Za-z0-9]{0,59}){0,3}");
    private static final Set<String> NOT_KEYS = Set.of("constructor", "prototype", "toString", "valueOf");
    private static final Pattern PROGRAM =
            Pattern.compile("^\\s*=|\\{\\{|[$#]\\{|<\\s*[A-Za-z/!?]|://|(?i:javascript|vbscript|data)\\s*:|&#");
    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(30)
                            .maxNumberLength(40)
                            .build())
                    .build())
            .build();

    private final String path;
    private final List<Finding> findings = new ArrayList<>();
    private final Set<String> keys = new HashSet<>();
    private int components;

    private FormGate(String path) {
        this.path = path;
    }

    static List<Finding> check(String path, String text) {
        FormGate gate = new FormGate(path);
        if (text.length() > LONGEST) {
            gate.found("FORM-022", "", text.length(), LONGEST);
            return gate.findings;
        }
        try {
            JsonNode form = JSON.readTree(text);
            if (form.isObject()) {
                gate.form(form);
            } else {
                gate.found("FORM-023", "", "{");
            }
        } catch (JsonProcessingException unreadable) {
            gate.found("FORM-023", line(unreadable), Objects.requireNonNullElse(unreadable.getOriginalMessage(), ""));
        }
        return gate.findings;
    }

    private static String line(JsonProcessingException unreadable) {
        return unreadable.getLocation() == null
                ? ""
                : String.valueOf(unreadable.getLocation().getLineNr());
    }

    private void form(JsonNode form) {
        known(form, FORM, "");
        form.properties().forEach(entry -> {
            if (!entry.getKey().equals("components") && !entry.getKey().equals("$schema")) {
                words(entry.getValue(), "");
            }
        });
        form.path("components").forEach(component -> component(component, 1));
    }

    private void component(JsonNode component, int depth) {
        String type = component.path("type").asText();
        String place = component.path("key").asText(component.path("id").asText(type));
        if (++components == COMPONENTS + 1) {
            found("FORM-022", place, components, COMPONENTS);
        }
        if (components > COMPONENTS) {
            return;
        }
        if (depth > DEEPEST) {
            found("FORM-022", place, depth, DEEPEST);
            return;
        }
        if (!TYPES.contains(type)) {
            found("FORM-020", place, type);
        }
        known(component, COMPONENT, place);
        known(component.path("validate"), VALIDATE, place);
        known(component.path("conditional"), CONDITIONAL, place);
        if (component.has("key")) {
            key(component.path("key").asText());
        }
        if (component.path("values").size() > OPTIONS) {
            found("FORM-022", place, component.path("values").size(), OPTIONS);
        }
        for (Map.Entry<String, JsonNode> entry : component.properties()) {
            // the condition has a grammar of its own, and is read by it
            if (!entry.getKey().equals("components") && !entry.getKey().equals("conditional")) {
                words(entry.getValue(), place);
            }
        }
        component.path("components").forEach(inner -> component(inner, depth + 1));
    }

    private void key(String key) {
        if (!KEY.matcher(key).matches() || NOT_KEYS.contains(key)) {
            found("FORM-024", key, key);
        } else if (!keys.add(key)) {
            found("FORM-025", key, key);
        }
    }

    private void known(JsonNode node, Set<String> names, String place) {
        node.fieldNames().forEachRemaining(name -> {
            if (!names.contains(name)) {
                found("FORM-026", place, name);
            }
        });
    }

    /** Every text below a setting, names included. */
    private void words(JsonNode node, String place) {
        if (node.isTextual() && PROGRAM.matcher(node.asText()).find()) {
            String text = node.asText().strip();
            found("FORM-021", place, text.substring(0, Math.min(60, text.length())));
        }
        node.fieldNames().forEachRemaining(name -> {
            if (PROGRAM.matcher(name).find() || name.startsWith("__")) {
                found("FORM-021", place, name);
            }
        });
        node.forEach(inner -> words(inner, place));
    }

    private void found(String code, String place, Object... values) {
        findings.add(new Finding(code, true, path, place, List.of(values)));
    }
}
