package org.jabr.process.camunda;

import java.util.Set;
import org.jabr.process.Diagrams;

/** Everything that a diagram may be made of. What is not named here is refused, so new ways to run code stay closed. */
final class DiagramWords {

    static final String DRAWING = "http://www.omg.org/spec/BPMN/20100524/DI";

    /** Namespaces that carry no meaning for the engine. */
    static final Set<String> LOOKS = Set.of(
            DRAWING,
            "http://www.omg.org/spec/DD/20100524/DC",
            "http://www.omg.org/spec/DD/20100524/DI",
            "http://www.w3.org/2001/XMLSchema-instance",
            "http://www.w3.org/2000/xmlns/",
            "http://camunda.org/schema/modeler/1.0",
            "http://bpmn.io/schema/bpmn/biocolor/1.0",
            "http://www.omg.org/spec/BPMN/non-normative/color/1.0");

    /** Elements that a case passes, and that people read. */
    static final Set<String> FLOW_ELEMENTS = Set.of(
            "startEvent",
            "endEvent",
            "intermediateCatchEvent",
            "boundaryEvent",
            "serviceTask",
            "businessRuleTask",
            "userTask",
            "exclusiveGateway",
            "eventBasedGateway",
            "parallelGateway",
            "subProcess",
            "callActivity",
            "sequenceFlow",
            "process");

    static final Set<String> ELEMENTS = Set.of(
            "definitions",
            "extensionElements",
            "documentation",
            "incoming",
            "outgoing",
            "conditionExpression",
            "messageEventDefinition",
            "timerEventDefinition",
            "timeDuration",
            "timeDate",
            "message",
            "textAnnotation",
            "text",
            "association");

    static final Set<String> CAMUNDA_ELEMENTS = Set.of("properties", "property", "failedJobRetryTimeCycle");

    static final Set<String> CAMUNDA_ATTRIBUTES = Set.of(
            "delegateExpression",
            "asyncBefore",
            "asyncAfter",
            "exclusive",
            "formKey",
            "historyTimeToLive",
            "calledElementBinding",
            // Which of our building blocks the editor set an element up with.
            "modelerTemplate",
            "modelerTemplateVersion",
            "modelerTemplateIcon");

    private DiagramWords() {}

    static boolean knowsElement(String namespace, String name) {
        return switch (namespace) {
            case Diagrams.BPMN -> ELEMENTS.contains(name) || FLOW_ELEMENTS.contains(name);
            case Diagrams.CAMUNDA -> CAMUNDA_ELEMENTS.contains(name);
            default -> LOOKS.contains(namespace);
        };
    }

    static boolean knowsAttribute(String namespace, String name) {
        return namespace.isEmpty()
                || LOOKS.contains(namespace)
                || namespace.equals(Diagrams.CAMUNDA) && CAMUNDA_ATTRIBUTES.contains(name);
    }
}
