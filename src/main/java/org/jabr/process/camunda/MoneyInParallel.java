package org.jabr.process.camunda;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jabr.process.Diagrams;

/**
 * Money must never be given on two ways at once: each way would see what the other has not given yet. A way forks at a
 * parallel gateway and wherever several flows without a gateway leave an element.
 */
record MoneyInParallel(DiagramGraph graph) {

    private static final String MONEY = "${carryOutRemedies}";

    Set<String> steps() {
        Set<String> found = new TreeSet<>();
        for (DiagramGraph.Step fork : graph.steps()) {
            List<DiagramGraph.Flow> out = graph.from(fork);
            if (out.size() > 1 && !fork.is("exclusiveGateway", "eventBasedGateway")) {
                branches(out).stream().filter(this::givesMoney).forEach(found::add);
            }
        }
        return found;
    }

    /** What lies between the fork and the gateway that joins its branches again. */
    private Set<String> branches(List<DiagramGraph.Flow> out) {
        List<Set<String>> all = out.stream()
                .map(flow -> graph.reached(List.of(graph.step(flow.to())), step -> false))
                .toList();
        Set<String> common = new HashSet<>(all.get(0));
        all.forEach(common::retainAll);
        Set<String> between = new HashSet<>();
        for (DiagramGraph.Flow flow : out) {
            between.addAll(graph.reached(
                    List.of(graph.step(flow.to())), step -> step.is("parallelGateway") && common.contains(step.id())));
        }
        return between;
    }

    private boolean givesMoney(String id) {
        return graph.step(id)
                .element()
                .getAttributeNS(Diagrams.CAMUNDA, "delegateExpression")
                .equals(MONEY);
    }
}
