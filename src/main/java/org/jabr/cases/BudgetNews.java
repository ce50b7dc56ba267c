package org.jabr.cases;

import java.util.Map;
import org.jabr.remedies.UsedUp;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Says in the case why somebody is asked although the rules granted it: the budget was used up meanwhile. */
@Component
class BudgetNews {

    private final CaseDesk desk;

    BudgetNews(CaseDesk desk) {
        this.desk = desk;
    }

    @EventListener
    void usedUp(UsedUp event) {
        desk.note(
                event.caseId(),
                "BUDGET_USED_UP",
                Map.of("remedy", event.key(), "to", event.asks().name(), "pot", String.join(", ", event.pots())),
                event.by());
    }
}
