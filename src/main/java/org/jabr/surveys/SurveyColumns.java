package org.jabr.surveys;

import java.util.List;
import org.jabr.customers.PersonalColumn;
import org.springframework.stereotype.Component;

@Component
class SurveyColumns implements PersonalColumn.Source {

    @Override
    public List<PersonalColumn> personalColumns() {
        return List.of(PersonalColumn.ofCases("survey", "comment_text", "case_id"));
    }
}
