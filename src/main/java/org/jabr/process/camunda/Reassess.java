package org.jabr.process.camunda;

import java.util.List;
import org.jabr.cases.CaseDesk;
import org.jabr.cases.Cases;
import org.jabr.process.BuildingBlock;
import org.jabr.worklist.WorkItem;
import org.jabr.worklist.Worklist;
import org.springframework.stereotype.Component;

/** Decides severity, route and deadlines again; tells whether the severity rose and whether a person is awaited anyway. */
@Component
class Reassess extends Block {

    private final CaseDesk desk;
    private final Cases cases;
    private final Worklist worklist;

    Reassess(CaseDesk desk, Cases cases, Worklist worklist) {
        this.desk = desk;
        this.cases = cases;
        this.worklist = worklist;
    }

    @Override
    BuildingBlock offered() {
        return BuildingBlock.service("reassess", List.of("severityRose", "personWaiting"));
    }

    @Override
    void run(Step step) {
        int before = cases.get(step.caseId()).severity();
        desk.reassess(step.caseId());
        step.keep("severityRose", cases.get(step.caseId()).severity() > before);
        step.keep("personWaiting", worklist.ofCase(step.caseId()).stream().anyMatch(Reassess::personAwaited));
    }

    private static boolean personAwaited(WorkItem item) {
        return item.kind() == WorkItem.Kind.ACKNOWLEDGEMENT
                && (item.state() == WorkItem.State.OPEN || item.state() == WorkItem.State.CLAIMED);
    }
}
