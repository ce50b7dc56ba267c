package org.jabr.web.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.OffsetDateTime;
import org.jabr.remedies.Effect;
import org.jspecify.annotations.Nullable;

/**
 * One remedy of one case on its way to the customer.
 *
 * @param kind the remedy, such as STATUTORY_CREDIT
 * @param gateway what carries it out, such as CREDIT
 */
@Schema(name = "Remedy")
record RemedyDocument(
        String key,
        @Schema(name = "case") @JsonProperty("case") String caseReference,
        String kind,
        String gateway,
        @Nullable Amount money,
        @Nullable String item,
        String state,
        @Nullable String reference,
        String moment,
        long decision,
        String authority,
        @Nullable String askedBy,
        @Nullable String decidedBy,
        @Nullable String reason,
        OffsetDateTime createdAt,
        OffsetDateTime updatedAt) {

    static RemedyDocument of(Effect effect) {
        return new RemedyDocument(
                effect.key(),
                effect.caseReference(),
                effect.remedy(),
                effect.kind(),
                Amount.of(effect.money()),
                effect.item(),
                effect.state().name(),
                effect.reference(),
                effect.moment(),
                effect.decisionId(),
                effect.authority().name(),
                effect.askedBy(),
                effect.decidedBy(),
                effect.reason() == null ? null : effect.reason().value(),
                effect.createdAt(),
                effect.updatedAt());
    }
}
