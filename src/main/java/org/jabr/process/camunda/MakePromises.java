package org.jabr.process.camunda;

import java.util.List;
import org.jabr.cases.CaseDesk;
import org.jabr.process.BuildingBlock;
import org.springframework.stereotype.Component;

/** Promises what the rules decided: when a person speaks to the customer, and by when the matter is resolved. */
@Component
class MakePromises extends Block {

    private final CaseDesk desk;

    MakePromises(CaseDesk desk) {
        this.desk = desk;
    }

    @Override
    BuildingBlock offered() {
        return BuildingBlock.service("makePromises", List.of());
    }

    @Override
    void run(Step step) {
        desk.promise(step.caseId());
    }
}
