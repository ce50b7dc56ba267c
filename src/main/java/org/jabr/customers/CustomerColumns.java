package org.jabr.customers;

import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

@Component
class CustomerColumns implements PersonalColumn.Source {

    @Override
    public List<PersonalColumn> personalColumns() {
        return Stream.of("name_text", "email_text", "phone_text")
                .map(column -> new PersonalColumn("customer", column, "id = :customer", ""))
                .toList();
    }
}
