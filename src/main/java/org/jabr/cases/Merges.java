package org.jabr.cases;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jabr.customers.PersonalText;
import org.jabr.customers.Vault;
import org.jabr.rules.CaseId;
import org.jabr.rules.Decider;
import org.jabr.rules.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Cases that became one, and cases that came out of another. What was said, promised and what runs against a deadline
 * goes over to the case that goes on; what was decided and granted stays where it was decided and is read together, so
 * that no effect ever changes its key or its case.
 */
@Service
public class Merges {

    private static final int LONGEST_REASON = 400;

    private final JdbcClient jdbc;
    private final Cases cases;
    private final Contacts contacts;
    private final Promises promises;
    private final ClockDesk clocks;
    private final Timeline timeline;
    private final Suggestions suggestions;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final Vault vault;

    Merges(
            JdbcClient jdbc,
            Cases cases,
            Contacts contacts,
            Promises promises,
            ClockDesk clocks,
            Timeline timeline,
            Suggestions suggestions,
            ApplicationEventPublisher events,
            Clock clock,
            Vault vault) {
        this.vault = vault;
        this.jdbc = jdbc;
        this.cases = cases;
        this.contacts = contacts;
        this.promises = promises;
        this.clocks = clocks;
        this.timeline = timeline;
        this.suggestions = suggestions;
        this.events = events;
        this.clock = clock;
    }

    /** The case and every case that was merged into it, in the order in which they were opened after the case itself. */
    public List<CaseId> family(CaseId id) {
        List<CaseId> family = new ArrayList<>(List.of(id));
        family.addAll(jdbc.sql("select id from recovery_case where merged_into = :id order by id")
                .param("id", id.value())
                .query((row, n) -> new CaseId(row.getLong("id")))
                .list());
        return family;
    }

    /** Cases of a customer that went on in another one: no failures of their own any more. */
    public Set<CaseId> mergedOf(long customerId) {
        return Set.copyOf(
                jdbc.sql("select id from recovery_case where customer_id = :customer and merged_into is not null")
                        .param("customer", customerId)
                        .query((row, n) -> new CaseId(row.getLong("id")))
                        .list());
    }

    /** What belongs to any case of the family, in one order. */
    public <T> List<T> together(CaseId id, Function<CaseId, List<T>> ofCase, Comparator<T> order) {
        List<CaseId> family = family(id);
        if (family.size() == 1) {
            return ofCase.apply(id);
        }
        return family.stream()
                .flatMap(one -> ofCase.apply(one).stream())
                .sorted(order)
                .toList();
    }

    /** The case that a merged one goes on in; empty for all others. */
    public Optional<RecoveryCase> mergedInto(CaseId id) {
        return jdbc.sql("select merged_into from recovery_case where id = :id and merged_into is not null")
                .param("id", id.value())
                .query(Long.class)
                .optional()
                .map(into -> cases.get(new CaseId(into)));
    }

    /** Where a matter goes on: the case itself, or the one that it was merged into. */
    public RecoveryCase survivor(RecoveryCase recovery) {
        return mergedInto(recovery.id()).orElse(recovery);
    }

    /** As {@link #survivor}, by id. */
    public CaseId survivor(CaseId id) {
        return mergedInto(id).map(RecoveryCase::id).orElse(id);
    }

    /** A promise with the case that it is kept or missed in now: it may have been read before a merge. */
    public Promise current(Promise promise) {
        return new Promise(
                promise.id(),
                survivor(promise.caseId()),
                promise.kind(),
                promise.said(),
                promise.by(),
                promise.madeAt(),
                promise.dueAt(),
                promise.state(),
                promise.progressAt(),
                promise.endedAt());
    }

    /** What a case has to do with others, oldest first. */
    public List<CaseLink> links(CaseId id) {
        return jdbc.sql(
                        "select kind, case_id, other_id, reason_text, by_whom, at from case_link where case_id = :id or other_id = :id order by id")
                .param("id", id.value())
                .query((row, n) -> new CaseLink(
                        CaseLink.Kind.valueOf(row.getString("kind")),
                        new CaseId(row.getLong("case_id")),
                        new CaseId(row.getLong("other_id")),
                        vault.read(row.getString("reason_text")),
                        row.getString("by_whom"),
                        row.getObject("at", OffsetDateTime.class)))
                .list();
    }

