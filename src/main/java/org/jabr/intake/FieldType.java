package org.jabr.intake;

/** How the text of a cell is read. */
enum FieldType {
    /** As given. */
    TEXT,
    /** A name or code: without spaces around it. */
    CODE,
    /** A lower-case language code, also cut out of {@code ar-SA}. */
    LANGUAGE,
    /** A country by ISO 3166-1, two letters. */
    COUNTRY,
    /** A day. */
    DATE,
    /** A moment; a day counts from its start. */
    INSTANT,
    /** An amount, at least 0, with no more digits than the line's currency has. */
    AMOUNT,
    /** The same, also below zero. */
    SIGNED_AMOUNT,
    CURRENCY,
    BOOLEAN,
    WHOLE,
    NUMBER
}
