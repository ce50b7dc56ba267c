package org.jabr.process.camunda;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import org.jabr.process.Diagrams;
import org.jabr.process.Forms;
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

    private final String path;
    private final Document diagram;
    private final OfferedBlocks blocks;
    private final ParameterCheck parameters;
    private final List<Finding> findings = new ArrayList<>();
    private final Set<String> variables = new HashSet<>();

    DiagramReading(String path, Document diagram, OfferedBlocks blocks, Forms forms, SortedMap<String, String> files) {
        this.path = path;
        this.diagram = diagram;
        this.blocks = blocks;
        this.parameters = new ParameterCheck(path, files, forms, variables);
        variables.add(Step.CASE);
        blocks.all().forEach(block -> variables.addAll(block.provides()));
        variables.addAll(new SharedVariables(files).of(path));
    }

    List<Finding> findings() {
        NodeList elements = diagram.getElementsByTagNameNS("*", "*");
        processes();
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
        switch (kind) {
            case "serviceTask", "businessRuleTask" -> block(element, id, literals);
            case "userTask" -> userTask(element, id, literals);
            case "callActivity" -> call(element, id, literals);
            case "endEvent" -> findings.addAll(parameters.findings(blocks.get(OfferedBlocks.END), id, literals));
            default -> {
                // No other element takes parameters.
            }
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
        if (!blocks.delegates().contains(name)) {
            found("PROC-003", id, expression);
            return;
        }
        if (!id.equals(name) && !id.startsWith(name + "-")) {
            found("PROC-010", id, name);
        }
        findings.addAll(parameters.findings(blocks.get(name), id, literals));
    }

    private void userTask(Element element, String id, Map<String, String> literals) {
        boolean approval = literals.getOrDefault("kind", "").equals(WorkItem.Kind.APPROVAL.name());
        Map<String, String> all = new LinkedHashMap<>(literals);
        String form = element.getAttributeNS(Diagrams.CAMUNDA, "formKey");
        if (!form.isEmpty()) {
            all.put(WorkOpener.FORM, form);
        }
        findings.addAll(parameters.findings(
                blocks.get(approval ? OfferedBlocks.ASK_APPROVAL : OfferedBlocks.ASK_PERSON), id, all));
    }

    /** Bound to the newest version, a running case would leave its release. */
    private void call(Element element, String id, Map<String, String> literals) {
        if (!element.getAttributeNS(Diagrams.CAMUNDA, "calledElementBinding").equals("deployment")) {
            found("PROC-030", id, "calledElementBinding");
        }
        Map<String, String> all = new LinkedHashMap<>(literals);
        all.put("calledElement", element.getAttribute("calledElement"));
        findings.addAll(parameters.findings(blocks.get(OfferedBlocks.CALL_PROCESS), id, all));
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
