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
import org.jabr.rules.Authority;
import org.jabr.rules.Decider;
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
        owned();
        answeredByLink();
        vulnerable();
        extraRefused();
        contacts();
        promiseMissed();
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

    /** The executive owner gives more than one manager may, and the customer wants to be called. */
    private void owned() {
        RecoveryCase recovery = desk.lateDelivery().vulnerable().open();
        desk.complete(desk.item(recovery), ANGRY, AGENT);
        desk.complete(desk.item(recovery), Map.of("agreed", true), AGENT);
        answer(recovery, false);
        desk.complete(desk.item(recovery), ANGRY, AGENT);
        desk.complete(desk.item(recovery), Map.of("agreed", true), AGENT);
        desk.timePasses(recovery, "followUpDue");
        desk.complete(desk.item(recovery), Map.of("satisfied", false), MANAGER);
        desk.complete(
                desk.item(recovery),
                Map.of(
                        "solution",
                        "A call.",
                        "chosen",
                        List.of(Map.of("remedy", "CALL_BACK"), Map.of("remedy", "CREDIT", "amount", "300.00")),
                        "chosenWhy",
                        "Let down twice"),
                MANAGER);
        settle(recovery, "APPROVE", new Decider("director", Authority.MANAGER));
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

    /** The customer had a card last time, so that the extra is a credit alone; nobody approves it. */
    private void extraRefused() {
        RecoveryCase first = desk.lateDelivery().open();
        RecoveryCase second = desk.lateDelivery()
                .of(first)
                .loss("600.00")
                .fact("failure.silent", true)
                .open();
        settle(second, "REFUSE");
        seen(second);
    }

    private void contacts() {
        RecoveryCase calm = desk.lateDelivery().open();
        contact(calm, Map.of());
        seen(calm);
        RecoveryCase harmed = desk.lateDelivery().loss("400.00").open();
        contact(harmed, Map.of("failure.practicalImpact", "MAJOR"));
        settle(harmed, "APPROVE");
        contact(harmed, Map.of("conversation.escalationThreat", "REGULATOR"));
        settle(harmed, "APPROVE");
        seen(harmed);
        RecoveryCase heard = desk.lateDelivery().type("NO_ANSWER").loss("0.00").open();
        contact(heard, ANGRY);
        settle(heard, "APPROVE");
        seen(heard);
    }

    private void promiseMissed() {
        RecoveryCase given = desk.lateDelivery()
                .type("DEFECTIVE_ITEM")
                .fact("conversation.desiredOutcome", "REFUND")
                .loss("160.00")
                .open();
        RecoveryCase refused = desk.lateDelivery()
                .loss("20.00")
                .fact("failure.causedBy", "CUSTOMER")
                .open();
        clock.pass(Duration.ofDays(30));
        promises.look();
        desk.work(given);
        desk.work(refused);
        settle(given, "APPROVE");
        settle(refused, "REFUSE");
        seen(given);
        seen(refused);
    }

    private void withdrawn() {
        RecoveryCase recovery = desk.lateDelivery().open();
        desk.cases.withdraw(recovery.id(), "customer");
        desk.work(recovery);
        seen(recovery);
    }

    private void settle(RecoveryCase recovery, String verdict) {
        settle(recovery, verdict, MANAGER);
    }

    private void settle(RecoveryCase recovery, String verdict, Decider by) {
        while (!desk.items(recovery).isEmpty()) {
            WorkItem item = desk.items(recovery).get(0);
            desk.complete(
                    item,
                    switch (item.kind()) {
                        case APPROVAL -> Map.of("verdict", verdict, "reason", "as decided");
                        case ACKNOWLEDGEMENT -> ANGRY;
                        case ESCALATION -> Map.of("solution", "Answered.");
                        case CONFIRMATION -> Map.of("agreed", true);
                        default -> throw new AssertionError(item);
                    },
                    by);
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
