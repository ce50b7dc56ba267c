package org.jabr.remedies;

import org.jabr.rules.Authority;
import org.jabr.rules.CaseId;
import org.jspecify.annotations.Nullable;

/**
 * The catalogue did not give what was hoped for.
 *
 * @param key of the remedy
 * @param wanted the item that a person had picked; null where nobody did
 * @param item what it is instead; null where nothing fits
 * @param asks who is asked because nothing fits; null where it is given all the same
 */
public record ItemSettled(
        CaseId caseId,
        String key,
        @Nullable String wanted,
        @Nullable String item,
        @Nullable Authority asks,
        String by) {}
