package org.jabr.cases;

/** Where a recovery stands. */
public enum Stage {
    RECEIVED,
    ACKNOWLEDGED,
    DECIDED,
    RESOLVED,
    EXCEEDED,
    FOLLOW_UP,
    CLOSED,
    ESCALATED,
    WITHDRAWN;

    /** Whether nothing more will happen to the case. */
    public boolean ended() {
        return this == CLOSED || this == WITHDRAWN;
    }
}
