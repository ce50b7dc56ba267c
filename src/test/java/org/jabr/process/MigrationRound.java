package org.jabr.process;

import org.springframework.boot.test.context.TestComponent;

/** Lets tests move cases when they want. */
@TestComponent
public class MigrationRound {

    private final Migrations migrations;

    MigrationRound(Migrations migrations) {
        this.migrations = migrations;
    }

    public void work() {
        migrations.work(() -> false);
    }

    /** Moves that many cases, and is gone like a node that is switched off. */
    public void workOn(int cases) {
        int[] asked = {0};
        migrations.work(() -> asked[0]++ > cases);
    }
}
