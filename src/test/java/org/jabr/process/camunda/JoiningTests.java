package org.jabr.process.camunda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jabr.process.camunda.Desk.AGENT;
import static org.jabr.process.camunda.Desk.SUPERVISOR;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jabr.cases.CaseLink;
import org.jabr.cases.Contact;
import org.jabr.cases.Merges;
import org.jabr.cases.Promise;
import org.jabr.cases.PromiseDesk;
import org.jabr.cases.RecoveryCase;
import org.jabr.cases.Stage;
import org.jabr.cases.Suggestion;
import org.jabr.cases.Suggestions;
import org.jabr.cases.TimelineEntry;
import org.jabr.customers.PersonalText;
import org.jabr.intake.CaseIntake;
import org.jabr.intake.Received;
import org.jabr.intake.Submission;
import org.jabr.process.PromiseRound;
import org.jabr.remedies.Effect;
import org.jabr.rules.Authority;
import org.jabr.rules.Decider;
import org.jabr.rules.Money;
import org.jabr.rules.Problem;
import org.jabr.worklist.WorkItem;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Contacts find their case, cases become one and come apart, and nothing is lost or counted twice on the way. */
abstract class JoiningTests {

    private static final Map<String, Object> ANGRY = Map.of("conversation.emotion", "ANGRY");
    private static final String LATE = "Order a week late";

    private final String customer = "J-" + UUID.randomUUID();

    @Autowired
    Desk desk;

    @Autowired
    CaseIntake intake;

    @Autowired
    Suggestions suggestions;

    @Autowired
    Merges merges;

    @Autowired
    MovableClock clock;

    @Autowired
    PromiseRound promises;

    @Autowired
    PromiseDesk promiseDesk;

    // ---- recognising

    @Test
    void joinsTheSameMatterOnTheSameChannel() {
        RecoveryCase first = report(null, "EMAIL", "Delivery", LATE, "It is late.");

        RecoveryCase again = report(null, "EMAIL", "delivery", "Order a WEEK late", "Still not here.");

        assertThat(again.id()).isEqualTo(first.id());
        assertThat(List.of(again.contacts(), again.channelHops())).containsExactly(2, 0);
    }

    @Test
    void countsAHopToAnotherChannelOnce() {
        RecoveryCase first = report(null, "EMAIL", "Delivery", LATE, "It is late.");

        RecoveryCase again = report(null, "PHONE", "Delivery", LATE, "Still not here.");
        RecoveryCase third = report(null, "PHONE", "Delivery", LATE, "And still.");

        assertThat(again.id()).isEqualTo(first.id());
        assertThat(List.of(third.contacts(), third.channelHops())).containsExactly(3, 1);
    }

    @Test
    void joinsByTheOrderThoughTheWordsAreOthers() {
        RecoveryCase first = report(null, "EMAIL", "Delivery", "Order 4711223 is late", "Where is it?");

        RecoveryCase again = report(null, "PHONE", "Delivery", "Nothing arrived", "It is about ٤٧١١٢٢٣.");

        assertThat(again.id()).isEqualTo(first.id());
    }

    @Test
    void keepsAnotherOrderApartThoughTheWordsAreTheSame() {
        RecoveryCase first = report(null, "EMAIL", "Delivery", LATE, "It is order 4711223.");

        RecoveryCase other = report(null, "EMAIL", "Delivery", LATE, "It is order 9988776.");

        assertThat(other.id()).isNotEqualTo(first.id());
        assertThat(suggestions.open(other.id())).isEmpty();
    }

    @Test
    void knowsArabicWordsHoweverTheyAreWritten() {
        RecoveryCase first = report(null, "WEB", "التوصيل", "تأخّرَ الطلبُ أسبوعاً", "لم يصل.");

        RecoveryCase again = report(null, "PHONE", "التوصيل", "تأخر الطلب اسبوعا", "لم يصل بعد.");

        assertThat(again.id()).isEqualTo(first.id());
    }

