package org.jabr.people;

/** What an account may do; one account may hold several. */
public enum Role {
    /** Edits, tests and proposes releases. */
    ANALYST,
    /** Approves releases that somebody else proposed. */
    APPROVER,
    /** Works on cases within the range that the rules leave. */
    AGENT,
    /** Approves what is above an agent's range. */
    SUPERVISOR,
    /** Approves what is above a supervisor's range. */
    MANAGER,
    /** Reads everything, changes nothing. */
    AUDITOR,
    /** Looks after accounts and gateways. */
    ADMIN
}
