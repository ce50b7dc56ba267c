package org.jabr.team;

import java.util.List;
import org.jabr.customers.PersonalColumn;
import org.springframework.stereotype.Component;

@Component
class TeamColumns implements PersonalColumn.Source {

    @Override
    public List<PersonalColumn> personalColumns() {
        return List.of(
                PersonalColumn.ofReferences("team_note", "said_text", "case_reference"),
                PersonalColumn.ofReferences("team_note", "answer_text", "case_reference"));
    }
}
