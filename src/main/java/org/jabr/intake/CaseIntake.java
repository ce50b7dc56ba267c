package org.jabr.intake;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jabr.cases.CaseDesk;
import org.jabr.cases.CaseLink;
import org.jabr.cases.Cases;
import org.jabr.cases.Merges;
import org.jabr.cases.Promise;
import org.jabr.cases.RecoveryCase;
import org.jabr.cases.Report;
import org.jabr.cases.Suggestion;
import org.jabr.cases.Suggestions;
import org.jabr.customers.Customer;
import org.jabr.customers.CustomerValue;
import org.jabr.customers.Customers;
import org.jabr.customers.PersonalText;
import org.jabr.process.Joining;
import org.jabr.process.Recovery;
import org.jabr.releases.Releases;
import org.jabr.rules.CaseId;
import org.jabr.rules.Decider;
import org.jabr.rules.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;

/**
 * The one door through which reports become cases. A report with a reference of its own is always its own case, and the
 * same one when it arrives again; a report without one about a matter that is open joins that case. What may be about
 * one matter and is not plain becomes a question to a person.
 */
@Service
public class CaseIntake {

    private final CaseDesk desk;
    private final Cases cases;
    private final Customers customers;
    private final Releases releases;
    private final Recovery recovery;
    private final Attempts attempts;
    private final Recognition recognition;
    private final Merges merges;
    private final Suggestions suggestions;
    private final Joining joining;
    private final Clock clock;
    private final String currency;

    CaseIntake(
            CaseDesk desk,
            Cases cases,
            Customers customers,
            Releases releases,
            Recovery recovery,
            Attempts attempts,
            Recognition recognition,
            Merges merges,
            Suggestions suggestions,
            Joining joining,
            Clock clock,
            @Value("${jabr.intake.currency:USD}") String currency) {
        this.desk = desk;
        this.cases = cases;
        this.customers = customers;
        this.releases = releases;
        this.recovery = recovery;
        this.attempts = attempts;
        this.recognition = recognition;
        this.merges = merges;
        this.suggestions = suggestions;
        this.joining = joining;
        this.clock = clock;
        this.currency = currency;
    }

    /**
     * Takes in a report.
     *
     * @throws Problem {@code INTAKE-001} to {@code INTAKE-004}; {@code FACTS-001} to {@code FACTS-005} where a fact of
     *     it cannot be
     */
    public Received receive(Submission submission, String by) {
        return receive(submission, null, by);
    }

    /**
     * Takes in a report that is known by its place in what arrived, where it has no reference of its own: so that the
     * same delivery does nothing when it arrives again.
     */
    Received receive(Submission submission, @Nullable String identity, String by) {
        return attempts.inTransaction(() -> receiveOnce(submission, identity, by));
    }

    /**
     * The customer was in touch again about a case. One that closed not long ago has not held: what is said about it
     * becomes a case of its own that comes after it.
     *
     * @param externalRef what makes it the same contact when it arrives again; null where it has no name
     * @param facts what became known by it, by path, such as {@code conversation.emotion}
     * @return the case as it is now; where it was merged the one that goes on, where it has closed the one after it
     * @throws Problem {@code CASE-001}, {@code CASE-006}, and as {@link #receive}
     */
    public RecoveryCase contact(
            String reference,
            @Nullable String channel,
            @Nullable String text,
            @Nullable String externalRef,
            Map<String, Object> facts,
            String by) {
        Submission.kept("externalRef", externalRef, Limits.EXTERNAL_REF);
        Submission.kept("description", text, Limits.DESCRIPTION);
        return attempts.inTransaction(() -> {
            RecoveryCase open = merges.survivor(cases.get(reference));
            String on = channel == null || channel.isBlank() ? open.channel() : channel;
            Map<String, Object> document =
                    new HashMap<>(Map.of("asOf", now().toString(), "failure", Map.of("currency", open.currency())));
            document.put("conversation", Map.of("channel", on));
            releases.rulebook(open.release()).read(document);
            if (recognition.stillFollows(open, now())) {
                return followed(open, on, text, externalRef, facts, by);
            }
            desk.contacted(open.id(), on, PersonalText.of(text), externalRef, facts, by);
            return cases.get(open.id());
        });
    }

    /** Whether what a customer says about a case is still heard: while it is open, and for a while after it closed. */
    public boolean hears(RecoveryCase recovery) {
        return !recovery.stage().ended() || recognition.stillFollows(recovery, now());
    }

    /** The customer withdraws the matter. @throws Problem {@code CASE-001}, {@code CASE-006} */
    public RecoveryCase withdraw(String reference, String by) {
        return attempts.inTransaction(() -> {
            CaseId id = merges.survivor(cases.get(reference)).id();
            desk.withdraw(id, by);
            return cases.get(id);
        });
    }

