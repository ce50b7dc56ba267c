package org.jabr.remedies;

import java.util.List;
import org.jabr.rules.Authority;
import org.jabr.rules.CaseId;

/**
 * A budget did not reach any more when something was to be reserved, because others were faster: somebody is asked.
 *
 * @param key of the effect
 * @param asks who is asked
 * @param pots the codes of the pots that do not reach
 */
public record UsedUp(CaseId caseId, String key, String remedy, Authority asks, List<String> pots, String by) {}
