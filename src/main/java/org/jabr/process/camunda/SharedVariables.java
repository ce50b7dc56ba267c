package org.jabr.process.camunda;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.jabr.process.Diagrams;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** What steps keep as variables. A called process has its caller's, and the caller has those of what it calls. */
final class SharedVariables {

    private final Map<String, Set<String>> kept = new HashMap<>();
    private final Map<String, Set<String>> neighbours = new HashMap<>();

    SharedVariables(SortedMap<String, String> files) {
        files.forEach((path, text) -> {
            if (path.endsWith(".bpmn")) {
                try {
                    read(path, Diagrams.read(text));
                } catch (SAXException e) {
                    // The diagram check says so.
                }
            }
        });
    }

    private void read(String path, Document diagram) {
        NodeList elements = diagram.getElementsByTagNameNS(Diagrams.BPMN, "*");
        Set<String> variables = kept.computeIfAbsent(path, key -> new HashSet<>());
        for (int i = 0; i < elements.getLength(); i++) {
            Element element = (Element) elements.item(i);
            String keep = Diagrams.literals(element).get(KeepAnswers.KEEP);
            if (keep != null) {
                Arrays.stream(keep.split(",")).map(KeepAnswers::variable).forEach(variables::add);
            }
            if ("callActivity".equals(element.getLocalName())) {
                String called = Diagrams.path(element.getAttribute("calledElement"));
                neighbours.computeIfAbsent(path, key -> new HashSet<>()).add(called);
                neighbours.computeIfAbsent(called, key -> new HashSet<>()).add(path);
            }
        }
    }

    /** Every variable that some step leaves behind which a case of this diagram may have passed. */
    Set<String> of(String path) {
        Set<String> variables = new HashSet<>();
        Set<String> seen = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(Set.of(path));
        while (!open.isEmpty()) {
            String at = open.pop();
            if (seen.add(at)) {
                variables.addAll(kept.getOrDefault(at, Set.of()));
                open.addAll(neighbours.getOrDefault(at, Set.of()));
            }
        }
        return variables;
    }
}
