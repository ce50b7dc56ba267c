package org.jabr.team;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jabr.people.Account;
import org.jabr.people.Accounts;
import org.jabr.people.Breaks;
import org.jabr.rules.Decider;
import org.jabr.rules.Decision;
import org.jabr.rules.Moment;
import org.jabr.rules.Problem;
import org.jabr.rules.RuleRef;
import org.jabr.worklist.WorkItem;
import org.jabr.worklist.Worklist;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * What somebody gets who asks for the next piece of work: the first of the list that is theirs to do, unless the rules
 * say that something easier would be better now.
 */
@Service
public class NextWork {

    /** How far down the list is looked for something easier. */
    private static final int LOOKED_AT = 25;

    private static final Moment NEXT = new Moment("next-work");
    private static final String EASIER = "EASIER";

    private final Worklist worklist;
    private final Accounts accounts;
    private final Breaks breaks;
    private final Weights weights;
    private final Wellbeing wellbeing;
    private final LiveRules rules;
    private final Clock clock;

    NextWork(
            Worklist worklist,
            Accounts accounts,
            Breaks breaks,
            Weights weights,
            Wellbeing wellbeing,
            LiveRules rules,
            Clock clock) {
        this.worklist = worklist;
        this.accounts = accounts;
        this.breaks = breaks;
        this.weights = weights;
        this.wellbeing = wellbeing;
        this.rules = rules;
        this.clock = clock;
    }

    /** Why this one. */
    public enum Because {
        /** It was theirs already. */
        OWN,
        /** It is the first one that they can do. */
        FIRST,
        /** It is easier than the first one, after so many hard ones. */
        EASIER,
        /** Easier would be better, but there is nothing easier. */
        NOTHING_EASIER
    }

    /**
     * What somebody got.
     *
     * @param hardInARow how many hard ones they had before
     * @param release whose rules said so
     */
    public record Given(WorkItem item, Because because, int hardInARow, String release, List<RuleRef> rules) {}

    /**
     * The person's own next item, or else a free one, which becomes theirs; empty where there is none, or where they have
     * a break.
     */
    public Optional<Given> next(Decider by) {
        List<WorkItem> mine =
                worklist.list(new Worklist.Filter(false, by.login(), false, null, null, null, null), null, 1);
        if (!mine.isEmpty()) {
            return Optional.of(new Given(mine.get(0), Because.OWN, 0, "", List.of()));
        }
        if (breaks.now(by.login()).isPresent()) {
            return Optional.empty();
        }
        List<WorkItem> free = new ArrayList<>(candidates(by));
        while (!free.isEmpty()) {
            Given given = choose(free, by);
            try {
                return Optional.of(new Given(
                        worklist.claim(given.item().id(), by),
                        given.because(),
                        given.hardInARow(),
                        given.release(),
                        given.rules()));
            } catch (Problem somebodyWasFaster) {
                free.remove(given.item());
            }
        }
        return Optional.empty();
    }

    /** What this person can do best: of their desks and languages; else of their languages; else whatever they may do. */
    private List<WorkItem> candidates(Decider by) {
        Account account = accounts.find(by.login()).orElse(null);
        if (account == null) {
            return free(null, by);
        }
        List<WorkItem> spoken = account.languages().stream()
                .flatMap(language -> free(language, by).stream())
                .sorted(Comparator.comparing(WorkItem::effectiveAt).thenComparing(WorkItem::id))
                .limit(LOOKED_AT)
                .toList();
        List<WorkItem> desks = spoken.stream()
                .filter(item -> account.queues().contains(item.queue()))
                .toList();
        return !desks.isEmpty() ? desks : !spoken.isEmpty() ? spoken : free(null, by);
    }

    /** The first free items that this person may do. @param language null for all */
    private List<WorkItem> free(@Nullable String language, Decider by) {
        List<WorkItem> free = worklist.list(
                new Worklist.Filter(
                        Worklist.Filter.Show.OPEN,
                        null,
                        true,
                        null,
                        language,
                        null,
                        null,
                        null,
                        by.authority(),
                        by.login(),
                        null,
                        null,
                        null,
                        null),
                null,
                LOOKED_AT);
        return free.stream()
                .filter(item -> worklist.may(Worklist.Action.CLAIM, item, by).isEmpty())
                .toList();
    }

    private Given choose(List<WorkItem> free, Decider by) {
        WorkItem first = free.get(0);
        int hard = wellbeing.hardInARow(by.login());
        if (weights.of(first) != Weight.HARD) {
            return new Given(first, Because.FIRST, hard, "", List.of());
        }
        long minutes =
                Duration.between(OffsetDateTime.now(clock), first.dueAt()).toMinutes();
        Optional<Decision> decision =
                rules.ask(NEXT, Map.of(), Map.of("minutesToDue", minutes, "hardInARow", (long) hard));
        if (decision.isEmpty() || !EASIER.equals(decision.get().text("blend"))) {
            return given(first, Because.FIRST, hard, decision);
        }
        return free.stream()
                .filter(item -> weights.of(item) != Weight.HARD)
                .findFirst()
                .map(easier -> given(easier, Because.EASIER, hard, decision))
                .orElseGet(() -> given(first, Because.NOTHING_EASIER, hard, decision));
    }

    private static Given given(WorkItem item, Because because, int hard, Optional<Decision> decision) {
        return new Given(
                item,
                because,
                hard,
                decision.map(Decision::release).orElse(""),
                decision.flatMap(one -> one.setting("blend"))
                        .map(setting -> setting.because())
                        .orElse(List.of()));
    }
}
