package org.jabr.process.camunda;

import static org.assertj.core.api.Assertions.assertThat;

import org.jabr.cases.RecoveryCase;
import org.jabr.cases.Stage;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@ProcessTest
class ServiceRecoveryProcessTests {

    @Autowired
    Desk desk;

    @Test
    void runsStraightThroughToTheFollowUpWait() {
        RecoveryCase recovery = desk.lateDelivery().open();

        assertThat(desk.stage(recovery)).isEqualTo(Stage.FOLLOW_UP);
        assertThat(desk.waitsAt(recovery)).containsExactlyInAnyOrder("untilFollowUp");
        assertThat(desk.items(recovery)).isEmpty();
        assertThat(desk.letters(recovery)).contains("receipt", "resolution");
    }
}
