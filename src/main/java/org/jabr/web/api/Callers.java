package org.jabr.web.api;

import org.jabr.rules.Decider;
import org.jabr.web.SignedIn;
import org.springframework.security.core.Authentication;

/** Who calls, as the rooms know them: a login and what it may decide. */
final class Callers {

    private Callers() {}

    static Decider decider(Authentication caller) {
        return ((SignedIn) caller.getPrincipal()).decider();
    }
}
