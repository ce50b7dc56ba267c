package org.jabr.worklist;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jabr.people.Absences;
import org.jabr.people.Account;
import org.jabr.people.Accounts;
import org.jabr.people.Role;
import org.jabr.rules.Authority;
import org.jabr.rules.Problem;
import org.springframework.stereotype.Component;

/** Who can be given work. */
@Component
class Staff {

    private final Accounts accounts;
    private final Absences absences;

    Staff(Accounts accounts, Absences absences) {
        this.accounts = accounts;
        this.absences = absences;
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

    private static boolean works(Account account) {
        return account.active() && authority(account).satisfies(Authority.AGENT);
    }
}
