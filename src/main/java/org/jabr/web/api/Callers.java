package org.jabr.web.api;

import org.jabr.people.Role;
import org.jabr.rules.Authority;
import org.jabr.rules.Decider;
import org.springframework.security.core.Authentication;

/** Who calls, as the rooms know them: a login and what it may decide. */
final class Callers {

    private Callers() {}

    static Decider decider(Authentication caller) {
        return new Decider(caller.getName(), authority(caller));
    }

    private static Authority authority(Authentication caller) {
        if (holds(caller, Role.MANAGER)) {
            return Authority.MANAGER;
        }
        if (holds(caller, Role.SUPERVISOR)) {
            return Authority.SUPERVISOR;
        }
        return holds(caller, Role.AGENT) ? Authority.AGENT : Authority.RULES;
    }

    private static boolean holds(Authentication caller, Role role) {
        return caller.getAuthorities().stream().anyMatch(a -> a.getAuthority().equals("ROLE_" + role.name()));
    }
}
