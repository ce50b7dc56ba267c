package org.jabr.rules;

import org.jspecify.annotations.Nullable;

/** An evaluation that did not fully succeed. The case stops with an incident that a person sees. */
public class DecisionFailed extends RuntimeException {

    private final Moment moment;
    private final String code;

    /** @param what the failing table or rule and what the engine said; without values of facts */
    public DecisionFailed(Moment moment, String what) {
        this(moment, "RULES-003", what, null);
    }

    /** The engine itself failed. @param cause what it threw */
    public DecisionFailed(Moment moment, String what, Throwable cause) {
        this(moment, "RULES-003", what, cause);
    }

    /**
     * @param code stable code of the reason, whose sentence names no values
     * @param cause what the engine threw; null where the rules just have no answer for these facts
     */
    public DecisionFailed(Moment moment, String code, String what, @Nullable Throwable cause) {
        super(code + " " + moment.name() + ": " + what, cause);
        this.moment = moment;
        this.code = code;
    }

    public Moment moment() {
        return moment;
    }

    public String code() {
        return code;
    }
}
