package org.jabr.process.camunda;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.jabr.rules.Authority;
import org.jabr.rules.CaseId;
import org.jabr.rules.Decider;
import org.jabr.rules.Moment;
import org.jspecify.annotations.Nullable;

/** One step of one case: where a block stands in the diagram, with its parameters and the few variables. */
record Step(DelegateExecution execution) {

    /** Names of variables. They hold ids and primitives only. */
    static final String CASE = "caseId";

    private static final String DECIDED_BY = "decidedBy-";
    private static final String DECIDED_AS = "decidedAs-";

    static final String REOPENED = "reopened";
    static final String REOPENED_AFTER = "reopenedAfter";
    static final String REMEDY = "remedyKey";

    CaseId caseId() {
        return new CaseId(((Number) execution.getVariable(CASE)).longValue());
    }

    Optional<String> find(String parameter) {
        return Literals.of(execution).find(parameter, execution);
    }

    String parameter(String name) {
        return find(name)
                .orElseThrow(() ->
                        new IllegalStateException("PROC-009 " + execution.getCurrentActivityId() + " has no " + name));
    }

    @Nullable
    String text(String variable) {
        Object value = execution.getVariable(variable);
        return value == null ? null : value.toString();
    }

    /** Who decides a moment with their own authority, as variables. */
    static Map<String, Object> deciding(Moment moment, Decider by) {
        return Map.of(
                DECIDED_BY + moment.name(), by.login(),
                DECIDED_AS + moment.name(), by.authority().name());
    }

    /** Whoever completed the last step that chose for this moment, once; the rules where there was none. */
    Decider decider(Moment moment) {
        String by = text(DECIDED_BY + moment.name());
        String as = text(DECIDED_AS + moment.name());
        execution.removeVariable(DECIDED_BY + moment.name());
        execution.removeVariable(DECIDED_AS + moment.name());
        return by == null || as == null ? Decider.RULES : new Decider(by, Authority.valueOf(as));
    }

    /** Variables hold primitives only, so a fraction becomes text. */
    void keep(String variable, @Nullable Object value) {
        Object kept = value;
        if (value instanceof BigDecimal number) {
            kept = number.stripTrailingZeros().scale() <= 0 ? (Object) number.longValueExact() : number.toPlainString();
        }
        execution.setVariable(variable, kept);
    }
}
