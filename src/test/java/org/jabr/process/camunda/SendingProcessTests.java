package org.jabr.process.camunda;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jabr.cases.RecoveryCase;
import org.jabr.cases.Stage;
import org.jabr.remedies.Effect;
import org.jabr.remedies.SendingRound;
import org.jabr.worklist.WorkItem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestPropertySource;

/** Cases whose money goes through a gateway outside: the diagram goes on while it is under way. */
@ProcessTest
@Import(SendingRound.Outside.class)
@TestPropertySource(
        properties = {
            "spring.datasource.url=jdbc:h2:mem:sending-process;DEFAULT_NULL_ORDERING=HIGH",
            "jabr.gateways.effects.every=PT24H",
            "jabr.gateways.effects.breaker-calls=100000",
            "jabr.gateways.effects.rate=100000"
        })
class SendingProcessTests {

    @Autowired
    Desk desk;

    @Autowired
    SendingRound sending;

    @Autowired
    MovableClock clock;

    @BeforeEach
    void aGatewayThatWorks() {
        sending.look();
        sending.carriesOut();
    }

    @Test
    void goesOnWhileTheMoneyIsUnderWayAndClaimsNothingThatIsNotSo() {
        RecoveryCase recovery = desk.lateDelivery().open();

        assertThat(desk.effects(recovery, Effect.State.RESERVED))
                .extracting(Effect::remedy)
                .containsExactly("REFUND");
        assertThat(desk.stage(recovery)).isEqualTo(Stage.FOLLOW_UP);
        assertThat(desk.waitsAt(recovery)).containsExactly("untilFollowUp");
        assertThat(desk.letter(recovery, "resolution"))
                .contains("8.00 US dollars will be returned to you")
                .doesNotContain("has been", "have put");
        sending.look();

        assertThat(sending.asked()).containsOnlyOnce("send " + key(recovery));
        assertThat(desk.effects(recovery, Effect.State.CONFIRMED))
                .extracting(Effect::remedy)
                .contains("REFUND");
        assertThat(desk.waitsAt(recovery)).containsExactly("untilFollowUp");
    }

    @Test
    void hasAPersonMendWhatTheGatewayRefuses() {
        sending.refuses("account closed");
        RecoveryCase recovery = desk.lateDelivery().open();
        sending.look();

        WorkItem item = desk.item(recovery);
        assertThat(item.element()).isEqualTo("mendRemedy");
        assertThat(item.subject()).isEqualTo(key(recovery));
        assertThat(desk.effects(recovery, Effect.State.REFUSED)).hasSize(1);
        desk.complete(item, Map.of("note", "Paid by hand."), Desk.SUPERVISOR);
        assertThat(desk.items(recovery)).isEmpty();
    }

    @Test
    void hasAPersonMendWhatNobodyKnowsAlsoWhereTheCaseHasEnded() {
        sending.saysNothing("TIMEOUT");
        RecoveryCase recovery = desk.lateDelivery().open();
        sending.look();
        desk.cases.withdraw(recovery.id(), "customer");
        desk.work(recovery);
        assertThat(desk.ended(recovery)).isTrue();
        for (int i = 0; i < 4; i++) {
            clock.pass(Duration.ofHours(1));
            sending.look();
        }

        assertThat(desk.effects(recovery, Effect.State.NEEDS_PERSON)).hasSize(1);
        List<WorkItem> items = desk.items(recovery);
        assertThat(items).singleElement().satisfies(item -> {
            assertThat(item.element()).isEqualTo("mendRemedy");
            assertThat(item.subject()).isEqualTo(key(recovery));
            assertThat(item.task()).isNull();
        });
        desk.worklist.complete(items.get(0).id(), Map.of(), Desk.SUPERVISOR);
        assertThat(desk.items(recovery)).isEmpty();
    }

    @Test
    void doesNotSendWhatTheCustomerWithdrewInTime() {
        RecoveryCase recovery = desk.lateDelivery().open();
        String key = key(recovery);
        desk.cases.withdraw(recovery.id(), "customer");
        desk.work(recovery);
        sending.look();

        assertThat(desk.effects(recovery, Effect.State.CANCELLED)).hasSize(1);
        assertThat(sending.asked()).doesNotContain("send " + key);
    }

    private String key(RecoveryCase recovery) {
        return desk.file(recovery).remedies().stream()
                .filter(effect -> effect.remedy().equals("REFUND"))
                .findFirst()
                .orElseThrow()
                .key();
    }
}
