package org.jabr.process.camunda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jabr.process.camunda.Desk.AGENT;
import static org.jabr.process.camunda.Desk.MANAGER;
import static org.jabr.process.camunda.Desk.SUPERVISOR;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jabr.cases.Promise;
import org.jabr.cases.RecoveryCase;
import org.jabr.cases.Stage;
import org.jabr.customers.PersonalText;
import org.jabr.process.PromiseRound;
import org.jabr.process.Recovery;
import org.jabr.remedies.Effect;
import org.jabr.rules.Problem;
import org.jabr.worklist.WorkItem;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What may happen to a case at any time. */
@ProcessTest
class EventProcessTests {

    private static final Map<String, Object> CALM = Map.of("conversation.emotion", "CALM");

    @Autowired
    Desk desk;

    @Autowired
    PromiseRound promises;

    @Autowired
    MovableClock clock;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    JdbcClient jdbc;

    @Test
    void thanksForAFurtherContactAndLeavesTheCaseWhereItIs() {
        RecoveryCase recovery = desk.lateDelivery().language("ar").open();

        contact(recovery, Map.of());

        assertThat(desk.letters(recovery)).endsWith("thanks");
        assertThat(desk.letter(recovery, "thanks")).contains("وصلتنا رسالتكم");
        assertThat(desk.waitsAt(recovery)).containsExactly("untilFollowUp");
        assertThat(desk.passed(recovery)).contains("contactNoted");
        assertThat(desk.effects(recovery, Effect.State.CONFIRMED))
                .filteredOn(e -> e.remedy().equals("REFUND"))
                .hasSize(1);
    }

    @Test
    void grantsTheDifferenceWhereAContactRaisesTheSeverity() {
        RecoveryCase recovery = desk.lateDelivery().open();

        contact(recovery, Map.of("failure.practicalImpact", "MAJOR"));

        assertThat(refunds(recovery)).containsExactly("8.00 USD", "12.00 USD");
        assertThat(desk.letter(recovery, "difference"))
                .contains("12.00 US dollars")
                .doesNotContain("8.00");
        assertThat(desk.waitsAt(recovery)).containsExactly("untilFollowUp");
    }

    @Test
    void hasAPersonAnswerAnAngryContact() {
        RecoveryCase recovery = desk.lateDelivery().open();

        contact(recovery, Map.of("conversation.emotion", "ANGRY"));

        WorkItem item = desk.item(recovery);
        assertThat(item.element()).isEqualTo("answerInPerson");
        desk.complete(item, Map.of("conversation.emotion", "ANGRY"), AGENT);

        assertThat(desk.passed(recovery)).contains("decideRemedies-contactPerson", "carryOutRemedies-contact");
        assertThat(desk.items(recovery)).isEmpty();
    }

    @Test
    void doesNotAskForASecondPersonWhileOneIsAwaited() {
        RecoveryCase recovery =
                desk.lateDelivery().fact("conversation.emotion", "ANGRY").open();

        contact(recovery, Map.of("failure.practicalImpact", "MAJOR"));

        assertThat(desk.items(recovery)).hasSize(1);
        assertThat(refunds(recovery)).isEmpty();
    }

    @Test
    void asksForApprovalOfTheDifferenceOfAContact() {
        RecoveryCase recovery = desk.lateDelivery().loss("400.00").open();

        contact(recovery, Map.of("failure.practicalImpact", "MAJOR"));

        // 50 % of 400.00 less the 80.00 granted: more than the rules grant a new customer
        WorkItem item = desk.item(recovery);
        assertThat(item.element()).isEqualTo("approveRemedy-contact");
        desk.complete(item, Map.of("verdict", "APPROVE"), AGENT);

        assertThat(refunds(recovery)).containsExactly("80.00 USD", "120.00 USD");
        assertThat(desk.letter(recovery, "difference")).contains("120.00 US dollars");
    }

    @Test
    void refusesAContactAboutACaseThatEnded() {
        RecoveryCase recovery = desk.lateDelivery().open();
        desk.cases.withdraw(recovery.id(), "customer");
        desk.work(recovery);

        assertThatThrownBy(() -> contact(recovery, Map.of()))
                .isInstanceOfSatisfying(Problem.class, p -> assertThat(p.code()).isEqualTo("CASE-006"));
    }

