package org.jabr.team;

import java.util.HashMap;
import java.util.Map;
import org.jabr.cases.Cases;
import org.jabr.cases.RecoveryCase;
import org.jabr.rules.Moment;
import org.jabr.worklist.WorkItem;
import org.springframework.stereotype.Component;

/** Asks the rules how much work weighs. */
@Component
class Weights {

    private static final Moment WEIGHT = new Moment("work-weight");
    private static final String EMOTION = "conversation.emotion";
    private static final String CONDUCT = "conversation.conduct";

    private final LiveRules rules;
    private final Cases cases;

    Weights(LiveRules rules, Cases cases) {
        this.rules = rules;
        this.cases = cases;
    }

    Weight of(WorkItem item) {
        Map<String, Object> facts = item.caseId() == null ? Map.of() : facts(cases.get(item.caseId()));
        return rules.ask(WEIGHT, facts, Map.of("kindOfWork", item.kind().name()))
                .map(decision -> Weight.of(decision.text("weight")))
                .orElse(Weight.ORDINARY);
    }

    private static Map<String, Object> facts(RecoveryCase recovery) {
        Map<String, Object> facts = new HashMap<>();
        if (recovery.severity() > 0) {
            facts.put("recovery.severity", (long) recovery.severity());
        }
        for (String path : new String[] {EMOTION, CONDUCT}) {
            Object value = recovery.given().get(path);
            if (value != null) {
                facts.put(path, value);
            }
        }
        return facts;
    }
}
