package org.jabr.worklist;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jabr.people.Absences;
import org.jabr.people.Account;
import org.jabr.people.Accounts;
import org.jabr.people.Breaks;
import org.jabr.people.Role;
import org.jabr.rules.Authority;
import org.jabr.rules.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Who can be given work. */
@Component
class Staff {

    private final Accounts accounts;
    private final Absences absences;
    private final Breaks breaks;

    Staff(Accounts accounts, Absences absences, Breaks breaks) {
        this.accounts = accounts;
        this.absences = absences;
        this.breaks = breaks;
    }

    /** What their roles let them decide. */
    static Authority authority(Account account) {
        if (account.holds(Role.MANAGER)) {
            return Authority.MANAGER;
        }
        if (account.holds(Role.SUPERVISOR)) {
            return Authority.SUPERVISOR;
        }
        return account.holds(Role.AGENT) ? Authority.AGENT : Authority.RULES;
    }

    /** Everybody who works with customers, away or not. */
    List<Account> desk() {
        return accounts.all().stream().filter(Staff::works).toList();
    }

    /** The desks that people work at. */
    Set<String> queues() {
        return desk().stream().flatMap(account -> account.queues().stream()).collect(Collectors.toSet());
    }

    /** @throws Problem {@code WORK-008} where nobody of that login works with customers */
    Account get(String login) {
        return accounts.find(login)
                .filter(Staff::works)
                .orElseThrow(() -> new Problem(Problem.Kind.INVALID, "WORK-008", login));
    }

    boolean away(String login) {
        return absences.now(login).isPresent();
    }

    /** Whoever does this person's work right now. */
    Optional<String> present(String login) {
        return absences.present(login);
    }

    /** Who gets new work that is meant for this person: whoever is present for them, may do it and has no break. */
    Optional<String> takes(String login, Authority needed, @Nullable String notBy) {
        return present(login)
                .filter(one -> breaks.now(one).isEmpty())
                .filter(one -> one.equals(login) ? !one.equals(notBy) : may(one, needed, notBy));
    }

    /** Whether this person has the authority, and is not who must leave it to another (four eyes). */
    boolean may(String login, Authority needed, @Nullable String notBy) {
        return !login.equals(notBy)
                && accounts.find(login)
                        .filter(Staff::works)
                        .filter(account -> authority(account).satisfies(needed))
                        .isPresent();
    }

    private static boolean works(Account account) {
        return account.active() && authority(account).satisfies(Authority.AGENT);
    }
}
