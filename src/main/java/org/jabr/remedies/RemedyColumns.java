package org.jabr.remedies;

import java.util.List;
import org.jabr.customers.PersonalColumn;
import org.springframework.stereotype.Component;

@Component
class RemedyColumns implements PersonalColumn.Source {

    @Override
    public List<PersonalColumn> personalColumns() {
        return List.of(
                new PersonalColumn("effect", "effect_key", "reason_text", "customer_id = :customer", "case_id = :case"),
                new PersonalColumn(
                        "effect_event",
                        "said_text",
                        "effect_key in (select effect_key from effect where customer_id = :customer)",
                        "effect_key in (select effect_key from effect where case_id = :case)"));
    }
}
