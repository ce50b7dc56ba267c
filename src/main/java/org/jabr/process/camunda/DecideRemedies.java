package org.jabr.process.camunda;

import java.util.List;
import java.util.Objects;
import org.jabr.cases.CaseDesk;
import org.jabr.process.BuildingBlock;
import org.jabr.process.BuildingBlock.Parameter;
import org.jabr.process.BuildingBlock.Type;
import org.jabr.rules.Authority;
import org.jabr.rules.Decider;
import org.jabr.rules.Decision;
import org.jabr.rules.Moment;
import org.springframework.stereotype.Component;

/**
 * Decides the remedies of a {@code moment}. With {@code decider=person}, whoever completed the last acknowledgement
 * decides, so that what asked for that authority is granted.
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
        Decision decision = desk.decide(step.caseId(), new Moment(step.parameter("moment")), decider(step));
        step.keep("offered", decision.anyGranted() || decision.anyAsked());
    }

    private static Decider decider(Step step) {
        if (step.find("decider").isEmpty()) {
            return Decider.RULES;
        }
        return new Decider(
                Objects.requireNonNull(step.text(Step.DECIDED_BY)),
                Authority.valueOf(Objects.requireNonNull(step.text(Step.DECIDED_AS))));
    }
}
