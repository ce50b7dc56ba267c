package org.jabr.process.camunda;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.jabr.process.BuildingBlock;

/** A building block of diagrams. Its bean name is its word in {@code camunda:delegateExpression}. */
abstract class Block implements JavaDelegate {

    @Override
    public final void execute(DelegateExecution execution) {
        run(new Step(execution));
    }

    abstract void run(Step step);

    /** What it offers to analysts. */
    abstract BuildingBlock offered();
}
