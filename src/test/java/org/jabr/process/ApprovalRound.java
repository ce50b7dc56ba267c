package org.jabr.process;

import org.springframework.boot.test.context.TestComponent;

/** Lets tests of other rooms have the approval keeper look once. */
@TestComponent
public class ApprovalRound {

    private final ApprovalKeeper keeper;

    ApprovalRound(ApprovalKeeper keeper) {
        this.keeper = keeper;
    }

    public void look() {
        keeper.look();
    }
}
