package org.jabr.process.camunda;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.TaskService;
import org.jabr.cases.Cases;
import org.jabr.remedies.Effect;
import org.jabr.rules.CaseId;
import org.jabr.worklist.WorkItem;
import org.jabr.worklist.Worklist;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Finds what still waits for somebody's approval: each asked remedy stands in the worklist exactly once. */
@Component
class Approvals {

    private final Worklist worklist;
    private final Cases cases;
    private final TaskService tasks;

    Approvals(Worklist worklist, Cases cases, @Lazy TaskService tasks) {
        this.worklist = worklist;
        this.cases = cases;
        this.tasks = tasks;
    }

    /** The next remedy of a moment that is asked for and not in the worklist yet. */
    Optional<Effect> next(List<Effect> effects, CaseId caseId, String moment) {
        List<Effect> asked = effects.stream()
                .filter(e -> e.state() == Effect.State.ASKED && e.moment().equals(moment))
                .toList();
        if (asked.isEmpty()) {
            return Optional.empty();
        }
        Set<String> listed = waiting(caseId).stream().map(WorkItem::subject).collect(Collectors.toSet());
        return asked.stream().filter(e -> !listed.contains(e.key())).findFirst();
    }

    /** The rules were asked again, so this approval is not wanted any more; its diagram goes on. */
    @EventListener
    void notWanted(Effect.Changed event) {
        Effect effect = event.effect();
        if (effect.state() != Effect.State.CANCELLED
                || effect.undo()
                || cases.get(effect.caseId()).stage().ended()) {
            return;
        }
        for (WorkItem item : waiting(effect.caseId())) {
            if (effect.key().equals(item.subject()) && item.task() != null) {
                worklist.cancel(item.task());
                tasks.complete(item.task());
            }
        }
    }

    private List<WorkItem> waiting(CaseId caseId) {
        return worklist.ofCase(caseId).stream()
                .filter(i -> i.kind() == WorkItem.Kind.APPROVAL)
                .filter(i -> i.state() == WorkItem.State.OPEN || i.state() == WorkItem.State.CLAIMED)
                .toList();
    }
}
