package org.jabr.process.camunda;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jabr.process.Diagrams;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** The elements of one process or sub-process and the flows between them, as drawn. */
final class DiagramGraph {

    private static final Set<String> NO_NODE = Set.of(
            "sequenceFlow",
            "incoming",
            "outgoing",
            "documentation",
            "extensionElements",
            "textAnnotation",
            "association",
            "messageEventDefinition",
            "timerEventDefinition");

    /** One element of the diagram. */
    record Step(String id, String kind, Element element) {

        String attribute(String name) {
            return element.getAttribute(name);
        }

        boolean is(String... kinds) {
            return List.of(kinds).contains(kind);
        }

        /** Whether a case rests here, for a person or for something to happen. */
        boolean waits() {
            return is("userTask", "intermediateCatchEvent", "eventBasedGateway", "callActivity", "subProcess");
        }
    }

    /** A flow from one element to another. */
    record Flow(String id, String from, String to, boolean conditional) {}

    private final Map<String, Step> steps = new LinkedHashMap<>();
    private final List<Flow> flows = new ArrayList<>();

    DiagramGraph(Element scope) {
        for (Element child : children(scope)) {
            String id = child.getAttribute("id");
            if (child.getLocalName().equals("sequenceFlow")) {
                boolean conditional = children(child).stream()
                        .anyMatch(part -> part.getLocalName().equals("conditionExpression"));
                flows.add(new Flow(id, child.getAttribute("sourceRef"), child.getAttribute("targetRef"), conditional));
            } else if (!NO_NODE.contains(child.getLocalName())) {
                steps.put(id, new Step(id, child.getLocalName(), child));
            }
        }
    }

    /** Direct children in BPMN's own namespace. */
    static List<Element> children(Element parent) {
        List<Element> children = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && Diagrams.BPMN.equals(element.getNamespaceURI())) {
                children.add(element);
            }
        }
        return children;
    }

    List<Step> steps() {
        return List.copyOf(steps.values());
    }

    List<Flow> flows() {
        return flows;
    }

    /** Whether every flow leads from and to an element of this very scope. */
    boolean connected() {
        return flows.stream().allMatch(flow -> steps.containsKey(flow.from()) && steps.containsKey(flow.to()));
    }

    Step step(String id) {
        return java.util.Objects.requireNonNull(steps.get(id));
    }

    List<Flow> from(Step step) {
        return flows.stream().filter(flow -> flow.from().equals(step.id())).toList();
    }

    List<Flow> to(Step step) {
        return flows.stream().filter(flow -> flow.to().equals(step.id())).toList();
    }

    /** Events that stand at the edge of an element. */
    List<Step> attachedTo(Step step) {
        return steps.values().stream()
                .filter(other -> other.attribute("attachedToRef").equals(step.id()))
                .toList();
    }

    /** Everything that can be reached, the starting points among it, without going on behind an element that stops. */
    Set<String> reached(List<Step> starts, Predicate<Step> stops) {
        Set<String> seen = new HashSet<>();
        Deque<Step> open = new ArrayDeque<>(starts);
        while (!open.isEmpty()) {
            Step step = open.pop();
            if (!seen.add(step.id()) || stops.test(step)) {
                continue;
            }
            from(step).forEach(flow -> open.push(step(flow.to())));
            attachedTo(step).forEach(open::push);
        }
        return seen;
    }

    /** Everything from which one of these can be reached. */
    Set<String> reaching(List<Step> goals) {
        Set<String> seen = new HashSet<>();
        Deque<Step> open = new ArrayDeque<>(goals);
        while (!open.isEmpty()) {
            Step step = open.pop();
            if (!seen.add(step.id())) {
                continue;
            }
            to(step).forEach(flow -> open.push(step(flow.from())));
            String attached = step.attribute("attachedToRef");
            if (!attached.isEmpty() && steps.containsKey(attached)) {
                open.push(step(attached));
            }
        }
        return seen;
    }
}
