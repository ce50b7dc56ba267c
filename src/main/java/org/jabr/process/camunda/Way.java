package org.jabr.process.camunda;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.history.HistoricActivityInstance;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.jabr.process.Recovery;

/**
 * The way that a case took through its diagram. The engine keeps no flows, so each visit is joined to the newest earlier
 * visit from which a flow leads to it: with loops and shortcuts that is the flow that was taken.
 *
 * @param visits in the order in which they began
 */
record Way(BpmnModelInstance diagram, List<HistoricActivityInstance> visits) {

    private static final String SUB_PROCESS = "subProcess";
    private static final String WAITING_GATEWAY = "eventBasedGateway";

    Recovery.Path path(List<String> failed) {
        Set<String> done = new LinkedHashSet<>();
        Set<String> active = new LinkedHashSet<>();
        Collection<SequenceFlow> flows = diagram.getModelElementsByType(SequenceFlow.class);
        for (int i = 0; i < visits.size(); i++) {
            HistoricActivityInstance visit = visits.get(i);
            if (visit.getEndTime() == null) {
                // What the case waits at stands inside a sub-process, not is one.
                if (!visit.getActivityType().equals(SUB_PROCESS)) {
                    active.add(visit.getActivityId());
                }
            } else if (!visit.isCanceled()) {
                done.add(visit.getActivityId());
            }
            taken(i, flows).ifPresent(flow -> {
                done.add(flow.getSource().getId());
                done.add(flow.getId());
            });
        }
        active.removeAll(failed);
        return new Recovery.Path(Bpmn.convertToString(diagram), new ArrayList<>(done), new ArrayList<>(active), failed);
    }

    private Optional<SequenceFlow> taken(int index, Collection<SequenceFlow> flows) {
        String target = visits.get(index).getActivityId();
        List<SequenceFlow> leading = flows.stream()
                .filter(flow -> flow.getTarget().getId().equals(target))
                .toList();
        for (int i = index - 1; i >= 0; i--) {
            HistoricActivityInstance earlier = visits.get(i);
            for (SequenceFlow flow : leading) {
                if (flow.getSource().getId().equals(earlier.getActivityId()) && left(earlier)) {
                    return Optional.of(flow);
                }
            }
        }
        return Optional.empty();
    }

    /** The engine counts a gateway that waits for events as cancelled by the event that leads on. */
    private static boolean left(HistoricActivityInstance visit) {
        return visit.getEndTime() != null
                && (!visit.isCanceled() || visit.getActivityType().equals(WAITING_GATEWAY));
    }
}