    private Received receiveOnce(Submission submission, @Nullable String identity, String by) {
        String ref =
                submission.externalRef() == null || submission.externalRef().isBlank()
                        ? null
                        : submission.externalRef().strip();
        String known = ref == null ? identity : ref;
        if (known != null) {
            Optional<RecoveryCase> before =
                    cases.findExternal(known).or(() -> ref == null ? desk.heard(known) : Optional.empty());
            if (before.isPresent()) {
                return new Received(merges.survivor(before.get()), Received.Became.KNOWN);
            }
        }
        Optional<Customer> customer =
                Optional.ofNullable(submission.customer()).map(String::strip).flatMap(customers::find);
        Report report = submission.report(currencyOf(customer));
        releases.rulebook(releases.live().id()).read(Submission.facts(report, now(), submission.language()));
        if (ref == null) {
            // Two reports about one matter at the same moment: the second one waits, and joins.
            customers.hold(customers.findOrCreate(report.customerRef()).id());
        }
        Recognition.Belongs belongs = recognition.of(
                report,
                customers
                        .find(report.customerRef())
                        .map(one -> cases.ofCustomer(one.id()))
                        .orElse(List.of()),
                now());
        RecoveryCase open = belongs.joins();
        if (ref == null && open != null) {
            Received received = joined(open, report, identity, by);
            suggest(open, belongs.alike());
            return received;
        }
        learnLanguage(report.customerRef(), submission.language());
        Report kept = ref == null ? named(report, identity) : report;
        RecoveryCase before = ref == null ? belongs.follows() : null;
        RecoveryCase opened = before == null ? desk.open(kept, by) : opened(kept, before, by);
        recovery.start(opened);
        suggest(opened, belongs.alike());
        if (open != null) {
            // A reference of its own makes it a case of its own; that it is the same matter is for a person to say.
            suggest(opened, belongs.sure());
        }
        return new Received(opened, Received.Became.OPENED);
    }

    private void suggest(RecoveryCase recovery, List<Recognition.Alike> alike) {
        alike.forEach(one -> suggestions.add(recovery.id(), one.recovery().id(), one.points(), one.because()));
    }

    /** What was mended has failed again: a failure of its own, and a repeated one. */
    private RecoveryCase opened(Report report, RecoveryCase before, String by) {
        Map<String, Object> facts = new HashMap<>(report.facts());
        facts.putIfAbsent("failure.repeated", true);
        RecoveryCase opened = desk.open(
                new Report(
                        report.externalRef(),
                        report.customerRef(),
                        report.channel(),
                        report.category(),
                        report.subject(),
                        report.description(),
                        report.loss(),
                        report.currency(),
                        report.occurredAt(),
                        report.reportedAt(),
                        facts,
                        report.answers()),
                by);
        merges.follows(opened, before, by);
        return opened;
    }

    private RecoveryCase followed(
            RecoveryCase closed,
            String channel,
            @Nullable String text,
            @Nullable String externalRef,
            Map<String, Object> facts,
            String by) {
        Customer customer = customers.get(closed.customerId());
        customers.hold(customer.id());
        if (externalRef != null) {
            Optional<RecoveryCase> known = desk.heard(externalRef).or(() -> cases.findExternal(externalRef));
            if (known.isPresent()) {
                return merges.survivor(known.get());
            }
        }
        // Somebody may have said the same a moment ago; then this is about the case that came of it.
        Optional<RecoveryCase> already = openAfter(closed);
        if (already.isPresent()) {
            desk.contacted(already.get().id(), channel, PersonalText.of(text), externalRef, facts, by);
            return cases.get(already.get().id());
        }
        return after(closed, externalRef, channel, text, now(), facts, by);
    }

    /** A case that comes after a closed one, about the same matter. */
    private RecoveryCase after(
            RecoveryCase closed,
            @Nullable String externalRef,
            String channel,
            @Nullable String text,
            @Nullable OffsetDateTime reportedAt,
            Map<String, Object> facts,
            String by) {
        Map<String, Object> answers = new HashMap<>();
        closed.given().forEach((path, value) -> {
            if (path.equals("answers.item") || path.equals("answers.order")) {
                answers.put(FactTypes.answerName(path), value);
            }
        });
        RecoveryCase opened = opened(
                new Report(
                        externalRef,
                        customers.get(closed.customerId()).externalRef(),
                        channel,
                        closed.category(),
                        closed.subject().value(),
                        PersonalText.of(text),
                        null,
                        closed.currency(),
                        null,
                        reportedAt,
                        facts,
                        answers),
                closed,
                by);
        recovery.start(opened);
        return opened;
    }

