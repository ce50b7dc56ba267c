package org.jabr.remedies;

/** The way out of the house for effects. Calling it twice with one key has one effect. */
interface Gateway {

    /** @return the other side's reference */
    String carryOut(Effect effect, String customerRef);
}
