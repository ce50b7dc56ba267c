package org.jabr.rules;

/** Identifies a recovery case inside the house; outside it is known by its reference. */
public record CaseId(long value) {}
