package org.jabr.team;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jabr.people.Absences;
import org.jabr.people.Account;
import org.jabr.people.Accounts;
import org.jabr.people.Role;
import org.jabr.people.Trait;
import org.jabr.rules.Problem;
import org.jabr.worklist.WorkCells;
import org.jabr.worklist.Worklist;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Who works with customers, when they are away, and what they can do. Every change is written down with who made it. */
@Service
public class Roster {

    private static final Pattern WORD = Pattern.compile("[A-Z][A-Z0-9_]{0,39}");
    private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,3}");

    private final Accounts accounts;
    private final Absences absences;
    private final Worklist worklist;
    private final Clock clock;

    Roster(Accounts accounts, Absences absences, Worklist worklist, Clock clock) {
        this.accounts = accounts;
        this.absences = absences;
        this.worklist = worklist;
        this.clock = clock;
    }

    /** Everybody who works with customers, by login. */
    public List<Account> people() {
        return accounts.all().stream().filter(Roster::works).toList();
    }

    /** @throws Problem {@code TEAM-003} where nobody of that login works with customers */
    public Account get(String login) {
        return accounts.find(login)
                .filter(Roster::works)
                .orElseThrow(() -> new Problem(Problem.Kind.NOT_FOUND, "TEAM-003", login));
    }

    /** This person's absences that have not ended, the next to begin first. */
    public List<Absences.Absence> absences(String login) {
        return absences.coming().stream()
                .filter(absence -> absence.login().equals(login))
                .toList();
    }

    /**
     * Somebody will be away.
     *
     * @param standIn who takes their work meanwhile; null where it goes back to everybody
     * @param by login of who says so
     * @throws Problem {@code TEAM-003}, {@code TEAM-008} where it ends before it begins or is over, {@code TEAM-009}
     *     where the stand-in is the same person
     */
    @Transactional
    public void away(String login, OffsetDateTime from, OffsetDateTime until, @Nullable String standIn, String by) {
        get(login);
        if (!until.isAfter(from) || !until.isAfter(OffsetDateTime.now(clock))) {
            throw new Problem(Problem.Kind.INVALID, "TEAM-008");
        }
        if (standIn != null && standIn.equals(login)) {
            throw new Problem(Problem.Kind.INVALID, "TEAM-009");
        }
        absences.add(login, from, until, standIn == null ? null : get(standIn).login(), by);
    }

    /** An absence of this person is not so, or not any more. Removing it again changes nothing. */
    @Transactional
    public void there(String login, long absence, String by) {
        if (absences(login).stream().anyMatch(one -> one.id() == absence)) {
            absences.remove(absence, by);
        }
    }

    /** The words that are in use for something: what somebody has, and what open work asks for. */
    public SortedSet<String> words(Trait trait) {
        SortedSet<String> words = new TreeSet<>();
        people().forEach(account -> words.addAll(trait.of(account)));
        Function<WorkCells.Cell, String> asked =
                switch (trait) {
                    case SKILL -> WorkCells.Cell::skill;
                    case LANGUAGE -> WorkCells.Cell::language;
                    case QUEUE -> WorkCells.Cell::queue;
                };
        worklist.cells().open(asked).forEach(one -> words.add(one.name()));
        words.remove("");
        return words;
    }

    /**
     * Sets what somebody is good at, speaks, or which desks they work at.
     *
     * @throws Problem {@code TEAM-003}, {@code TEAM-010} where something cannot be such a word
     */
    @Transactional
    public boolean set(String login, Trait trait, Set<String> words, String by) {
        get(login);
        Pattern shape = trait == Trait.LANGUAGE ? LANGUAGE : WORD;
        words.stream()
                .filter(word -> !shape.matcher(word).matches())
                .findFirst()
                .ifPresent(word -> {
                    throw new Problem(Problem.Kind.INVALID, "TEAM-010");
                });
        return accounts.set(login, trait, words, by);
    }

    private static boolean works(Account account) {
        return account.active() && account.holdsAny(Role.AGENT, Role.SUPERVISOR, Role.MANAGER);
    }
}
