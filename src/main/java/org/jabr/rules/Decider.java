package org.jabr.rules;

/**
 * Who decides or acts now, and with what authority.
 *
 * @param login the account, or {@code rules} where nobody is asked
 */
public record Decider(String login, Authority authority) {

    /** The rules themselves, without a person. */
    public static final Decider RULES = new Decider("rules", Authority.RULES);
}
