package org.jabr.rules;

/** What becomes of one remedy: granted, asked of a named authority, or refused. */
public enum Verdict {
    GRANT,
    ASK,
    REFUSE
}
