package org.jabr.rules;

/**
 * One entry of a release's catalogue of remedies.
 *
 * @param name such as {@code REFUND}
 * @param remedyClass RESTITUTION, GOODWILL or CARE
 * @param gateway the kind of effect that carries it out: REFUND, CREDIT, REPLACEMENT, GIFT, UPGRADE, MESSAGE or
 *     WORK_ITEM
 */
public record Remedy(String name, RemedyClass remedyClass, String gateway) {

    /** What sort of remedy: gives back, gives extra, or words and a person. */
    public enum RemedyClass {
        RESTITUTION,
        GOODWILL,
        CARE
    }
}
