package org.jabr.process.camunda;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import org.jabr.cases.Stage;
import org.jabr.process.Diagrams;
import org.jabr.process.Forms;
import org.jabr.process.Letters;
import org.jabr.rules.Authority;
import org.jabr.rules.Finding;
import org.jabr.worklist.WorkItem;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.w3c.dom.Text;

/** One diagram, read element by element. */
final class DiagramReading {

    /** Variables that blocks and the start of a case provide. */
    private static final Set<String> PROVIDED = Set.of(
            Step.CASE,
            Step.REOPENED,
            "offered",
            "asked",
            "granted",
            "given",
            "byPerson",
            "severityRose",
            "personWaiting");

    private final String path;
    private final Document diagram;
    private final Set<String> blocks;
    private final SortedMap<String, String> files;
    private final List<Finding> findings = new ArrayList<>();
    private final Set<String> variables = new HashSet<>(PROVIDED);

    DiagramReading(String path, Document diagram, Set<String> blocks, SortedMap<String, String> files) {
        this.path = path;
        this.diagram = diagram;
        this.blocks = blocks;
        this.files = files;
    }

    List<Finding> findings() {
        NodeList elements = diagram.getElementsByTagNameNS("*", "*");
        processes();
        for (int i = 0; i < elements.getLength(); i++) {
            variables((Element) elements.item(i));
        }
        for (int i = 0; i < elements.getLength(); i++) {
            element((Element) elements.item(i));
        }
        return findings;
    }

    private void processes() {
        NodeList processes = diagram.getElementsByTagNameNS(Diagrams.BPMN, "process");
        String name = path.substring(path.lastIndexOf('/') + 1, path.lastIndexOf('.'));
        if (processes.getLength() != 1
                || !path.equals(Diagrams.path(name))
                || !((Element) processes.item(0)).getAttribute("id").equals(name)
                || !((Element) processes.item(0)).getAttribute("isExecutable").equals("true")) {
            found("PROC-002", "", name);
        }
    }

    private void variables(Element element) {
        String keep = Diagrams.literals(element).get("keep");
        if (keep != null) {
            variables.addAll(Arrays.asList(keep.split(",")));
        }
    }

    private void element(Element element) {
        String namespace = Objects.requireNonNullElse(element.getNamespaceURI(), "");
        String kind = element.getLocalName();
        String id = place(element);
        if (!DiagramWords.knowsElement(namespace, kind)) {
            found("PROC-004", id, element.getNodeName());
        }
        attributes(element, id);
        texts(element, id);
        if (!namespace.equals(Diagrams.BPMN)) {
            return;
        }
        Map<String, String> literals = Diagrams.literals(element);
        if (DiagramWords.FLOW_ELEMENTS.contains(kind)
                && !element.getAttribute("name").isBlank()
                && literals.getOrDefault(Diagrams.ARABIC_NAME, "").isBlank()) {
            found("PROC-008", id, element.getAttribute("name"));
        }
        if (DiagramWords.BLOCKS.contains(kind)) {
            block(element, id, literals);
        } else if (kind.equals("userTask")) {
            userTask(element, id, literals);
        }
        String stage = literals.get(StageKeeper.STAGE);
        if (stage != null && !named(Stage.values(), stage)) {
            found("PROC-009", id, StageKeeper.STAGE);
        }
    }

    private void attributes(Element element, String id) {
        for (int i = 0; i < element.getAttributes().getLength(); i++) {
            Attr attribute = (Attr) element.getAttributes().item(i);
            String namespace = Objects.requireNonNullElse(attribute.getNamespaceURI(), "");
            String name = attribute.getLocalName();
            if (!DiagramWords.knowsAttribute(namespace, name)) {
                found("PROC-004", id, attribute.getName());
            } else if (ExpressionShape.marked(attribute.getValue()) && !name.equals("delegateExpression")) {
                found("PROC-005", id, attribute.getName());
            } else if (name.equals("language") || name.equals("implementation")) {
                found("PROC-004", id, attribute.getName());
            }
        }
    }