    @Test
    void joinsAReplyThatNamesTheCase() {
        RecoveryCase first = report(null, "EMAIL", "Delivery", LATE, "It is late.");
        RecoveryCase other = report(null, "EMAIL", "Payment", "Charged twice", "Two charges.");

        RecoveryCase reply = report(null, "EMAIL", "Question", "Re: " + first.reference(), "Any news?");

        assertThat(reply.id()).isEqualTo(first.id());
        assertThat(other.id()).isNotEqualTo(first.id());
    }

    @Test
    void doesNotJoinTheCaseOfSomebodyElseByItsReference() {
        RecoveryCase foreign = desk.lateDelivery().open();

        RecoveryCase own = report(null, "EMAIL", "Question", "Re: " + foreign.reference(), "Any news?");

        assertThat(own.id()).isNotEqualTo(foreign.id());
        assertThat(desk.now(foreign).contacts()).isEqualTo(1);
    }

    @Test
    void asksAPersonWhereItIsNotPlainAndRemembersTheAnswer() {
        RecoveryCase first = report(null, "EMAIL", "Delivery", "Order a week late", "It is late.");
        RecoveryCase like = report(null, "PHONE", "Delivery", "Order very late again", "Where is it?");

        Suggestion asked = suggestions.open(like.id()).get(0);
        assertThat(List.of(asked.caseId(), asked.otherId())).containsExactly(like.id(), first.id());
        assertThat(asked.because()).containsExactly("sameCategory", "sameSubject");
        assertThat(suggestions.open(first.id())).hasSize(1);

        intake.answer(like.reference(), asked.id(), false, "", AGENT);

        assertThat(suggestions.open(first.id())).isEmpty();
        assertThat(suggestions.apart(like.id()))
                .extracting(Suggestion::decidedBy)
                .containsExactly("agent");
        assertThatThrownBy(() -> intake.answer(like.reference(), asked.id(), true, "x", AGENT))
                .isInstanceOfSatisfying(Problem.class, p -> assertThat(p.code()).isEqualTo("JOIN-002"));
    }

    @Test
    void joinsTheNewestOfTwoEqualCasesAndAsksWhetherTheyAreOne() {
        RecoveryCase first = report("A-" + customer, "EMAIL", "Delivery", LATE, "It is late.");
        RecoveryCase second = report("B-" + customer, "EMAIL", "Delivery", LATE, "It is late.");

        RecoveryCase joined = report(null, "EMAIL", "Delivery", LATE, "Hello?");

        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(joined.id()).isEqualTo(second.id());
        assertThat(suggestions.open(joined.id()))
                .extracting(one -> one.otherThan(joined.id()))
                .containsExactly(first.id());
    }

    @Test
    void asksAPersonWhereTheCaseWasSilentForLong() {
        RecoveryCase first = report(null, "EMAIL", "Delivery", LATE, "It is late.");
        clock.pass(Duration.ofDays(45));

        RecoveryCase later = report(null, "EMAIL", "Delivery", LATE, "It is late again.");

        assertThat(later.id()).isNotEqualTo(first.id());
        assertThat(suggestions.open(later.id())).hasSize(1);
    }

    @Test
    void opensAnotherCaseForWhatHasClosedAndTellsOfBoth() {
        RecoveryCase first = report(null, "EMAIL", "Delivery", LATE, "It is late.");
        desk.cases.move(first.id(), Stage.CLOSED, "rules");

        RecoveryCase again = report(null, "EMAIL", "Delivery", LATE, "Late once more.");
        RecoveryCase contacted = intake.contact(first.reference(), "PHONE", "Hello?", null, Map.of(), "customer");

        assertThat(again.id()).isNotEqualTo(first.id());
        assertThat(again.given()).containsEntry("failure.repeated", true);
        assertThat(merges.links(again.id())).extracting(CaseLink::kind).containsExactly(CaseLink.Kind.FOLLOWS);
        assertThat(contacted.id()).isEqualTo(again.id());
        assertThat(contacted.contacts()).isEqualTo(2);
    }

