package org.jabr.treasury;

import java.time.OffsetDateTime;
import java.util.List;

/** Says which pots a grant counts against, and what holds for them now. */
interface BudgetTerms {

    List<Terms> of(Grant grant, OffsetDateTime now);
}
