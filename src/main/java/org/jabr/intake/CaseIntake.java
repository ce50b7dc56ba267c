package org.jabr.intake;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jabr.cases.CaseDesk;
import org.jabr.cases.Cases;
import org.jabr.cases.RecoveryCase;
import org.jabr.cases.Report;
import org.jabr.customers.Customer;
import org.jabr.customers.CustomerValue;
import org.jabr.customers.Customers;
import org.jabr.customers.PersonalText;
import org.jabr.process.Recovery;
import org.jabr.releases.Releases;
import org.jabr.rules.CaseId;
import org.jabr.rules.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Service;

/**
 * The one door through which reports become cases. A report with a reference of its own is always its own case, and the
 * same one when it arrives again; a report without one about a matter that is open joins that case.
 */
@Service
public class CaseIntake {

    private final CaseDesk desk;
    private final Cases cases;
    private final Customers customers;
    private final Releases releases;
    private final Recovery recovery;
    private final Attempts attempts;
    private final Clock clock;
    private final String currency;

    CaseIntake(
            CaseDesk desk,
            Cases cases,
            Customers customers,
            Releases releases,
            Recovery recovery,
            Attempts attempts,
            Clock clock,
            @Value("${jabr.intake.currency:USD}") String currency) {
        this.desk = desk;
        this.cases = cases;
        this.customers = customers;
        this.releases = releases;
        this.recovery = recovery;
        this.attempts = attempts;
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
     * The customer was in touch again about a case.
     *
     * @param externalRef what makes it the same contact when it arrives again; null where it has no name
     * @param facts what became known by it, by path, such as {@code conversation.emotion}
     * @return the case as it is now
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
            RecoveryCase open = cases.get(reference);
            String on = channel == null || channel.isBlank() ? open.channel() : channel;
            Map<String, Object> document =
                    new HashMap<>(Map.of("asOf", now().toString(), "failure", Map.of("currency", open.currency())));
            document.put("conversation", Map.of("channel", on));
            releases.rulebook(open.release()).read(document);
            desk.contacted(open.id(), on, PersonalText.of(text), externalRef, facts, by);
            return cases.get(open.id());
        });
    }

    /** The customer withdraws the matter. @throws Problem {@code CASE-001}, {@code CASE-006} */
    public RecoveryCase withdraw(String reference, String by) {
        return attempts.inTransaction(() -> {
            CaseId id = cases.get(reference).id();
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
                return new Received(before.get(), Received.Became.KNOWN);
            }
        }
        Optional<Customer> customer =
                Optional.ofNullable(submission.customer()).map(String::strip).flatMap(customers::find);
        Report report = submission.report(currencyOf(customer));
        releases.rulebook(releases.live().id()).read(Submission.facts(report, now(), submission.language()));
        if (ref == null) {
            // Two reports about one matter at the same moment: the second one waits, and joins.
            Customer reporting = customers.findOrCreate(report.customerRef());
            customers.hold(reporting.id());
            Optional<RecoveryCase> open = sameMatter(reporting, report);
            if (open.isPresent()) {
                return joined(open.get(), report, identity, by);
            }
        }
        learnLanguage(report.customerRef(), submission.language());
        RecoveryCase opened = desk.open(ref == null ? named(report, identity) : report, by);
        recovery.start(opened);
        return new Received(opened, Received.Became.OPENED);
    }

    private Received joined(RecoveryCase open, Report report, @Nullable String identity, String by) {
        Map<String, Object> facts = new HashMap<>(report.facts());
        report.answers().forEach((name, value) -> facts.put("answers." + name, value));
        PersonalText said =
                Objects.requireNonNullElseGet(report.description(), () -> new PersonalText(report.subject()));
        boolean added = desk.contacted(open.id(), report.channel(), said, identity, facts, by);
        return new Received(cases.get(open.id()), added ? Received.Became.JOINED : Received.Became.KNOWN);
    }

    /** The newest open case of the customer that names the same category and subject. */
    private Optional<RecoveryCase> sameMatter(Customer customer, Report report) {
        List<RecoveryCase> all = cases.ofCustomer(customer.id());
        return all.stream()
                .filter(c -> !c.stage().ended())
                .filter(c -> same(c.category(), report.category()) && same(c.subject(), report.subject()))
                .findFirst();
    }

    private static boolean same(String one, String other) {
        return words(one).equals(words(other));
    }

    private static String words(String text) {
        return text.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
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
