package org.jabr.intake;

/**
 * A field that a column can feed.
 *
 * @param limit longest text that the house keeps in it
 * @param required whether a line without it is rejected
 */
record Field(String name, FieldType type, int limit, boolean required) {

    static Field required(String name, FieldType type, int limit) {
        return new Field(name, type, limit, true);
    }

    static Field optional(String name, FieldType type, int limit) {
        return new Field(name, type, limit, false);
    }
}
