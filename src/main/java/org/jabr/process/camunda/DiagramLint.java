package org.jabr.process.camunda;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jabr.process.ChoosingSteps;
import org.jabr.process.Course;
import org.jabr.process.Diagrams;
import org.jabr.process.Forms;
import org.jabr.releases.Check;
import org.jabr.rules.Finding;
import org.jabr.worklist.WorkItem;
import org.springframework.stereotype.Component;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Finds what a diagram could not do, although it can be read: ways that end nowhere, turn in circles or never begin. */
@Component
class DiagramLint implements Check {

    private static final String DIAGRAM = ".bpmn";

    @Override
    public List<Finding> check(SortedMap<String, String> files) {
        List<Finding> findings = new ArrayList<>();
        SortedMap<String, Document> diagrams = new TreeMap<>();
        Map<String, Set<String>> calls = new HashMap<>();
        Set<String> used = new HashSet<>();
        boolean readable = true;
        for (var file : files.entrySet()) {
            if (file.getKey().endsWith(DIAGRAM)) {
                try {
                    Document diagram = Diagrams.read(file.getValue());
                    diagrams.put(file.getKey(), diagram);
                    used(diagram, used);
                    calls.put(file.getKey(), called(diagram));
                } catch (SAXException e) {
                    // The diagram check says so.
                    readable = false;
                }
            }
        }
        diagrams.forEach((path, diagram) -> findings.addAll(new Reading(path, calls).findings(diagram)));
        if (readable) {
            unused(files, used, findings);
        }
        return findings;
    }

    private static Set<String> called(Document diagram) {
        Set<String> called = new HashSet<>();
        NodeList calls = diagram.getElementsByTagNameNS(Diagrams.BPMN, "callActivity");
        for (int i = 0; i < calls.getLength(); i++) {
            called.add(((Element) calls.item(i)).getAttribute("calledElement"));
        }
        return called;
    }

    /** Forms and letters that an element names, as paths without language. */
    private static void used(Document diagram, Set<String> used) {
        NodeList elements = diagram.getElementsByTagNameNS(Diagrams.BPMN, "*");
        for (int i = 0; i < elements.getLength(); i++) {
            Element element = (Element) elements.item(i);
            used.add(Forms.path(element.getAttributeNS(Diagrams.CAMUNDA, "formKey")));
            Diagrams.literals(element).forEach((name, value) -> {
                if (name.equals("letter") || name.startsWith("letter-")) {
                    used.add("processes/letters/" + value);
                }
            });
        }
    }

    /** Letters about promises go out by the clock, from no step of a diagram. */
    private static final Set<String> BY_THE_CLOCK =
            Set.of("processes/letters/progress", "processes/letters/promise-moved");

    private static void unused(SortedMap<String, String> files, Set<String> used, List<Finding> findings) {
        for (String path : files.keySet()) {
            boolean letter = path.startsWith("processes/letters/") && path.endsWith(".txt");
            String named = letter ? path.replaceFirst("\\.[a-z]{2,3}\\.txt$", "") : path;
            if ((letter || path.startsWith("processes/forms/"))
                    && !used.contains(named)
                    && !BY_THE_CLOCK.contains(named)) {
                findings.add(new Finding("PROC-029", false, path, "", List.of(path)));
            }
        }
    }

    /** One diagram, scope by scope. */
    private static final class Reading {

        private final String path;
        private final Map<String, Set<String>> calls;
        private final List<Finding> findings = new ArrayList<>();

        /** @param calls processes that each diagram calls, by path */
        Reading(String path, Map<String, Set<String>> calls) {
            this.path = path;
            this.calls = calls;
        }

        List<Finding> findings(Document diagram) {
            ids(diagram);
            messages(diagram);
            NodeList processes = diagram.getElementsByTagNameNS(Diagrams.BPMN, "process");
            for (int i = 0; i < processes.getLength(); i++) {
                scope((Element) processes.item(i));
            }
            return findings;
        }

        private void ids(Document diagram) {
            Set<String> seen = new HashSet<>();
            NodeList elements = diagram.getElementsByTagNameNS("*", "*");
            for (int i = 0; i < elements.getLength(); i++) {
                String id = ((Element) elements.item(i)).getAttribute("id");
                if (!id.isEmpty() && !seen.add(id)) {
                    found("PROC-027", true, id, id);
                }
            }
        }

        /** An event that waits for a message which nobody ever sends never happens. */
        private void messages(Document diagram) {
            Set<String> sent = Arrays.stream(Course.Happening.values())
                    .map(CamundaProcess::message)
                    .collect(Collectors.toSet());
            NodeList messages = diagram.getElementsByTagNameNS(Diagrams.BPMN, "message");
            for (int i = 0; i < messages.getLength(); i++) {
                Element message = (Element) messages.item(i);
                if (!sent.contains(message.getAttribute("name"))) {
                    found("PROC-034", true, message.getAttribute("id"), message.getAttribute("name"));
                }
            }
        }

        private void scope(Element scope) {
            DiagramGraph graph = new DiagramGraph(scope);
            if (!graph.connected()) {
                // The engine refuses it and names the flow; anything said here would only follow from that.
                return;
            }
            List<DiagramGraph.Step> starts = graph.steps().stream()
                    .filter(step -> step.is("startEvent") || isEventSubProcess(step))
                    .toList();
            if (starts.stream().filter(step -> step.is("startEvent")).count() != 1) {
                found("PROC-037", true, scope.getAttribute("id"), scope.getAttribute("id"));
            }
            ways(graph, starts);
            graph.steps().forEach(step -> step(graph, step));
            loops(graph);
            new MoneyInParallel(graph).steps().forEach(id -> found("PROC-032", true, id, id));
            graph.steps().stream().filter(step -> step.is("subProcess")).forEach(step -> scope(step.element()));
        }

