package org.jabr.intake;

import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jabr.customers.Customer;
import org.jabr.customers.Customers;
import org.jabr.customers.PersonalText;
import org.jabr.customers.Purchase;
import org.jabr.customers.Purchases;
import org.jabr.finance.SettlementLine;
import org.jabr.finance.Settlements;
import org.jabr.releases.Releases;
import org.jabr.rules.Money;
import org.jabr.rules.Problem;
import org.jabr.rules.Rulebook;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Takes in the lines of an import, by kind. What it says of a line holds only if the caller's transaction commits. */
@Component
class LineDesk {

    private final Purchases purchases;
    private final Customers customers;
    private final CaseIntake intake;
    private final Releases releases;
    private final Settlements settlements;
    private final Clock clock;

    LineDesk(
            Purchases purchases,
            Customers customers,
            CaseIntake intake,
            Releases releases,
            Settlements settlements,
            Clock clock) {
        this.purchases = purchases;
        this.customers = customers;
        this.intake = intake;
        this.releases = releases;
        this.settlements = settlements;
        this.clock = clock;
    }

    /** @return the lines with what became of them */
    List<ImportLine> take(ImportKind kind, List<ImportLine> lines, String by) {
        return switch (kind) {
            case PURCHASES -> purchases(lines);
            case CUSTOMERS -> lines.stream().map(this::customer).toList();
            case COMPLAINTS -> lines.stream().map(line -> complaint(line, by)).toList();
            case SETTLEMENTS -> settlements(lines, by);
        };
    }

    /** What follows from all lines together. */
    void finish(ImportKind kind) {
        if (kind == ImportKind.PURCHASES) {
            purchases.computeValues();
        }
    }

    private List<ImportLine> purchases(List<ImportLine> lines) {
        List<Boolean> added =
                purchases.add(lines.stream().map(LineDesk::purchase).toList());
        List<ImportLine> became = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            became.add(lines.get(i).became(state(added.get(i))));
        }
        return became;
    }

    private List<ImportLine> settlements(List<ImportLine> lines, String by) {
        List<Settlements.Became> answers =
                settlements.take(lines.stream().map(LineDesk::settlement).toList(), by);
        List<ImportLine> became = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            Problem why = answers.get(i).why();
            became.add(
                    why == null
                            ? lines.get(i).became(state(answers.get(i).added()))
                            : lines.get(i).refused(Rejection.of(why)));
        }
        return became;
    }

    private static SettlementLine settlement(ImportLine line) {
        Map<String, Object> fields = line.fields();
        return new SettlementLine(
                Objects.requireNonNull(line.identity()),
                text(fields, "provider"),
                given(fields, "id"),
                given(fields, "key"),
                given(fields, "reference"),
                given(fields, "kind"),
                Money.of(text(fields, "amount"), text(fields, LineReader.CURRENCY)),
                LocalDate.parse(text(fields, "settledOn")));
    }

    private static Purchase purchase(ImportLine line) {
        Map<String, Object> fields = line.fields();
        return new Purchase(
                text(fields, "customer"),
                Objects.requireNonNull(line.identity()),
                LocalDate.parse(text(fields, "boughtOn")),
                Money.of(text(fields, "amount"), text(fields, LineReader.CURRENCY)),
                given(fields, "item"));
    }

    /** What a file says of a customer is added to what is known; an empty cell takes nothing away. */
    private ImportLine customer(ImportLine line) {
        Map<String, Object> fields = line.fields();
        String ref = text(fields, "customer");
        Optional<Customer> before = customers.find(ref);
        Customer.Details known = before.map(LineDesk::details).orElseGet(() -> Customer.Details.unknown(ref));
        Customer.Details details = new Customer.Details(
                ref,
                personal(given(fields, "name"), known.name()),
                personal(given(fields, "email"), known.email()),
                personal(given(fields, "phone"), known.phone()),
                orKnown(given(fields, "language"), known.language()),
                orKnown(given(fields, "preferredChannel"), known.preferredChannel()),
                flag(fields.get("vulnerable"), known.vulnerable()),
                flag(fields.get("loyaltyMember"), known.loyaltyMember()),
                flag(fields.get("neverComplains"), known.neverComplains()),
                orKnown(given(fields, "country"), known.country()));
        if (before.isPresent() && details.equals(known)) {
            return line.became(ImportLine.State.DUPLICATE);
        }
        check(details);
        customers.save(details);
        return line.became(ImportLine.State.ACCEPTED);
    }

    /** What the rules would not take as a fact must not become one, or every later decision would fail. */
    private void check(Customer.Details details) {
        Rulebook rulebook = releases.rulebook(releases.live().id());
        Map<String, Object> customer = new HashMap<>();
        if (details.language() != null) {
            customer.put("language", details.language());
        }
        if (details.preferredChannel() != null) {
            customer.put("preferredChannel", details.preferredChannel());
        }
        rulebook.read(Map.of(
                "asOf",
                OffsetDateTime.now(clock).toString(),
                "failure",
                Map.of("currency", intake.currency()),
                "customer",
                customer));
    }

    private ImportLine complaint(ImportLine line, String by) {
        Map<String, Object> fields = line.fields();
        String currency = text(fields, LineReader.CURRENCY);
        String loss = given(fields, "loss");
        Map<String, Object> facts = new LinkedHashMap<>();
        Map<String, Object> answers = new LinkedHashMap<>();
        fields.forEach((path, value) -> {
            if (FactTypes.isAnswer(path)) {
                answers.put(FactTypes.answerName(path), value);
            } else if (path.indexOf('.') > 0) {
                facts.put(path, value);
            }
        });
        Submission submission = new Submission(
                given(fields, "externalRef"),
                given(fields, "customer"),
                given(fields, "channel"),
                given(fields, "category"),
                given(fields, "subject"),
                given(fields, LineReader.DESCRIPTION),
                loss == null ? null : Money.of(loss, currency),
                currency,
                instant(given(fields, "occurredAt")),
                instant(given(fields, "reportedAt")),
                given(fields, "language"),
                facts,
                answers);
        Received received = intake.receive(submission, line.identity(), by);
        return line.became(
                received.became() == Received.Became.KNOWN ? ImportLine.State.DUPLICATE : ImportLine.State.ACCEPTED);
    }

    private static Customer.Details details(Customer customer) {
        return new Customer.Details(
                customer.externalRef(),
                customer.name(),
                customer.email(),
                customer.phone(),
                customer.language(),
                customer.preferredChannel(),
                customer.vulnerable(),
                customer.loyaltyMember(),
                customer.neverComplains(),
                customer.country());
    }

    private static ImportLine.State state(boolean added) {
        return added ? ImportLine.State.ACCEPTED : ImportLine.State.DUPLICATE;
    }

    private static String text(Map<String, Object> fields, String name) {
        return Objects.requireNonNull(fields.get(name), name).toString();
    }

    private static @Nullable PersonalText personal(@Nullable String given, @Nullable PersonalText known) {
        return given == null ? known : new PersonalText(given);
    }

    private static @Nullable String given(Map<String, Object> fields, String name) {
        Object value = fields.get(name);
        return value == null ? null : value.toString();
    }

    private static @Nullable String orKnown(@Nullable String given, @Nullable String known) {
        return given == null ? known : given;
    }

    private static boolean flag(@Nullable Object given, boolean known) {
        return given instanceof Boolean flag ? flag : known;
    }

    private static @Nullable OffsetDateTime instant(@Nullable String text) {
        return text == null ? null : OffsetDateTime.parse(text);
    }
}
