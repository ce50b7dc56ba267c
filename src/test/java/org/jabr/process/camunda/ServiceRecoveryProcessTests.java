package org.jabr.process.camunda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jabr.process.camunda.Desk.AGENT;
import static org.jabr.process.camunda.Desk.MANAGER;
import static org.jabr.process.camunda.Desk.SUPERVISOR;

import java.util.List;
import java.util.Map;
import org.jabr.cases.Promise;
import org.jabr.cases.RecoveryCase;
import org.jabr.cases.Stage;
import org.jabr.process.FormRefused;
import org.jabr.remedies.Effect;
import org.jabr.rules.Authority;
import org.jabr.rules.Money;
import org.jabr.rules.Problem;
import org.jabr.surveys.Survey;
import org.jabr.surveys.Surveys;
import org.jabr.worklist.WorkItem;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.annotation.DirtiesContext;

/**
 * The way from report to closed, on the default diagram and the default rules; with a house of its own, because what other
 * tests grant counts against the same budgets.
 */
@ProcessTest
@DirtiesContext(classMode = DirtiesContext.ClassMode.BEFORE_CLASS)
class ServiceRecoveryProcessTests {

    private static final Map<String, Object> CALM = Map.of("conversation.emotion", "CALM");
    private static final Map<String, Object> SATISFIED = Map.of("satisfied", true);
    private static final Map<String, Object> NOT_SATISFIED = Map.of("satisfied", false);

    @Autowired
    Desk desk;

    @Autowired
    Surveys surveys;

