package org.jabr.process.camunda;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.migration.MigratingProcessInstanceValidationException;
import org.camunda.bpm.engine.migration.MigrationInstruction;
import org.camunda.bpm.engine.migration.MigrationPlan;
import org.camunda.bpm.engine.migration.MigrationPlanBuilder;
import org.camunda.bpm.engine.migration.MigrationPlanValidationException;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.CatchEvent;
import org.camunda.bpm.model.bpmn.instance.EventBasedGateway;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.jabr.cases.RecoveryCase;
import org.jabr.process.Mover;
import org.jabr.releases.Releases;
import org.jabr.rules.Problem;
import org.jabr.worklist.WorkItem;
import org.jabr.worklist.Worklist;
import org.springframework.stereotype.Component;

/** Moves process instances with Camunda's migration plans. */
@Component
class CamundaMover implements Mover {

    private final RuntimeService runtime;
    private final RepositoryService repository;
    private final TaskService tasks;
    private final Releases releases;
    private final Worklist worklist;

    CamundaMover(
            RuntimeService runtime,
            RepositoryService repository,
            TaskService tasks,
            Releases releases,
            Worklist worklist) {
        this.runtime = runtime;
        this.repository = repository;
        this.tasks = tasks;
        this.releases = releases;
        this.worklist = worklist;
    }

    @Override
    public void move(RecoveryCase recovery, String to, Map<String, String> steps) {
        // Work first, then the engine: whoever completes work takes the same way, so nobody waits for each other.
        List<WorkItem> open = worklist.ofCase(recovery.id()).stream()
                .filter(item -> item.state() == WorkItem.State.OPEN || item.state() == WorkItem.State.CLAIMED)
                .filter(item -> worklist.repin(
                        item.id(), to, steps.getOrDefault(item.element(), item.element()), item.name(), item.form()))
                .toList();
        Map<String, BpmnModelInstance> targets = new HashMap<>();
        try {
            for (ProcessInstance instance : runtime.createProcessInstanceQuery()
                    .processInstanceBusinessKey(recovery.reference())
                    .list()) {
                String source = instance.getProcessDefinitionId();
                String target = releases.definition(
                        to, repository.getProcessDefinition(source).getKey());
                if (!source.equals(target)) {
                    runtime.newMigration(plan(source, target, steps))
                            .processInstanceIds(instance.getId())
                            .skipCustomListeners()
                            .execute();
                }
                targets.put(target, repository.getBpmnModelInstance(target));
            }
        } catch (MigrationPlanValidationException e) {
            throw new CannotMove(recovery.reference(), MoveReport.of(e.getValidationReport()));
        } catch (MigratingProcessInstanceValidationException e) {
            throw new CannotMove(recovery.reference(), MoveReport.of(e.getValidationReport()));
        } catch (OptimisticLockingException e) {
            throw new Problem(Problem.Kind.CONFLICT, "CASE-002", recovery.reference());
        }
        open.forEach(item -> rename(item, to, targets));
    }

    /** Steps that are the same in both diagrams go on where they are; what the analyst says counts more. */
    private MigrationPlan plan(String source, String target, Map<String, String> steps) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (MigrationInstruction same : runtime.createMigrationPlan(source, target)
                .mapEqualActivities()
                .build()
                .getInstructions()) {
            pairs.put(same.getSourceActivityId(), same.getTargetActivityId());
        }
        BpmnModelInstance from = repository.getBpmnModelInstance(source);
        steps.forEach((element, other) -> {
            if (from.getModelElementById(element) != null) {
                pairs.put(element, other);
            }
        });
        MigrationPlanBuilder builder = runtime.createMigrationPlan(source, target);
        pairs.forEach(builder::mapActivities);
        return builder.build();
    }

    /** The work has the name and the form that its step has in the other release. */
    private void rename(WorkItem item, String to, Map<String, BpmnModelInstance> targets) {
        Task task = item.task() == null
                ? null
                : tasks.createTaskQuery().taskId(item.task()).singleResult();
        if (task == null) {
            return;
        }
        Optional.ofNullable(targets.get(task.getProcessDefinitionId()))
                .map(diagram -> (UserTask) diagram.getModelElementById(task.getTaskDefinitionKey()))
                .ifPresent(
                        step -> worklist.repin(item.id(), to, step.getId(), step.getName(), step.getCamundaFormKey()));
    }

    @Override
    public List<Place> places(String release, String process) {
        List<Place> places = new ArrayList<>();
        for (FlowNode node : repository
                .getBpmnModelInstance(releases.definition(release, process))
                .getModelElementsByType(FlowNode.class)) {
            boolean waits = node instanceof Activity && !(node instanceof SubProcess)
                    || node instanceof CatchEvent && !(node instanceof StartEvent) && !(node instanceof BoundaryEvent)
                    || node instanceof EventBasedGateway;
            if (waits) {
                places.add(new Place(
                        node.getId(),
                        node.getElementType().getTypeName(),
                        node.getName() == null ? node.getId() : node.getName()));
            }
        }
        return places;
    }
}