    @Test
    void stopsEverythingWhenTheCustomerWithdraws() {
        RecoveryCase recovery = askedRefund();
        WorkItem item = desk.item(recovery);

        desk.cases.withdraw(recovery.id(), "customer");
        desk.work(recovery);

        assertThat(desk.stage(recovery)).isEqualTo(Stage.WITHDRAWN);
        assertThat(desk.worklist.get(item.id()).state()).isEqualTo(WorkItem.State.CANCELLED);
        assertThat(desk.effects(recovery, Effect.State.ASKED)).isEmpty();
        assertThat(desk.effects(recovery, Effect.State.CANCELLED)).hasSize(1);
        assertThat(desk.letters(recovery)).endsWith("farewell");
        assertThat(desk.ended(recovery)).isTrue();
    }

    @Test
    void apologisesForAMissedPromiseAndDecidesAgainExactlyOnce() {
        RecoveryCase recovery = askedRefund();
        WorkItem first = desk.item(recovery);
        int severity = desk.now(recovery).severity();
        clock.pass(Duration.ofDays(30));

        promises.look();
        promises.look();
        desk.work(recovery);
        promises.look();
        desk.work(recovery);

        assertThat(desk.letters(recovery)).filteredOn("apology"::equals).hasSize(1);
        assertThat(desk.now(recovery).severity()).isEqualTo(severity + 1);
        assertThat(desk.file(recovery).promises()).extracting(Promise::state).containsExactly(Promise.State.MISSED);
        // The rules were asked again: the old request is void, and the new one waits for approval once.
        assertThat(desk.worklist.get(first.id()).state()).isEqualTo(WorkItem.State.CANCELLED);
        List<WorkItem> approvals = desk.items(recovery).stream()
                .filter(i -> i.kind() == WorkItem.Kind.APPROVAL)
                .toList();
        assertThat(approvals).hasSameSizeAs(desk.effects(recovery, Effect.State.ASKED));
        assertThat(approvals)
                .extracting(WorkItem::subject)
                .doesNotHaveDuplicates()
                .doesNotContain(first.subject());
    }

