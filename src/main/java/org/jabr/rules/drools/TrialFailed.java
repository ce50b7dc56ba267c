package org.jabr.rules.drools;

import java.util.List;
import org.jabr.rules.Finding;
import org.jabr.rules.Problem;

/** A trial process did not answer; it is gone. */
final class TrialFailed extends RuntimeException {

    static final String TOO_LONG = "RULE-050";
    static final String TOO_MUCH = "RULE-051";
    static final String BROKE_OFF = "RULE-052";
    static final String NO_PLACE = "RULE-053";

    private final String code;
    private final transient List<Object> values;

    TrialFailed(String code, Object... values) {
        super(code);
        this.code = code;
        this.values = List.of(values);
    }

    String code() {
        return code;
    }

    Finding finding() {
        return new Finding(code, true, "rules", "", values);
    }

    Problem problem() {
        return new Problem(Problem.Kind.INVALID, code, values.toArray());
    }
}
