package org.jabr.cases;

import java.time.OffsetDateTime;
import org.jabr.rules.CaseId;
import org.jabr.rules.Decision;
import org.jspecify.annotations.Nullable;

/**
 * A decision as it was stored with its facts, never changed afterwards.
 *
 * @param engine name and version of the engine that decided; null where it was not kept
 */
public record StoredDecision(
        long id,
        CaseId caseId,
        String caseReference,
        Decision decision,
        @Nullable String engine,
        String decidedBy,
        OffsetDateTime asOf) {

    /** Whether its facts were erased: it stands with its reasons, but nobody can decide it again. */
    public boolean factsErased() {
        return decision.facts().document().isEmpty();
    }
}
