package org.jabr.journal;

/** A seal was made; heard in its transaction. */
public record Sealed(Seal seal) {}
