package org.jabr.cases;

/** What makes a pause look as if it only saved a deadline. */
public enum PauseSign {
    /** Paused shortly before the clock was due. */
    NEAR_DEADLINE,
    /** One of many short pauses of the same clock. */
    MANY_SHORT,
    /** Paused by the person who looked after the case when it was soon due. */
    BY_OWNER,
    /** Said to wait for the customer, who was told nothing. */
    NO_CONTACT,
    /** Said to wait for the customer, who had answered already. */
    CUSTOMER_ANSWERED
}
