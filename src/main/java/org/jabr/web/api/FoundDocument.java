package org.jabr.web.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.jabr.audit.FoundDecision;
import org.jabr.cases.DecisionDocument;
import org.jspecify.annotations.Nullable;

/** A decision that was found, as programs see it. */
record FoundDocument(
        long id,
        @Schema(name = "case") @JsonProperty("case") String caseReference,
        String moment,
        String release,
        OffsetDateTime decidedAt,
        String decidedBy,
        String tier,
        String type,
        String channel,
        String language,
        boolean chosen,
        List<Given> outcome) {

    /** @param amount with its currency; null for words of care */
    record Given(
            String remedy,
            String verdict,
            @Nullable String authority,
            @Nullable Map<String, Object> amount) {}

    static FoundDocument of(FoundDecision decision) {
        return new FoundDocument(
                decision.id(),
                decision.caseReference(),
                decision.moment(),
                decision.release(),
                decision.at(),
                decision.by(),
                decision.tier(),
                decision.type(),
                decision.channel(),
                decision.language(),
                decision.chosen(),
                decision.remedies().stream()
                        .map(given -> new Given(
                                given.remedy(),
                                given.verdict().name(),
                                given.authority() == null
                                        ? null
                                        : given.authority().name(),
                                DecisionDocument.money(given.amount())))
                        .toList());
    }
}
