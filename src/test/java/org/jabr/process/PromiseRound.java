package org.jabr.process;

import org.springframework.boot.test.context.TestComponent;

/** Lets tests of other rooms have the promise keeper look once. */
@TestComponent
public class PromiseRound {

    private final PromiseKeeper keeper;

    PromiseRound(PromiseKeeper keeper) {
        this.keeper = keeper;
    }

    public void look() {
        keeper.look();
    }
}
