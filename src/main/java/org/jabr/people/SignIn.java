package org.jabr.people;

/**
 * Somebody came in, went out, was refused, or has a new password; heard in a transaction.
 *
 * @param times how often since the last time that it was told; more than 1 only for refusals
 */
public record SignIn(String login, Kind kind, int times) {

    /** What happened. */
    public enum Kind {
        DONE,
        REFUSED,
        LEFT,
        PASSWORD_CHANGED
    }
}
