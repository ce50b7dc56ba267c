package org.jabr.process.camunda;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.jabr.cases.Cases;
import org.jabr.cases.RecoveryCase;
import org.jabr.remedies.Effect;
import org.jabr.remedies.Effects;
import org.jabr.rules.Authority;
import org.jabr.rules.Decider;
import org.jabr.worklist.NewWork;
import org.jabr.worklist.WorkItem;
import org.jabr.worklist.Worklist;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Puts user tasks into the worklist and takes them out again where the diagram leaves them without a person. Parameters:
 * {@code kind}, {@code due} (person, resolve or a duration), {@code authority}, {@code queue}, {@code assignee=owner};
 * an approval names the {@code moment} whose asked remedies it is about.
 */
@Component
class WorkOpener implements TaskListener {

    static final String FORM = "form";

    private final Worklist worklist;
    private final Cases cases;
    private final Effects effects;
    private final Approvals approvals;
    private final Clock clock;

    WorkOpener(Worklist worklist, Cases cases, Effects effects, Approvals approvals, Clock clock) {
        this.worklist = worklist;
        this.cases = cases;
        this.effects = effects;
        this.approvals = approvals;
        this.clock = clock;
    }

    @Override
    public void notify(DelegateTask task) {
        if (task.getEventName().equals(EVENTNAME_CREATE)) {
            open(task, new Step(task.getExecution()));
        } else {
            worklist.cancel(task.getId());
        }
    }

    private void open(DelegateTask task, Step step) {
        RecoveryCase recovery = cases.get(step.caseId());
        WorkItem.Kind kind = WorkItem.Kind.valueOf(step.parameter("kind"));
        Effect asked = kind == WorkItem.Kind.APPROVAL ? asked(step) : null;
        worklist.open(new NewWork(
                kind,
                task.getName(),
                recovery.id(),
                recovery.reference(),
                recovery.release(),
                task.getId(),
                task.getTaskDefinitionKey(),
                step.find(FORM).orElse(null),
                asked == null ? step.text(Step.REMEDY) : asked.key(),
                asked == null ? Authority.valueOf(step.parameter("authority")) : asked.authority(),
                asked == null ? null : otherThan(asked),
                step.find("queue").orElse(recovery.queue()),
                recovery.skill(),
                recovery.language(),
                step.find("assignee").isPresent() ? recovery.owner() : null,
                Due.of(step.parameter("due"), recovery, OffsetDateTime.now(clock)),
                why(recovery)));
    }

    private Effect asked(Step step) {
        return approvals
                .next(effects.ofCase(step.caseId()), step.caseId(), step.parameter("moment"))
                .orElseThrow(() -> new IllegalStateException("nothing is asked for"));
    }

    private static @Nullable String otherThan(Effect asked) {
        return Decider.RULES.login().equals(asked.askedBy()) ? null : asked.askedBy();
    }

    private static List<WorkItem.Why> why(RecoveryCase recovery) {
        List<WorkItem.Why> why = new ArrayList<>(List.of(new WorkItem.Why("due", 0, List.of())));
        if (recovery.boostMinutes() > 0) {
            why.add(new WorkItem.Why("boost", recovery.boostMinutes(), recovery.boostBecause()));
        }
        return why;
    }
}
