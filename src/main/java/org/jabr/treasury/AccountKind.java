package org.jabr.treasury;

import java.util.Locale;

/** What an account stands for. The first four make up a pot, the others are the books of finance. */
public enum AccountKind {
    /** Where the pots are filled from; below zero by what was put into them. */
    FUNDING,
    AVAILABLE,
    RESERVED,
    SPENT,
    /** What recovery costs, by remedy. */
    EXPENSE,
    /** What is granted and not yet with the customer; below zero by what is owed. */
    LIABILITY,
    /** What left the house; below zero by what was paid. */
    PAID_OUT,
    /** What came back, by remedy; below zero, so that it lowers the expense. */
    REVERSED;

    /** Whether the account can hold no less than nothing. */
    boolean guarded() {
        return this == AVAILABLE || this == RESERVED || this == SPENT;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
