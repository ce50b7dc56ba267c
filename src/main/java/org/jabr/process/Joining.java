package org.jabr.process;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jabr.cases.CaseDesk;
import org.jabr.cases.Cases;
import org.jabr.cases.Contact;
import org.jabr.cases.Decisions;
import org.jabr.cases.Merges;
import org.jabr.cases.RecoveryCase;
import org.jabr.cases.Report;
import org.jabr.cases.StoredDecision;
import org.jabr.customers.Customers;
import org.jabr.finance.Differences;
import org.jabr.releases.Releases;
import org.jabr.remedies.Effect;
import org.jabr.remedies.Effects;
import org.jabr.remedies.RemedyDesk;
import org.jabr.rules.Authority;
import org.jabr.rules.CaseId;
import org.jabr.rules.Decider;
import org.jabr.rules.Decision;
import org.jabr.rules.Moment;
import org.jabr.rules.Problem;
import org.jabr.rules.Verdict;
import org.jabr.worklist.NewWork;
import org.jabr.worklist.WorkItem;
import org.jabr.worklist.Worklist;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * Makes one case of two, and two of one, with the work and the money that hang on them. What a case was granted stays
 * granted; what it only asked for is asked again where the matter goes on, with the facts of both, so that nothing is
 * granted twice. The customer hears of a remedy that comes out of it, never of the merging itself.
 */
@Service
public class Joining {

    /** Work without a task of the engine behind it, because the process that made it ended in a merge. */
    private static final String CARRIED = "joined-";

    private static final Set<WorkItem.Kind> CARRIED_KINDS = Set.of(
            WorkItem.Kind.ACKNOWLEDGEMENT, WorkItem.Kind.CONFIRMATION, WorkItem.Kind.ESCALATION, WorkItem.Kind.TASK);

    private static final String LETTER = "difference";

    private final Cases cases;
    private final CaseDesk desk;
    private final Merges merges;
    private final Decisions decisions;
    private final Customers customers;
    private final Effects effects;
    private final RemedyDesk remedies;
    private final Worklist worklist;
    private final Recovery recovery;
    private final Letters letters;
    private final Releases releases;
    private final ChoosingSteps choosing;

    Joining(
            Cases cases,
            CaseDesk desk,
            Merges merges,
            Decisions decisions,
            Customers customers,
            Effects effects,
            RemedyDesk remedies,
            Worklist worklist,
            Recovery recovery,
            Letters letters,
            Releases releases,
            ChoosingSteps choosing) {
        this.cases = cases;
        this.desk = desk;
        this.merges = merges;
        this.decisions = decisions;
        this.customers = customers;
        this.effects = effects;
        this.remedies = remedies;
        this.worklist = worklist;
        this.recovery = recovery;
        this.letters = letters;
        this.releases = releases;
        this.choosing = choosing;
    }

    /**
     * Lets a case go on in another one of the same customer.
     *
     * @param reference of the case that ends
     * @param into reference of the case that goes on
     * @return the case that goes on
     * @throws Problem {@code JOIN-003} to {@code JOIN-007} where they cannot become one, {@code CASE-001} no such case,
     *     {@code CASE-002} where somebody else moves one of them at this moment
     */
    @Transactional
    public RecoveryCase merge(String reference, String into, String reason, Decider by) {
        customers.hold(cases.get(reference).customerId());
        // Whoever completes work of either case comes before, or finds the work gone.
        Stream.of(cases.get(reference).id(), cases.get(into).id())
                .sorted(Comparator.comparing(CaseId::value))
                .forEach(worklist::hold);
        RecoveryCase merged = cases.get(reference);
        RecoveryCase survivor = cases.get(into);
        merges.check(merged, survivor, reason);
        // A promise is kept where it was made, and money is where it was granted.
        List<WorkItem> open = open(merged.id()).stream()
                .filter(item -> item.kind() != WorkItem.Kind.PROMISE
                        && !item.aboutAFinding()
                        && !Differences.isOne(item)
                        && !Undos.isOne(item))
                .toList();
        // Work first, then the engine: whoever completes work takes the same way, so nobody waits for each other.
        open.forEach(item -> worklist.cancel(task(item)));
        recovery.end(merged, "merged into " + survivor.reference());
        survivor = merges.merge(cases.get(merged.id()), cases.get(survivor.id()), reason, by);

        Set<String> lost = lost(merged.id());
        lost.forEach(moment -> remedies.cancelAsked(merged.id(), moment, 0, by));
        // Granted already, and nobody is left to carry it out.
        remedies.carryOut(merged.id());
        desk.reassess(survivor.id());
        Set<String> moments = new LinkedHashSet<>(lost);
        effects.ofCase(survivor.id()).stream()
                .filter(effect -> effect.state() == Effect.State.ASKED && !effect.undo())
                .forEach(effect -> moments.add(effect.moment()));
        pending(survivor.id()).forEach(moments::add);
        for (String moment : moments) {
            decideAgain(survivor.id(), new Moment(moment), Decider.RULES, by);
        }
        carryOver(open, merged, cases.get(survivor.id()));
        return cases.get(survivor.id());
    }

