package org.jabr.cases;

import java.util.List;
import org.jabr.customers.PersonalColumn;
import org.springframework.stereotype.Component;

@Component
class CaseColumns implements PersonalColumn.Source {

    @Override
    public List<PersonalColumn> personalColumns() {
        return List.of(
                PersonalColumn.ofCases("recovery_case", "subject_text", "id"),
                PersonalColumn.ofCases("recovery_case", "description_text", "id"),
                PersonalColumn.ofCases("recovery_case", "given_text", "id"),
                PersonalColumn.ofCases("case_contact", "subject_text", "case_id"),
                PersonalColumn.ofCases("case_contact", "body_text", "case_id"),
                PersonalColumn.ofCases("decision", "facts_text", "case_id"),
                PersonalColumn.ofCases("promise", "said_text", "case_id"),
                PersonalColumn.ofCases("remedy_choice", "why_text", "case_id"),
                PersonalColumn.ofCases("case_link", "reason_text", "case_id"),
                new PersonalColumn(
                        "case_clock_event",
                        "note_text",
                        "clock_id in (select k.id from case_clock k join recovery_case c on c.id = k.case_id where c.customer_id = :customer)",
                        "clock_id in (select id from case_clock where case_id = :case)"));
    }
}
