package org.jabr.rules;

/** One remedy as it stands before the guardrails. */
public sealed interface Guarded permits Proposed, InTurn {

    String remedy();
}
