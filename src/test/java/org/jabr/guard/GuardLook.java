package org.jabr.guard;

import org.springframework.boot.test.context.TestComponent;

/** Lets tests of other rooms have unusual giving looked at once. */
@TestComponent
public class GuardLook {

    private final GuardRound round;

    GuardLook(GuardRound round) {
        this.round = round;
    }

    public void look() {
        round.look();
    }
}
