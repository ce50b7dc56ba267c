package org.jabr.web.api;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a person did: the answers of the item's form, or for an approval a verdict. */
@Schema(name = "Completion")
record CompletionBody(
        @Schema(description = "by key of the item's form") @Nullable
        Map<String, Object> answers,

        @Schema(
                description = "of an approval",
                allowableValues = {"APPROVE", "REFUSE"})
        @Nullable
        String verdict,

        @Schema(description = "of an approval: lowers the amount") @Nullable
        Amount amount,

        @Schema(description = "of an approval: needed for a refusal") @Nullable
        String reason) {

    /** Both in one, as the worklist takes them. */
    Map<String, Object> all() {
        Map<String, Object> all = new HashMap<>(answers == null ? Map.of() : answers);
        ReportBody.put(all, "verdict", verdict == null ? all.get("verdict") : verdict);
        ReportBody.put(all, "reason", reason);
        if (amount != null) {
            String text = String.valueOf(amount.amount());
            all.put("amount", amount.currency() == null ? text : Map.of("amount", text, "currency", amount.currency()));
        }
        all.computeIfPresent("verdict", (name, word) -> approval(word));
        return all;
    }

    /** Decisions say GRANT where approvals say APPROVE; both are understood. */
    private static Object approval(Object word) {
        return word.equals("GRANT") ? "APPROVE" : word;
    }
}
