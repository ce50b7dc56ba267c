package org.jabr.process;

import java.util.List;
import org.jabr.customers.PersonalColumn;
import org.springframework.stereotype.Component;

@Component
class ProcessColumns implements PersonalColumn.Source {

    @Override
    public List<PersonalColumn> personalColumns() {
        return List.of(PersonalColumn.ofCases("letter_answer", "why_text", "case_id"));
    }
}
