package org.jabr.process.camunda;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.incident.DefaultIncidentHandler;
import org.camunda.bpm.engine.impl.incident.IncidentContext;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.runtime.Incident;
import org.jabr.cases.Cases;
import org.jabr.cases.RecoveryCase;
import org.jabr.process.Recovery;
import org.jabr.rules.Authority;
import org.jabr.worklist.NewWork;
import org.jabr.worklist.WorkItem;
import org.jabr.worklist.Worklist;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** A step that stopped for good stands in the worklist until a person has it tried again. */
@Component
class StoppedSteps extends DefaultIncidentHandler {

    /** Code of failures that bring none of their own. */
    static final String UNEXPECTED = "PROC-020";

    private static final Pattern CODE = Pattern.compile("\\b([A-Z]+-\\d{3})\\b");

    private final Worklist worklist;
    private final Cases cases;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    StoppedSteps(Worklist worklist, Cases cases, ApplicationEventPublisher events, Clock clock) {
        super(Incident.FAILED_JOB_HANDLER_TYPE);
        this.worklist = worklist;
        this.cases = cases;
        this.events = events;
        this.clock = clock;
    }

    /** The code that a failure's message begins with. */
    static String code(@Nullable String message) {
        Matcher code = CODE.matcher(Objects.requireNonNullElse(message, ""));
        return code.find() ? code.group(1) : UNEXPECTED;
    }

    @Override
    public Incident handleIncident(IncidentContext context, String message) {
        Incident incident = super.handleIncident(context, message);
        ExecutionEntity execution =
                Context.getCommandContext().getExecutionManager().findExecutionById(context.getExecutionId());
        if (execution != null && execution.getVariable(Step.CASE) != null) {
            String element = Optional.ofNullable(context.getFailedActivityId()).orElse(context.getActivityId());
            open(incident, execution, element, code(message));
        }
        return incident;
    }

    private void open(Incident incident, ExecutionEntity execution, String element, String code) {
        RecoveryCase recovery = cases.get(new Step(execution).caseId());
        var activity = execution.getProcessDefinition().findActivity(element);
        String name = activity == null ? element : String.valueOf(activity.getName());
        worklist.open(new NewWork(
                WorkItem.Kind.INCIDENT,
                name,
                recovery.id(),
                recovery.reference(),
                recovery.release(),
                incident.getId(),
                element,
                null,
                code,
                Authority.SUPERVISOR,
                null,
                recovery.queue(),
                recovery.skill(),
                recovery.language(),
                null,
                OffsetDateTime.now(clock),
                List.of(new WorkItem.Why("due", 0, List.of()))));
        events.publishEvent(new Recovery.Stopped(recovery.id(), element, code));
    }

    @Override
    protected void removeIncident(IncidentContext context, boolean resolved) {
        for (Incident incident : Context.getCommandContext()
                .getIncidentManager()
                .findIncidentByConfiguration(context.getConfiguration())) {
            worklist.cancel(incident.getId());
        }
        super.removeIncident(context, resolved);
    }
}
