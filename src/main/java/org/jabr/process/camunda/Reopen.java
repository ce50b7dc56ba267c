package org.jabr.process.camunda;

import java.util.List;
import org.jabr.cases.CaseDesk;
import org.jabr.process.BuildingBlock;
import org.jabr.remedies.Effect;
import org.jabr.remedies.Effects;
import org.springframework.stereotype.Component;

/** Opens a case once more because its recovery did not hold; letters from now on tell only what comes on top. */
@Component
class Reopen extends Block {

    private final CaseDesk desk;
    private final Effects effects;

    Reopen(CaseDesk desk, Effects effects) {
        this.desk = desk;
        this.effects = effects;
    }

    @Override
    BuildingBlock offered() {
        return BuildingBlock.service("reopen", List.of(Step.REOPENED));
    }

    @Override
    void run(Step step) {
        desk.reopen(step.caseId());
        step.keep(Step.REOPENED, true);
        step.keep(
                Step.REOPENED_AFTER,
                effects.ofCase(step.caseId()).stream()
                        .mapToLong(Effect::decisionId)
                        .max()
                        .orElse(0));
    }
}
