package org.jabr.process.camunda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jabr.process.camunda.Desk.AGENT;
import static org.jabr.process.camunda.Desk.MANAGER;
import static org.jabr.process.camunda.Desk.SUPERVISOR;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jabr.cases.Choices;
import org.jabr.cases.Decisions;
import org.jabr.cases.Empowerment;
import org.jabr.cases.RecoveryCase;
import org.jabr.cases.RemedyChoice;
import org.jabr.cases.Stage;
import org.jabr.process.FormRefused;
import org.jabr.releases.Drafts;
import org.jabr.releases.Releases;
import org.jabr.remedies.Effect;
import org.jabr.rules.Authority;
import org.jabr.rules.Choice;
import org.jabr.rules.Decider;
import org.jabr.rules.Moment;
import org.jabr.rules.Money;
import org.jabr.rules.Outcome;
import org.jabr.rules.Problem;
import org.jabr.rules.Verdict;
import org.jabr.surveys.Survey;
import org.jabr.surveys.Surveys;
import org.jabr.web.studio.RuleProposals;
import org.jabr.worklist.WorkItem;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What the person at the front may decide, on the default diagram and the default rules. */
@ProcessTest
class ChoiceProcessTests {

    @Autowired
    Desk desk;

    @Autowired
    Empowerment empowerment;

    @Autowired
    Choices choices;

    @Autowired
    RuleProposals proposals;

    @Autowired
    Drafts drafts;

    @Autowired
    Releases releases;

    @Autowired
    Surveys surveys;

    @Autowired
    Decisions decisions;

    private RecoveryCase angry() {
        return desk.lateDelivery()
                .loss("80.00")
                .fact("conversation.emotion", "ANGRY")
                .open();
    }

    @Test
    void showsTheRecommendationItsAlternativesAndTheFreeRange() {
        RecoveryCase recovery = angry();

        Empowerment.Weighed weighed = empowerment.weigh(recovery.id(), Moment.RESOLVE, Map.of(), null, AGENT);

        assertThat(weighed.differs()).isFalse();
        assertThat(weighed.remaining()).containsKeys("customerWindowRemaining", "agentAllowanceRemaining");
        assertThat(option(weighed, "REFUND")).satisfies(refund -> {
            assertThat(refund.recommended()).isTrue();
            assertThat(refund.picked()).isTrue();
            assertThat(refund.valued()).isTrue();
        });
        assertThat(option(weighed, "GIFT")).satisfies(gift -> {
            assertThat(gift.recommended()).isFalse();
            assertThat(gift.picked()).isFalse();
        });
        assertThat(weighed.options())
                .extracting(option -> option.remedy().name())
                .doesNotContain("STATUTORY_CREDIT");
    }

    @Test
    void endsTheFreeRangeExactlyWhereSomebodyWouldBeAsked() {
        RecoveryCase recovery = angry();
        List<String> seen = new ArrayList<>();
        for (String remedy : List.of("REFUND", "CREDIT")) {
            Empowerment.Range range = option(
                            empowerment.weigh(recovery.id(), Moment.RESOLVE, Map.of(), null, AGENT), remedy)
                    .range();
            if (range != null) {
                seen.add(remedy);
                assertThat(verdict(recovery, remedy, range.from())).isEqualTo(Verdict.GRANT);
                assertThat(verdict(recovery, remedy, range.to())).isEqualTo(Verdict.GRANT);
                Money beyond = Money.ofMinor(range.to().minor() + 1, "USD");
                assertThat(outcome(recovery, remedy, beyond))
                        .matches(outcome -> outcome.verdict() != Verdict.GRANT || !beyond.equals(outcome.amount()));
            }
        }
        assertThat(seen).contains("REFUND");
    }

    @Test
    void letsAChoiceWithinTheRangeStand() {
        RecoveryCase recovery = angry();
        WorkItem item = desk.item(recovery);
        Money most = Objects.requireNonNull(
                        option(empowerment.weigh(recovery.id(), Moment.RESOLVE, Map.of(), null, AGENT), "REFUND")
                                .range())
                .to();

        desk.complete(item, chosen("A loyal voice in the village", pick("REFUND", most)), AGENT);

        assertThat(desk.effects(recovery, Effect.State.ASKED)).isEmpty();
        assertThat(desk.effects(recovery, Effect.State.CONFIRMED))
                .filteredOn(effect -> effect.remedy().equals("REFUND"))
                .singleElement()
                .satisfies(effect -> {
                    assertThat(effect.money()).isEqualTo(most);
                    assertThat(effect.decidedBy()).isEqualTo("agent");
                });
        RemedyChoice choice = choices.ofCase(recovery.id()).get(0);
        assertThat(choice.state()).isEqualTo(RemedyChoice.State.DECIDED);
        assertThat(choice.why().value()).isEqualTo("A loyal voice in the village");
        assertThat(desk.stage(recovery)).isEqualTo(Stage.FOLLOW_UP);
    }