    @Test
    void letsAPromiseThatOutlivesItsCaseBeMissedOnceInTheCaseThatComesAfter() {
        RecoveryCase first = report(null, "EMAIL", "Delivery", LATE, "It is late.");
        promiseDesk.make(
                first.reference(),
                new PersonalText("We ring you"),
                OffsetDateTime.now(clock).plusDays(1),
                AGENT);
        desk.cases.move(first.id(), Stage.CLOSED, "rules");

        clock.pass(Duration.ofDays(2));
        promises.look();
        promises.look();

        List<RecoveryCase> after = merges.links(first.id()).stream()
                .filter(link -> link.kind() == CaseLink.Kind.FOLLOWS)
                .map(link -> desk.found.get(link.caseId()))
                .toList();
        assertThat(after).hasSize(1);
        assertThat(desk.file(first).promises()).noneMatch(promise -> promise.kind() == Promise.Kind.AGREED);
        assertThat(desk.file(after.get(0)).promises())
                .filteredOn(promise -> promise.kind() == Promise.Kind.AGREED)
                .extracting(Promise::state)
                .containsExactly(Promise.State.MISSED);
        assertThat(desk.file(after.get(0)).timeline())
                .filteredOn(entry -> entry.kind().equals("PROMISE_MISSED"))
                .hasSize(1);
        assertThat(after.get(0).given()).containsEntry("failure.repeated", true);
    }

    @Test
    void refusesAContactAboutWhatClosedLongAgo() {
        RecoveryCase first = report(null, "EMAIL", "Delivery", LATE, "It is late.");
        desk.cases.move(first.id(), Stage.CLOSED, "rules");
        clock.pass(Duration.ofDays(45));

        assertThatThrownBy(() -> intake.contact(first.reference(), "PHONE", "Hello?", null, Map.of(), "customer"))
                .isInstanceOfSatisfying(Problem.class, p -> assertThat(p.code()).isEqualTo("CASE-006"));
    }

    @Test
    void joinsContactsThatArriveAtOnceEachOnce() throws Exception {
        RecoveryCase first = report(null, "EMAIL", "Delivery", LATE, "It is late.");

        List<Received> received = atOnce(List.of(
                () -> receive(null, "PHONE", "Delivery", LATE, "one"),
                () -> receive(null, "PHONE", "Delivery", LATE, "two"),
                () -> receive(null, "PHONE", "Delivery", LATE, "three")));

        assertThat(received).allMatch(one -> one.recovery().id().equals(first.id()));
        RecoveryCase now = desk.now(first);
        assertThat(List.of(now.contacts(), now.channelHops())).containsExactly(4, 1);
    }

    @Test
    void opensOneCaseForFirstReportsThatArriveAtOnce() throws Exception {
        List<Received> received = atOnce(List.of(
                () -> receive(null, "EMAIL", "Delivery", LATE, "one"),
                () -> receive(null, "PHONE", "Delivery", LATE, "two")));

        assertThat(received.stream().map(one -> one.recovery().id()).distinct()).hasSize(1);
    }

    // ---- merging

    @Test
    void mergesTwoCasesWithEverythingInThem() {
        RecoveryCase into =
                desk.lateDelivery().fact("conversation.emotion", "ANGRY").open();
        clock.pass(Duration.ofMinutes(1));
        RecoveryCase merged = desk.lateDelivery().of(into).loss("60.00").open();
        int letters = desk.letters(into).size() + desk.letters(merged).size();

        RecoveryCase now = intake.merge(merged.reference(), into.reference(), "It is one parcel.", AGENT);

        assertThat(now.id()).isEqualTo(into.id());
        assertThat(now.contacts()).isEqualTo(2);
        assertThat(desk.now(merged).stage()).isEqualTo(Stage.CLOSED);
        assertThat(desk.ended(merged)).isTrue();
        assertThat(desk.items(merged)).isEmpty();
        assertThat(desk.letters(now)).hasSize(letters);
        assertThat(merges.mergedInto(merged.id()).orElseThrow().id()).isEqualTo(into.id());
        assertThat(merges.links(merged.id()).get(0).reason().value()).isEqualTo("It is one parcel.");
        assertThat(desk.file(now).timeline())
                .filteredOn(entry -> entry.kind().equals("MERGED_HERE"))
                .extracting(TimelineEntry::by)
                .containsExactly("agent");
        assertThat(desk.file(now).remedies()).extracting(Effect::caseId).contains(merged.id());
        assertThat(desk.file(now).promises())
                .filteredOn(promise -> promise.kind() == Promise.Kind.RESOLUTION)
                .hasSize(2);
        assertThat(desk.file(merged).promises()).isEmpty();
        assertThat(desk.file(now).decisions())
                .filteredOn(stored -> stored.caseId().equals(merged.id()))
                .isNotEmpty();
    }

