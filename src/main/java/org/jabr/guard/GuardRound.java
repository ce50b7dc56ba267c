package org.jabr.guard;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jabr.customers.Marks;
import org.jabr.customers.StaffLinks;
import org.jabr.people.Accounts;
import org.jabr.people.Role;
import org.jabr.releases.Releases;
import org.jabr.remedies.Effect;
import org.jabr.rules.Authority;
import org.jabr.rules.CaseId;
import org.jabr.rules.CurrencyTerms;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Looks at what was given, from time to time and right after somebody gave. Several nodes may look at once: each line is
 * looked at by one of them at a time, and a pattern is found once.
 */
@Component
class GuardRound {

    private static final Logger LOG = LoggerFactory.getLogger(GuardRound.class);
    private static final int AT_ONCE = 500;
    private static final Set<Sign> OWN = EnumSet.of(Sign.SELF_GRANT, Sign.RELATED_ASK);

    private final GuardRules rules;
    private final Releases releases;
    private final CustomerLooks customers;
    private final StaffLooks staff;
    private final Grants grants;
    private final Findings findings;
    private final Looking looking;
    private final StaffLinks links;
    private final Marks marks;
    private final Accounts accounts;
    private final TaskScheduler scheduler;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final AtomicBoolean asked = new AtomicBoolean();

    GuardRound(
            GuardRules rules,
            Releases releases,
            CustomerLooks customers,
            StaffLooks staff,
            Grants grants,
            Findings findings,
            Looking looking,
            StaffLinks links,
            Marks marks,
            Accounts accounts,
            TaskScheduler scheduler,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.rules = rules;
        this.releases = releases;
        this.customers = customers;
        this.staff = staff;
        this.grants = grants;
        this.findings = findings;
        this.looking = looking;
        this.links = links;
        this.marks = marks;
        this.accounts = accounts;
        this.scheduler = scheduler;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    @Scheduled(initialDelayString = "${jabr.guard.every:PT10M}", fixedDelayString = "${jabr.guard.every:PT10M}")
    void look() {
        attempt("marks", () -> {
            while (marks.catchUp(AT_ONCE) == AT_ONCE) {
                // Each of them in a transaction of its own.
            }
        });
        look(EnumSet.allOf(Sign.class));
    }

    /** Whoever gives to themselves is seen at once. After the grant, and elsewhere: nothing here can keep it from happening. */
    @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT)
    void changed(Effect.Changed event) {
        Effect effect = event.effect();
        boolean byPeople = !"rules".equals(effect.askedBy() == null ? effect.decidedBy() : effect.askedBy());
        if (effect.state() == Effect.State.RESERVED
                && effect.money() != null
                && byPeople
                && asked.compareAndSet(false, true)) {
            scheduler.schedule(
                    () -> {
                        asked.set(false);
                        look(OWN);
                    },
                    Instant.EPOCH);
        }
    }

    /** Each line is a transaction of its own, so that one that fails holds up no other; it is looked at again next time. */
    private void look(Set<Sign> signs) {
        attempt("rules", () -> {
            String release = releases.live().id();
            Map<String, BigDecimal> factors = releases.rulebook(release).currencies().stream()
                    .collect(Collectors.toMap(CurrencyTerms::code, CurrencyTerms::factor));
            rules.rows(release).stream()
                    .filter(row -> signs.contains(row.sign()))
                    .forEach(row -> attempt(
                            row.name(), () -> transaction.executeWithoutResult(status -> look(row, release, factors))));
        });
    }

    private static void attempt(String what, Runnable look) {
        try {
            look.run();
        } catch (RuntimeException e) {
            LOG.warn("Unusual giving ({}) could not be looked at yet: {}", what, e.toString());
        }
    }

    private void look(GuardRules.Row row, String release, Map<String, BigDecimal> factors) {
        findings.takeTurn();
        OffsetDateTime now = OffsetDateTime.now(clock);
        Window window = new Window(row, now.minusDays(row.days()), now, release, factors);
        seen(window).forEach(seen -> keep(window, seen));
    }

    private List<Seen> seen(Window window) {
        return switch (window.row().sign()) {
            case REPEAT_CLAIMS -> customers.claims(window);
            case SHARED_CONTACT -> customers.sharedClaims(window);
            case CLAIM_SHARE -> customers.shares(window);
            case SELF_GRANT -> customers.own(window, false);
            case RELATED_ASK -> customers.own(window, true);
            case SPLIT -> staff.splits(window);
            case NEAR_LIMIT -> staff.nearLimits(window);
            case ABOVE_DESK -> staff.aboveDesk(window);
            case ABOVE_PAST -> staff.abovePast(window);
            case ONE_CUSTOMER -> staff.oneCustomer(window);
            case OFF_HOURS -> staff.offHours(window);
            case SAME_PAIR -> staff.samePair(window);
            case MUTUAL -> staff.mutual(window);
        };
    }

    /** What was judged comes again only where it has grown, or where all of it happened after it was seen last. */
    private void keep(Window window, Seen seen) {
        Optional<Findings.Newest> newest = findings.newest(window.row().name(), seen.subject());
        if (newest.isPresent() && newest.get().open()) {
            if (seen.size().compareTo(newest.get().size()) > 0) {
                findings.grown(newest.get().id(), window, seen, grants.keys(window, seen.evidence()));
            }
            return;
        }
        boolean known = newest.isPresent()
                && !newest.get().until().isBefore(window.from())
                && seen.size()
                                .multiply(BigDecimal.valueOf(100))
                                .compareTo(newest.get()
                                        .size()
                                        .multiply(
                                                BigDecimal.valueOf(window.row().growPercent())))
                        < 0;
        List<Grants.Key> keys = known ? List.of() : grants.keys(window, seen.evidence());
        if (keys.isEmpty()) {
            return;
        }
        Set<String> concerned = new TreeSet<>(seen.logins());
        concerned.addAll(links.closeTo(seen.customers()));
        Authority authority = concerned.stream().anyMatch(this::leads)
                ? Authority.MANAGER
                : window.row().needs();
        long id = findings.add(
                window, seen, newest.map(Findings.Newest::ordinal).orElse(0) + 1, authority, concerned, keys);
        if (window.row().work()) {
            looking.open(
                    id,
                    new CaseId(keys.get(0).caseId()),
                    authority,
                    concerned,
                    window.row().lookDays());
        }
    }

    private boolean leads(String login) {
        return accounts.find(login)
                .filter(account -> account.holdsAny(Role.SUPERVISOR, Role.MANAGER))
                .isPresent();
    }
}
