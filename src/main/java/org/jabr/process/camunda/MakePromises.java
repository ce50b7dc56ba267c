package org.jabr.process.camunda;

import org.jabr.cases.CaseDesk;
import org.springframework.stereotype.Component;

/** Promises what the rules decided: when a person speaks to the customer, and by when the matter is resolved. */
@Component
class MakePromises extends Block {

    private final CaseDesk desk;

    MakePromises(CaseDesk desk) {
        this.desk = desk;
    }

    @Override
    void run(Step step) {
        desk.promise(step.caseId());
    }
}
