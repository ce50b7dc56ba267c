package org.jabr.rules;

/** An evaluation that did not fully succeed. The case stops with an incident that a person sees. */
public class DecisionFailed extends RuntimeException {

    private final Moment moment;

    /** @param what the failing table or rule and what the engine said; without values of facts */
    public DecisionFailed(Moment moment, String what) {
        super("RULES-003 " + moment.name() + ": " + what);
        this.moment = moment;
    }

    public Moment moment() {
        return moment;
    }
}