    @Test
    void grantsNothingTwiceAfterAMerge() {
        RecoveryCase merged = desk.lateDelivery().open();
        clock.pass(Duration.ofMinutes(1));
        RecoveryCase into = desk.lateDelivery()
                .of(merged)
                .fact("conversation.emotion", "ANGRY")
                .open();
        assertThat(refunds(merged)).containsExactly("8.00 USD");

        intake.merge(merged.reference(), into.reference(), "One order.", AGENT);
        desk.complete(desk.item(into), ANGRY, AGENT);

        assertThat(desk.file(into).remedies())
                .filteredOn(effect ->
                        effect.remedy().equals("REFUND") && effect.state().granted())
                .extracting(effect -> effect.money().toString())
                .containsExactly("8.00 USD");
    }

    @Test
    void asksAgainWithTheFactsOfBothWhatWasAskedFor() {
        RecoveryCase merged =
                desk.lateDelivery().type("BILLING_ERROR").loss("2500.00").open();
        clock.pass(Duration.ofMinutes(1));
        RecoveryCase into = desk.lateDelivery()
                .of(merged)
                .type("BILLING_ERROR")
                .loss("2500.00")
                .open();
        assertThat(asked(merged)).hasSize(1);
        assertThat(asked(into)).hasSize(1);

        intake.merge(merged.reference(), into.reference(), "One bill.", AGENT);
        desk.work(into);

        assertThat(asked(merged)).isEmpty();
        assertThat(desk.effects(into, Effect.State.ASKED)).hasSize(1);
        List<WorkItem> approvals = desk.items(into).stream()
                .filter(item -> item.kind() == WorkItem.Kind.APPROVAL)
                .toList();
        assertThat(approvals).hasSize(1);
        desk.complete(approvals.get(0), Map.of("verdict", "APPROVE"), new Decider("manager", Authority.MANAGER));
        assertThat(desk.file(into).remedies())
                .filteredOn(effect ->
                        effect.remedy().equals("REFUND") && effect.state().granted())
                .extracting(effect -> effect.money().toString())
                .containsExactly("2500.00 USD");
    }

    @Test
    void carriesOutOnceWhatWasApprovedAndHadNotLeftYet() {
        RecoveryCase merged =
                desk.lateDelivery().type("BILLING_ERROR").loss("2500.00").open();
        clock.pass(Duration.ofMinutes(1));
        RecoveryCase into = desk.lateDelivery()
                .of(merged)
                .loss("2500.00")
                .fact("conversation.emotion", "ANGRY")
                .open();
        WorkItem approval = desk.items(merged).stream()
                .filter(item -> item.kind() == WorkItem.Kind.APPROVAL)
                .findFirst()
                .orElseThrow();
        // Approved, and the engine has not come to carrying it out.
        desk.worklist.complete(approval.id(), Map.of("verdict", "APPROVE"), new Decider("manager", Authority.MANAGER));
        assertThat(desk.effects(merged, Effect.State.RESERVED)).isNotEmpty();

        intake.merge(merged.reference(), into.reference(), "One bill.", AGENT);
        desk.work(into);

        assertThat(refunds(merged)).containsExactly("2500.00 USD");
        assertThat(desk.effects(merged, Effect.State.RESERVED)).isEmpty();
        desk.complete(desk.item(into), ANGRY, AGENT);
        assertThat(desk.file(into).remedies())
                .filteredOn(effect ->
                        effect.remedy().equals("REFUND") && effect.state().granted())
                .hasSize(1);
    }

