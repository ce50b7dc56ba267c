package org.jabr.process.camunda;

import java.util.List;
import org.jabr.process.BuildingBlock;
import org.jabr.surveys.Surveys;
import org.springframework.stereotype.Component;

/** Asks the survey that the rules decided; nothing where they say not to ask. */
@Component
class AskSurvey extends Block {

    private final Surveys surveys;

    AskSurvey(Surveys surveys) {
        this.surveys = surveys;
    }

    @Override
    BuildingBlock offered() {
        return BuildingBlock.service("askSurvey", List.of());
    }

    @Override
    void run(Step step) {
        String kind = step.text("survey");
        if (kind != null && !kind.equals("NONE")) {
            surveys.ask(step.caseId(), kind);
        }
    }
}
