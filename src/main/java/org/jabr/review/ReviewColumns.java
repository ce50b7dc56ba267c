package org.jabr.review;

import java.util.List;
import org.jabr.customers.PersonalColumn;
import org.springframework.stereotype.Component;

@Component
class ReviewColumns implements PersonalColumn.Source {

    @Override
    public List<PersonalColumn> personalColumns() {
        return List.of(
                new PersonalColumn(
                        "audit_item",
                        "note_text",
                        "decision_id in (select d.id from decision d join recovery_case c on c.id = d.case_id where c.customer_id = :customer)",
                        "decision_id in (select id from decision where case_id = :case)"),
                new PersonalColumn(
                        "observation_step",
                        "said_text",
                        "observation_id in (select o.id from observation o join audit_item i on i.id = o.item_id join decision d on d.id = i.decision_id join recovery_case c on c.id = d.case_id where c.customer_id = :customer)",
                        "observation_id in (select o.id from observation o join audit_item i on i.id = o.item_id join decision d on d.id = i.decision_id where d.case_id = :case)"));
    }
}
