package org.jabr.web;

import org.jabr.people.Account;
import org.jabr.people.Role;
import org.jabr.rules.Authority;
import org.jabr.rules.Decider;
import org.springframework.security.core.AuthenticatedPrincipal;

/** Who is signed in; handlers take it as {@code @AuthenticationPrincipal SignedIn}. */
public record SignedIn(Account account) implements AuthenticatedPrincipal {

    /** Who they are to the rooms: their login and the highest authority that their roles give them. */
    public Decider decider() {
        return new Decider(account.login(), authority());
    }

    private Authority authority() {
        if (account.holds(Role.MANAGER)) {
            return Authority.MANAGER;
        }
        if (account.holds(Role.SUPERVISOR)) {
            return Authority.SUPERVISOR;
        }
        return account.holds(Role.AGENT) ? Authority.AGENT : Authority.RULES;
    }

    @Override
    public String getName() {
        return account.login();
    }

    @Override
    public String toString() {
        return account.login();
    }
}