    @Test
    void missesAPromiseOfAMergedCaseOnceWhereTheMatterGoesOn() {
        RecoveryCase into =
                desk.lateDelivery().fact("conversation.emotion", "ANGRY").open();
        RecoveryCase merged = desk.lateDelivery()
                .of(into)
                .fact("conversation.emotion", "ANGRY")
                .open();
        intake.merge(merged.reference(), into.reference(), "One.", AGENT);

        clock.pass(Duration.ofDays(30));
        promises.look();
        promises.look();

        assertThat(desk.file(into).promises()).hasSize(4).allMatch(promise -> promise.state() == Promise.State.MISSED);
        assertThat(desk.file(into).timeline())
                .filteredOn(entry -> entry.kind().equals("PROMISE_MISSED"))
                .hasSize(4);
    }

    @Test
    void keepsTheWorkOfAMergedCaseWork() {
        RecoveryCase into = desk.lateDelivery().open();
        clock.pass(Duration.ofMinutes(1));
        RecoveryCase merged = desk.lateDelivery()
                .of(into)
                .fact("conversation.emotion", "ANGRY")
                .open();
        assertThat(desk.items(merged)).hasSize(1);

        intake.merge(merged.reference(), into.reference(), "One order.", AGENT);

        WorkItem item = desk.item(into);
        assertThat(item.kind()).isEqualTo(WorkItem.Kind.ACKNOWLEDGEMENT);
        desk.worklist.complete(item.id(), ANGRY, AGENT);
        assertThat(desk.items(into)).isEmpty();
        assertThat(desk.file(into).promises())
                .filteredOn(promise -> promise.kind() == Promise.Kind.PERSONAL_CONTACT)
                .extracting(Promise::state)
                .containsOnly(Promise.State.KEPT);
    }

    @Test
    void givesWhatWasChosenWithTheWorkOfAMergedCase() {
        RecoveryCase into = desk.lateDelivery().loss("80.00").open();
        clock.pass(Duration.ofMinutes(1));
        RecoveryCase merged = desk.lateDelivery()
                .of(into)
                .fact("conversation.emotion", "ANGRY")
                .open();
        intake.merge(merged.reference(), into.reference(), "One order.", AGENT);

        desk.complete(
                desk.item(into),
                Map.of(
                        "conversation.emotion",
                        "ANGRY",
                        "chosen",
                        List.of(Map.of("remedy", "CREDIT", "amount", "28.00")),
                        "chosenWhy",
                        "Twice the trouble"),
                AGENT);

        assertThat(desk.effects(into, Effect.State.CONFIRMED))
                .filteredOn(effect -> effect.remedy().equals("CREDIT"))
                .extracting(Effect::decidedBy)
                .contains("agent");
        assertThat(desk.letters(into)).contains("difference");
    }

    @Test
    void leadsEverythingToTheCaseThatGoesOn() {
        RecoveryCase into = report("A-" + customer, "EMAIL", "Delivery", LATE, "It is late.");
        RecoveryCase merged = report("B-" + customer, "EMAIL", "Delivery", LATE, "It is late.");
        intake.merge(merged.reference(), into.reference(), "One parcel.", AGENT);

        assertThat(receive("B-" + customer, "EMAIL", "Delivery", LATE, "It is late.")
                        .recovery()
                        .id())
                .isEqualTo(into.id());
        assertThat(intake.contact(merged.reference(), "PHONE", "Hello?", null, Map.of(), "agent")
                        .id())
                .isEqualTo(into.id());
        assertThat(report(null, "EMAIL", "Delivery", "Re: " + merged.reference(), "News?")
                        .id())
                .isEqualTo(into.id());
        assertThat(desk.now(into).contacts()).isEqualTo(4);
        assertThat(intake.withdraw(merged.reference(), "customer").stage()).isEqualTo(Stage.WITHDRAWN);
        assertThat(desk.stage(into)).isEqualTo(Stage.WITHDRAWN);
    }

