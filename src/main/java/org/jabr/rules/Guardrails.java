package org.jabr.rules;

import java.util.List;

/** The guardrails of one release. */
public interface Guardrails {

    /** Opens the hearing of one decision: the facts are laid out once, then remedies are put before the guardrails. */
    Hearing open(List<?> facts, String currency);

    /** The hearing of one decision. */
    interface Hearing extends AutoCloseable {

        /** What the guardrails object to these, in the order of the guardrails. */
        List<Objection> object(List<? extends Guarded> remedies);

        @Override
        void close();
    }
}
