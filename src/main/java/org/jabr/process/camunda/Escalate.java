package org.jabr.process.camunda;

import org.jabr.cases.CaseDesk;
import org.springframework.stereotype.Component;

/** Hands a case to an owner above; {@code why} stands in its timeline. */
@Component
class Escalate extends Block {

    private final CaseDesk desk;

    Escalate(CaseDesk desk) {
        this.desk = desk;
    }

    @Override
    void run(Step step) {
        desk.escalate(step.caseId(), step.parameter("why"));
    }
}
