package org.jabr.cases;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jabr.customers.PersonalText;
import org.jabr.rules.CaseId;
import org.jabr.rules.Decision;
import org.jabr.rules.Money;
import org.jspecify.annotations.Nullable;

/**
 * One failure for one customer, from report to closed.
 *
 * @param reference how people name it, such as {@code R-2026-000123}
 * @param release id of the release that the case started with and keeps
 * @param process the process that it runs through
 * @param given facts as reported, by path; what was not reported is absent
 * @param mode AUTOMATIC or PERSON, as decided by the rules; empty before
 * @param boostBecause rule ids of the boost of the effective deadline
 */
public record RecoveryCase(
        CaseId id,
        String reference,
        @Nullable String externalRef,
        long customerId,
        String release,
        String process,
        Stage stage,
        int severity,
        String tier,
        String failureType,
        String category,
        PersonalText subject,
        @Nullable PersonalText description,
        @Nullable Money loss,
        String currency,
        Map<String, Object> given,
        String language,
        String channel,
        String queue,
        String skill,
        @Nullable String owner,
        String mode,
        int contacts,
        int handovers,
        int channelHops,
        boolean reopened,
        boolean openEscalation,
        int boostMinutes,
        List<String> boostBecause,
        @Nullable OffsetDateTime occurredAt,
        @Nullable OffsetDateTime reportedAt,
        OffsetDateTime receivedAt,
        OffsetDateTime resolveDueAt,
        OffsetDateTime personDueAt,
        @Nullable OffsetDateTime closedAt,
        int version) {

    private static final Pattern REFERENCE = Pattern.compile("R-\\d{4}-\\d{6,12}");

    /** Whether a text looks like the reference of a case; it may be of none. */
    public static boolean isReference(String text) {
        return REFERENCE.matcher(text).matches();
    }

    public RecoveryCase {
        given = Map.copyOf(given);
        boostBecause = List.copyOf(boostBecause);
    }

    /** A report became a case. */
    public record Opened(RecoveryCase recovery) {}

    /**
     * Rules were asked about a case; the decision is stored under {@code decisionId}.
     *
     * @param engine name and version of what decided
     * @param facts fingerprint of the facts as they are stored
     * @param result fingerprint of the result as it is stored
     */
    public record Decided(
            RecoveryCase recovery,
            long decisionId,
            Decision decision,
            String engine,
            String facts,
            String result,
            String by) {}

    /** The case moved to another stage. */
    public record Moved(RecoveryCase recovery, Stage from, String by) {}

    /** The customer was in touch again about a case that is open. */
    public record Contacted(RecoveryCase recovery, Contact contact) {}

    /** The customer withdraws the matter. */
    public record Withdrawn(RecoveryCase recovery, String by) {}

    /** Something else of note happened; it stands in the timeline under {@code kind}. */
    public record Noted(RecoveryCase recovery, String kind, Map<String, Object> values, String by) {}
}