    @Test
    void mergesAChainFlat() {
        RecoveryCase one = report("A-" + customer, "EMAIL", "Delivery", LATE, "1");
        RecoveryCase two = report("B-" + customer, "EMAIL", "Delivery", LATE, "2");
        RecoveryCase three = report("C-" + customer, "EMAIL", "Delivery", LATE, "3");

        intake.merge(three.reference(), two.reference(), "One.", AGENT);
        intake.merge(two.reference(), one.reference(), "One.", AGENT);

        assertThat(merges.family(one.id())).containsExactly(one.id(), two.id(), three.id());
        assertThat(merges.survivor(three.id())).isEqualTo(one.id());
        assertThat(desk.now(one).contacts()).isEqualTo(3);
        assertThat(desk.now(one).channelHops()).isZero();
    }

    @Test
    void refusesMergesThatCannotBe() {
        RecoveryCase one = report("A-" + customer, "EMAIL", "Delivery", LATE, "1");
        RecoveryCase two = report("B-" + customer, "EMAIL", "Payment", "Charged twice", "2");
        RecoveryCase foreign = desk.lateDelivery().open();

        refused("JOIN-003", () -> intake.merge(one.reference(), one.reference(), "x", AGENT));
        refused("JOIN-004", () -> intake.merge(one.reference(), foreign.reference(), "x", AGENT));
        refused("JOIN-007", () -> intake.merge(one.reference(), two.reference(), " ", AGENT));
        desk.cases.withdraw(two.id(), "customer");
        refused("JOIN-005", () -> intake.merge(one.reference(), two.reference(), "x", AGENT));
    }

    @Test
    void mergesWhileSomebodyCompletesWorkOfEitherCase() throws Exception {
        for (int round = 0; round < 4; round++) {
            RecoveryCase into =
                    desk.lateDelivery().fact("conversation.emotion", "ANGRY").open();
            RecoveryCase merged = desk.lateDelivery()
                    .of(into)
                    .fact("conversation.emotion", "ANGRY")
                    .open();
            WorkItem item = round % 2 == 0 ? desk.item(merged) : desk.item(into);

            List<String> ends = atOnce(List.of(
                    () -> said(() -> intake.merge(merged.reference(), into.reference(), "One.", SUPERVISOR)),
                    () -> said(() -> desk.worklist.complete(item.id(), ANGRY, AGENT))));

            assertThat(ends.get(0)).isEqualTo("done");
            assertThat(ends.get(1)).isIn("done", "WORK-002", "CASE-002");
            desk.work(into);
            for (WorkItem left : desk.items(into)) {
                desk.complete(left, ANGRY, AGENT);
            }
            assertThat(desk.ended(merged)).isTrue();
            assertThat(desk.items(merged)).isEmpty();
            assertThat(desk.file(into).remedies())
                    .filteredOn(effect ->
                            effect.remedy().equals("REFUND") && effect.state().granted())
                    .extracting(effect -> effect.money().toString())
                    .containsExactly("8.00 USD");
        }
    }

    @Test
    void letsOneOfTwoMergesWin() throws Exception {
        RecoveryCase one = desk.lateDelivery().open();
        RecoveryCase two = desk.lateDelivery().of(one).open();

        List<String> ends = atOnce(List.of(
                () -> said(() -> intake.merge(one.reference(), two.reference(), "x", AGENT)),
                () -> said(() -> intake.merge(two.reference(), one.reference(), "x", SUPERVISOR))));

        assertThat(ends).containsExactlyInAnyOrder("done", "JOIN-005");
    }

    // ---- splitting

