package org.jabr.web.studio;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jabr.process.BuildingBlock;
import org.jabr.process.BuildingBlock.Parameter;
import org.jabr.process.Diagrams;

/** Writes building blocks as element templates of Camunda 7. */
final class BlockTemplates {

    private static final String SCHEMA =
            "https://unpkg.com/@camunda/element-templates-json-schema/resources/schema.json";

    private final Function<String, String> words;
    private final SortedMap<String, String> files;

    /**
     * @param words puts a message key into the reader's language
     * @param files what letters, forms and moments can be chosen from
     */
    BlockTemplates(Function<String, String> words, SortedMap<String, String> files) {
        this.words = words;
        this.files = files;
    }

    List<Map<String, Object>> of(List<BuildingBlock> blocks) {
        return blocks.stream().map(this::template).toList();
    }

    private Map<String, Object> template(BuildingBlock block) {
        Map<String, Object> template = new LinkedHashMap<>();
        template.put("$schema", SCHEMA);
        template.put("name", words.apply("block." + block.name()));
        template.put("id", "org.jabr." + block.name());
        template.put("description", words.apply("block." + block.name() + ".text"));
        template.put("appliesTo", appliesTo(block.shape()));
        if (block.shape() != BuildingBlock.Shape.END) {
            template.put("elementType", Map.of("value", element(block.shape())));
        }
        template.put("properties", properties(block));
        return template;
    }

    private List<Map<String, Object>> properties(BuildingBlock block) {
        List<Map<String, Object>> properties = new ArrayList<>();
        switch (block.shape()) {
            case SERVICE_TASK, RULE_TASK ->
                properties.add(hidden("${" + block.name() + "}", attribute("camunda:delegateExpression")));
            case CALL -> properties.add(hidden("deployment", attribute("camunda:calledElementBinding")));
            default -> {
                // A person's task and an end need nothing but their parameters.
            }
        }
        properties.add(text(Diagrams.ARABIC_NAME, true, extension(Diagrams.ARABIC_NAME)));
        block.parameters().forEach(parameter -> properties.add(property(parameter)));
        return properties;
    }

    private Map<String, Object> property(Parameter parameter) {
        Map<String, Object> binding =
                switch (parameter.type()) {
                    case FORM -> attribute("camunda:formKey");
                    case PROCESS -> attribute("calledElement");
                    default -> extension(parameter.name());
                };
        if (parameter.fixed()) {
            return hidden(parameter.values().get(0), binding);
        }
        List<Map<String, String>> choices = choices(parameter);
        if (choices.isEmpty()) {
            return text(parameter.name(), parameter.required(), binding);
        }
        Map<String, Object> property = new LinkedHashMap<>();
        property.put("label", words.apply("block.parameter." + parameter.name()));
        property.put("type", "Dropdown");
        if (!parameter.required()) {
            property.put("optional", true);
        }
        property.put("choices", choices);
        property.put("binding", binding);
        if (parameter.required()) {
            property.put("constraints", Map.of("notEmpty", true));
        }
        return property;
    }

    private List<Map<String, String>> choices(Parameter parameter) {
        return switch (parameter.type()) {
            case CHOICE ->
                parameter.values().stream()
                        .map(value -> choice(words.apply(word(parameter.name(), value)), value))
                        .toList();
            case MOMENT -> named("rules/([a-z][a-z0-9-]*)\\.dmn");
            case LETTER -> named("processes/letters/([^/]+)\\.en\\.txt");
            case FORM -> named("processes/forms/([^/]+)\\.form");
            case PROCESS -> named("processes/([^/]+)\\.bpmn");
            default -> List.of();
        };
    }

    /** Stages and kinds of work have their words already. */
    static String word(String parameter, String value) {
        return switch (parameter) {
            case "stage" -> "stage." + value;
            case "kind" -> "work.kind." + value;
            default -> "block.value." + parameter + "." + value;
        };
    }

    private List<Map<String, String>> named(String path) {
        Pattern pattern = Pattern.compile(path);
        return files.keySet().stream()
                .map(pattern::matcher)
                .filter(Matcher::matches)
                .map(found -> choice(found.group(1), found.group(1)))
                .toList();
    }

    private static Map<String, String> choice(String name, String value) {
        Map<String, String> choice = new LinkedHashMap<>();
        choice.put("name", name);
        choice.put("value", value);
        return choice;
    }

    private Map<String, Object> text(String name, boolean required, Map<String, Object> binding) {
        Map<String, Object> property = new LinkedHashMap<>();
        property.put("label", words.apply("block.parameter." + name));
        property.put("type", "String");
        if (required) {
            property.put("constraints", Map.of("notEmpty", true));
        } else {
            property.put("optional", true);
        }
        property.put("binding", binding);
        return property;
    }

    private static Map<String, Object> hidden(String value, Map<String, Object> binding) {
        Map<String, Object> property = new LinkedHashMap<>();
        property.put("type", "Hidden");
        property.put("value", value);
        property.put("binding", binding);
        return property;
    }

    private static Map<String, Object> attribute(String name) {
        return Map.of("type", "property", "name", name);
    }

    private static Map<String, Object> extension(String name) {
        return Map.of("type", "camunda:property", "name", name);
    }

    private static List<String> appliesTo(BuildingBlock.Shape shape) {
        return shape == BuildingBlock.Shape.END
                ? List.of("bpmn:EndEvent")
                : Stream.of("bpmn:Task", element(shape)).toList();
    }

    private static String element(BuildingBlock.Shape shape) {
        return switch (shape) {
            case SERVICE_TASK -> "bpmn:ServiceTask";
            case RULE_TASK -> "bpmn:BusinessRuleTask";
            case USER_TASK -> "bpmn:UserTask";
            case CALL -> "bpmn:CallActivity";
            case END -> "bpmn:EndEvent";
        };
    }
}
