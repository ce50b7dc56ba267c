package org.jabr.process.camunda;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.jabr.process.BuildingBlock;
import org.jabr.process.BuildingBlock.Parameter;
import org.jabr.process.Diagrams;
import org.jabr.process.Form;
import org.jabr.process.Forms;
import org.jabr.process.Letters;
import org.jabr.rules.Finding;

/** Holds the parameters of one element against what its building block takes. */
final class ParameterCheck {

    private final String path;
    private final SortedMap<String, String> files;
    private final Forms forms;
    private final Set<String> variables;
    private final List<Finding> findings = new ArrayList<>();

    /** @param variables what the diagram's steps leave behind */
    ParameterCheck(String path, SortedMap<String, String> files, Forms forms, Set<String> variables) {
        this.path = path;
        this.files = files;
        this.forms = forms;
        this.variables = variables;
    }

    /** @param literals the parameters as set, with the form under {@code form} */
    List<Finding> findings(BuildingBlock block, String id, Map<String, String> literals) {
        findings.clear();
        for (Parameter parameter : block.parameters()) {
            String value = literals.getOrDefault(parameter.name(), "");
            if (value.isBlank()) {
                if (parameter.required()) {
                    found("PROC-009", id, parameter.name());
                }
            } else {
                value(parameter, id, parameter.name(), value, literals);
            }
        }
        literals.forEach((name, value) -> unnamed(block, id, name, value, literals));
        return List.copyOf(findings);
    }

    /** A variant such as {@code letter-WARM} is held against its parameter; anything else means nothing. */
    private void unnamed(BuildingBlock block, String id, String name, String value, Map<String, String> literals) {
        if (name.equals(Diagrams.ARABIC_NAME)
                || block.parameters().stream()
                        .anyMatch(parameter -> parameter.name().equals(name))) {
            return;
        }
        Optional<Parameter> varied = block.parameters().stream()
                .filter(parameter -> name.startsWith(parameter.name() + "-"))
                .findFirst();
        if (varied.isPresent() && literals.containsKey("by")) {
            value(varied.get(), id, name, value, literals);
        } else {
            findings.add(new Finding("PROC-036", false, path, id, List.of(name)));
        }
    }

    private void value(Parameter parameter, String id, String name, String value, Map<String, String> literals) {
        switch (parameter.type()) {
            case CHOICE -> needs(parameter.values().contains(value), "PROC-009", id, name);
            case MOMENT -> needs(files.containsKey("rules/" + value + ".dmn"), "PROC-009", id, name);
            case DUE -> needs(Due.valid(value), "PROC-009", id, name);
            case VARIABLE -> needs(variables.contains(value), "PROC-011", id, value);
            case FORM -> needs(files.containsKey(Forms.path(value)), "PROC-007", id, Forms.path(value));
            case PROCESS -> needs(files.containsKey(Diagrams.path(value)), "PROC-031", id, value);
            case LETTER ->
                Letters.LANGUAGES.stream()
                        .map(language -> Letters.path(value, language))
                        .forEach(letter -> needs(files.containsKey(letter), "PROC-006", id, letter));
            case SETTINGS ->
                Arrays.stream(value.split(","))
                        .forEach(setting -> needs(answered(setting.strip()), "PROC-035", id, setting.strip()));
            case FIELDS -> fields(id, value, literals.getOrDefault(WorkOpener.FORM, ""));
            case TEXT, REMEDIES -> {
                // Any text; what it means is looked up where it is used.
            }
        }
    }

    /** Whether any table of the release gives an answer of that name. */
    private boolean answered(String setting) {
        String named = "name=\"" + setting + "\"";
        return files.entrySet().stream()
                .anyMatch(file ->
                        file.getKey().endsWith(".dmn") && file.getValue().contains(named));
    }

    /** Variables hold no personal text, so only choices, numbers, days and yes or no can be kept. */
    private void fields(String id, String keys, String form) {
        Optional<Form> read = forms.find(files, form, Locale.ENGLISH);
        for (String key : keys.split(",")) {
            String fact = key.contains(".") ? key.strip() : "answers." + key.strip();
            boolean kept = read.isPresent()
                    && read.get().fields().stream()
                            .anyMatch(field ->
                                    field.kind().plain() && field.facts().contains(fact));
            needs(kept, "PROC-021", id, key.strip());
        }
    }

    private void needs(boolean good, String code, String id, String value) {
        if (!good) {
            found(code, id, value);
        }
    }

    private void found(String code, String id, String value) {
        findings.add(new Finding(code, true, path, id, List.of(value)));
    }
}
