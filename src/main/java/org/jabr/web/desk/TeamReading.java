package org.jabr.web.desk;

import java.text.Collator;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import org.jabr.cases.Allowances;
import org.jabr.customers.PersonalText;
import org.jabr.people.Absences;
import org.jabr.people.Account;
import org.jabr.people.AccountChange;
import org.jabr.people.Trait;
import org.jabr.process.ApprovalWaits;
import org.jabr.releases.Releases;
import org.jabr.rules.Authority;
import org.jabr.rules.Decider;
import org.jabr.rules.RuleWords;
import org.jabr.team.Note;
import org.jabr.team.Roster;
import org.jabr.team.Wellbeing;
import org.jabr.web.Reader;
import org.jabr.web.SignedIn;
import org.jabr.worklist.WorkItem;
import org.jabr.worklist.Worklist;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Puts a team into words. */
@Component
class TeamReading {

    private static final int MOST_APPROVALS = 25;

    private final Roster roster;
    private final Absences absences;
    private final Worklist worklist;
    private final ApprovalWaits waits;
    private final Allowances allowances;
    private final Wellbeing wellbeing;
    private final Releases releases;
    private final ReleaseWords words;
    private final Reader reader;
    private final Clock clock;

    TeamReading(
            Roster roster,
            Absences absences,
            Worklist worklist,
            ApprovalWaits waits,
            Allowances allowances,
            Wellbeing wellbeing,
            Releases releases,
            ReleaseWords words,
            Reader reader,
            Clock clock) {
        this.roster = roster;
        this.absences = absences;
        this.worklist = worklist;
        this.waits = waits;
        this.allowances = allowances;
        this.wellbeing = wellbeing;
        this.releases = releases;
        this.words = words;
        this.reader = reader;
        this.clock = clock;
    }

    /**
     * One person of the team.
     *
     * @param away the absence that keeps them away now; null where they are there
     * @param load how many open items lie with them, by kind
     */
    record Person(
            String login,
            String name,
            @Nullable Away away,
            @Nullable Instant breakUntil,
            Map<WorkItem.Kind, Long> load,
            long open,
            long late,
            List<Allowances.Allowance> allowances,
            Care care) {}

    record Away(
            long id, Instant from, Instant until, @Nullable String standIn, boolean now) {}

    /** What would do somebody good. @param advice as a key of the messages {@code care.*} */
    record Care(
            String advice,
            String facts,
            int breakMinutes,
            @Nullable Instant breakUntil,
            List<RuleWords> because) {

        public boolean said() {
            return !advice.equals(Wellbeing.Kind.NONE.name());
        }
    }

    /** An approval that waits. @param up when it moves up; null where it stays */
    record Waiting(
            WorkItem item,
            String name,
            String needs,
            @Nullable String askedBy,
            @Nullable String holder,
            Instant since,
            @Nullable Instant up,
            @Nullable String next) {}

    /** Something that was said to somebody. */
    record Said(
            long id,
            Note.Kind kind,
            String about,
            String by,
            @Nullable String caseReference,
            String said,
            @Nullable String answer,
            Instant at,
            boolean unread) {}

    record Changed(String sentence, String by, Instant at) {}

    /** Words to choose from, and whether somebody has them. */
    record Choosable(String value, String word, boolean chosen) {}

    /** Everybody, by name. */
    List<Person> people() {
        List<Account> accounts = new ArrayList<>(roster.people());
        Collator order = Collator.getInstance(reader.locale());
        accounts.sort(Comparator.comparing((Account account) -> account.name(reader.language()), order)
                .thenComparing(Account::login));
        List<String> logins = accounts.stream().map(Account::login).toList();
        Map<String, Map<WorkItem.Kind, Long>> kinds = worklist.kinds(logins);
        Map<String, Long> late = worklist.late(logins);
        SortedSet<String> currencies = allowances.currencies(logins);
        return accounts.stream()
                .map(account -> {
                    Map<WorkItem.Kind, Long> load = kinds.getOrDefault(account.login(), Map.of());
                    Care care = care(account.login());
                    return new Person(
                            account.login(),
                            account.name(reader.language()),
                            absences.now(account.login()).map(this::away).orElse(null),
                            care.breakUntil(),
                            load,
                            load.values().stream().mapToLong(Long::longValue).sum(),
                            late.getOrDefault(account.login(), 0L),
                            allowances.of(decider(account), currencies),
                            care);
                })
                .toList();
    }

    /** A desk's budget. */
    record Budget(String desk, List<Allowances.Allowance> left) {}

