package org.jabr.guard;

import java.util.List;
import org.jabr.customers.PersonalColumn;
import org.springframework.stereotype.Component;

@Component
class GuardColumns implements PersonalColumn.Source {

    @Override
    public List<PersonalColumn> personalColumns() {
        return List.of(new PersonalColumn(
                "guard_judgement",
                "reason_text",
                "finding_id in (select f.id from guard_finding f join recovery_case c on c.id = f.case_id where c.customer_id = :customer)",
                "finding_id in (select id from guard_finding where case_id = :case)"));
    }
}
