package org.jabr.rules;

/**
 * A remedy with what the release says about its value.
 *
 * @param choosable whether a person may choose it
 * @param counted whether its value counts towards the ceiling of a case
 */
public record CatalogueEntry(Remedy remedy, Value value, boolean choosable, boolean counted) {

    /** What a remedy is worth: an amount, the loss itself, or nothing that is counted in money. */
    public enum Value {
        AMOUNT,
        LOSS,
        NOTHING
    }
}
