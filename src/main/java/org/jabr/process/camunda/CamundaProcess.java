package org.jabr.process.camunda;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.history.HistoricActivityInstance;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.runtime.ActivityInstance;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.jabr.cases.Cases;
import org.jabr.cases.RecoveryCase;
import org.jabr.process.ChoosingSteps;
import org.jabr.process.Course;
import org.jabr.process.Diagrams;
import org.jabr.process.Recovery;
import org.jabr.releases.Releases;
import org.jabr.rules.CaseId;
import org.jabr.rules.Decider;
import org.jabr.rules.Problem;
import org.jabr.worklist.WorkItem;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Moves cases with Camunda. The one class that starts process instances. */
@Component
class CamundaProcess implements Recovery, Course {

    private final RuntimeService runtime;
    private final TaskService tasks;
    private final HistoryService history;
    private final ManagementService jobs;
    private final RepositoryService repository;
    private final Releases releases;
    private final Cases cases;
    private final ChoosingSteps choosing;

    CamundaProcess(
            RuntimeService runtime,
            TaskService tasks,
            HistoryService history,
            ManagementService jobs,
            RepositoryService repository,
            Releases releases,
            Cases cases,
            ChoosingSteps choosing) {
        this.runtime = runtime;
        this.tasks = tasks;
        this.history = history;
        this.jobs = jobs;
        this.repository = repository;
        this.releases = releases;
        this.cases = cases;
        this.choosing = choosing;
    }

    @Override
    public void start(RecoveryCase recovery) {
        String definition = releases.definition(recovery.release(), recovery.process());
        runtime.createProcessInstanceById(definition)
                .businessKey(recovery.reference())
                .setVariable(Step.CASE, recovery.id().value())
                .execute();
    }

    @Override
    public boolean tell(RecoveryCase recovery, Happening what, @Nullable String about) {
        Map<String, Object> variables = about == null ? Map.of() : Map.of(Step.REMEDY, about);
        try {
            return !runtime.createMessageCorrelation(message(what))
                    .processInstanceBusinessKey(recovery.reference())
                    .setVariablesToTriggeredScope(variables)
                    .correlateAllWithResult()
                    .isEmpty();
        } catch (OptimisticLockingException e) {
            throw new Problem(Problem.Kind.CONFLICT, "CASE-002", recovery.reference());
        }
    }

    @Override
    public void proceed(WorkItem item, Decider by) {
        if (item.kind() == WorkItem.Kind.INCIDENT) {
            retryIncident(item);
            return;
        }
        Task task = Optional.ofNullable(item.task())
                .map(id -> tasks.createTaskQuery().taskId(id).singleResult())
                .orElseThrow(() -> new Problem(Problem.Kind.CONFLICT, "WORK-002", item.id()));
        Map<String, Object> variables = new HashMap<>();
        choosing.moment(item).ifPresent(moment -> variables.putAll(Step.deciding(moment, by)));
        try {
            tasks.complete(task.getId(), variables);
        } catch (OptimisticLockingException e) {
            throw new Problem(Problem.Kind.CONFLICT, "WORK-002", item.id());
        }
    }

    @Override
    public Path path(CaseId id) {
        RecoveryCase recovery = cases.get(id);
        Optional<HistoricProcessInstance> instance = instance(recovery);
        if (instance.isEmpty()) {
            String diagram = releases.file(recovery.release(), Diagrams.path(recovery.process()))
                    .orElse("");
            return new Path(diagram, List.of(), List.of(), List.of());
        }
        List<String> failed =
                incidents(id).stream().map(Incident::element).distinct().toList();
        return new Way(repository.getBpmnModelInstance(instance.get().getProcessDefinitionId()), visits(instance.get()))
                .path(failed);
    }

    @Override
    public List<Visit> visits(CaseId id) {
        return instance(cases.get(id)).map(this::visits).orElse(List.of()).stream()
                .map(visit -> new Visit(
                        visit.getActivityId(),
                        visit.getTaskId(),
                        visit.getStartTime().toInstant(),
                        visit.getEndTime() == null ? null : visit.getEndTime().toInstant(),
                        visit.isCanceled()))
                .toList();
    }

