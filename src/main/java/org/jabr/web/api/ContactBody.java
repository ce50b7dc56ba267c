package org.jabr.web.api;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.HashMap;
import java.util.Map;
import org.jabr.intake.Submission;
import org.jspecify.annotations.Nullable;

/** The customer was in touch again; everything may be left out. */
@Schema(name = "Contact")
record ContactBody(
        @Schema(description = "what makes it the same contact when it arrives again", maxLength = 120) @Nullable
        String externalRef,

        @Schema(
                description = "without it the channel of the case",
                allowableValues = {"WEB", "EMAIL", "PHONE", "CHAT", "SOCIAL", "IN_PERSON", "LETTER", "REFERRAL", "SMS"})
        @Nullable
        String channel,

        @Schema(description = "what the customer said") @Nullable
        String description,

        @Schema(description = "the same as description") @Nullable
        String text,

        @Nullable String practicalImpact,
        @Nullable String emotion,
        @Nullable String conduct,
        @Nullable String desiredOutcome,
        @Nullable String escalationThreat,
        @Nullable Boolean askedForPerson,

        @Schema(description = "further facts by path") @Nullable
        Map<String, Object> facts,

        @Nullable Map<String, Object> answers) {

    @Nullable
    String said() {
        return description == null ? text : description;
    }

    Map<String, Object> learned() {
        Map<String, Object> learned = new HashMap<>();
        ReportBody.put(learned, "failure.practicalImpact", practicalImpact);
        ReportBody.put(learned, "conversation.emotion", emotion);
        ReportBody.put(learned, "conversation.conduct", conduct);
        ReportBody.put(learned, "conversation.desiredOutcome", desiredOutcome);
        ReportBody.put(learned, "conversation.escalationThreat", escalationThreat);
        ReportBody.put(learned, "conversation.askedForPerson", askedForPerson);
        learned.putAll(Submission.readFacts(facts));
        Submission.readAnswers(answers).forEach((name, value) -> learned.put("answers." + name, value));
        return learned;
    }
}
