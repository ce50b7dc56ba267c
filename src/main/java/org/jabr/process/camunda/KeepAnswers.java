package org.jabr.process.camunda;

import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.jabr.cases.Cases;
import org.springframework.stereotype.Component;

/**
 * Keeps the answers that a user task names in {@code keep} as variables, so that gateways can ask for them. The answers
 * themselves were checked against the form and stored with the case before the task was completed.
 */
@Component
class KeepAnswers implements TaskListener {

    static final String KEEP = "keep";

    private final Cases cases;

    KeepAnswers(Cases cases) {
        this.cases = cases;
    }

    /** The variable that an answer is kept as: the last part of its key. */
    static String variable(String key) {
        String name = key.strip();
        return name.substring(name.lastIndexOf('.') + 1);
    }

    @Override
    public void notify(DelegateTask task) {
        Step step = new Step(task.getExecution());
        step.find(KEEP).ifPresent(keep -> {
            Map<String, Object> known = cases.get(step.caseId()).given();
            for (String key : keep.split(",")) {
                String name = key.strip();
                step.keep(variable(name), known.get(name.contains(".") ? name : "answers." + name));
            }
        });
    }
}
