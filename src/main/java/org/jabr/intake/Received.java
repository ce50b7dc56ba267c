package org.jabr.intake;

import org.jabr.cases.RecoveryCase;

/** What became of a report. */
public record Received(RecoveryCase recovery, Became became) {

    /** How a report and a case belong together. */
    public enum Became {
        /** A new case. */
        OPENED,
        /** It had arrived before. */
        KNOWN,
        /** A further contact about an open case. */
        JOINED
    }
}
