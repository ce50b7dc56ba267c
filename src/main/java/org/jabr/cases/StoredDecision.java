package org.jabr.cases;

import java.time.OffsetDateTime;
import org.jabr.rules.CaseId;
import org.jabr.rules.Decision;

/** A decision as it was stored with its facts, never changed afterwards. */
public record StoredDecision(
        long id, CaseId caseId, String caseReference, Decision decision, String decidedBy, OffsetDateTime asOf) {}
