package org.jabr.rules.drools;

/**
 * A guardrail as written, or one branch of it.
 *
 * @param name its full name, {@code id} or {@code id/branch}
 * @param english what it says
 * @param arabic what it says
 * @param call how it objects: cap, ask, askAnother, refuse or note
 * @param authority whom it asks; empty where it asks nobody
 */
record Guardrail(String name, String english, String arabic, String call, String authority) {}
