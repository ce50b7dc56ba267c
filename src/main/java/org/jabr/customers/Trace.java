package org.jabr.customers;

import org.jabr.rules.CaseId;

/** What a room keeps about a customer that is no personal text of its own, and yet says something of a person. */
public interface Trace {

    /**
     * Clears it, in the transaction that erases the customer.
     *
     * @param customerRef how the company's own systems named the customer
     */
    void clear(long customerId, String customerRef);

    /** Clears what it keeps of one case, in the transaction that lets go of the texts of the case. */
    default void clear(CaseId caseId) {}
}
