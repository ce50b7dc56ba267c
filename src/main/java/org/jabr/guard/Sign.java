package org.jabr.guard;

import java.util.Set;

/** What a finding is a sign of: each is measured in one way, and a line of the rules says from where on. */
public enum Sign {
    /** A customer was given something in many cases. */
    REPEAT_CLAIMS(Set.of()),
    /** Customers who share an e-mail address or telephone number were given something in many cases together. */
    SHARED_CONTACT(Set.of("others")),
    /** What a customer was given is a large part of what the customer bought. */
    CLAIM_SHARE(Set.of("percent")),
    /** Somebody granted something to themselves or to somebody close to them. */
    SELF_GRANT(Set.of()),
    /** Somebody asked for something for themselves or somebody close, and another person granted it. */
    RELATED_ASK(Set.of()),
    /** One person gave one customer several amounts just below a limit, which together are above it. */
    SPLIT(Set.of("units", "near-percent")),
    /** Much of what one person gives lies just below a limit. */
    NEAR_LIMIT(Set.of("units", "near-percent", "percent")),
    /** Somebody gives far more than the others do. */
    ABOVE_DESK(Set.of("others", "score")),
    /** Somebody gives far more than they did before. */
    ABOVE_PAST(Set.of("others", "score")),
    /** Much of what one person gives goes to one customer. */
    ONE_CUSTOMER(Set.of("percent")),
    /** Much of what one person gives is given while the business is closed. */
    OFF_HOURS(Set.of("percent")),
    /** Most of what one person asks for is approved by the same other one. */
    SAME_PAIR(Set.of("percent", "others")),
    /** Two people approve each other's wishes. */
    MUTUAL(Set.of());

    private final Set<String> needs;

    Sign(Set<String> needs) {
        this.needs = needs;
    }

    /** The columns that a line of this sign has beside those of all lines; the others are empty. */
    Set<String> needs() {
        return needs;
    }
}
