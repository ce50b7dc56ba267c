package org.jabr.web.api;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import org.jabr.intake.Submission;
import org.jabr.rules.Problem;
import org.jspecify.annotations.Nullable;

/** A failure as another program reports it. */
@Schema(name = "Report")
record ReportBody(
        @Schema(
                description =
                        "what makes it the same report when it arrives again; without it a report about an open matter joins that case",
                maxLength = 120)
        @Nullable
        String externalRef,

        @Schema(
                description = "how your systems name the customer",
                maxLength = 80,
                requiredMode = Schema.RequiredMode.REQUIRED)
        @Nullable
        String customer,

        @Schema(
                allowableValues = {"WEB", "EMAIL", "PHONE", "CHAT", "SOCIAL", "IN_PERSON", "LETTER", "REFERRAL", "SMS"},
                requiredMode = Schema.RequiredMode.REQUIRED)
        @Nullable
        String channel,

        @Schema(maxLength = 200, requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        String category,

        @Schema(maxLength = 200, requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        String subject,

        @Schema(description = "a type of the release; without it category and subject are classified") @Nullable
        String failureType,

        @Nullable String description,

        @Schema(description = "what the customer lost; absent where it is not known") @Nullable
        Amount loss,

        @Schema(description = "of the case, where no loss is stated", example = "USD") @Nullable
        String currency,

        @Schema(format = "date-time") @Nullable String occurredAt,
        @Schema(format = "date-time") @Nullable String reportedAt,

        @Schema(allowableValues = {"NONE", "MINOR", "MAJOR", "CRITICAL"}) @Nullable
        String practicalImpact,

        @Schema(allowableValues = {"CALM", "ANNOYED", "ANGRY", "DISTRESSED"}) @Nullable
        String emotion,

        @Schema(allowableValues = {"NONE", "REFUND", "REPLACEMENT", "CORRECTION", "APOLOGY", "EXPLANATION", "OTHER"})
        @Nullable
        String desiredOutcome,

        @Schema(description = "the customer's language", example = "ar") @Nullable
        String language,

        @Schema(description = "further facts by path, such as failure.durationDays") @Nullable
        Map<String, Object> facts,

        @Schema(description = "what forms collect: texts, numbers, yes or no") @Nullable
        Map<String, Object> answers) {

    Submission submission() {
        Map<String, Object> further = new HashMap<>();
        put(further, "failure.type", failureType);
        put(further, "failure.practicalImpact", practicalImpact);
        put(further, "conversation.emotion", emotion);
        put(further, "conversation.desiredOutcome", desiredOutcome);
        further.putAll(Submission.readFacts(facts));
        return new Submission(
                externalRef,
                customer,
                channel,
                category,
                subject,
                description,
                loss == null ? null : loss.money("loss"),
                currency,
                instant("occurredAt", occurredAt),
                instant("reportedAt", reportedAt),
                language,
                further,
                Submission.readAnswers(answers));
    }

    static void put(Map<String, Object> facts, String path, @Nullable Object value) {
        if (value != null) {
            facts.put(path, value);
        }
    }

    private static @Nullable OffsetDateTime instant(String field, @Nullable String text) {
        try {
            return text == null ? null : OffsetDateTime.parse(text);
        } catch (DateTimeException e) {
            throw new Problem(Problem.Kind.INVALID, "INTAKE-004", field);
        }
    }
}