    private List<HistoricActivityInstance> visits(HistoricProcessInstance instance) {
        return history.createHistoricActivityInstanceQuery()
                .processInstanceId(instance.getId())
                .orderPartiallyByOccurrence()
                .asc()
                .list();
    }

    @Override
    public List<Incident> incidents(CaseId id) {
        return engineIncidents(id)
                .map(incident -> {
                    String message =
                            Optional.ofNullable(incident.getIncidentMessage()).orElse("");
                    String code = StoppedSteps.code(message);
                    // A message without a code of ours is the cause's own, and may hold anything.
                    return new Incident(
                            incident.getFailedActivityId(), code, code.equals(StoppedSteps.UNEXPECTED) ? "" : message);
                })
                .toList();
    }

    @Override
    public void retry(CaseId id) {
        engineIncidents(id).forEach(incident -> retryJob(incident.getConfiguration()));
    }

    @Override
    public void end(RecoveryCase recovery, String why) {
        try {
            for (ProcessInstance instance : runtime.createProcessInstanceQuery()
                    .processInstanceBusinessKey(recovery.reference())
                    .rootProcessInstances()
                    .list()) {
                runtime.deleteProcessInstance(instance.getId(), why);
            }
        } catch (OptimisticLockingException e) {
            throw new Problem(Problem.Kind.CONFLICT, "CASE-002", recovery.reference());
        }
    }

    @Override
    public boolean drop(RecoveryCase recovery, String task) {
        Task waiting = tasks.createTaskQuery().taskId(task).singleResult();
        if (waiting == null) {
            return false;
        }
        ModelElementInstance step = repository
                .getBpmnModelInstance(waiting.getProcessDefinitionId())
                .getModelElementById(waiting.getTaskDefinitionKey());
        if (!(step.getParentElement() instanceof SubProcess beside && beside.triggeredByEvent())) {
            return false;
        }
        ActivityInstance whole = runtime.getActivityInstance(waiting.getProcessInstanceId());
        ActivityInstance at = Arrays.stream(whole.getActivityInstances(waiting.getTaskDefinitionKey()))
                .filter(one -> List.of(one.getExecutionIds()).contains(waiting.getExecutionId()))
                .findFirst()
                .orElse(null);
        // What would end with it is the whole process: that is for nobody to take out.
        if (at == null || whole.getChildActivityInstances().length + whole.getChildTransitionInstances().length < 2) {
            return false;
        }
        try {
            runtime.createProcessInstanceModification(waiting.getProcessInstanceId())
                    .cancelActivityInstance(at.getId())
                    .execute();
            return true;
        } catch (OptimisticLockingException e) {
            throw new Problem(Problem.Kind.CONFLICT, "CASE-002", recovery.reference());
        }
    }

    private void retryIncident(WorkItem item) {
        engineIncidents(item.theCase())
                .filter(incident -> incident.getId().equals(item.task()))
                .forEach(incident -> retryJob(incident.getConfiguration()));
    }

    private void retryJob(String job) {
        jobs.setJobRetries(1).jobId(job).dueDate(null).execute();
    }

    /** Those of called processes too; what a caller only inherits from them has no job of its own. */
    private Stream<org.camunda.bpm.engine.runtime.Incident> engineIncidents(CaseId id) {
        return runtime
                .createProcessInstanceQuery()
                .processInstanceBusinessKey(cases.get(id).reference())
                .list()
                .stream()
                .flatMap(instance -> runtime
                        .createIncidentQuery()
                        .processInstanceId(instance.getId())
                        .incidentType(org.camunda.bpm.engine.runtime.Incident.FAILED_JOB_HANDLER_TYPE)
                        .list()
                        .stream())
                .filter(incident -> incident.getConfiguration() != null);
    }

    /** The case's own process; those that it calls have the same reference. */
    private Optional<HistoricProcessInstance> instance(RecoveryCase recovery) {
        return Optional.ofNullable(history.createHistoricProcessInstanceQuery()
                .processInstanceBusinessKey(recovery.reference())
                .rootProcessInstances()
                .singleResult());
    }

    /** The name of the message in diagrams. */
    static String message(Happening what) {
        StringBuilder name = new StringBuilder();
        for (String word : what.name().toLowerCase(Locale.ROOT).split("_")) {
            name.append(name.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
        }
        return name.toString();
    }
}
