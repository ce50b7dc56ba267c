package org.jabr.process.camunda;

import java.util.List;
import org.jabr.cases.CaseDesk;
import org.jabr.process.BuildingBlock;
import org.jabr.process.BuildingBlock.Parameter;
import org.jabr.process.BuildingBlock.Type;
import org.jabr.rules.Decider;
import org.jabr.rules.Decision;
import org.jabr.rules.Moment;
import org.springframework.stereotype.Component;

/**
 * Decides the remedies of a {@code moment}. With {@code decider=person}, whoever completed the last step that chose for
 * this moment decides, so that what asked for that authority is granted; the rules where nobody did.
 */
@Component
class DecideRemedies extends Block {

    private final CaseDesk desk;

    DecideRemedies(CaseDesk desk) {
        this.desk = desk;
    }

    @Override
    BuildingBlock offered() {
        return BuildingBlock.rule(
                "decideRemedies",
                List.of("offered"),
                Parameter.required("moment", Type.MOMENT),
                Parameter.choice("decider", false, "person"));
    }

    @Override
    void run(Step step) {
        Moment moment = new Moment(step.parameter("moment"));
        Decider decider = step.find("decider").isEmpty() ? Decider.RULES : step.decider(moment);
        Decision decision = desk.decide(step.caseId(), moment, decider);
        step.keep("offered", decision.anyGranted() || decision.anyAsked());
    }
}