    /** What these desks gave out of goodwill lately; a desk that gave nothing is left out. */
    List<Budget> budgets(List<String> desks) {
        return desks.stream()
                .map(desk -> new Budget(word(desk), allowances.ofDesk(desk)))
                .filter(budget -> !budget.left().isEmpty())
                .toList();
    }

    static Decider decider(Account account) {
        return new SignedIn(account).decider();
    }

    Care care(String login) {
        Wellbeing.Advice advice = wellbeing.of(login);
        Wellbeing.Facts facts = advice.facts();
        List<String> parts = new ArrayList<>();
        parts.add(reader.words("care.fact.open", facts.openLoad()));
        if (facts.hardInARow() > 0) {
            parts.add(reader.words("care.fact.hard", facts.hardInARow()));
        }
        if (facts.afterHours() > 0) {
            parts.add(reader.words("care.fact.after", facts.afterHours()));
        }
        if (facts.minutesSinceBreak() > 0) {
            parts.add(reader.words("care.fact.break", reader.span(facts.minutesSinceBreak())));
        }
        OffsetDateTime until = advice.breakUntil();
        return new Care(
                advice.kind().name(),
                String.join(" · ", parts),
                advice.breakMinutes(),
                until == null ? null : until.toInstant(),
                advice.kind() == Wellbeing.Kind.NONE ? List.of() : words.rules(advice.release(), advice.because()));
    }

    Away away(Absences.Absence absence) {
        String standIn = absence.standIn();
        return new Away(
                absence.id(),
                absence.from().toInstant(),
                absence.until().toInstant(),
                standIn == null ? null : words.who(standIn),
                !absence.from().toInstant().isAfter(clock.instant()));
    }

    /** Approvals that wait, first things first. */
    List<Waiting> approvals() {
        List<WorkItem> items = worklist.list(
                new Worklist.Filter(false, null, false, null, null, WorkItem.Kind.APPROVAL, null),
                null,
                MOST_APPROVALS);
        Map<Long, ApprovalWaits.Wait> waiting =
                waits.of(items.stream().map(WorkItem::id).toList());
        return items.stream().map(item -> waiting(item, waiting.get(item.id()))).toList();
    }

    private Waiting waiting(WorkItem item, ApprovalWaits.@Nullable Wait wait) {
        Authority next = wait == null ? null : wait.next();
        OffsetDateTime up = wait == null || next == null ? null : wait.lookAt();
        String asked = item.notBy();
        String holder = item.assignee();
        return new Waiting(
                item,
                words.step(item.release(), item.element(), item.name()),
                words.word(item.release(), item.authority().name()),
                asked == null ? null : words.who(asked),
                holder == null ? null : words.who(holder),
                item.createdAt().toInstant(),
                up == null ? null : up.toInstant(),
                next == null ? null : words.word(item.release(), next.name()));
    }

    Said said(Note note) {
        PersonalText answer = note.answer();
        return new Said(
                note.id(),
                note.kind(),
                words.who(note.about()),
                words.who(note.by()),
                note.caseReference(),
                note.said().value(),
                answer == null ? null : answer.value(),
                note.at().toInstant(),
                note.readAt() == null);
    }

    Changed changed(AccountChange change) {
        return new Changed(sentence(change), words.who(change.by()), change.at().toInstant());
    }

    private String sentence(AccountChange change) {
        return switch (change.kind()) {
            case ABSENCE_ADDED, ABSENCE_REMOVED -> {
                String[] parts = change.detail().split("/");
                String times = reader.when(Instant.parse(parts[0])) + " – " + reader.when(Instant.parse(parts[1]));
                yield reader.words("team.changed." + change.kind(), times);
            }
            default ->
                reader.words(
                        "team.changed." + change.kind(),
                        change.detail().isEmpty() ? reader.words("none") : words(change.detail()));
        };
    }

    private String words(String detail) {
        return String.join(
                reader.words("list.comma"),
                List.of(detail.split(" ")).stream().map(this::word).toList());
    }

    String word(String value) {
        return words.word(release(), value);
    }

    /** The words of the live release; those that are in use, and which of them this person has. */
    Map<Trait, List<Choosable>> traits(Account account) {
        Map<Trait, List<Choosable>> traits = new LinkedHashMap<>();
        for (Trait trait : Trait.values()) {
            traits.put(
                    trait,
                    roster.words(trait).stream()
                            .map(value -> new Choosable(
                                    value, word(value), trait.of(account).contains(value)))
                            .toList());
        }
        return traits;
    }

    String release() {
        return releases.findLive()
                .map(live -> Objects.requireNonNull(live.id()))
                .orElse("");
    }
}
