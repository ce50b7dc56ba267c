package org.jabr.web.api;

import org.jabr.guard.GuardDesk;
import org.jabr.people.Role;
import org.jabr.rules.Decider;
import org.jabr.web.SignedIn;
import org.springframework.security.core.Authentication;

/** Who calls, as the rooms know them: a login and what it may decide. */
final class Callers {

    private Callers() {}

    static Decider decider(Authentication caller) {
        return ((SignedIn) caller.getPrincipal()).decider();
    }

    /** Who reads findings about giving. */
    static GuardDesk.Reading reading(Authentication caller) {
        SignedIn who = (SignedIn) caller.getPrincipal();
        return new GuardDesk.Reading(who.decider(), who.account().holdsAny(Role.AUDITOR, Role.ADMIN));
    }
}
