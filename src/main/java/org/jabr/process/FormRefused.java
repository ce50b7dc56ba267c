package org.jabr.process;

import java.util.Map;
import org.jabr.rules.Problem;

/** Answers that do not fit their form, with what is wrong at each field. */
public final class FormRefused extends Problem {

    private final transient Map<String, Problem> fields;

    /** @param fields problem by key of the field */
    FormRefused(String form, Map<String, Problem> fields) {
        super(Kind.INVALID, "FORM-001", form, String.join(", ", fields.keySet()));
        this.fields = Map.copyOf(fields);
    }

    /** Problem by key of the field. */
    public Map<String, Problem> fields() {
        return fields;
    }
}
