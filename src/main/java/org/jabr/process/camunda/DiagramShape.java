package org.jabr.process.camunda;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jabr.process.Diagrams;
import org.jabr.rules.Finding;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Whether everything of a diagram stands where the engine expects it. The engine finds elements by their local name,
 * whatever their namespace, so that a known word in a wrong place would be a way around the other checks.
 */
final class DiagramShape {

    private static final int DEEPEST = 40;
    private static final int MOST = 6000;
    private static final String INSTANCE = "http://www.w3.org/2001/XMLSchema-instance";
    private static final Set<String> DRAWN = Set.of(
            "BPMNDiagram",
            "BPMNPlane",
            "BPMNShape",
            "BPMNEdge",
            "BPMNLabel",
            "BPMNLabelStyle",
            "Bounds",
            "waypoint",
            "Font");
    private static final Set<String> PLAIN_ATTRIBUTES = Set.of(
            "id",
            "name",
            "isExecutable",
            "processType",
            "isClosed",
            "sourceRef",
            "targetRef",
            "messageRef",
            "attachedToRef",
            "cancelActivity",
            "default",
            "triggeredByEvent",
            "isInterrupting",
            "targetNamespace",
            "exporter",
            "exporterVersion",
            "gatewayDirection",
            "eventGatewayType",
            "textFormat",
            "associationDirection",
            // refused elsewhere with words of their own
            "language",
            "implementation");
    private static final Map<String, Set<String>> PLACES = Map.of(
            "delegateExpression", Set.of("serviceTask", "businessRuleTask"),
            "formKey", Set.of("userTask"),
            "calledElementBinding", Set.of("callActivity"),
            "historyTimeToLive", Set.of("process"));
    private static final Pattern CONDITION = Pattern.compile("\\s*\\$\\{[^{}]{1,300}}\\s*");

    private final String path;
    private final List<Finding> findings = new ArrayList<>();
    private int elements;

    private DiagramShape(String path) {
        this.path = path;
    }

    static List<Finding> check(String path, Document diagram) {
        DiagramShape shape = new DiagramShape(path);
        String version = Objects.requireNonNullElse(diagram.getXmlVersion(), "1.0");
        String encoding = diagram.getXmlEncoding();
        if (!version.equals("1.0") || encoding != null && !encoding.equalsIgnoreCase("UTF-8")) {
            // the engine reads bytes and would trust the declaration; this reader has the text
            shape.found("PROC-045", "", version + " " + encoding);
        }
        shape.element(diagram.getDocumentElement(), "", 1);
        return shape.findings;
    }

    /** @param place id of the nearest element that has one */
    private void element(Element element, String place, int depth) {
        if (++elements == MOST) {
            found("PROC-044", "", MOST + " +", MOST - 1);
        }
        if (elements >= MOST) {
            return;
        }
        if (depth > DEEPEST) {
            found("PROC-044", place, element.getNodeName(), DEEPEST);
            return;
        }
        String at = element.hasAttribute("id") ? element.getAttribute("id") : place;
        if (!rightPlace(element)) {
            found("PROC-004", at, element.getNodeName());
            return;
        }
        attributes(element, at);
        content(element, at);
        for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node.getNodeType() == Node.PROCESSING_INSTRUCTION_NODE) {
                found("PROC-004", at, "<?" + node.getNodeName());
            } else if (node instanceof Element child) {
                element(child, at, depth + 1);
            }
        }
    }

    private static boolean rightPlace(Element element) {
        String namespace = namespace(element);
        String name = element.getLocalName();
        Element parent = element.getParentNode() instanceof Element over ? over : null;
        if (parent == null) {
            return namespace.equals(Diagrams.BPMN) && name.equals("definitions");
        }
        String above = parent.getLocalName();
        return switch (namespace) {
            case Diagrams.BPMN -> namespace(parent).equals(Diagrams.BPMN) && !above.equals("extensionElements");
            case Diagrams.CAMUNDA ->
                name.equals("property") ? above.equals("properties") : above.equals("extensionElements");
            default ->
                DiagramWords.LOOKS.contains(namespace)
                        && DRAWN.contains(name)
                        && (name.equals("BPMNDiagram")
                                ? above.equals("definitions")
                                : DiagramWords.LOOKS.contains(namespace(parent)));
        };
    }

    private void attributes(Element element, String at) {
        String kind = element.getLocalName();
        boolean bpmn = namespace(element).equals(Diagrams.BPMN);
        for (int i = 0; i < element.getAttributes().getLength(); i++) {
            Attr attribute = (Attr) element.getAttributes().item(i);
            String name = attribute.getLocalName();
            String namespace = Objects.requireNonNullElse(attribute.getNamespaceURI(), "");
            boolean allowed =
                    switch (namespace) {
                        case "" ->
                            !bpmn
                                    || PLAIN_ATTRIBUTES.contains(name)
                                    || name.equals("calledElement") && kind.equals("callActivity")
                                    || usual(name, attribute.getValue());
                        case Diagrams.CAMUNDA ->
                            PLACES.getOrDefault(name, Set.of(kind)).contains(kind)
                                    && !(name.equals("exclusive")
                                            && !attribute.getValue().equals("true"));
                        case INSTANCE ->
                            name.equals("type") && attribute.getValue().endsWith("tFormalExpression");
                        default -> true;
                    };
            if (!allowed) {
                found("PROC-041", at, attribute.getName(), element.getNodeName());
            }
        }
    }

    /** What some programs write although it says nothing. */
    private static boolean usual(String name, String value) {
        return switch (name) {
            case "isForCompensation", "instantiate", "parallelMultiple" -> value.equals("false");
            case "startQuantity", "completionQuantity" -> value.equals("1");
            default -> false;
        };
    }

    private void content(Element element, String at) {
        switch (element.getLocalName()) {
            case "startEvent" -> start(element, at);
            case "timeDuration", "timeDate" -> {
                String text = element.getTextContent().strip();
                if (!Waits.timer(element.getLocalName(), text)) {
                    found("PROC-042", at, text);
                }
            }
            case "failedJobRetryTimeCycle" -> {
                String text = element.getTextContent().strip();
                if (!Waits.retries(text)) {
                    found("PROC-043", at, text);
                }
            }
            case "conditionExpression" -> {
                String text = element.getTextContent();
                if (!CONDITION.matcher(text).matches()
                        || !element.getParentNode().getLocalName().equals("sequenceFlow")) {
                    found("PROC-046", at, text.strip());
                }
            }
            default -> {
                // nothing to say
            }
        }
    }

    private void start(Element start, String at) {
        Element scope = (Element) start.getParentNode();
        boolean event = scope.getLocalName().equals("subProcess")
                && scope.getAttribute("triggeredByEvent").equals("true");
        for (Node node = start.getFirstChild(); node != null && !event; node = node.getNextSibling()) {
            if (node instanceof Element definition && definition.getLocalName().endsWith("EventDefinition")) {
                found("PROC-040", at, at, definition.getLocalName());
            }
        }
    }

    private static String namespace(Element element) {
        return Objects.requireNonNullElse(element.getNamespaceURI(), "");
    }

    private void found(String code, String place, Object... values) {
        findings.add(new Finding(code, true, path, place, List.of(values)));
    }
}
