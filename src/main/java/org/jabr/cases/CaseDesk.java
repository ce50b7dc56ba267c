package org.jabr.cases;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jabr.customers.Customer;
import org.jabr.customers.Customers;
import org.jabr.customers.PersonalText;
import org.jabr.customers.StaffLinks;
import org.jabr.post.PostDesk;
import org.jabr.releases.Releases;
import org.jabr.remedies.Effect;
import org.jabr.remedies.Effects;
import org.jabr.remedies.RemedyDesk;
import org.jabr.remedies.RemedyOrder;
import org.jabr.rules.Authority;
import org.jabr.rules.CaseId;
import org.jabr.rules.Decider;
import org.jabr.rules.Decision;
import org.jabr.rules.DecisionFailed;
import org.jabr.rules.Moment;
import org.jabr.rules.Money;
import org.jabr.rules.Outcome;
import org.jabr.rules.Problem;
import org.jabr.rules.Remedy;
import org.jabr.rules.RuleRef;
import org.jabr.rules.Rulebook;
import org.jabr.rules.Verdict;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Everything that can be done with a recovery case. Each method is one transaction, or part of the caller's. */
@Service
public class CaseDesk {

    private static final int CLASSIFIED_TEXT = 200;

    private final Cases cases;
    private final Decisions decisions;
    private final Choices choices;
    private final Contacts contacts;
    private final PostDesk post;
    private final Promises promises;
    private final CaseClocks clocks;
    private final ClockDesk clockDesk;
    private final ClockRules clockRules;
    private final Timeline timeline;
    private final Calendars calendars;
    private final FactsGathering gathering;
    private final Customers customers;
    private final Releases releases;
    private final RemedyDesk remedyDesk;
    private final Effects effects;
    private final Merges merges;
    private final StaffLinks links;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    CaseDesk(
            Cases cases,
            Decisions decisions,
            Choices choices,
            Contacts contacts,
            PostDesk post,
            Promises promises,
            CaseClocks clocks,
            ClockDesk clockDesk,
            ClockRules clockRules,
            Timeline timeline,
            Calendars calendars,
            FactsGathering gathering,
            Customers customers,
            Releases releases,
            RemedyDesk remedyDesk,
            Effects effects,
            Merges merges,
            StaffLinks links,
            ApplicationEventPublisher events,
            Clock clock) {
        this.cases = cases;
        this.decisions = decisions;
        this.choices = choices;
        this.contacts = contacts;
        this.post = post;
        this.promises = promises;
        this.clocks = clocks;
        this.clockDesk = clockDesk;
        this.clockRules = clockRules;
        this.timeline = timeline;
        this.calendars = calendars;
        this.gathering = gathering;
        this.customers = customers;
        this.releases = releases;
        this.remedyDesk = remedyDesk;
        this.effects = effects;
        this.merges = merges;
        this.links = links;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Makes a case of a report: pinned to the live release, classified, routed, its clocks running.
     *
     * @throws Problem {@code CASE-002} where the external reference is a case already; also where it became one at
     *     this very moment, as a duplicate key
     * @throws Problem {@code FACTS-001} to {@code FACTS-005} where a fact of the report cannot be
     * @throws DecisionFailed where the rules did not answer
     */
    @Transactional
    public RecoveryCase open(Report report, String by) {
        if (report.externalRef() != null) {
            // Answering with that case instead would let two callers at once start its process twice.
            cases.findExternal(report.externalRef()).ifPresent(known -> {
                throw new Problem(Problem.Kind.CONFLICT, "CASE-002", known.reference());
            });
        }
        OffsetDateTime now = OffsetDateTime.now(clock);
        Customer customer = customers.findOrCreate(report.customerRef());
        // Whoever erases the customer at this moment waits and then sees the case, or this waits and is told.
        customers.hold(customer.id());
        Rulebook rulebook = releases.rulebook(releases.live().id());
        RecoveryCase recovery = blank(report, customer, rulebook.release(), now);

        FactsGathering.Known known = gathering.about(recovery, now, rulebook, Decider.RULES);
        Decision intake = ask(recovery, Moment.INTAKE, Decider.RULES, rulebook, known);
        CaseChange change = new CaseChange(recovery);
        classify(change, intake);
        change.process = required(intake, "process");
        recovery = change.done();
        Decision route = ask(recovery, Moment.ROUTE, Decider.RULES, rulebook, known);
        Decision level = ask(recovery, Moment.SERVICE_LEVEL, Decider.RULES, rulebook, known);
        change = new CaseChange(recovery);
        route(change, route);
        boost(change, level);
        change.resolveDueAt = calendars.plusMinutes(
                recovery.release(), required(level, "calendar"), now, requiredNumber(level, "resolveMinutes"));
        change.personDueAt = change.resolveDueAt;
        recovery = change.done();

        cases.add(recovery);
        contacts.add(
                recovery.id(),
                recovery.customerId(),
                new Contact(
                        0,
                        Contact.Direction.IN,
                        recovery.channel(),
                        null,
                        customer.language(),
                        recovery.subject(),
                        recovery.description(),
                        by,
                        now),
                null);
        clockDesk.start(recovery, level);
        note(recovery, "RECEIVED", Map.of("channel", recovery.channel()), by);
        for (Decision decision : List.of(intake, route, level)) {
            store(recovery, decision, Decider.RULES);
        }
        events.publishEvent(new RecoveryCase.Opened(recovery));
        return recovery;
    }

    /**
     * Asks the pinned rules about a case as it is now, and stores the answer with its facts. What the moment settles
     * about the case itself (severity, queue, mode ...) is taken over; remedies wait for {@link #grant}. What the person
     * who decides has chosen meanwhile goes before the same guardrails.
     *
     * @throws DecisionFailed where the evaluation did not fully succeed; nothing is stored
     */
    @Transactional
    public Decision decide(CaseId id, Moment moment, Decider decider) {
        RecoveryCase recovery = cases.get(id);
        Rulebook rulebook = releases.rulebook(recovery.release());
        FactsGathering.Known known = gathering.about(recovery, OffsetDateTime.now(clock), rulebook, decider);
        Optional<RemedyChoice> choice =
                decider.authority() == Authority.RULES ? Optional.empty() : choices.open(id, moment, decider.login());
        Decision decision = choice.isEmpty()
                ? ask(recovery, moment, decider, rulebook, known)
                : rulebook.review(
                        moment,
                        rulebook.read(known.document(recovery, decider)),
                        choice.get().chosen());
        RecoveryCase settled = settle(recovery, decision);
        if (!settled.equals(recovery)) {
            cases.update(settled);
        }
        long stored = store(settled, decision, decider);
        choice.ifPresent(chosen -> choices.decided(chosen.id(), stored));
        return decision;
    }

    /**
     * Hands the remedies of the newest decision of a moment over to be carried out, or asked for. Doing so again
     * changes nothing.
     *
     * @return id of that decision
     */
    @Transactional
    public long grant(CaseId id, Moment moment) {
        RecoveryCase recovery = cases.get(id);
        StoredDecision stored = decisions
                .latest(id, moment)
                .orElseThrow(() -> new Problem(Problem.Kind.CONFLICT, "CASE-004", recovery.reference(), moment));
        remedyDesk.cancelAsked(id, moment.name(), stored.id(), Decider.RULES);
        // Before what it is given out of: whoever withdraws takes the same way.
        cases.hold(id);
        remedyDesk.place(orders(recovery, stored));
        return stored.id();
    }

    /**
     * Answers what was asked for.
     *
     * @param key of the remedy
     * @param approved whether it is approved, otherwise refused
     * @param amount lowers the amount; null leaves it as asked
     * @throws Problem {@code REMEDY-001} to {@code REMEDY-005}; {@code CASE-005} where a refusal has no reason,
     *     {@code CASE-007} by the customer or somebody close to the customer: another person answers
     */
    @Transactional
    public void approve(
            CaseId id, String key, boolean approved, @Nullable Money amount, @Nullable String reason, Decider by) {
        approve(id, key, approved, amount, reason, null, by);
    }

    /**
     * The same for a remedy that is something of the catalogue.
     *
     * @param item that the approver picked; null where the rules choose
     * @throws Problem besides, {@code CATALOGUE-014} where it does not fit, {@code CATALOGUE-020} where nothing does
     */
    @Transactional
    public void approve(
            CaseId id,
            String key,
            boolean approved,
            @Nullable Money amount,
            @Nullable String reason,
            @Nullable String item,
            Decider by) {
        cases.hold(id);
        RecoveryCase recovery = cases.get(id);
        if (links.related(by.login(), recovery.customerId())) {
            throw new Problem(Problem.Kind.FORBIDDEN, "CASE-007", recovery.reference());
        }
        if (approved) {
            Optional<Remedy> remedy =
                    effects.find(key).flatMap(effect -> Gifts.remedy(releases, recovery, effect.remedy()));
            if (remedy.isPresent()) {
                remedyDesk.approve(key, amount, reason, item, Gifts.about(recovery), remedy.get(), by);
            } else {
                remedyDesk.approve(key, amount, reason, by);
            }
        } else if (reason == null || reason.isBlank()) {
            throw new Problem(Problem.Kind.INVALID, "CASE-005", recovery.reference());
        } else {
            remedyDesk.refuse(key, reason, by);
        }
        boolean stillAsked = effects.find(key)
                .filter(effect -> effect.state() == Effect.State.ASKED)
                .isPresent();
        if (!stillAsked) {
            note(recovery, approved ? "APPROVED" : "APPROVAL_REFUSED", Map.of("remedy", key), by.login());
        }
    }

    /** Moves a case to another stage and ends what that stage fulfils. */
    @Transactional
    public RecoveryCase move(CaseId id, Stage stage, String by) {
        RecoveryCase recovery = cases.get(id);
        if (recovery.stage() == stage) {
            return recovery;
        }
        OffsetDateTime now = OffsetDateTime.now(clock);
        RecoveryCase moved = change(recovery, change -> {
            change.stage = stage;
            change.closedAt = stage.ended() ? now : null;
        });
        switch (stage) {
            case RESOLVED -> {
                promises.end(id, Promise.Kind.RESOLUTION, Promise.State.KEPT, now);
                clockDesk.stop(moved, by);
            }
            case CLOSED -> {
                promises.end(id, Promise.Kind.PERSONAL_CONTACT, Promise.State.KEPT, now);
                promises.end(id, Promise.Kind.RESOLUTION, Promise.State.KEPT, now);
                clockDesk.stop(moved, by);
            }
            case WITHDRAWN -> {
                promises.end(id, Promise.Kind.PERSONAL_CONTACT, Promise.State.CANCELLED, now);
                promises.end(id, Promise.Kind.RESOLUTION, Promise.State.CANCELLED, now);
                promises.end(id, Promise.Kind.AGREED, Promise.State.CANCELLED, now);
                clockDesk.stop(moved, by);
                Decider who = new Decider(by, Authority.RULES);
                merges.family(id).forEach(one -> remedyDesk.cancelOpen(one, who));
            }
            default -> {
                // The other stages fulfil nothing that has a time on it.
            }
        }
        note(moved, "STAGE", Map.of("stage", stage.name()), by);
        events.publishEvent(new RecoveryCase.Moved(moved, recovery.stage(), by));
        return moved;
    }

    /** What the receipt tells the customer: when a person speaks to them, and by when the matter is resolved. */
    @Transactional
    public void promise(CaseId id) {
        RecoveryCase recovery = cases.get(id);
        OffsetDateTime now = OffsetDateTime.now(clock);
        if (recovery.mode().equals("PERSON")) {
            promise(recovery, Promise.Kind.PERSONAL_CONTACT, now, recovery.personDueAt());
        }
        promise(recovery, Promise.Kind.RESOLUTION, now, recovery.resolveDueAt());
    }

    private void promise(RecoveryCase recovery, Promise.Kind kind, OffsetDateTime now, OffsetDateTime dueAt) {
        OffsetDateTime progress = PromiseDesk.progressDueAt(clockRules, recovery.release(), kind, now, dueAt);
        promises.make(recovery.id(), kind, null, Decider.RULES.login(), now, dueAt, progress);
    }

    /** A person spoke to the customer: keeps that promise, and the person owns the case from now on. */
    @Transactional
    public void spoken(CaseId id, Decider by) {
        RecoveryCase recovery = cases.get(id);
        promises.end(id, Promise.Kind.PERSONAL_CONTACT, Promise.State.KEPT, OffsetDateTime.now(clock));
        String owner = recovery.owner();
        if (!by.login().equals(owner)) {
            change(recovery, change -> {
                change.owner = by.login();
                change.handovers += owner == null ? 0 : 1;
            });
        }
    }

    /**
     * A promise was missed: a failure of its own. Severity, route and boost are decided again.
     *
     * @return false where the promise was ended meanwhile, so that a miss counts exactly once
     */
    @Transactional
    public boolean missed(Promise promise) {
        clockDesk.hold(promise.caseId());
        if (!promises.miss(promise.id(), OffsetDateTime.now(clock))) {
            return false;
        }
        RecoveryCase recovery = cases.get(promise.caseId());
        note(recovery, "PROMISE_MISSED", Map.of("promise", promise.kind().name()), Decider.RULES.login());
        reassess(promise.caseId());
        return true;
    }

    /** Whether nobody kept the promise meanwhile, and nobody does until the transaction ends. */
    @Transactional
    public boolean broken(Promise promise) {
        clockDesk.hold(promise.caseId());
        return promises.find(promise.id())
                .filter(now -> now.state() == Promise.State.OPEN && now.dueAt().isBefore(OffsetDateTime.now(clock)))
                .isPresent();
    }

    /** An open promise goes on in the case that comes after a closed one. */
    @Transactional
    public Promise handOver(Promise promise, CaseId to) {
        promises.hand(promise.id(), to);
        return promises.get(promise.id());
    }

    /** Decides severity, route and boost again, because something about the case changed. */
    @Transactional
    public void reassess(CaseId id) {
        clockDesk.hold(id);
        RecoveryCase before = cases.get(id);
        Rulebook rulebook = releases.rulebook(before.release());
        FactsGathering.Known known = gathering.about(before, OffsetDateTime.now(clock), rulebook, Decider.RULES);
        RecoveryCase recovery = before;
        List<Decision> asked = new ArrayList<>();
        for (Moment moment : List.of(Moment.INTAKE, Moment.ROUTE, Moment.SERVICE_LEVEL)) {
            Decision decision = ask(recovery, moment, Decider.RULES, rulebook, known);
            recovery = settle(recovery, decision);
            asked.add(decision);
        }
        if (!recovery.equals(before)) {
            cases.update(recovery);
        }
        for (Decision decision : asked) {
            store(recovery, decision, Decider.RULES);
        }
        clockDesk.recompute(id, asked.get(asked.size() - 1), Decider.RULES.login());
    }

    /**
     * The customer was in touch again about this case.
     *
     * @param externalRef what makes it the same contact when it arrives again; null where it has no name
     * @param facts what became known by it, by path, such as {@code conversation.emotion}
     * @return false where the contact is known already
     * @throws Problem {@code CASE-006} where the case has ended
     */
    @Transactional
    public boolean contacted(
            CaseId id,
            String channel,
            @Nullable PersonalText body,
            @Nullable String externalRef,
            Map<String, Object> facts,
            String by) {
        if (externalRef != null && contacts.known(externalRef)) {
            return false;
        }
        clockDesk.hold(id);
        RecoveryCase recovery = cases.get(id);
        if (recovery.stage().ended()) {
            throw new Problem(Problem.Kind.CONFLICT, "CASE-006", recovery.reference());
        }
        Contact contact =
                new Contact(0, Contact.Direction.IN, channel, null, null, null, body, by, OffsetDateTime.now(clock));
        contacts.add(id, recovery.customerId(), contact, externalRef);
        RecoveryCase changed = change(recovery, change -> {
            change.contacts++;
            change.channelHops += channel.equals(recovery.channel()) ? 0 : 1;
            change.channel = channel;
            change.given.putAll(facts);
        });
        checkFacts(changed, Decider.RULES);
        note(changed, "CONTACTED", Map.of("channel", channel), by);
        events.publishEvent(new RecoveryCase.Contacted(changed, contact));
        return true;
    }

    /** The case that a contact of this reference belongs to, where it is known. */
    public Optional<RecoveryCase> heard(String externalRef) {
        return contacts.caseOf(externalRef).map(cases::get);
    }

    /**
     * What was learned about the case meanwhile; checked before it is kept.
     *
     * @param facts by path; null for what is no longer known
     */
    @Transactional
    public void learn(CaseId id, Map<String, @Nullable Object> facts, Decider by) {
        if (facts.isEmpty()) {
            return;
        }
        RecoveryCase recovery = cases.get(id);
        RecoveryCase changed = change(
                recovery,
                change -> facts.forEach((path, value) -> {
                    if (value == null) {
                        change.given.remove(path);
                    } else {
                        change.given.put(path, value);
                    }
                }));
        checkFacts(changed, by);
    }

    /** The customer withdraws the matter. @throws Problem {@code CASE-006} where the case has ended */
    @Transactional
    public void withdraw(CaseId id, String by) {
        RecoveryCase recovery = cases.get(id);
        if (recovery.stage().ended()) {
            throw new Problem(Problem.Kind.CONFLICT, "CASE-006", recovery.reference());
        }
        RecoveryCase withdrawn = move(id, Stage.WITHDRAWN, by);
        events.publishEvent(new RecoveryCase.Withdrawn(withdrawn, by));
    }

    /** The recovery did not hold: opened once more at higher severity, to fresh eyes. */
    @Transactional
    public void reopen(CaseId id) {
        clockDesk.hold(id);
        RecoveryCase recovery = cases.get(id);
        change(recovery, change -> {
            change.reopened = true;
            change.owner = null;
            change.closedAt = null;
            change.stage = Stage.ACKNOWLEDGED;
        });
        note(recovery, "REOPENED", Map.of(), Decider.RULES.login());
        reassess(id);
        decisions
                .latest(id, Moment.SERVICE_LEVEL)
                .ifPresent(level -> clockDesk.restart(cases.get(id), level.decision()));
    }

    /** The case goes to an owner above: a regulator, a lawyer, or a recovery that failed twice. */
    @Transactional
    public void escalate(CaseId id, String why) {
        RecoveryCase recovery = cases.get(id);
        change(recovery, change -> change.openEscalation = true);
        note(recovery, "ESCALATED", Map.of("why", why), Decider.RULES.login());
    }

    /** What the case was escalated for is done. */
    @Transactional
    public void deescalate(CaseId id, Decider by) {
        RecoveryCase recovery = cases.get(id);
        change(recovery, change -> change.openEscalation = false);
        note(recovery, "ESCALATION_DONE", Map.of(), by.login());
    }

    /** Something was said to the customer. */
    @Transactional
    public void said(
            CaseId id, String letter, String language, String channel, String subject, String body, String by) {
        RecoveryCase recovery = cases.get(id);
        long contact = contacts.add(
                id,
                recovery.customerId(),
                new Contact(
                        0,
                        Contact.Direction.OUT,
                        channel,
                        letter,
                        language,
                        new PersonalText(subject),
                        new PersonalText(body),
                        by,
                        OffsetDateTime.now(clock)),
                null);
        post.place(contact, id, recovery.customerId(), channel);
        note(recovery, "LETTER", Map.of("letter", letter, "channel", channel), by);
    }

    /** Writes something of note into the timeline. */
    @Transactional
    public void note(CaseId id, String kind, Map<String, Object> values, String by) {
        note(cases.get(id), kind, values, by);
    }

    /**
     * Pins a case to another release: from now on that one decides and speaks. Its course is moved by whoever calls.
     *
     * @throws Problem {@code CASE-002} where somebody else changed the case meanwhile, {@code FACTS-001} to
     *     {@code FACTS-005} where the other release could not read what is known of the case
     */
    @Transactional
    public void repin(CaseId id, String release, String by) {
        RecoveryCase recovery = cases.get(id);
        RecoveryCase moved = change(recovery, change -> change.release = release);
        checkFacts(moved, Decider.RULES);
        note(moved, "MIGRATED", Map.of("from", recovery.release(), "to", release), by);
        askServiceLevel(moved, by);
    }

    /** Deadlines are those of the release that the case is in now, reckoned from the start. */
    private void askServiceLevel(RecoveryCase recovery, String by) {
        if (recovery.stage().ended()) {
            return;
        }
        Rulebook rulebook = releases.rulebook(recovery.release());
        FactsGathering.Known known = gathering.about(recovery, OffsetDateTime.now(clock), rulebook, Decider.RULES);
        Decision level = ask(recovery, Moment.SERVICE_LEVEL, Decider.RULES, rulebook, known);
        RecoveryCase settled = settle(recovery, level);
        if (!settled.equals(recovery)) {
            cases.update(settled);
        }
        store(settled, level, Decider.RULES);
        clockDesk.recompute(recovery.id(), level, by);
    }

    /** Everything that is known of a case. @throws Problem {@code CASE-001} */
    @Transactional(readOnly = true)
    public CaseFile file(String reference) {
        RecoveryCase recovery = cases.get(reference);
        CaseId id = recovery.id();
        return new CaseFile(
                recovery,
                customers.get(recovery.customerId()),
                merges.together(id, decisions::ofCase, Comparator.comparing(StoredDecision::id)),
                merges.together(id, effects::ofCase, Comparator.comparing(Effect::createdAt)),
                promises.ofCase(id),
                clocks.ofCase(id),
                contacts.ofCase(id),
                merges.together(id, timeline::ofCase, Comparator.comparing(TimelineEntry::at)));
    }

    private RecoveryCase blank(Report report, Customer customer, String release, OffsetDateTime now) {
        CaseId id = cases.nextId();
        Map<String, Object> given = new HashMap<>(report.facts());
        report.answers().forEach((name, value) -> given.put("answers." + name, value));
        return new RecoveryCase(
                id,
                "R-%d-%06d".formatted(now.getYear(), id.value()),
                report.externalRef(),
                customer.id(),
                release,
                "",
                Stage.RECEIVED,
                0,
                "",
                "",
                shortened(report.category()),
                new PersonalText(shortened(report.subject())),
                report.description(),
                report.loss(),
                report.currency(),
                given,
                Optional.ofNullable(customer.language()).orElse(""),
                report.channel(),
                "",
                "",
                lastOwner(customer.id()),
                "",
                1,
                0,
                0,
                false,
                false,
                0,
                List.of(),
                report.occurredAt(),
                report.reportedAt(),
                now,
                now,
                now,
                null,
                0);
    }

    /** Who looked after the customer the last time. */
    private @Nullable String lastOwner(long customerId) {
        return cases.ofCustomer(customerId).stream()
                .map(RecoveryCase::owner)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private Decision ask(
            RecoveryCase recovery, Moment moment, Decider decider, Rulebook rulebook, FactsGathering.Known known) {
        return rulebook.decide(moment, rulebook.read(known.document(recovery, decider)));
    }

    /** What was added to a case must be something that its rules can read; otherwise it is refused here and now. */
    private void checkFacts(RecoveryCase recovery, Decider by) {
        Rulebook rulebook = releases.rulebook(recovery.release());
        rulebook.read(gathering
                .about(recovery, OffsetDateTime.now(clock), rulebook, by)
                .document(recovery, by));
    }

    private long store(RecoveryCase recovery, Decision decision, Decider decider) {
        String engine = releases.rulebook(decision.release()).engine();
        Decisions.Kept kept = decisions.add(recovery.id(), recovery.customerId(), decision, engine, decider.login());
        note(recovery, "DECIDED", Map.of("moment", decision.moment().name(), "decision", kept.id()), decider.login());
        events.publishEvent(new RecoveryCase.Decided(
                recovery,
                kept.id(),
                decision,
                engine,
                kept.facts().hash(),
                kept.result().hash(),
                decider.login()));
        return kept.id();
    }

    /** Takes over what a moment settles about the case itself. */
    private RecoveryCase settle(RecoveryCase recovery, Decision decision) {
        CaseChange change = new CaseChange(recovery);
        if (decision.moment().equals(Moment.INTAKE)) {
            classify(change, decision);
        } else if (decision.moment().equals(Moment.ROUTE)) {
            route(change, decision);
        } else if (decision.moment().equals(Moment.SERVICE_LEVEL)) {
            boost(change, decision);
        } else if (decision.moment().equals(Moment.ACKNOWLEDGE)) {
            acknowledge(change, recovery, decision);
        }
        return change.done();
    }

    private static void classify(CaseChange change, Decision intake) {
        change.failureType = required(intake, "type");
        change.severity = (int) requiredNumber(intake, "severity");
        change.tier = required(intake, "tier");
    }

    private static void route(CaseChange change, Decision route) {
        change.queue = required(route, "queue");
        change.skill = required(route, "skill");
        change.language = required(route, "language");
    }

    private static void boost(CaseChange change, Decision level) {
        change.boostMinutes = (int) requiredNumber(level, "boostMinutes");
        change.boostBecause = level.setting("boostMinutes").orElseThrow().because().stream()
                .map(RuleRef::id)
                .toList();
    }

    private void acknowledge(CaseChange change, RecoveryCase recovery, Decision decision) {
        change.mode = required(decision, "mode");
        String calendar = decisions
                .latest(recovery.id(), Moment.SERVICE_LEVEL)
                .map(level -> required(level.decision(), "calendar"))
                .orElse("ALWAYS");
        change.personDueAt = calendars.plusMinutes(
                recovery.release(), calendar, decision.asOf(), requiredNumber(decision, "personWithinMinutes"));
    }

    private List<RemedyOrder> orders(RecoveryCase recovery, StoredDecision stored) {
        Map<String, Remedy> catalogue = releases.rulebook(recovery.release()).catalogue().stream()
                .collect(Collectors.toMap(Remedy::name, Function.identity()));
        List<RemedyOrder> orders = new ArrayList<>();
        for (Outcome outcome : stored.decision().outcome()) {
            if (outcome.verdict() != Verdict.REFUSE) {
                Remedy remedy = catalogue.get(outcome.remedy());
                if (remedy == null || outcome.authority() == null) {
                    throw new DecisionFailed(stored.decision().moment(), "unknown remedy " + outcome.remedy());
                }
                orders.add(new RemedyOrder(
                        recovery.id(),
                        recovery.reference(),
                        recovery.customerId(),
                        recovery.queue(),
                        stored.id(),
                        stored.decision().moment().name(),
                        remedy,
                        outcome.amount(),
                        (String) recovery.given().get("answers.item"),
                        owed(stored.decision(), outcome.remedy()),
                        outcome.verdict() == Verdict.ASK,
                        outcome.authority(),
                        stored.decidedBy(),
                        Gifts.about(recovery)));
            }
        }
        return orders;
    }

    private static boolean owed(Decision decision, String remedy) {
        return decision.proposals().stream()
                .anyMatch(proposal -> proposal.statutory() && proposal.remedy().equals(remedy));
    }

    private RecoveryCase change(RecoveryCase recovery, Consumer<CaseChange> how) {
        CaseChange change = new CaseChange(recovery);
        how.accept(change);
        cases.update(change.done());
        return cases.get(recovery.id());
    }

    private void note(RecoveryCase recovery, String kind, Map<String, Object> values, String by) {
        timeline.add(recovery.id(), new TimelineEntry(kind, values, by, OffsetDateTime.now(clock)));
        events.publishEvent(new RecoveryCase.Noted(recovery, kind, values, by));
    }

    private static String shortened(String text) {
        return text.length() <= CLASSIFIED_TEXT ? text : text.substring(0, CLASSIFIED_TEXT);
    }

    static String required(Decision decision, String setting) {
        String value = decision.text(setting);
        if (value == null) {
            throw new DecisionFailed(decision.moment(), "no setting " + setting);
        }
        return value;
    }

    static long requiredNumber(Decision decision, String setting) {
        Long value = decision.number(setting);
        if (value == null) {
            throw new DecisionFailed(decision.moment(), "no setting " + setting);
        }
        return value;
    }
}
