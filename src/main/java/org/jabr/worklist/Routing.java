package org.jabr.worklist;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jabr.people.Absences;
import org.jabr.people.Account;
import org.jabr.people.Breaks;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Who should take an item, after the rules have said which queue, skill and language it needs: whoever knows the
 * customer already, or else of those who speak the language and have the skill the one who has least to do.
 */
@Service
public class Routing {

    private final Worklist worklist;
    private final Staff staff;
    private final Absences absences;
    private final Breaks breaks;
    private final Clock clock;

    Routing(Worklist worklist, Staff staff, Absences absences, Breaks breaks, Clock clock) {
        this.worklist = worklist;
        this.staff = staff;
        this.absences = absences;
        this.breaks = breaks;
        this.clock = clock;
    }

    /** Why this person. */
    public enum Because {
        CONTINUITY,
        STAND_IN,
        SKILL,
        LANGUAGE
    }

    /** @param load how many items they have already */
    public record Suggestion(Account who, Because because, long load) {}

    /** Who is there right now, and what everybody has to do. */
    public Desk desk() {
        OffsetDateTime now = OffsetDateTime.now(clock);
        Map<String, Absences.Absence> away = new HashMap<>();
        absences.coming().stream()
                .filter(absence -> !absence.from().isAfter(now))
                .forEach(absence -> away.put(absence.login(), absence));
        List<Account> there = staff.desk();
        return new Desk(
                there,
                away,
                breaks.now(),
                worklist.loads(there.stream().map(Account::login).toList()));
    }

    /**
     * Skills and languages compared with the open work.
     *
     * @param unused what somebody has and no open item asks for
     * @param lacking what open items ask for and nobody has who is there
     */
    public record Skills(Set<String> unused, Set<String> lacking) {}

    public Skills skills(WorkCells cells, Desk desk) {
        Set<String> asked = new HashSet<>();
        cells.open(WorkCells.Cell::skill).forEach(one -> asked.add(one.name()));
        cells.open(WorkCells.Cell::language).forEach(one -> asked.add(one.name()));
        Set<String> unused = new TreeSet<>();
        Set<String> lacking = new TreeSet<>(asked);
        for (Account account : desk.people()) {
            unused.addAll(account.skills());
            unused.addAll(account.languages());
            if (desk.isThere(account.login())) {
                lacking.removeAll(account.skills());
                lacking.removeAll(account.languages());
            }
        }
        unused.removeAll(asked);
        return new Skills(unused, lacking);
    }

    /**
     * The people who work with customers at one moment.
     *
     * @param breaks until when those have a break who have one
     */
    public record Desk(
            List<Account> people,
            Map<String, Absences.Absence> away,
            Map<String, OffsetDateTime> breaks,
            Map<String, Long> loads) {

        /** Whether new work may come to this person: neither away nor in a break. */
        public boolean isThere(String login) {
            return !away.containsKey(login) && !breaks.containsKey(login);
        }

        public long load(String login) {
            return loads.getOrDefault(login, 0L);
        }

        /**
         * Who should take this item; empty where nobody can.
         *
         * @param owner who had the case last
         */
        public Optional<Suggestion> suggest(WorkItem item, @Nullable String owner) {
            Optional<Suggestion> known = owner == null ? Optional.empty() : continuity(item, owner);
            return known.or(() -> least(item, true, Because.SKILL)).or(() -> least(item, false, Because.LANGUAGE));
        }

        private Optional<Suggestion> continuity(WorkItem item, String owner) {
            Absences.Absence absence = away.get(owner);
            String one = absence == null ? owner : absence.standIn();
            return people.stream()
                    .filter(account -> account.login().equals(one) && may(account, item))
                    .findFirst()
                    .map(account -> suggestion(account, absence == null ? Because.CONTINUITY : Because.STAND_IN));
        }

        private Optional<Suggestion> least(WorkItem item, boolean skilled, Because because) {
            return people.stream()
                    .filter(account -> may(account, item))
                    .filter(account -> account.languages().contains(item.language()))
                    .filter(account -> !skilled || account.skills().contains(item.skill()))
                    .min(Comparator.<Account, Boolean>comparing(
                                    account -> !account.queues().contains(item.queue()))
                            .thenComparing(account -> load(account.login()))
                            // Who may decide more is kept for what needs it.
                            .thenComparing(Staff::authority)
                            .thenComparing(Account::login))
                    .map(account -> suggestion(account, because));
        }

        private boolean may(Account account, WorkItem item) {
            return isThere(account.login())
                    && Staff.authority(account).satisfies(item.authority())
                    && !account.login().equals(item.notBy());
        }

        private Suggestion suggestion(Account account, Because because) {
            return new Suggestion(account, because, load(account.login()));
        }
    }
}