    @Test
    void turnsAChoiceBeyondTheRangeIntoARequestWithItsReason() {
        RecoveryCase recovery = angry();

        desk.complete(
                desk.item(recovery),
                chosen("The third delay this year", pick("REFUND", null), pick("CREDIT", Money.of("95.00", "USD"))),
                AGENT);

        assertThat(desk.effects(recovery, Effect.State.ASKED)).singleElement().satisfies(effect -> {
            assertThat(effect.remedy()).isEqualTo("CREDIT");
            assertThat(effect.askedBy()).isEqualTo("agent");
            assertThat(choices.ofDecision(effect.decisionId()))
                    .get()
                    .satisfies(choice -> assertThat(choice.why().value()).isEqualTo("The third delay this year"));
        });
        WorkItem approval = desk.item(recovery);
        assertThat(approval.kind()).isEqualTo(WorkItem.Kind.APPROVAL);
        assertThat(approval.notBy()).isEqualTo("agent");

        desk.complete(
                approval, Map.of("verdict", "APPROVE", "amount", "60.00", "reason", "Sixty is fair here"), SUPERVISOR);

        assertThat(desk.effects(recovery, Effect.State.CONFIRMED))
                .filteredOn(effect -> effect.remedy().equals("CREDIT"))
                .extracting(Effect::money)
                .contains(Money.of("60.00", "USD"));
    }

    @Test
    void wantsAReasonOnlyWhereTheChoiceDiffers() {
        RecoveryCase recovery = angry();
        WorkItem item = desk.item(recovery);

        assertThatThrownBy(() -> desk.complete(item, chosen("", pick("REFUND", Money.of("1.00", "USD"))), AGENT))
                .isInstanceOfSatisfying(Problem.class, p -> assertThat(p.code()).isEqualTo("CHOICE-001"));
        assertThat(desk.item(recovery).id()).isEqualTo(item.id());
        assertThat(choices.ofCase(recovery.id())).isEmpty();

        List<Map<String, Object>> asRecommended =
                empowerment.weigh(recovery.id(), Moment.RESOLVE, Map.of(), null, AGENT).options().stream()
                        .filter(Empowerment.Option::picked)
                        .map(option -> pick(option.remedy().name(), option.valued() ? option.amount() : null))
                        .toList();
        desk.complete(item, Map.of("conversation.emotion", "ANGRY", "chosen", asRecommended), AGENT);

        assertThat(choices.ofCase(recovery.id())).isEmpty();
        assertThat(desk.stage(recovery)).isEqualTo(Stage.FOLLOW_UP);
    }

    @Test
    void tellsWhatIsWrongWithAnAmountAndKeepsTheItem() {
        RecoveryCase recovery = angry();
        WorkItem item = desk.item(recovery);

        assertThatThrownBy(() -> desk.complete(
                        item,
                        Map.of(
                                "conversation.emotion",
                                "ANGRY",
                                "chosen",
                                List.of(Map.of("remedy", "REFUND", "amount", "ten"))),
                        AGENT))
                .isInstanceOfSatisfying(FormRefused.class, refused -> assertThat(refused.fields())
                        .containsOnlyKeys("chosen.REFUND"));
        assertThatThrownBy(() -> desk.complete(item, chosen("Why", pick("NOTHING_LIKE_IT", null)), AGENT))
                .isInstanceOf(Problem.class);
        assertThat(desk.item(recovery).id()).isEqualTo(item.id());
    }

    @Test
    void makesADraftOfAChoiceThatNamesItsAuthorAndItsCase() {
        RecoveryCase recovery = angry();
        desk.complete(
                desk.item(recovery), chosen("Half is too little", pick("REFUND", Money.of("17.00", "USD"))), AGENT);
        RemedyChoice choice = choices.ofCase(recovery.id()).get(0);

        String draft = proposals.propose(choice.id(), "agent");

        assertThat(drafts.get(draft).createdBy()).isEqualTo("agent");
        assertThat(drafts.get(draft).name()).contains(recovery.reference());
        assertThat(drafts.file(draft, "rules/scenarios/proposals.csv").content())
                .contains("proposal-" + choice.id())
                .contains("REFUND 17.00 GRANT")
                .doesNotContain("Half is too little");
        assertThat(choices.ofDraft(draft)).extracting(RemedyChoice::id).containsExactly(choice.id());
        assertThat(drafts.authors(draft)).contains("agent");
        assertThatThrownBy(() -> proposals.propose(choice.id(), "agent"))
                .isInstanceOfSatisfying(Problem.class, p -> assertThat(p.code()).isEqualTo("CHOICE-004"));
    }

