package org.jabr.process.camunda;

import java.util.List;
import org.jabr.cases.CaseDesk;
import org.jabr.process.BuildingBlock;
import org.jabr.process.BuildingBlock.Parameter;
import org.jabr.process.BuildingBlock.Type;
import org.springframework.stereotype.Component;

/** Hands a case to an owner above; {@code why} stands in its timeline. */
@Component
class Escalate extends Block {

    private final CaseDesk desk;

    Escalate(CaseDesk desk) {
        this.desk = desk;
    }

    @Override
    BuildingBlock offered() {
        return BuildingBlock.service("escalate", List.of(), Parameter.required("why", Type.TEXT));
    }

    @Override
    void run(Step step) {
        desk.escalate(step.caseId(), step.parameter("why"));
    }
}
