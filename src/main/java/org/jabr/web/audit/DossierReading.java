package org.jabr.web.audit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jabr.audit.Dossier;
import org.jabr.cases.Contact;
import org.jabr.cases.RecoveryCase;
import org.jabr.cases.RemedyChoice;
import org.jabr.cases.StoredDecision;
import org.jabr.customers.Customer;
import org.jabr.customers.PersonalText;
import org.jabr.journal.Journal;
import org.jabr.post.Delivery;
import org.jabr.process.Recovery;
import org.jabr.releases.Releases;
import org.jabr.remedies.Effect;
import org.jabr.remedies.EffectHistory;
import org.jabr.replay.Trials;
import org.jabr.rules.Rulebook;
import org.jabr.rules.TableView;
import org.jabr.web.Reader;
import org.jabr.web.desk.CaseReading;
import org.jabr.web.desk.ClockReading;
import org.jabr.web.desk.DecisionReading;
import org.jabr.web.desk.EffectReading;
import org.jabr.web.desk.ReleaseWords;
import org.jabr.web.studio.TryReading;
import org.jabr.web.studio.TryTables;
import org.jabr.worklist.WorkItem;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Puts a dossier into the reader's language, in the words of the release that decided. */
@Component
class DossierReading {

    private final CaseReading cases;
    private final DecisionReading decisions;
    private final ClockReading clocks;
    private final EffectReading effects;
    private final TryReading reasons;
    private final TryTables tables;
    private final Trials trials;
    private final Releases releases;
    private final ReleaseWords words;
    private final Reader reader;

    DossierReading(
            CaseReading cases,
            DecisionReading decisions,
            ClockReading clocks,
            EffectReading effects,
            TryReading reasons,
            TryTables tables,
            Trials trials,
            Releases releases,
            ReleaseWords words,
            Reader reader) {
        this.cases = cases;
        this.decisions = decisions;
        this.clocks = clocks;
        this.effects = effects;
        this.reasons = reasons;
        this.tables = tables;
        this.trials = trials;
        this.releases = releases;
        this.words = words;
        this.reader = reader;
    }

    /** A dossier as people read it; everything in the order in which it happened. */
    record Told(
            RecoveryCase recovery,
            Instant at,
            String customer,
            List<Field> head,
            List<CaseReading.Event> timeline,
            boolean hasDiagram,
            List<Visited> way,
            List<DecisionTold> decisions,
            List<EffectTold> effects,
            List<Made> choices,
            List<Approval> approvals,
            List<Letter> letters,
            ClockReading.Panel clocks,
            List<Proof> proofs,
            @Nullable Instant sealedAt,
            Dossier dossier) {}

    record Field(String name, String value) {}

    /** @param by the person who did it; null where the house did it by itself */
    record Visited(
            String name,
            Instant began,
            @Nullable Instant ended,
            boolean cancelled,
            @Nullable String by) {}

    /** @param reasons null where the release that decided cannot be asked any more */
    record DecisionTold(
            DecisionReading.Told decided,
            TryReading.@Nullable Told reasons,
            List<TableShown> tables,
            List<TryTables.NearTold> nearest) {}

    /**
     * A table that was asked.
     *
     * @param narrow its matching rows alone, without the columns that none of them looks at, as paper has room for
     */
    record TableShown(TryTables.TableTold whole, Narrow narrow) {

        static TableShown of(TryTables.TableTold table) {
            List<Integer> looked = IntStream.range(0, table.columns().size())
                    .filter(at -> table.lit().stream()
                            .anyMatch(row -> !row.cells().get(at).strip().equals("-")))
                    .boxed()
                    .toList();
            return new TableShown(
                    table,
                    new Narrow(
                            looked.stream().map(table.columns()::get).toList(),
                            table.lit().stream()
                                    .map(row -> new TableView.Row(
                                            row.id(),
                                            looked.stream()
                                                    .map(row.cells()::get)
                                                    .toList(),
                                            row.why()))
                                    .toList()));
        }
    }

    record Narrow(List<String> columns, List<TableView.Row> rows) {}

    record EffectTold(CaseReading.Remedy remedy, String authority, List<Step> steps) {}

    record Step(
            Instant at,
            String state,
            String tone,
            String said,
            @Nullable String text,
            String by) {}

