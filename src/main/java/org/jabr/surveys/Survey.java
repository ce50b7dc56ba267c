package org.jabr.surveys;

import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jabr.customers.PersonalText;
import org.jabr.rules.CaseId;
import org.jspecify.annotations.Nullable;

/**
 * What a customer is asked after a recovery, and what they answer.
 *
 * @param kind CSAT, CES, NPS, or NONE where the rules say not to ask and the customer answered unasked
 */
public record Survey(
        long id,
        CaseId caseId,
        long customerId,
        String kind,
        OffsetDateTime askedAt,
        @Nullable OffsetDateTime answeredAt,
        @Nullable Answer answer) {

    /**
     * What the customer says.
     *
     * @param csat satisfaction with this recovery, 1 to 5
     * @param ces how easy it was, 1 to 7
     * @param nps how likely to recommend, 0 to 10
     * @param satisfied whether the matter is put right, in the customer's own word
     */
    public record Answer(
            @Nullable Integer csat,
            @Nullable Integer ces,
            @Nullable Integer nps,
            @Nullable Boolean satisfied,
            @Nullable PersonalText comment) {

        /** The answers as facts by path; what was left open is absent. */
        public Map<String, Object> facts() {
            Map<String, Object> facts = new LinkedHashMap<>();
            put(facts, "answers.csat", csat == null ? null : (long) csat);
            put(facts, "answers.ces", ces == null ? null : (long) ces);
            put(facts, "answers.nps", nps == null ? null : (long) nps);
            put(facts, "answers.satisfied", satisfied);
            return facts;
        }

        private static void put(Map<String, Object> facts, String path, @Nullable Object value) {
            if (value != null) {
                facts.put(path, value);
            }
        }
    }

    /** A customer answered; heard in the same transaction. */
    public record Answered(CaseId caseId, Answer answer) {}
}
