package org.jabr.process.camunda;

import java.util.List;
import org.jabr.cases.CaseDesk;
import org.jabr.process.BuildingBlock;
import org.jabr.process.BuildingBlock.Parameter;
import org.jabr.process.BuildingBlock.Type;
import org.jabr.rules.Decider;
import org.jabr.rules.Decision;
import org.jabr.rules.DecisionFailed;
import org.jabr.rules.Moment;
import org.jabr.rules.Setting;
import org.springframework.stereotype.Component;

/** Asks the rules of a {@code moment} and keeps the settings named in {@code keep} as variables. */
@Component
class AskRules extends Block {

    private final CaseDesk desk;

    AskRules(CaseDesk desk) {
        this.desk = desk;
    }

    @Override
    BuildingBlock offered() {
        return BuildingBlock.rule(
                "askRules",
                List.of(),
                Parameter.required("moment", Type.MOMENT),
                Parameter.required("keep", Type.SETTINGS));
    }

    @Override
    void run(Step step) {
        Decision decision = desk.decide(step.caseId(), new Moment(step.parameter("moment")), Decider.RULES);
        for (String name : step.parameter("keep").split(",")) {
            step.keep(name, setting(decision, name).value());
        }
    }

    private static Setting setting(Decision decision, String name) {
        return decision.setting(name).orElseThrow(() -> new DecisionFailed(decision.moment(), "no setting " + name));
    }
}
