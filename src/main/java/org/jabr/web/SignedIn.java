package org.jabr.web;

import org.jabr.people.Account;
import org.springframework.security.core.AuthenticatedPrincipal;

/** Who is signed in; handlers take it as {@code @AuthenticationPrincipal SignedIn}. */
public record SignedIn(Account account) implements AuthenticatedPrincipal {

    @Override
    public String getName() {
        return account.login();
    }

    @Override
    public String toString() {
        return account.login();
    }
}
