package org.jabr.process.camunda;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.jabr.cases.CaseDesk;
import org.jabr.cases.Stage;
import org.jabr.rules.Decider;
import org.springframework.stereotype.Component;

/** Moves the case to the {@code stage} that stands at an element, once the element is done. */
@Component
class StageKeeper implements ExecutionListener {

    static final String STAGE = "stage";

    private final CaseDesk desk;

    StageKeeper(CaseDesk desk) {
        this.desk = desk;
    }

    @Override
    public void notify(DelegateExecution execution) {
        if (!execution.isCanceled()) {
            Step step = new Step(execution);
            desk.move(step.caseId(), Stage.valueOf(step.parameter(STAGE)), Decider.RULES.login());
        }
    }
}
