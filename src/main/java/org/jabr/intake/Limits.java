package org.jabr.intake;

/** How long texts may be: what the database keeps, so that nothing is ever cut short. */
final class Limits {

    static final int CUSTOMER = 80;
    static final int EXTERNAL_REF = 120;
    static final int SUBJECT = 200;
    static final int DESCRIPTION = 50_000;
    static final int ANSWER = 4_000;
    static final int CELL_BYTES = 100_000;

    private Limits() {}
}
