package org.jabr.rules.drools;

/** Somebody called the work off. */
final class TrialCancelled extends RuntimeException {}