    /**
     * Looks whether two cases can become one.
     *
     * @throws Problem {@code JOIN-003} the same case, {@code JOIN-004} of two customers, {@code JOIN-005} one has
     *     ended, {@code JOIN-006} money of two currencies, {@code JOIN-007} without a reason or with too long a one
     */
    public void check(RecoveryCase merged, RecoveryCase into, String reason) {
        if (merged.id().equals(into.id())) {
            throw new Problem(Problem.Kind.INVALID, "JOIN-003", merged.reference());
        }
        if (merged.customerId() != into.customerId()) {
            throw new Problem(Problem.Kind.INVALID, "JOIN-004", merged.reference(), into.reference());
        }
        for (RecoveryCase one : List.of(merged, into)) {
            if (one.stage().ended()) {
                throw new Problem(Problem.Kind.CONFLICT, "JOIN-005", one.reference());
            }
        }
        if (!merged.currency().equals(into.currency())) {
            throw new Problem(Problem.Kind.INVALID, "JOIN-006", merged.currency(), into.currency());
        }
        said(reason);
    }

    private static void said(String reason) {
        if (reason.isBlank() || reason.length() > LONGEST_REASON) {
            throw new Problem(Problem.Kind.INVALID, "JOIN-007", LONGEST_REASON);
        }
    }