    @Test
    void grantsTheDifferenceForAMissedPromiseOnce() {
        RecoveryCase recovery = askedRefund();
        clock.pass(Duration.ofDays(30));
        promises.look();
        desk.work(recovery);

        while (!desk.items(recovery).isEmpty()) {
            desk.complete(desk.items(recovery).get(0), Map.of("verdict", "APPROVE"), SUPERVISOR);
        }

        assertThat(refunds(recovery)).containsExactly("160.00 USD");
        assertThat(jdbc.sql(
                                "select count(*) from gateway_booking b join effect e on e.effect_key = b.effect_key where e.case_id = :id and e.remedy = 'REFUND'")
                        .param("id", recovery.id().value())
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
        assertThat(desk.stage(recovery)).isEqualTo(Stage.FOLLOW_UP);
    }

    @Test
    void handsARegulatorsComplaintToAManager() {
        RecoveryCase recovery = desk.lateDelivery().open();

        contact(recovery, Map.of("conversation.escalationThreat", "REGULATOR"));

        assertThat(desk.now(recovery).openEscalation()).isTrue();
        assertThat(desk.letters(recovery)).contains("escalation");
        WorkItem item = desk.items(recovery).stream()
                .filter(i -> i.kind() == WorkItem.Kind.ESCALATION)
                .findFirst()
                .orElseThrow();
        assertThat(item.queue()).isEqualTo("COMPLAINTS");
        desk.complete(item, Map.of("solution", "Answered with all papers."), MANAGER);

        assertThat(desk.now(recovery).openEscalation()).isFalse();
        assertThat(desk.waitsAt(recovery)).contains("untilFollowUp");
    }

    @Test
    void hasAPersonMendAFailedRemedyWhileTheCaseGoesOn() {
        RecoveryCase recovery = desk.lateDelivery().open();
        Effect refund = desk.effects(recovery, Effect.State.CONFIRMED).stream()
                .filter(e -> e.remedy().equals("REFUND"))
                .findFirst()
                .orElseThrow();

        desk.transaction.executeWithoutResult(
                status -> events.publishEvent(new Effect.Changed(in(refund, Effect.State.NEEDS_PERSON), "gateway")));

        WorkItem item = desk.item(recovery);
        assertThat(item.element()).isEqualTo("mendRemedy");
        assertThat(item.subject()).isEqualTo(refund.key());
        assertThat(desk.waitsAt(recovery)).containsExactlyInAnyOrder("untilFollowUp", "mendRemedy");
        desk.complete(item, Map.of("note", "Paid by hand."), SUPERVISOR);
        assertThat(desk.items(recovery)).isEmpty();
    }

    @Test
    void stopsAtAStepThatCannotSucceedAndGoesOnWhenAPersonMendedIt() {
        RecoveryCase recovery = desk.lateDelivery().reported();
        String good = given(recovery);
        give(recovery, "t:{\"conversation.emotion\":\"FURIOUS\"}");

        desk.workAndFail(recovery);

        WorkItem item = desk.item(recovery);
        assertThat(item.kind()).isEqualTo(WorkItem.Kind.INCIDENT);
        assertThat(desk.recovery.incidents(recovery.id()))
                .extracting(Recovery.Incident::element, Recovery.Incident::code)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("askRules-acknowledge", "FACTS-002"));
        assertThat(desk.recovery.path(recovery.id()).failed()).containsExactly("askRules-acknowledge");
        assertThat(desk.effects(recovery, Effect.State.CONFIRMED)).isEmpty();

        give(recovery, good);
        desk.complete(item, Map.of(), SUPERVISOR);

        assertThat(desk.recovery.incidents(recovery.id())).isEmpty();
        assertThat(desk.stage(recovery)).isEqualTo(Stage.FOLLOW_UP);
    }

    @Test
    void takesAnIncidentOutOfTheWorklistWhenItIsRetriedElsewhere() {
        RecoveryCase recovery = desk.lateDelivery().reported();
        String good = given(recovery);
        give(recovery, "t:{\"conversation.emotion\":\"FURIOUS\"}");
        desk.workAndFail(recovery);
        give(recovery, good);

        desk.recovery.retry(recovery.id());
        desk.work(recovery);

        assertThat(desk.items(recovery)).isEmpty();
        assertThat(desk.stage(recovery)).isEqualTo(Stage.FOLLOW_UP);
    }

    private RecoveryCase askedRefund() {
        return desk.lateDelivery()
                .type("DEFECTIVE_ITEM")
                .fact("conversation.desiredOutcome", "REFUND")
                .loss("160.00")
                .open();
    }

    private void contact(RecoveryCase recovery, Map<String, Object> facts) {
        desk.cases.contacted(recovery.id(), "EMAIL", new PersonalText("Again"), null, facts, "customer");
        desk.work(recovery);
    }

    private List<String> refunds(RecoveryCase recovery) {
        return desk.effects(recovery, Effect.State.CONFIRMED).stream()
                .filter(e -> e.remedy().equals("REFUND"))
                .map(e -> String.valueOf(e.money()))
                .toList();
    }

    private String given(RecoveryCase recovery) {
        return jdbc.sql("select given_text from recovery_case where id = :id")
                .param("id", recovery.id().value())
                .query(String.class)
                .single();
    }

    private void give(RecoveryCase recovery, String facts) {
        jdbc.sql("update recovery_case set given_text = :given where id = :id")
                .param("given", facts)
                .param("id", recovery.id().value())
                .update();
    }

    private static Effect in(Effect e, Effect.State state) {
        return new Effect(
                e.key(),
                e.caseId(),
                e.caseReference(),
                e.customerId(),
                e.decisionId(),
                e.moment(),
                e.remedy(),
                e.remedyClass(),
                e.kind(),
                e.money(),
                e.item(),
                state,
                e.authority(),
                e.askedBy(),
                e.decidedBy(),
                e.reason(),
                e.reference(),
                e.createdAt(),
                e.updatedAt());
    }
}