    @Test
    void letsTheExecutiveOwnerChooseAndAnotherManagerAgree() {
        RecoveryCase recovery = escalated();
        WorkItem owned = desk.item(recovery);
        assertThat(owned.element()).isEqualTo("ownEscalation");

        Map<String, Object> answers =
                new HashMap<>(chosen("Let down twice, and loyal for years", pick("CREDIT", Money.of("300.00", "USD"))));
        answers.put("solution", "We settled it in a call.");
        answers.remove("conversation.emotion");
        desk.complete(owned, answers, MANAGER);

        WorkItem approval = desk.item(recovery);
        assertThat(approval.element()).isEqualTo("approveRemedy-owner");
        assertThat(approval.notBy()).isEqualTo("manager");
        desk.complete(
                approval,
                Map.of("verdict", "APPROVE", "amount", "120.00", "reason", "As far as we can go"),
                new Decider("director", Authority.MANAGER));

        assertThat(desk.effects(recovery, Effect.State.CONFIRMED))
                .extracting(Effect::money)
                .contains(Money.of("120.00", "USD"));
        assertThat(desk.letters(recovery)).contains("difference");
        assertThat(desk.stage(recovery)).isEqualTo(Stage.CLOSED);
    }

    @Test
    void letsWhoeverConfirmsWithTheCustomerChooseTheExtra() {
        RecoveryCase recovery = desk.lateDelivery().loss("80.00").vulnerable().open();
        desk.complete(desk.item(recovery), Map.of("conversation.emotion", "ANGRY"), AGENT);
        WorkItem confirmation = desk.item(recovery);
        assertThat(confirmation.kind()).isEqualTo(WorkItem.Kind.CONFIRMATION);
        Moment exceed = new Moment("exceed");
        Empowerment.Weighed weighed = empowerment.weigh(recovery.id(), exceed, Map.of(), null, AGENT);
        Empowerment.Option other = weighed.options().stream()
                .filter(option -> option.range() != null && !option.recommended())
                .findFirst()
                .orElseThrow();
        Money least = Objects.requireNonNull(other.range()).from();

        desk.complete(
                confirmation,
                Map.of(
                        "agreed",
                        true,
                        "chosen",
                        List.of(pick(other.remedy().name(), least)),
                        "chosenWhy",
                        "It is what they wished for"),
                AGENT);

        assertThat(desk.effects(recovery, Effect.State.CONFIRMED))
                .filteredOn(effect -> effect.moment().equals("exceed"))
                .filteredOn(effect -> effect.remedy().equals(other.remedy().name()))
                .singleElement()
                .satisfies(effect -> {
                    assertThat(effect.money()).isEqualTo(least);
                    assertThat(effect.decidedBy()).isEqualTo("agent");
                });
        assertThat(choices.ofCase(recovery.id()))
                .extracting(RemedyChoice::moment)
                .containsExactly(exceed);
    }

    @Test
    void leavesTheExtraToTheRulesWhereNobodySpokeAboutIt() {
        RecoveryCase recovery = angry();

        desk.complete(desk.item(recovery), Map.of("conversation.emotion", "ANGRY"), AGENT);

        assertThat(decisions.latest(recovery.id(), Moment.RESOLVE))
                .get()
                .satisfies(stored -> assertThat(stored.decidedBy()).isEqualTo("agent"));
        assertThat(decisions.latest(recovery.id(), new Moment("exceed")))
                .get()
                .satisfies(stored -> assertThat(stored.decidedBy()).isEqualTo("rules"));
    }

    /** Not satisfied twice. */
    private RecoveryCase escalated() {
        RecoveryCase recovery = desk.lateDelivery().loss("80.00").open();
        surveys.answer(recovery.id(), new Survey.Answer(null, null, null, false, null));
        desk.work(recovery);
        desk.complete(desk.item(recovery), Map.of("conversation.emotion", "ANGRY"), AGENT);
        desk.timePasses(recovery, "followUpDue");
        desk.complete(desk.item(recovery), Map.of("satisfied", false), MANAGER);
        return recovery;
    }

    private Verdict verdict(RecoveryCase recovery, String remedy, Money amount) {
        return outcome(recovery, remedy, amount).verdict();
    }

    private Outcome outcome(RecoveryCase recovery, String remedy, Money amount) {
        List<Choice> all = new ArrayList<>();
        empowerment.weigh(recovery.id(), Moment.RESOLVE, Map.of(), null, AGENT).options().stream()
                .filter(option -> option.picked() && !option.remedy().name().equals(remedy))
                .forEach(option ->
                        all.add(new Choice(option.remedy().name(), option.valued() ? option.amount() : null)));
        all.add(new Choice(remedy, amount));
        return empowerment.weigh(recovery.id(), Moment.RESOLVE, Map.of(), all, AGENT).decision().outcome().stream()
                .filter(outcome -> outcome.remedy().equals(remedy))
                .findFirst()
                .orElseThrow();
    }

    private static Empowerment.Option option(Empowerment.Weighed weighed, String remedy) {
        return weighed.options().stream()
                .filter(option -> option.remedy().name().equals(remedy))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, Object> pick(String remedy, @org.jspecify.annotations.Nullable Money amount) {
        return amount == null
                ? Map.of("remedy", remedy)
                : Map.of("remedy", remedy, "amount", amount.amount().toPlainString());
    }

    @SafeVarargs
    private static Map<String, Object> chosen(String why, Map<String, Object>... picks) {
        return Map.of("conversation.emotion", "ANGRY", "chosen", List.of(picks), "chosenWhy", why);
    }
}