    @Test
    void runsStraightThroughToTheFollowUpWait() {
        RecoveryCase recovery = desk.lateDelivery().open();

        assertThat(desk.stage(recovery)).isEqualTo(Stage.FOLLOW_UP);
        assertThat(desk.waitsAt(recovery)).containsExactly("untilFollowUp");
        assertThat(desk.items(recovery)).isEmpty();
        assertThat(desk.letters(recovery)).containsExactly("receipt", "resolution", "extra");
        assertThat(desk.effects(recovery, Effect.State.CONFIRMED))
                .extracting(Effect::remedy)
                .contains("REFUND", "APOLOGY");
        assertThat(desk.file(recovery).promises())
                .extracting(Promise::kind, Promise::state)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(Promise.Kind.RESOLUTION, Promise.State.KEPT));
    }

    @Test
    void skipsTheExtraWhereThereIsNone() {
        RecoveryCase recovery = desk.lateDelivery().loss("0.00").open();

        assertThat(desk.stage(recovery)).isEqualTo(Stage.FOLLOW_UP);
        assertThat(desk.letters(recovery)).containsExactly("receipt", "resolution");
        assertThat(desk.passed(recovery)).doesNotContain("carryOutRemedies-extra");
    }

    @Test
    void onlyStartsInTheCallersTransaction() {
        RecoveryCase recovery = desk.lateDelivery().reported();

        assertThat(desk.stage(recovery)).isEqualTo(Stage.RECEIVED);
        assertThat(desk.letters(recovery)).isEmpty();
    }

    @Test
    void hasAPersonSpeakToAnAngryCustomerBeforeAnythingIsGranted() {
        RecoveryCase recovery =
                desk.lateDelivery().fact("conversation.emotion", "ANGRY").open();

        WorkItem item = desk.item(recovery);
        assertThat(item.kind()).isEqualTo(WorkItem.Kind.ACKNOWLEDGEMENT);
        assertThat(item.element()).isEqualTo("acknowledgeInPerson");
        assertThat(item.form()).isEqualTo("personal-acknowledgement");
        assertThat(item.dueAt()).isEqualTo(desk.now(recovery).personDueAt());
        assertThat(desk.stage(recovery)).isEqualTo(Stage.DECIDED);
        assertThat(desk.file(recovery).remedies()).isEmpty();
        assertThat(desk.letter(recovery, "receipt")).contains("every reason to be upset", "speak with you in person");

        desk.complete(item, CALM, AGENT);

        assertThat(desk.now(recovery).owner()).isEqualTo("agent");
        assertThat(desk.now(recovery).given()).containsEntry("conversation.emotion", "CALM");
        assertThat(desk.stage(recovery)).isEqualTo(Stage.FOLLOW_UP);
        assertThat(desk.effects(recovery, Effect.State.CONFIRMED))
                .filteredOn(e -> e.remedy().equals("REFUND"))
                .singleElement()
                .extracting(Effect::decidedBy)
                .isEqualTo("agent");
    }

    @Test
    void grantsWithinTheAgentsAuthorityWhatTheRulesAloneWouldAsk() {
        RecoveryCase recovery = desk.lateDelivery()
                .type("RUDE_CONDUCT")
                .loss("0.00")
                .fact("failure.practicalImpact", "MINOR")
                .fact("conversation.emotion", "ANGRY")
                .open();

        desk.complete(desk.item(recovery), Map.of("conversation.emotion", "ANGRY"), AGENT);

        assertThat(desk.effects(recovery, Effect.State.ASKED)).isEmpty();
        assertThat(desk.effects(recovery, Effect.State.CONFIRMED))
                .filteredOn(e -> e.remedy().equals("CREDIT") && e.moment().equals("resolve"))
                .singleElement()
                .extracting(Effect::authority)
                .isEqualTo(Authority.AGENT);
    }

    @Test
    void refusesAnswersThatDoNotFitTheFormAndKeepsTheItem() {
        RecoveryCase recovery =
                desk.lateDelivery().fact("conversation.emotion", "ANGRY").open();
        WorkItem item = desk.item(recovery);

        assertThatThrownBy(() -> desk.complete(item, Map.of("conversation.emotion", "FURIOUS", "mood", "bad"), AGENT))
                .isInstanceOfSatisfying(FormRefused.class, refused -> assertThat(refused.fields())
                        .hasEntrySatisfying("mood", p -> assertThat(p.code()).isEqualTo("FORM-003"))
                        .hasEntrySatisfying("conversation.emotion", p -> assertThat(p.code())
                                .isEqualTo("FORM-007")));

        assertThat(desk.item(recovery).id()).isEqualTo(item.id());
    }

    @Test
    void letsOnePersonWinWhereTwoCompleteTheSameItem() {
        RecoveryCase recovery =
                desk.lateDelivery().fact("conversation.emotion", "ANGRY").open();
        WorkItem item = desk.item(recovery);
        desk.complete(item, CALM, AGENT);

        assertThatThrownBy(() -> desk.complete(item, CALM, SUPERVISOR))
                .isInstanceOfSatisfying(Problem.class, p -> assertThat(p.code()).isEqualTo("WORK-002"));
        assertThat(desk.now(recovery).owner()).isEqualTo("agent");
    }

    @Test
    void carriesOutWhatIsGrantedWithoutWaitingForWhatIsAsked() {
        RecoveryCase recovery = askedRefund();

        assertThat(desk.effects(recovery, Effect.State.CONFIRMED))
                .extracting(Effect::remedy)
                .containsExactly("APOLOGY");
        WorkItem item = desk.item(recovery);
        assertThat(item.kind()).isEqualTo(WorkItem.Kind.APPROVAL);
        assertThat(item.authority()).isEqualTo(Authority.AGENT);
        assertThat(item.subject())
                .isEqualTo(desk.effects(recovery, Effect.State.ASKED).get(0).key());
    }

    @Test
    void carriesOutAnApprovedRemedyAsLowered() {
        RecoveryCase recovery = askedRefund();

        desk.complete(
                desk.item(recovery), Map.of("verdict", "APPROVE", "amount", "100.00", "reason", "half used"), AGENT);

        assertThat(desk.effects(recovery, Effect.State.CONFIRMED))
                .filteredOn(e -> e.remedy().equals("REFUND"))
                .singleElement()
                .extracting(Effect::money)
                .isEqualTo(Money.of("100.00", "USD"));
        assertThat(desk.letter(recovery, "resolution")).contains("100.00 US dollars");
        assertThat(desk.stage(recovery)).isEqualTo(Stage.FOLLOW_UP);
    }

    @Test
    void resolvesWithoutARefusedRemedy() {
        RecoveryCase recovery = askedRefund();
        WorkItem item = desk.item(recovery);

        assertThatThrownBy(() -> desk.complete(item, Map.of("verdict", "REFUSE"), AGENT))
                .isInstanceOfSatisfying(Problem.class, p -> assertThat(p.code()).isEqualTo("CASE-005"));
        desk.complete(item, Map.of("verdict", "REFUSE", "reason", "no receipt"), AGENT);

        assertThat(desk.effects(recovery, Effect.State.REFUSED)).hasSize(1);
        assertThat(desk.letter(recovery, "resolution")).doesNotContain("returned to you");
        assertThat(desk.stage(recovery)).isEqualTo(Stage.FOLLOW_UP);
    }

    @Test
    void asksTheApproverForTheAmountWhereTheLossIsNotKnown() {
        RecoveryCase recovery =
                desk.lateDelivery().type("BILLING_ERROR").loss(null).open();
        WorkItem item = desk.item(recovery);

        assertThatThrownBy(() -> desk.complete(item, Map.of("verdict", "APPROVE"), AGENT))
                .isInstanceOfSatisfying(Problem.class, p -> assertThat(p.code()).isEqualTo("REMEDY-006"));
        desk.complete(item, Map.of("verdict", "APPROVE", "amount", "12.50"), AGENT);

        assertThat(desk.effects(recovery, Effect.State.CONFIRMED))
                .extracting(Effect::money)
                .contains(Money.of("12.50", "USD"));
    }

    @Test
    void hasAPersonCallBackBeforeTheCaseIsResolved() {
        RecoveryCase recovery = desk.lateDelivery().vulnerable().open();
        desk.complete(desk.item(recovery), CALM, AGENT);

        WorkItem item = desk.item(recovery);
        assertThat(item.kind()).isEqualTo(WorkItem.Kind.CONFIRMATION);
        assertThat(desk.stage(recovery)).isEqualTo(Stage.DECIDED);

        desk.complete(item, Map.of("agreed", true), AGENT);

        assertThat(desk.effects(recovery, Effect.State.CONFIRMED))
                .extracting(Effect::remedy)
                .contains("CALL_BACK");
        assertThat(desk.letter(recovery, "resolution")).contains("We have spoken with you");
        assertThat(desk.stage(recovery)).isEqualTo(Stage.FOLLOW_UP);
    }

    @Test
    void asksForAnExtraBeyondTheRulesAuthority() {
        RecoveryCase recovery =
                desk.lateDelivery().loss("600.00").fact("failure.silent", true).open();
        desk.complete(desk.item(recovery), Map.of("verdict", "APPROVE"), AGENT);

        assertThat(desk.item(recovery).element()).isEqualTo("approveRemedy-extra");
        desk.complete(desk.item(recovery), Map.of("verdict", "APPROVE"), AGENT);

        assertThat(desk.letter(recovery, "extra")).contains("30.00 US dollars");
        assertThat(desk.passed(recovery)).contains("sendLetter-extra", "approveRemedy-extra-to-carryOutRemedies-extra");
    }

    @Test
    void closesWhenTheCustomerSaysSoBeforeTheFollowUp() {
        RecoveryCase recovery = desk.lateDelivery().open();

        answer(recovery, true);

        assertThat(desk.stage(recovery)).isEqualTo(Stage.CLOSED);
        assertThat(desk.ended(recovery)).isTrue();
        assertThat(desk.passed(recovery)).contains("answeredEarly", "closed").doesNotContain("followUpDue");
    }

    @Test
    void asksTheSurveyWhenTheFollowUpIsDueAndClosesOnAGoodAnswer() {
        RecoveryCase recovery = desk.lateDelivery().open();
        desk.timePasses(recovery, "followUpDue");

        assertThat(desk.letters(recovery)).endsWith("survey");
        assertThat(desk.letter(recovery, "survey")).contains("how easy", "https://shop.example/c/");
        assertThat(desk.waitsAt(recovery)).containsExactly("untilAnswer");

        answer(recovery, true);

        assertThat(desk.stage(recovery)).isEqualTo(Stage.CLOSED);
    }

    @Test
    void closesWhenTheCustomerStaysSilent() {
        RecoveryCase recovery = desk.lateDelivery().open();
        desk.timePasses(recovery, "followUpDue");
        desk.timePasses(recovery, "noAnswer");

        assertThat(desk.stage(recovery)).isEqualTo(Stage.CLOSED);
        assertThat(desk.passed(recovery)).contains("closedBySilence").doesNotContain("isSatisfied");
    }

    @Test
    void checksInWithoutASurveyWhereTheCustomerWasSurveyedLately() {
        RecoveryCase first = desk.lateDelivery().open();
        desk.timePasses(first, "followUpDue");
        RecoveryCase second = desk.lateDelivery().of(first).open();
        desk.timePasses(second, "followUpDue");

        assertThat(desk.letters(second)).endsWith("check-in").doesNotContain("survey");
        assertThat(surveys.ofCase(second.id())).extracting(Survey::kind).containsExactly("NONE");
    }

    @Test
    void followsUpInPersonWhereTheRulesSaySo() {
        RecoveryCase recovery = atPersonalFollowUp();

        WorkItem item = desk.item(recovery);
        assertThat(item.kind()).isEqualTo(WorkItem.Kind.FOLLOW_UP);
        assertThat(item.authority()).isEqualTo(Authority.AGENT);
        assertThat(item.assignee()).isEqualTo("agent");

        desk.complete(item, SATISFIED, AGENT);

        assertThat(desk.stage(recovery)).isEqualTo(Stage.CLOSED);
    }

    @Test
    void takesTheCustomersOwnAnswerInsteadOfThePersonalFollowUp() {
        RecoveryCase recovery = atPersonalFollowUp();

        answer(recovery, true);

        assertThat(desk.items(recovery)).isEmpty();
        assertThat(desk.stage(recovery)).isEqualTo(Stage.CLOSED);
    }

    @Test
    void reopensOnceAtHigherSeverityAndThenGoesToTheExecutiveOwner() {
        RecoveryCase recovery = desk.lateDelivery().open();
        int severity = desk.now(recovery).severity();
        answer(recovery, false);

        RecoveryCase reopened = desk.now(recovery);
        assertThat(reopened.reopened()).isTrue();
        assertThat(reopened.severity()).isEqualTo(severity + 1);
        assertThat(reopened.resolveDueAt()).isAfter(reopened.receivedAt());
        assertThat(desk.letter(recovery, "receipt")).contains("let you down again");
        assertThat(desk.item(recovery).element()).isEqualTo("acknowledgeInPerson");
        desk.complete(desk.item(recovery), CALM, AGENT);
        desk.timePasses(recovery, "followUpDue");

        WorkItem followUp = desk.item(recovery);
        assertThat(followUp.authority()).isEqualTo(Authority.MANAGER);
        assertThat(followUp.queue()).isEqualTo("EXECUTIVE");
        desk.complete(followUp, NOT_SATISFIED, MANAGER);

        assertThat(desk.stage(recovery)).isEqualTo(Stage.ESCALATED);
        assertThat(desk.now(recovery).openEscalation()).isTrue();
        WorkItem escalation = desk.item(recovery);
        assertThat(escalation.kind()).isEqualTo(WorkItem.Kind.ESCALATION);
        desk.complete(escalation, Map.of("solution", "We settled it in a call."), MANAGER);

        assertThat(desk.stage(recovery)).isEqualTo(Stage.CLOSED);
        assertThat(desk.now(recovery).openEscalation()).isFalse();
        assertThat(desk.ended(recovery)).isTrue();
    }

    @Test
    void forgetsAnOldAnswerWhenANewOneLeavesItOpen() {
        RecoveryCase recovery = desk.lateDelivery().open();
        answer(recovery, false);
        desk.complete(desk.item(recovery), CALM, AGENT);

        surveys.answer(recovery.id(), new Survey.Answer(5, null, null, null, null));
        desk.work(recovery);

        assertThat(desk.stage(recovery)).isEqualTo(Stage.CLOSED);
    }

    @Test
    void grantsOnlyTheDifferenceAfterAReopening() {
        RecoveryCase recovery = desk.lateDelivery().open();
        answer(recovery, false);
        desk.complete(desk.item(recovery), CALM, AGENT);

        List<Effect> refunds = desk.effects(recovery, Effect.State.CONFIRMED).stream()
                .filter(e -> e.remedy().equals("REFUND"))
                .toList();
        // 20 % of 40.00 at first, 50 % in all at the higher severity
        assertThat(refunds).extracting(e -> e.money().toString()).containsExactly("8.00 USD", "12.00 USD");
        assertThat(desk.letter(recovery, "resolution")).contains("12.00 US dollars");
    }

    @Test
    void writesInArabicToWhoReadsArabic() {
        RecoveryCase recovery = desk.lateDelivery().language("ar").open();

        assertThat(desk.letter(recovery, "receipt")).contains("تحية طيبة ⁨هدى⁩،", "⁨" + recovery.reference() + "⁩");
        assertThat(desk.letter(recovery, "resolution")).contains("8.00 دولار أمريكي");
    }

    @Test
    void writesInBothLanguagesToWhoReadsNeither() {
        RecoveryCase recovery = desk.lateDelivery().language("fr").open();

        assertThat(desk.letter(recovery, "receipt")).contains("Your customer care team", "فريق العناية بالعملاء");
    }

    @Test
    void keepsIdsAndPrimitivesOnlyAsVariables() {
        RecoveryCase recovery = askedRefund();

        assertThat(desk.runtime
                        .createVariableInstanceQuery()
                        .processInstanceIdIn(desk.instance(recovery))
                        .list())
                .isNotEmpty()
                .allSatisfy(variable ->
                        assertThat(variable.getTypeName()).isIn("string", "long", "integer", "boolean", "null"));
    }

    private RecoveryCase askedRefund() {
        return desk.lateDelivery()
                .type("DEFECTIVE_ITEM")
                .fact("conversation.desiredOutcome", "REFUND")
                .loss("160.00")
                .open();
    }

    private RecoveryCase atPersonalFollowUp() {
        RecoveryCase recovery = desk.lateDelivery()
                .fact("failure.practicalImpact", "MAJOR")
                .fact("conversation.askedForPerson", true)
                .open();
        desk.complete(desk.item(recovery), CALM, AGENT);
        desk.timePasses(recovery, "followUpDue");
        return recovery;
    }

    private void answer(RecoveryCase recovery, boolean satisfied) {
        surveys.answer(recovery.id(), new Survey.Answer(null, null, null, satisfied, null));
        desk.work(recovery);
    }
}