    /** What somebody chose otherwise than recommended. */
    record Made(String remedies, String why, String by, Instant at, boolean dropped) {}

    /** @param at when it was answered; null while it waits */
    record Approval(
            String name,
            @Nullable String remedy,
            @Nullable Effect effect,
            String authority,
            @Nullable String by,
            @Nullable Instant at,
            String state) {}

    record Letter(
            Contact contact,
            String name,
            String channel,
            String by,
            @Nullable Delivery delivery) {}

    record Proof(Journal.Placed placed, String what, String by, Instant at) {

        /** Whether the newest seal lies over it. */
        public boolean sealed() {
            return placed.position() != null;
        }
    }

    Told told(Dossier dossier) {
        RecoveryCase recovery = dossier.file().recovery();
        List<CaseReading.Event> timeline = new ArrayList<>(cases.timeline(dossier.file()));
        Collections.reverse(timeline);
        List<CaseReading.Remedy> remedies = cases.remedies(dossier.file());
        return new Told(
                recovery,
                dossier.at(),
                customer(dossier.file().customer()),
                head(dossier),
                timeline,
                !dossier.path().bpmn().isBlank(),
                way(dossier),
                decisions(dossier),
                remedies.stream().map(one -> effect(dossier, one)).toList(),
                dossier.choices().stream().map(one -> made(recovery, one)).toList(),
                approvals(dossier, remedies),
                letters(dossier),
                clocks.of(dossier.file(), dossier.clocks()),
                dossier.entries().stream().map(this::proof).toList(),
                dossier.seal() == null ? null : Instant.parse(dossier.seal().at()),
                dossier);
    }

    private static String customer(Customer customer) {
        String name = PersonalText.shown(customer.name());
        return name.isBlank() ? customer.externalRef() : name;
    }

    private List<Field> head(Dossier dossier) {
        RecoveryCase recovery = dossier.file().recovery();
        String release = recovery.release();
        Customer customer = dossier.file().customer();
        List<Field> head = new ArrayList<>();
        head.add(field("case.stage", reader.words("stage." + recovery.stage())));
        head.add(field("case.customer", customer(customer)));
        head.add(field("case.customer.ref", customer.externalRef()));
        if (!recovery.tier().isBlank()) {
            head.add(field("case.tier", reader.words("tier." + recovery.tier())));
        }
        head.add(field("case.failure", words.word(release, recovery.failureType())));
        head.add(field("case.category", recovery.category()));
        if (recovery.loss() != null) {
            head.add(field("case.loss", reader.money(recovery.loss())));
        }
        head.add(field("severity", reader.number(recovery.severity())));
        head.add(field("case.channel", words.word(release, recovery.channel())));
        head.add(field("case.language", words.word(release, recovery.language())));
        if (recovery.occurredAt() != null) {
            head.add(field("case.occurred", reader.when(recovery.occurredAt().toInstant())));
        }
        head.add(field("case.received", reader.when(recovery.receivedAt().toInstant())));
        if (recovery.closedAt() != null) {
            head.add(field("dossier.closed", reader.when(recovery.closedAt().toInstant())));
        }
        head.add(field("case.queue", words.word(release, recovery.queue())));
        if (recovery.owner() != null) {
            head.add(field("case.owner", words.who(recovery.owner())));
        }
        head.add(field("case.release", release));
        if (recovery.externalRef() != null) {
            head.add(field("case.external", recovery.externalRef()));
        }
        return head.stream().filter(one -> !one.value().isBlank()).toList();
    }

    private Field field(String key, String value) {
        return new Field(reader.words(key), value);
    }

    private List<Visited> way(Dossier dossier) {
        Map<String, String> names = cases.elements(dossier.file().recovery(), dossier.path());
        Map<String, WorkItem> work = dossier.work().stream()
                .filter(item -> item.task() != null)
                .collect(Collectors.toMap(
                        item -> Objects.requireNonNull(item.task()), Function.identity(), (one, other) -> one));
        List<Visited> way = new ArrayList<>();
        for (Recovery.Visit visit : dossier.visits()) {
            String name = names.get(visit.element());
            if (name != null) {
                WorkItem item = visit.task() == null ? null : work.get(visit.task());
                String by = item == null ? null : item.completedBy();
                way.add(new Visited(
                        name, visit.began(), visit.ended(), visit.cancelled(), by == null ? null : words.who(by)));
            }
        }
        return way;
    }