    /** Moments at which the case decided something of which not everything was granted or refused. */
    private Set<String> lost(CaseId id) {
        Set<String> moments = effects.ofCase(id).stream()
                .filter(effect -> effect.state() == Effect.State.ASKED && !effect.undo())
                .map(Effect::moment)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        moments.addAll(pending(id));
        return moments;
    }

    /** Moments whose newest decision offers something that nobody has taken over yet. */
    private Set<String> pending(CaseId id) {
        Set<Long> placed = effects.ofCase(id).stream().map(Effect::decisionId).collect(Collectors.toSet());
        return decisions.ofCase(id).stream()
                .collect(Collectors.toMap(
                        stored -> stored.decision().moment().name(), stored -> stored, (older, newer) -> newer))
                .values()
                .stream()
                .filter(stored -> offers(stored.decision()) && !placed.contains(stored.id()))
                .map(stored -> stored.decision().moment().name())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static boolean offers(Decision decision) {
        return decision.outcome().stream().anyMatch(one -> one.verdict() != Verdict.REFUSE);
    }

    /**
     * Decides a moment again with the facts of both cases. Where the case has not come to that moment yet, its diagram
     * will; where it has not taken the decision over yet, it takes over the new one.
     */
    private void decideAgain(CaseId id, Moment moment, Decider decider, Decider by) {
        Optional<StoredDecision> before = decisions.latest(id, moment);
        if (before.isEmpty()) {
            return;
        }
        boolean waits = pending(id).contains(moment.name());
        desk.decide(id, moment, decider);
        if (waits) {
            return;
        }
        boolean diagramAsks = open(id).stream()
                .anyMatch(item -> item.kind() == WorkItem.Kind.APPROVAL
                        && !carriedOver(item)
                        && effects.find(String.valueOf(item.subject()))
                                .filter(effect -> effect.moment().equals(moment.name()))
                                .isPresent());
        long decision = desk.grant(id, moment);
        if (!diagramAsks) {
            // No step of the diagram waits for it.
            finish(id, decision, moment.name());
            askFor(id, decision, by);
        }
    }

    private void finish(CaseId id, long decision, String moment) {
        remedies.carryOut(id);
        boolean granted =
                effects.ofCase(id).stream().anyMatch(effect -> effect.decisionId() == decision && effect.granted());
        if (granted) {
            Set<String> tone = letters.answered(id, "tone").map(Set::of).orElse(Set.of());
            letters.send(
                    id,
                    new Letters.Order(
                            LETTER, letters.answered(id, "channel").orElse(null), tone, moment, decision - 1, true));
        }
    }

    private void askFor(CaseId id, long decision, Decider by) {
        RecoveryCase recovery = cases.get(id);
        for (Effect effect : effects.ofCase(id)) {
            if (effect.decisionId() == decision && effect.state() == Effect.State.ASKED && !effect.undo()) {
                worklist.open(work(
                        recovery,
                        step(recovery, WorkItem.Kind.APPROVAL, effect.moment()),
                        effect.key(),
                        effect.key(),
                        effect.authority(),
                        by.login(),
                        null));
            }
        }
    }

    /** The budget did not reach, so somebody above who approved is asked as well. */
    private void askAbove(WorkItem item, Effect effect) {
        RecoveryCase recovery = cases.get(item.theCase());
        worklist.open(work(
                recovery,
                step(recovery, WorkItem.Kind.APPROVAL, effect.moment()),
                effect.key() + "-" + effect.authority(),
                effect.key(),
                effect.authority(),
                item.notBy(),
                null));
    }

    /** Work of the merged case stays work, unless somebody does the same for the case that goes on anyway. */
    private void carryOver(List<WorkItem> open, RecoveryCase merged, RecoveryCase survivor) {
        Set<WorkItem.Kind> there =
                open(survivor.id()).stream().map(WorkItem::kind).collect(Collectors.toSet());
        for (WorkItem item : open) {
            if (CARRIED_KINDS.contains(item.kind()) && (item.kind() == WorkItem.Kind.TASK || there.add(item.kind()))) {
                worklist.open(work(
                        survivor,
                        new Origin(item.kind(), item.element(), item.name(), item.form(), item.release()),
                        task(item),
                        item.subject(),
                        item.authority(),
                        item.notBy(),
                        item.assignee()));
            }
        }
        boolean byPerson = effects.ofCase(merged.id()).stream()
                .anyMatch(effect ->
                        effect.state() == Effect.State.RESERVED && effect.kind().equals("WORK_ITEM"));
        if (byPerson && there.add(WorkItem.Kind.CONFIRMATION)) {
            // A person was to do what was granted, and the diagram had not come to that step yet.
            worklist.open(work(
                    survivor,
                    step(merged, WorkItem.Kind.CONFIRMATION, ""),
                    merged.reference(),
                    null,
                    Authority.AGENT,
                    null,
                    null));
        }
    }

    /** The step of a diagram that work belongs to, without the step's task. */
    private record Origin(
            WorkItem.Kind kind,
            String element,
            String name,
            @Nullable String form,
            String release) {}

    /** The step of the case's own diagram that makes such work. */
    private Origin step(RecoveryCase recovery, WorkItem.Kind kind, String moment) {
        Origin unnamed = new Origin(kind, kind.name(), kind.name(), null, recovery.release());
        String diagram = releases.file(recovery.release(), Diagrams.path(recovery.process()))
                .orElse("");
        try {
            NodeList steps = Diagrams.read(diagram).getElementsByTagNameNS(Diagrams.BPMN, "userTask");
            for (int i = 0; i < steps.getLength(); i++) {
                Element step = (Element) steps.item(i);
                Map<String, String> literals = Diagrams.literals(step);
                String form = step.getAttributeNS(Diagrams.CAMUNDA, "formKey");
                if (kind.name().equals(literals.get("kind"))
                        && (moment.isEmpty() || moment.equals(literals.get("moment")))) {
                    return new Origin(
                            kind,
                            step.getAttribute("id"),
                            step.getAttribute("name"),
                            form.isEmpty() ? null : form,
                            recovery.release());
                }
            }
            return unnamed;
        } catch (SAXException unreadable) {
            return unnamed;
        }
    }

    private static NewWork work(
            RecoveryCase survivor,
            Origin origin,
            String task,
            @Nullable String subject,
            Authority authority,
            @Nullable String notBy,
            @Nullable String assignee) {
        return new NewWork(
                origin.kind(),
                origin.name(),
                survivor.id(),
                survivor.reference(),
                origin.release(),
                task.startsWith(CARRIED)
                        ? CARRIED + survivor.id().value() + task.substring(CARRIED.length())
                        : CARRIED + task,
                origin.element(),
                origin.form(),
                subject,
                authority,
                notBy,
                survivor.queue(),
                survivor.skill(),
                survivor.language(),
                assignee,
                origin.kind() == WorkItem.Kind.ACKNOWLEDGEMENT ? survivor.personDueAt() : survivor.resolveDueAt(),
                List.of(new WorkItem.Why("due", 0, List.of())));
    }

    /** Whether no step of a diagram waits behind the work. */
    static boolean carriedOver(WorkItem item) {
        return item.task() != null && item.task().startsWith(CARRIED);
    }

    /** What a diagram would have done next. */
    void done(WorkItem item, Decider by) {
        if (item.kind() == WorkItem.Kind.APPROVAL) {
            effects.find(String.valueOf(item.subject()))
                    .filter(effect -> effect.state().granted())
                    .ifPresent(effect -> finish(item.theCase(), effect.decisionId(), effect.moment()));
            effects.find(String.valueOf(item.subject()))
                    .filter(effect -> effect.state() == Effect.State.ASKED)
                    .ifPresent(effect -> askAbove(item, effect));
        } else {
            desk.reassess(item.theCase());
            choosing.moment(item).ifPresent(moment -> decideAgain(item.theCase(), moment, by, by));
        }
    }

    /** No diagram takes such work out of the list, so the end of the case does. */
    @EventListener
    void ended(RecoveryCase.Moved event) {
        if (event.recovery().stage().ended()) {
            open(event.recovery().id()).stream()
                    .filter(Joining::carriedOver)
                    .forEach(item -> worklist.cancel(task(item)));
        }
    }

    /**
     * Makes a case of its own of what the customer said about another matter, with a process of its own.
     *
     * @param contacts ids of contacts of the case
     * @param category what the other matter is, in the words of a report
     * @param subject what it is more exactly
     * @return the new case
     * @throws Problem {@code JOIN-005}, {@code JOIN-007} to {@code JOIN-010} where it cannot be split, {@code CASE-001},
     *     {@code CASE-002}
     */
    @Transactional
    public RecoveryCase split(
            String reference, List<Long> contacts, String category, String subject, String reason, Decider by) {
        customers.hold(cases.get(reference).customerId());
        RecoveryCase from = cases.get(reference);
        List<Contact> chosen = merges.splittable(from, contacts, reason);
        if (subject.isBlank() || category.isBlank()) {
            throw new Problem(Problem.Kind.INVALID, "JOIN-010");
        }
        Contact first = chosen.get(0);
        RecoveryCase own = desk.open(
                new Report(
                        null,
                        customers.get(from.customerId()).externalRef(),
                        first.channel(),
                        category.strip(),
                        subject.strip(),
                        first.body(),
                        null,
                        from.currency(),
                        null,
                        first.at(),
                        Map.of(),
                        Map.of()),
                by.login());
        takeAlong(from, chosen);
        own = merges.split(cases.get(from.id()), own, contacts, reason, by);
        recovery.start(own);
        desk.reassess(from.id());
        return cases.get(own.id());
    }

    /** Work that a moved contact made goes with it, where no contact that stays has come since it was made. */
    private void takeAlong(RecoveryCase from, List<Contact> chosen) {
        List<Contact> heard = merges.heard(from.id());
        for (WorkItem item : open(from.id())) {
            boolean staysSince = heard.stream()
                    .anyMatch(contact ->
                            !chosen.contains(contact) && !contact.at().isBefore(item.createdAt()));
            Optional<Contact> cause = heard.stream()
                    .filter(contact -> !contact.at().isAfter(item.createdAt()))
                    .reduce((older, newer) -> newer);
            if (!staysSince && cause.filter(chosen::contains).isPresent() && !carriedOver(item)) {
                recovery.drop(from, task(item));
            }
        }
    }

    private List<WorkItem> open(CaseId id) {
        return worklist.ofCase(id).stream()
                .filter(item -> item.state() == WorkItem.State.OPEN || item.state() == WorkItem.State.CLAIMED)
                .toList();
    }

    private static String task(WorkItem item) {
        return String.valueOf(item.task());
    }
}