    @Test
    void splitsAnotherMatterOffWithAProcessOfItsOwn() {
        RecoveryCase from = report(null, "EMAIL", "Delivery", LATE, "It is late.");
        desk.work(from);
        clock.pass(Duration.ofMinutes(1));
        intake.contact(from.reference(), "PHONE", "And my app does not open.", null, ANGRY, "agent");
        desk.work(from);
        assertThat(desk.item(from).element()).isEqualTo("answerInPerson");
        Contact other = merges.heard(from.id()).get(1);

        RecoveryCase own = intake.split(
                from.reference(), List.of(other.id()), "App", "The app does not open", "Two matters.", AGENT);

        assertThat(List.of(own.contacts(), own.channelHops())).containsExactly(1, 0);
        assertThat(own.channel()).isEqualTo("PHONE");
        RecoveryCase left = desk.now(from);
        assertThat(List.of(left.contacts(), left.channelHops())).containsExactly(1, 0);
        assertThat(merges.heard(own.id())).extracting(Contact::id).containsExactly(other.id());
        assertThat(desk.items(from)).isEmpty();
        assertThat(desk.waitsAt(from)).containsExactly("untilFollowUp");
        assertThat(suggestions.open(own.id())).isEmpty();
        desk.work(own);
        assertThat(desk.letters(own)).contains("receipt");
        assertThat(merges.links(from.id())).extracting(CaseLink::kind).containsExactly(CaseLink.Kind.SPLIT);
    }

    @Test
    void refusesSplitsThatCannotBe() {
        RecoveryCase from = report(null, "EMAIL", "Delivery", LATE, "It is late.");
        intake.contact(from.reference(), "PHONE", "Hello?", null, Map.of(), "agent");
        List<Long> all = merges.heard(from.id()).stream().map(Contact::id).toList();

        refused("JOIN-009", () -> intake.split(from.reference(), all, "App", "x", "y", AGENT));
        refused("JOIN-009", () -> intake.split(from.reference(), List.of(), "App", "x", "y", AGENT));
        refused("JOIN-008", () -> intake.split(from.reference(), List.of(-1L), "App", "x", "y", AGENT));
        refused("JOIN-010", () -> intake.split(from.reference(), all.subList(1, 2), "App", " ", "y", AGENT));
        refused("JOIN-007", () -> intake.split(from.reference(), all.subList(1, 2), "App", "x", "", AGENT));
        assertThat(desk.now(from).contacts()).isEqualTo(2);
    }

    // ---- how

    private RecoveryCase report(@Nullable String ref, String channel, String category, String subject, String said) {
        return receive(ref, channel, category, subject, said).recovery();
    }

    private Received receive(@Nullable String ref, String channel, String category, String subject, String said) {
        return intake.receive(
                new Submission(
                        ref,
                        customer,
                        channel,
                        category,
                        subject,
                        said,
                        Money.of("40.00", "USD"),
                        null,
                        null,
                        null,
                        null,
                        Map.of("failure.type", "LATE_DELIVERY"),
                        Map.of()),
                "test");
    }

    private List<String> refunds(RecoveryCase recovery) {
        return desk.effects(recovery, Effect.State.CONFIRMED).stream()
                .filter(effect -> effect.remedy().equals("REFUND"))
                .map(effect -> String.valueOf(effect.money()))
                .toList();
    }

    private List<Effect> asked(RecoveryCase recovery) {
        return desk.effects(recovery, Effect.State.ASKED).stream()
                .filter(effect -> effect.caseId().equals(recovery.id()))
                .toList();
    }

    private static void refused(String code, Runnable what) {
        assertThatThrownBy(what::run)
                .isInstanceOfSatisfying(Problem.class, p -> assertThat(p.code()).isEqualTo(code));
    }

    private static String said(Runnable what) {
        try {
            what.run();
            return "done";
        } catch (Problem problem) {
            return problem.code();
        }
    }

    private static <T> List<T> atOnce(List<Callable<T>> what) throws Exception {
        ExecutorService people = Executors.newFixedThreadPool(what.size());
        try {
            List<T> ends = new ArrayList<>();
            for (Future<T> end : people.invokeAll(what, 2, TimeUnit.MINUTES)) {
                ends.add(end.get());
            }
            return ends;
        } finally {
            people.shutdownNow();
        }
    }
}