    /**
     * A promise was not kept, and the case that it was made in has closed: it goes on in a case that comes after it, as
     * part of the caller's transaction.
     */
    @EventListener
    void outlived(Promise.Outlived event) {
        RecoveryCase closed = event.closed();
        customers.hold(closed.customerId());
        RecoveryCase goesOn = openAfter(closed)
                .orElseGet(() -> after(
                        closed,
                        "promise-" + event.promise().id(),
                        closed.channel(),
                        null,
                        null,
                        Map.of(),
                        Decider.RULES.login()));
        desk.handOver(event.promise(), goesOn.id());
    }

    private Optional<RecoveryCase> openAfter(RecoveryCase closed) {
        return merges.links(closed.id()).stream()
                .filter(link ->
                        link.kind() == CaseLink.Kind.FOLLOWS && link.otherId().equals(closed.id()))
                .map(link -> merges.survivor(cases.get(link.caseId())))
                .filter(one -> !one.stage().ended())
                .findFirst();
    }

    /**
     * A person says that a case goes on in another one.
     *
     * @throws Problem as {@link Joining#merge}
     */
    public RecoveryCase merge(String reference, String into, String reason, Decider by) {
        return attempts.inTransaction(() -> joining.merge(reference, into, reason, by));
    }

    /**
     * A person says that contacts of a case are about another matter.
     *
     * @throws Problem as {@link Joining#split}
     */
    public RecoveryCase split(
            String reference, List<Long> contacts, String category, String subject, String reason, Decider by) {
        return attempts.inTransaction(() -> joining.split(reference, contacts, category, subject, reason, by));
    }

    /**
     * A person answers a suggestion: the newer case goes on in the older one, or they are kept apart for good.
     *
     * @param reference of the case that the answer was given at
     * @return the case that goes on, or the one that the answer was given at
     * @throws Problem {@code JOIN-001} no such suggestion of the case, {@code JOIN-002} answered meanwhile, and as
     *     {@link Joining#merge}
     */
    public RecoveryCase answer(String reference, long suggestion, boolean join, String reason, Decider by) {
        return attempts.inTransaction(() -> {
            RecoveryCase here = cases.get(reference);
            Suggestion asked = suggestions.get(suggestion);
            if (!asked.caseId().equals(here.id()) && !asked.otherId().equals(here.id())) {
                throw new Problem(Problem.Kind.NOT_FOUND, "JOIN-001", suggestion);
            }
            suggestions.decide(suggestion, join ? Suggestion.State.JOINED : Suggestion.State.APART, by.login());
            if (!join) {
                desk.note(
                        here.id(),
                        "KEPT_APART",
                        Map.of("other", cases.get(asked.otherThan(here.id())).reference()),
                        by.login());
                return here;
            }
            return joining.merge(
                    cases.get(asked.caseId()).reference(),
                    cases.get(asked.otherId()).reference(),
                    reason,
                    by);
        });
    }

    private Received joined(RecoveryCase open, Report report, @Nullable String identity, String by) {
        Map<String, Object> facts = new HashMap<>(report.facts());
        report.answers().forEach((name, value) -> facts.put("answers." + name, value));
        PersonalText said =
                Objects.requireNonNullElseGet(report.description(), () -> new PersonalText(report.subject()));
        boolean added = desk.contacted(open.id(), report.channel(), said, identity, facts, by);
        return new Received(cases.get(open.id()), added ? Received.Became.JOINED : Received.Became.KNOWN);
    }

    /** The currency of a case where nothing says another. */
    String currency() {
        return currency;
    }

    private String currencyOf(Optional<Customer> customer) {
        return customer.flatMap(c -> customers.value(c.id()))
                .map(CustomerValue::lifetime)
                .map(money -> money.currency())
                .orElse(currency);
    }

    /** What the customer speaks is kept where it was not known; what they told us before stays. */
    private void learnLanguage(String customerRef, @Nullable String language) {
        if (language != null) {
            Customer known = customers.findOrCreate(customerRef);
            if (known.language() == null) {
                customers.save(new Customer.Details(
                        known.externalRef(),
                        known.name(),
                        known.email(),
                        known.phone(),
                        language,
                        known.preferredChannel(),
                        known.vulnerable(),
                        known.loyaltyMember(),
                        known.neverComplains()));
            }
        }
    }

    private static Report named(Report report, @Nullable String identity) {
        return new Report(
                identity,
                report.customerRef(),
                report.channel(),
                report.category(),
                report.subject(),
                report.description(),
                report.loss(),
                report.currency(),
                report.occurredAt(),
                report.reportedAt(),
                report.facts(),
                report.answers());
    }

    private OffsetDateTime now() {
        return OffsetDateTime.now(clock);
    }
}