        private void ways(DiagramGraph graph, List<DiagramGraph.Step> starts) {
            Set<String> reached = graph.reached(starts, step -> false);
            List<DiagramGraph.Step> ends = graph.steps().stream()
                    .filter(step -> step.is("endEvent") || isEventSubProcess(step))
                    .toList();
            Set<String> ending = graph.reaching(ends);
            for (DiagramGraph.Step step : graph.steps()) {
                if (!reached.contains(step.id())) {
                    found("PROC-023", true, step.id(), named(step));
                } else if (!ending.contains(step.id()) && !step.is("boundaryEvent")) {
                    found("PROC-022", true, step.id(), named(step));
                }
            }
        }

        private void step(DiagramGraph graph, DiagramGraph.Step step) {
            boolean person = step.is("userTask");
            boolean joins = step.kind().endsWith("Gateway") && graph.from(step).size() < 2;
            if (step.attribute("name").isBlank() && !joins) {
                found("PROC-026", person, step.id(), step.id());
            }
            if (step.is("boundaryEvent") && graph.from(step).isEmpty()) {
                found("PROC-028", true, step.id(), named(step));
            }
            if (step.is("exclusiveGateway")) {
                gateway(graph, step);
            }
            if (person
                    && step.element()
                            .getAttributeNS(Diagrams.CAMUNDA, "formKey")
                            .isEmpty()
                    && !approval(step)) {
                found("PROC-038", false, step.id(), named(step));
            }
            String moment = Diagrams.literals(step.element()).get(ChoosingSteps.CHOOSES);
            if (person && moment != null && !moment.isBlank() && !decidedBehind(graph, step, moment)) {
                // Not blocking: a calling process may decide.
                findings.add(new Finding("PROC-047", false, path, step.id(), List.of(named(step), moment)));
            }
            if (step.is("callActivity") && leadsBack(step.attribute("calledElement"), new HashSet<>())) {
                found("PROC-039", true, step.id(), step.attribute("calledElement"));
            }
            DiagramGraph.children(step.element()).stream()
                    .filter(part -> part.getLocalName().equals("timerEventDefinition"))
                    .flatMap(timer -> DiagramGraph.children(timer).stream())
                    .filter(time -> !Timers.fires(
                            time.getLocalName(), time.getTextContent().strip()))
                    .forEach(time -> found(
                            "PROC-033", true, step.id(), time.getTextContent().strip()));
        }

        /** What a person chose would be lost where no step asks the rules for that moment with them. */
        private static boolean decidedBehind(DiagramGraph graph, DiagramGraph.Step step, String moment) {
            return graph.reached(List.of(step), other -> false).stream()
                    .map(graph::step)
                    .map(other -> Diagrams.literals(other.element()))
                    .anyMatch(literals -> moment.equals(literals.get("moment")) && literals.containsKey("decider"));
        }

        /** A case that meets none of the conditions would stop there, so one way must be the default. */
        private void gateway(DiagramGraph graph, DiagramGraph.Step gateway) {
            List<DiagramGraph.Flow> out = graph.from(gateway);
            if (out.size() < 2) {
                return;
            }
            String usual = gateway.attribute("default");
            if (out.stream().noneMatch(flow -> flow.id().equals(usual))) {
                found("PROC-025", true, gateway.id(), named(gateway));
            }
            out.stream()
                    .filter(flow -> !flow.id().equals(usual) && !flow.conditional())
                    .forEach(flow -> found("PROC-024", true, flow.id(), flow.id()));
        }

        /** Without anything that waits, a circle would turn until somebody stops the machine. */
        private void loops(DiagramGraph graph) {
            Set<String> told = new LinkedHashSet<>();
            for (DiagramGraph.Step step : graph.steps()) {
                List<DiagramGraph.Step> next = graph.from(step).stream()
                        .map(flow -> graph.step(flow.to()))
                        .toList();
                Set<String> circle = graph.reached(next, DiagramGraph.Step::waits);
                if (!step.waits() && circle.contains(step.id()) && told.stream().noneMatch(circle::contains)) {
                    told.add(step.id());
                    found("PROC-060", true, step.id(), named(step));
                }
            }
        }

        private boolean leadsBack(String process, Set<String> seen) {
            return path.equals(Diagrams.path(process))
                    || seen.add(process)
                            && calls.getOrDefault(Diagrams.path(process), Set.of()).stream()
                                    .anyMatch(next -> leadsBack(next, seen));
        }

        private static boolean isEventSubProcess(DiagramGraph.Step step) {
            return step.attribute("triggeredByEvent").equals("true");
        }

        private static boolean approval(DiagramGraph.Step step) {
            return WorkItem.Kind.APPROVAL
                    .name()
                    .equals(Diagrams.literals(step.element()).get("kind"));
        }

        private static String named(DiagramGraph.Step step) {
            String name = step.attribute("name");
            return name.isBlank() ? step.id() : name;
        }

        private void found(String code, boolean blocking, String place, String value) {
            findings.add(new Finding(code, blocking, path, place, List.of(value)));
        }
    }
}
