package org.jabr.process.camunda;

import java.util.List;
import java.util.Set;
import org.jabr.cases.CaseDesk;
import org.jabr.process.BuildingBlock;
import org.jabr.process.BuildingBlock.Parameter;
import org.jabr.process.BuildingBlock.Type;
import org.jabr.remedies.Effect;
import org.jabr.remedies.Effects;
import org.jabr.remedies.RemedyDesk;
import org.jabr.rules.Moment;
import org.springframework.stereotype.Component;

/**
 * Grants the newest decision of a {@code moment} and carries out what is granted. {@code person} names remedies that
 * wait for a person to do them.
 */
@Component
class CarryOutRemedies extends Block {

    private final CaseDesk desk;
    private final RemedyDesk remedies;
    private final Effects effects;
    private final Approvals approvals;

    CarryOutRemedies(CaseDesk desk, RemedyDesk remedies, Effects effects, Approvals approvals) {
        this.desk = desk;
        this.remedies = remedies;
        this.effects = effects;
        this.approvals = approvals;
    }

    @Override
    BuildingBlock offered() {
        return BuildingBlock.service(
                "carryOutRemedies",
                List.of("asked", "granted", "given", "byPerson"),
                Parameter.required("moment", Type.MOMENT),
                Parameter.optional("person", Type.REMEDIES));
    }

    @Override
    void run(Step step) {
        String moment = step.parameter("moment");
        long decision = desk.grant(step.caseId(), new Moment(moment));
        remedies.carryOut(step.caseId());
        tell(step, moment, decision);
    }

    private void tell(Step step, String moment, long decision) {
        List<Effect> all = effects.ofCase(step.caseId());
        List<Effect> granted = all.stream()
                .filter(e -> e.decisionId() == decision && e.granted())
                .toList();
        Set<String> byPerson = Set.of(step.find("person").orElse("").split(","));
        step.keep("asked", approvals.next(all, step.caseId(), moment).isPresent());
        step.keep("granted", !granted.isEmpty());
        step.keep("given", granted.stream().anyMatch(e -> !e.kind().equals("MESSAGE")));
        step.keep(
                "byPerson",
                all.stream()
                        .anyMatch(e -> e.state() == Effect.State.RESERVED
                                && e.kind().equals("WORK_ITEM")
                                && byPerson.contains(e.remedy())));
    }
}
