package org.jabr.rules;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects what guardrails object. It is all that a guardrail can touch: it has no way to change a fact or a proposal.
 */
public final class Objections {

    private final String currency;
    private final List<Objection> made = new ArrayList<>();
    private String speaking = "";

    public Objections(String currency) {
        this.currency = currency;
    }

    /** Names the rule that speaks next; a branch of a guardrail is named {@code id/branch}. */
    public void speaks(String rule) {
        speaking = rule;
    }

    /** Lowers the amount to at most that much. */
    public void cap(Guarded remedy, BigDecimal most) {
        add(remedy, Objection.Kind.CAP, Money.rounded(most, currency), null, false);
    }

    /** Somebody of that authority must agree; a decider who has it agrees by deciding. */
    public void ask(Guarded remedy, Authority authority) {
        add(remedy, Objection.Kind.ASK, null, authority, false);
    }

    /** Another person of that authority must agree, whoever decides. */
    public void askAnother(Guarded remedy, Authority authority) {
        add(remedy, Objection.Kind.ASK, null, authority, true);
    }

    /** The remedy is not given. */
    public void refuse(Guarded remedy) {
        add(remedy, Objection.Kind.REFUSE, null, null, false);
    }

    /** Says something that changes nothing. */
    public void note(Guarded remedy) {
        add(remedy, Objection.Kind.NOTE, null, null, false);
    }

    /** Hands over what was objected since the last call. */
    public List<Objection> take() {
        List<Objection> taken = List.copyOf(made);
        made.clear();
        return taken;
    }

    private void add(
            Guarded remedy, Objection.Kind kind, @Nullable Money cap, @Nullable Authority authority, boolean other) {
        made.add(new Objection(
                new RuleRef(guardrail(speaking)), kind, remedy.remedy(), cap, authority, other, speaking));
    }

    /** The guardrail that a branch belongs to. */
    public static String guardrail(String rule) {
        int slash = rule.indexOf('/');
        return slash < 0 ? rule : rule.substring(0, slash);
    }
}