    /**
     * Lets one case go on in another, after {@link #check}. Nobody is told; the engine's side is the caller's.
     *
     * @return the case that goes on, as it is now
     * @throws Problem {@code CASE-002} where somebody else changed one of them meanwhile
     */
    @Transactional
    public RecoveryCase merge(RecoveryCase merged, RecoveryCase into, String reason, Decider by) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        for (String table : List.of("case_contact", "promise", "case_clock")) {
            jdbc.sql("update " + table + " set case_id = :into where case_id = :merged")
                    .param("into", into.id().value())
                    .param("merged", merged.id().value())
                    .update();
        }
        change(merged, change -> {
            change.stage = Stage.CLOSED;
            change.closedAt = now;
        });
        jdbc.sql("update recovery_case set merged_into = :into where id = :merged or merged_into = :merged")
                .param("into", into.id().value())
                .param("merged", merged.id().value())
                .update();
        if (into.loss() == null && merged.loss() != null) {
            jdbc.sql("update recovery_case set loss_minor = :loss where id = :id")
                    .param("loss", merged.loss().minor())
                    .param("id", into.id().value())
                    .update();
        }
        change(into, change -> takeOver(change, merged));
        if (List.of(Stage.RESOLVED, Stage.EXCEEDED, Stage.FOLLOW_UP).contains(into.stage())) {
            // The matter is resolved already, and so is what was promised about it under the other reference.
            promises.end(into.id(), Promise.Kind.RESOLUTION, Promise.State.KEPT, now);
            clocks.stop(into, by.login());
        }
        link(CaseLink.Kind.MERGED, merged.id(), into.id(), reason, by.login(), now);
        suggestions.joined(merged.id(), into.id(), by.login());
        note(merged, "MERGED", Map.of("other", into.reference()), by.login(), now);
        note(into, "MERGED_HERE", Map.of("other", merged.reference()), by.login(), now);
        events.publishEvent(new RecoveryCase.Moved(cases.get(merged.id()), merged.stage(), by.login()));
        return cases.get(into.id());
    }

    private void takeOver(CaseChange change, RecoveryCase merged) {
        merged.given().forEach(change.given::putIfAbsent);
        change.handovers += merged.handovers()
                + (merged.owner() != null
                                && change.owner != null
                                && !merged.owner().equals(change.owner)
                        ? 1
                        : 0);
        change.owner = change.owner == null ? merged.owner() : change.owner;
        change.reopened |= merged.reopened();
        change.openEscalation |= merged.openEscalation();
        change.resolveDueAt = earlier(change.resolveDueAt, merged.resolveDueAt());
        change.personDueAt = earlier(change.personDueAt, merged.personDueAt());
    }

    private static OffsetDateTime earlier(OffsetDateTime one, OffsetDateTime other) {
        return other.isBefore(one) ? other : one;
    }

    /**
     * Moves what the customer said about another matter to a case of its own, which was opened for it just now.
     *
     * @param ids of contacts of the case
     * @throws Problem {@code JOIN-008} where one of them is not a contact of the customer with this case, {@code JOIN-009}
     *     where none stays behind or none goes, {@code JOIN-007} and {@code CASE-002} as above
     */
    @Transactional
    public RecoveryCase split(RecoveryCase from, RecoveryCase own, List<Long> ids, String reason, Decider by) {
        splittable(from, ids, reason);
        OffsetDateTime now = OffsetDateTime.now(clock);
        // Opening a case keeps the report as its first contact; here the contact exists already.
        jdbc.sql("delete from case_contact where case_id = :own")
                .param("own", own.id().value())
                .update();
        jdbc.sql("update case_contact set case_id = :own where case_id = :from and id in (:ids)")
                .param("own", own.id().value())
                .param("from", from.id().value())
                .param("ids", ids)
                .update();
        change(own, change -> {});
        change(from, change -> {});
        link(CaseLink.Kind.SPLIT, own.id(), from.id(), reason, by.login(), now);
        // One matter split in two is not suggested as one again.
        suggestions.add(own.id(), from.id(), 0, List.of("split"));
        suggestions.open(own.id()).stream()
                .filter(one -> one.otherThan(own.id()).equals(from.id()))
                .forEach(one -> suggestions.decide(one.id(), Suggestion.State.APART, by.login()));
        note(own, "SPLIT", Map.of("other", from.reference()), by.login(), now);
        note(from, "SPLIT_OFF", Map.of("other", own.reference(), "contacts", ids.size()), by.login(), now);
        return cases.get(own.id());
    }

    /** The contacts that would go, oldest first. @throws Problem as {@link #split} */
    public List<Contact> splittable(RecoveryCase from, List<Long> ids, String reason) {
        said(reason);
        if (from.stage().ended()) {
            throw new Problem(Problem.Kind.CONFLICT, "JOIN-005", from.reference());
        }
        List<Contact> said = heard(from.id());
        List<Contact> chosen =
                said.stream().filter(contact -> ids.contains(contact.id())).toList();
        if (chosen.size() != Set.copyOf(ids).size()) {
            throw new Problem(Problem.Kind.INVALID, "JOIN-008", from.reference());
        }
        if (chosen.isEmpty() || chosen.size() == said.size()) {
            throw new Problem(Problem.Kind.INVALID, "JOIN-009", from.reference());
        }
        return chosen;
    }

    /** What the customer said about a case, oldest first. */
    public List<Contact> heard(CaseId id) {
        return contacts.ofCase(id).stream()
                .filter(contact -> contact.direction() == Contact.Direction.IN)
                .sorted(Comparator.comparing(Contact::at).thenComparing(Contact::id))
                .toList();
    }

    /** A case came after another one had closed. */
    @Transactional
    public void follows(RecoveryCase recovery, RecoveryCase before, String by) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        link(CaseLink.Kind.FOLLOWS, recovery.id(), before.id(), null, by, now);
        note(recovery, "FOLLOWS", Map.of("other", before.reference()), by, now);
        note(before, "FOLLOWED", Map.of("other", recovery.reference()), by, now);
    }

    /** In how many matters since then both remedies were given only when the merged cases are taken together, less what was counted twice. */
    int bothAcross(long customerId, Function<CaseId, Stream<String>> remediesOf, String one, String other) {
        int more = 0;
        List<CaseId> survivors = jdbc.sql(
                        "select distinct merged_into from recovery_case where customer_id = :customer and merged_into is not null")
                .param("customer", customerId)
                .query((row, n) -> new CaseId(row.getLong("merged_into")))
                .list();
        for (CaseId survivor : survivors) {
            List<Set<String>> given = family(survivor).stream()
                    .map(id -> Set.copyOf(remediesOf.apply(id).distinct().toList()))
                    .toList();
            long alone = given.stream()
                    .filter(remedies -> remedies.contains(one) && remedies.contains(other))
                    .count();
            boolean all = given.stream().anyMatch(remedies -> remedies.contains(one))
                    && given.stream().anyMatch(remedies -> remedies.contains(other));
            more += (all ? 1 : 0) - (int) alone;
        }
        return more;
    }

    /** Contacts and hops follow from what was said, so that each counts exactly once however cases were joined. */
    private void change(RecoveryCase recovery, Consumer<CaseChange> how) {
        List<Contact> said = heard(recovery.id());
        CaseChange change = new CaseChange(recovery);
        how.accept(change);
        if (!said.isEmpty()) {
            change.contacts = said.size();
            change.channelHops = hops(said);
            change.channel = said.get(said.size() - 1).channel();
        }
        cases.update(change.done());
    }

    private static int hops(List<Contact> said) {
        int hops = 0;
        for (int i = 1; i < said.size(); i++) {
            hops += said.get(i).channel().equals(said.get(i - 1).channel()) ? 0 : 1;
        }
        return hops;
    }

    private void link(
            CaseLink.Kind kind, CaseId caseId, CaseId otherId, @Nullable String reason, String by, OffsetDateTime at) {
        jdbc.sql("""
                        insert into case_link (kind, case_id, other_id, reason_text, by_whom, at)
                        values (:kind, :case, :other, :reason, :by, :at)
                        """)
                .param("kind", kind.name())
                .param("case", caseId.value())
                .param("other", otherId.value())
                .param(
                        "reason",
                        reason == null ? null : vault.stored(cases.customerOf(caseId), new PersonalText(reason)))
                .param("by", by)
                .param("at", at)
                .update();
    }

    private void note(RecoveryCase recovery, String kind, Map<String, Object> values, String by, OffsetDateTime at) {
        timeline.add(recovery.id(), new TimelineEntry(kind, values, by, at));
        events.publishEvent(new RecoveryCase.Noted(Objects.requireNonNull(recovery), kind, values, by));
    }
}