    private void texts(Element element, String id) {
        String text = text(element);
        if (!ExpressionShape.marked(text)) {
            return;
        }
        String kind = element.getLocalName();
        boolean expected = kind.equals("conditionExpression") || kind.startsWith("time");
        if (!expected || !ExpressionShape.allowed(text)) {
            found("PROC-005", id, text.strip());
        } else {
            ExpressionShape.variables(text).stream()
                    .filter(variable -> !variables.contains(variable))
                    .forEach(variable -> found("PROC-011", id, variable));
        }
    }

    /** Comments and character sections divide a text here, but not for the engine. */
    private static String text(Element element) {
        StringBuilder text = new StringBuilder();
        for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Text part) {
                text.append(part.getData());
            }
        }
        return text.toString();
    }

    private void block(Element element, String id, Map<String, String> literals) {
        String expression = element.getAttributeNS(Diagrams.CAMUNDA, "delegateExpression");
        String name = expression.startsWith("${") && expression.endsWith("}")
                ? expression.substring(2, expression.length() - 1)
                : "";
        if (!blocks.contains(name)) {
            found("PROC-003", id, expression);
            return;
        }
        if (!id.equals(name) && !id.startsWith(name + "-")) {
            found("PROC-010", id, name);
        }
        needed(name).stream()
                .filter(parameter -> literals.getOrDefault(parameter, "").isBlank())
                .forEach(parameter -> found("PROC-009", id, parameter));
        String moment = literals.get("moment");
        if (moment != null && !files.containsKey("rules/" + moment + ".dmn")) {
            found("PROC-009", id, "moment");
        }
        literals.forEach((parameter, value) -> {
            if (parameter.equals("letter") || parameter.startsWith("letter-")) {
                Letters.LANGUAGES.stream()
                        .map(language -> Letters.path(value, language))
                        .filter(letter -> !files.containsKey(letter))
                        .forEach(letter -> found("PROC-006", id, letter));
            }
        });
    }

    private static List<String> needed(String block) {
        return switch (block) {
            case "askRules" -> List.of("moment", "keep");
            case "decideRemedies", "carryOutRemedies" -> List.of("moment");
            case "sendLetter" -> List.of("letter");
            case "escalate" -> List.of("why");
            default -> List.of();
        };
    }

    private void userTask(Element element, String id, Map<String, String> literals) {
        String kind = literals.getOrDefault("kind", "");
        if (!named(WorkItem.Kind.values(), kind)) {
            found("PROC-009", id, "kind");
        }
        if (!Due.valid(literals.getOrDefault("due", ""))) {
            found("PROC-009", id, "due");
        }
        boolean approval = kind.equals(WorkItem.Kind.APPROVAL.name());
        if (!approval && !named(Authority.values(), literals.getOrDefault("authority", ""))) {
            found("PROC-009", id, "authority");
        }
        literals.forEach((parameter, value) -> {
            if (parameter.startsWith("authority-") && !named(Authority.values(), value)) {
                found("PROC-009", id, parameter);
            }
        });
        if (approval && !files.containsKey("rules/" + literals.get("moment") + ".dmn")) {
            found("PROC-009", id, "moment");
        }
        String form = element.getAttributeNS(Diagrams.CAMUNDA, "formKey");
        if (!form.isEmpty() && !files.containsKey(Forms.path(form))) {
            found("PROC-007", id, Forms.path(form));
        }
    }

    private static boolean named(Enum<?>[] values, String name) {
        return Arrays.stream(values).anyMatch(value -> value.name().equals(name));
    }

    /** The id of the element, or of what it stands in. */
    private static String place(Element element) {
        for (Node node = element; node instanceof Element at; node = node.getParentNode()) {
            if (at.hasAttribute("id")) {
                return at.getAttribute("id");
            }
        }
        return "";
    }

    private void found(String code, String place, Object value) {
        findings.add(new Finding(code, true, path, place, List.of(value)));
    }
}
