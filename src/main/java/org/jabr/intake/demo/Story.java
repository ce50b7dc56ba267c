package org.jabr.intake.demo;

/** How a case of the demo goes on after the rules were asked. */
enum Story {
    /** As the rules leave it: in the worklist or waiting for the follow-up. */
    LEFT_ALONE,
    /** People do what is asked of them; then it waits for the follow-up. */
    WORKED,
    /** The customer answers that it is put right. */
    CLOSED,
    CLOSED_WITHOUT_DELAY,
    /** Somebody spoke to the customer, and what is above an agent's range waits for approval. */
    APPROVAL_WAITS,
    /** The customer calls again. */
    CALLED_AGAIN,
    /** The customer answers that it is not put right. */
    REOPENED,
    /** The same happens a second time. */
    FAILED_TWICE,
    /** The customer names the regulator. */
    REGULATOR,
    WITHDRAWN
}
