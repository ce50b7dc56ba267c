package org.jabr.process.camunda;

import java.util.List;
import java.util.Objects;
import org.jabr.process.BuildingBlock;
import org.jabr.surveys.Surveys;
import org.springframework.stereotype.Component;

/** Opens the survey that the rules decided on the customer's own page, without asking for it yet. */
@Component
class OpenSurvey extends Block {

    private final Surveys surveys;

    OpenSurvey(Surveys surveys) {
        this.surveys = surveys;
    }

    @Override
    BuildingBlock offered() {
        return BuildingBlock.service("openSurvey", List.of());
    }

    @Override
    void run(Step step) {
        surveys.open(step.caseId(), Objects.requireNonNullElse(step.text("survey"), "NONE"));
    }
}
