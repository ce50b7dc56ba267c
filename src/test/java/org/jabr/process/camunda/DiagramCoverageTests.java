package org.jabr.process.camunda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jabr.process.camunda.Desk.AGENT;
import static org.jabr.process.camunda.Desk.MANAGER;
import static org.jabr.process.camunda.Desk.SUPERVISOR;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.jabr.cases.RecoveryCase;
import org.jabr.customers.PersonalText;
import org.jabr.process.Course;
import org.jabr.process.PromiseRound;
import org.jabr.releases.Releases;
import org.jabr.surveys.Survey;
import org.jabr.surveys.Surveys;
import org.jabr.worklist.WorkItem;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A handful of cases that together pass every element and every flow of the default diagram. */
@ProcessTest
class DiagramCoverageTests {

    private static final Map<String, Object> ANGRY = Map.of("conversation.emotion", "ANGRY");

    @Autowired
    Desk desk;

    @Autowired
    Surveys surveys;

    @Autowired
    PromiseRound promises;

    @Autowired
    MovableClock clock;

    @Autowired
    Course course;

    @Autowired
    RepositoryService repository;

    @Autowired
    Releases releases;

    private final Set<String> passed = new HashSet<>();

    @Test
    void everyElementAndEveryFlowCanBePassed() {
        silent();
        reopened();
        answeredByLink();
        vulnerable();
        extraRefused();
        contacts();
        promiseMissed(true);
        promiseMissed(false);
        withdrawn();

        var diagram = repository.getBpmnModelInstance(
                releases.definition(releases.live().id(), "service-recovery"));
        List<String> nodes = diagram.getModelElementsByType(FlowNode.class).stream()
                .map(FlowNode::getId)
                .toList();
        List<String> flows = diagram.getModelElementsByType(SequenceFlow.class).stream()
                .map(SequenceFlow::getId)
                .toList();
        assertThat(passed).containsAll(nodes).containsAll(flows);
    }

    private void silent() {
        RecoveryCase recovery = desk.lateDelivery().loss("0.00").open();
        desk.timePasses(recovery, "followUpDue");
        desk.timePasses(recovery, "noAnswer");
        seen(recovery);
    }

    private void reopened() {
        RecoveryCase recovery = desk.lateDelivery().open();
        desk.timePasses(recovery, "followUpDue");
        answer(recovery, false);
        desk.complete(desk.item(recovery), ANGRY, AGENT);
        desk.timePasses(recovery, "followUpDue");
        desk.complete(desk.item(recovery), Map.of("satisfied", false), MANAGER);
        desk.complete(desk.item(recovery), Map.of("solution", "A call."), MANAGER);
        seen(recovery);
    }

    private void answeredByLink() {
        RecoveryCase early = desk.lateDelivery().open();
        answer(early, true);
        seen(early);
        RecoveryCase meanwhile = desk.lateDelivery()
                .fact("failure.practicalImpact", "MAJOR")
                .fact("conversation.askedForPerson", true)
                .open();
        desk.complete(desk.item(meanwhile), ANGRY, AGENT);
        desk.timePasses(meanwhile, "followUpDue");
        answer(meanwhile, true);
        seen(meanwhile);
    }

    private void vulnerable() {
        RecoveryCase recovery = desk.lateDelivery().vulnerable().open();
        desk.complete(desk.item(recovery), ANGRY, AGENT);
        desk.complete(desk.item(recovery), Map.of("agreed", true), AGENT);
        desk.transaction.executeWithoutResult(
                status -> course.tell(desk.now(recovery), Course.Happening.REMEDY_FAILED, "1-REFUND"));
        desk.complete(desk.item(recovery), Map.of("note", "Mended."), SUPERVISOR);
        seen(recovery);
    }

    /** An extra of a credit alone, which nobody approves: the one case in which there is nothing to tell. */
    private void extraRefused() {
        RecoveryCase recovery = desk.lateDelivery()
                .type("OTHER")
                .loss("2000.00")
                .fact("failure.silent", true)
                .fact("failure.causedBy", "THIRD_PARTY")
                .open();
        approveAll(recovery, "REFUSE");
        seen(recovery);
    }

    private void contacts() {
        RecoveryCase calm = desk.lateDelivery().loss("400.00").open();
        contact(calm, Map.of());
        contact(calm, Map.of("failure.practicalImpact", "MAJOR"));
        approveAll(calm, "APPROVE");
        contact(calm, Map.of("conversation.escalationThreat", "REGULATOR"));
        for (WorkItem item : desk.items(calm)) {
            desk.complete(
                    item, item.kind() == WorkItem.Kind.ESCALATION ? Map.of("solution", "Answered.") : ANGRY, MANAGER);
        }
        seen(calm);
        RecoveryCase nothingMore =
                desk.lateDelivery().type("NO_ANSWER").loss("0.00").open();
        contact(nothingMore, ANGRY);
        desk.complete(desk.item(nothingMore), ANGRY, AGENT);
        seen(nothingMore);
    }

    private void promiseMissed(boolean approved) {
        RecoveryCase recovery = desk.lateDelivery()
                .type("DEFECTIVE_ITEM")
                .fact("conversation.desiredOutcome", "REFUND")
                .loss("160.00")
                .open();
        clock.pass(Duration.ofDays(30));
        promises.look();
        desk.work(recovery);
        approveAll(recovery, approved ? "APPROVE" : "REFUSE");
        seen(recovery);
    }

    private void withdrawn() {
        RecoveryCase recovery = desk.lateDelivery().open();
        desk.cases.withdraw(recovery.id(), "customer");
        desk.work(recovery);
        seen(recovery);
    }

    private void approveAll(RecoveryCase recovery, String verdict) {
        while (!desk.items(recovery).isEmpty()) {
            desk.complete(desk.items(recovery).get(0), Map.of("verdict", verdict, "reason", "as decided"), MANAGER);
        }
    }

    private void contact(RecoveryCase recovery, Map<String, Object> facts) {
        desk.cases.contacted(recovery.id(), "EMAIL", new PersonalText("Again"), null, facts, "customer");
        desk.work(recovery);
    }

    private void answer(RecoveryCase recovery, boolean satisfied) {
        surveys.answer(recovery.id(), new Survey.Answer(null, null, null, satisfied, null));
        desk.work(recovery);
    }

    private void seen(RecoveryCase recovery) {
        passed.addAll(desk.passed(recovery));
        passed.addAll(desk.waitsAt(recovery));
    }
}
