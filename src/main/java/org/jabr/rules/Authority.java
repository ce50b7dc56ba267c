package org.jabr.rules;

/** Who may grant what, from the weakest to the strongest. */
public enum Authority {
    RULES,
    AGENT,
    SUPERVISOR,
    MANAGER;

    /** Whether a decider of this authority may do what asks for {@code needed}. */
    public boolean satisfies(Authority needed) {
        return compareTo(needed) >= 0;
    }

    public static Authority strictest(Authority one, Authority other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