    private List<DecisionTold> decisions(Dossier dossier) {
        Map<String, List<TableView>> views = new HashMap<>();
        List<DecisionTold> told = new ArrayList<>();
        for (StoredDecision stored : dossier.file().decisions()) {
            Dossier.Asked asked = dossier.asked().get(stored.id());
            if (asked == null) {
                told.add(new DecisionTold(decisions.told(stored), null, List.of(), List.of()));
                continue;
            }
            String release = stored.decision().release();
            Rulebook rulebook = releases.rulebook(release);
            List<TableView> written = views.computeIfAbsent(release, id -> trials.tables(releases.files(id)));
            told.add(new DecisionTold(
                    decisions.told(stored),
                    reasons.told(rulebook, stored.decision(), null),
                    tables.consulted(rulebook, written, asked.consulted()).stream()
                            .map(TableShown::of)
                            .toList(),
                    tables.nearest(rulebook, dossier.file().recovery().currency(), asked.nearest())));
        }
        return told;
    }

    private EffectTold effect(Dossier dossier, CaseReading.Remedy remedy) {
        return new EffectTold(
                remedy,
                words.word(
                        dossier.file().recovery().release(),
                        remedy.effect().authority().name()),
                dossier.steps().getOrDefault(remedy.effect().key(), List.of()).stream()
                        .map(this::step)
                        .toList());
    }

    private Step step(EffectHistory.Step step) {
        return new Step(
                step.at().toInstant(),
                step.to().name(),
                EffectReading.tone(step.to()),
                effects.said(step.code()),
                step.said() == null ? null : reader.said(step.said()),
                words.who(step.by()));
    }

    private Made made(RecoveryCase recovery, RemedyChoice choice) {
        return new Made(
                choice.chosen().stream()
                        .map(one -> words.word(recovery.release(), one.remedy())
                                + (one.amount() == null ? "" : " " + reader.money(one.amount())))
                        .collect(Collectors.joining(reader.words("list.comma"))),
                choice.why().value(),
                words.who(choice.by()),
                choice.at().toInstant(),
                choice.state() == RemedyChoice.State.DROPPED);
    }

    private List<Approval> approvals(Dossier dossier, List<CaseReading.Remedy> remedies) {
        Map<String, CaseReading.Remedy> byKey =
                remedies.stream().collect(Collectors.toMap(one -> one.effect().key(), Function.identity()));
        return dossier.work().stream()
                .filter(item -> item.kind() == WorkItem.Kind.APPROVAL)
                .map(item -> {
                    CaseReading.Remedy remedy = item.subject() == null ? null : byKey.get(item.subject());
                    String by = item.completedBy();
                    return new Approval(
                            words.step(item.release(), item.element(), item.name()),
                            remedy == null ? null : remedy.name(),
                            remedy == null ? null : remedy.effect(),
                            words.word(item.release(), item.authority().name()),
                            by == null ? null : words.who(by),
                            item.completedAt() == null
                                    ? null
                                    : item.completedAt().toInstant(),
                            item.state().name());
                })
                .toList();
    }

    private List<Letter> letters(Dossier dossier) {
        String release = dossier.file().recovery().release();
        Map<Long, Delivery> ways = dossier.deliveries().stream()
                .collect(Collectors.toMap(Delivery::contactId, Function.identity(), (one, later) -> later));
        return dossier.file().contacts().stream()
                .map(contact -> {
                    String letter = contact.letter();
                    return new Letter(
                            contact,
                            letter == null
                                    ? reader.words("dossier.contact." + contact.direction())
                                    : words.named(release, "letter.", letter),
                            words.word(release, contact.channel()),
                            contact.direction() == Contact.Direction.IN
                                    ? customer(dossier.file().customer())
                                    : words.who(contact.by()),
                            ways.get(contact.id()));
                })
                .toList();
    }

    private Proof proof(Journal.Placed placed) {
        return new Proof(
                placed,
                reader.words("journal.kind." + placed.entry().kind()),
                words.who(placed.entry().by()),
                placed.entry().at().toInstant());
    }
}
