package org.jabr.web.api;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jabr.cases.CaseClock;
import org.jabr.cases.CaseFile;
import org.jabr.cases.Contact;
import org.jabr.cases.Promise;
import org.jabr.cases.RecoveryCase;
import org.jabr.cases.StoredDecision;
import org.jabr.cases.TimelineEntry;
import org.jabr.customers.Customer;
import org.jabr.customers.CustomerValue;
import org.jabr.customers.PersonalText;
import org.jspecify.annotations.Nullable;

/** Everything that is known of one case. */
@Schema(name = "Case")
record CaseDocument(
        String reference,
        @Nullable String externalRef,

        @Schema(description = "the case that a merged one goes on in") @Nullable
        String mergedInto,

        String stage,
        int severity,
        CustomerPart customer,
        String release,
        String process,
        String failureType,
        String category,
        String subject,
        String description,
        @Nullable Amount loss,
        String currency,
        String mode,
        String language,
        String channel,
        String queue,
        String skill,
        @Nullable String owner,
        int contactCount,
        int handovers,
        int channelHops,
        boolean reopened,
        boolean openEscalation,
        @Nullable OffsetDateTime occurredAt,
        @Nullable OffsetDateTime reportedAt,
        OffsetDateTime receivedAt,
        OffsetDateTime resolveDueAt,
        OffsetDateTime personDueAt,
        @Nullable OffsetDateTime closedAt,
        Map<String, Object> given,
        List<DecisionPart> decisions,
        List<RemedyDocument> remedies,
        List<PromisePart> promises,
        List<CaseClock> clocks,
        List<ContactPart> contacts,
        List<TimelineEntry> timeline) {

    static CaseDocument of(CaseFile file, Optional<CustomerValue> value, @Nullable String mergedInto) {
        RecoveryCase c = file.recovery();
        return new CaseDocument(
                c.reference(),
                c.externalRef(),
                mergedInto,
                c.stage().name(),
                c.severity(),
                CustomerPart.of(file.customer(), c.tier(), value),
                c.release(),
                c.process(),
                c.failureType(),
                c.category(),
                c.subject().value(),
                PersonalText.shown(c.description()),
                Amount.of(c.loss()),
                c.currency(),
                c.mode(),
                c.language(),
                c.channel(),
                c.queue(),
                c.skill(),
                c.owner(),
                c.contacts(),
                c.handovers(),
                c.channelHops(),
                c.reopened(),
                c.openEscalation(),
                c.occurredAt(),
                c.reportedAt(),
                c.receivedAt(),
                c.resolveDueAt(),
                c.personDueAt(),
                c.closedAt(),
                c.given(),
                file.decisions().stream().map(DecisionPart::of).toList(),
                file.remedies().stream().map(RemedyDocument::of).toList(),
                file.promises().stream().map(PromisePart::of).toList(),
                file.clocks(),
                file.contacts().stream().map(ContactPart::of).toList(),
                file.timeline());
    }

    @Schema(name = "CaseCustomer")
    record CustomerPart(
            String externalRef,
            String name,
            String email,
            String phone,
            @Nullable String language,
            @Nullable String preferredChannel,
            boolean vulnerable,
            boolean loyaltyMember,
            String tier,
            @Nullable Amount lifetimeValue,
            @Nullable Integer lifetimeValuePercentile,
            int purchases) {

        static CustomerPart of(Customer customer, String tier, Optional<CustomerValue> value) {
            return new CustomerPart(
                    customer.externalRef(),
                    PersonalText.shown(customer.name()),
                    PersonalText.shown(customer.email()),
                    PersonalText.shown(customer.phone()),
                    customer.language(),
                    customer.preferredChannel(),
                    customer.vulnerable(),
                    customer.loyaltyMember(),
                    tier,
                    value.map(v -> Amount.of(v.lifetime())).orElse(null),
                    value.map(CustomerValue::percentile).orElse(null),
                    value.map(CustomerValue::purchases).orElse(0));
        }
    }

    @Schema(name = "CaseDecision")
    record DecisionPart(long id, String moment, OffsetDateTime asOf, String decidedBy) {

        static DecisionPart of(StoredDecision stored) {
            return new DecisionPart(stored.id(), stored.decision().moment().name(), stored.asOf(), stored.decidedBy());
        }
    }

    @Schema(name = "CasePromise")
    record PromisePart(
            long id,
            String kind,
            OffsetDateTime madeAt,
            OffsetDateTime dueAt,
            String state,
            @Nullable OffsetDateTime endedAt) {

        static PromisePart of(Promise promise) {
            return new PromisePart(
                    promise.id(),
                    promise.kind().name(),
                    promise.madeAt(),
                    promise.dueAt(),
                    promise.state().name(),
                    promise.endedAt());
        }
    }

    @Schema(name = "CaseContact")
    record ContactPart(
            long id,
            String direction,
            String channel,
            @Nullable String letter,
            @Nullable String language,
            String subject,
            String body,
            String by,
            OffsetDateTime at) {

        static ContactPart of(Contact contact) {
            return new ContactPart(
                    contact.id(),
                    contact.direction().name(),
                    contact.channel(),
                    contact.letter(),
                    contact.language(),
                    PersonalText.shown(contact.subject()),
                    PersonalText.shown(contact.body()),
                    contact.by(),
                    contact.at());
        }
    }
}
