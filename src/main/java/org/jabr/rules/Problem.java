package org.jabr.rules;

import java.util.List;

/**
 * Something a person or a program must be told: a stable code, and the values that its sentence names. The sentence
 * itself is put into the reader's language where it is shown (message key {@code problem.CODE}).
 */
public class Problem extends RuntimeException {

    /** What sort of answer the caller gets. */
    public enum Kind {
        /** The request cannot be read (400). */
        MALFORMED,
        /** The request is understood and refused (422). */
        INVALID,
        /** What is named does not exist (404). */
        NOT_FOUND,
        /** Somebody else was faster, or the state does not allow it any more (409). */
        CONFLICT,
        /** The caller may not do this (403). */
        FORBIDDEN
    }

    private final Kind kind;
    private final String code;
    private final transient List<Object> values;

    /**
     * @param code stable code such as {@code CASE-004}
     * @param values what the sentence names, in the order of its placeholders; never personal data
     */
    public Problem(Kind kind, String code, Object... values) {
        super(code + " " + List.of(values));
        this.kind = kind;
        this.code = code;
        this.values = List.of(values);
    }

    public Kind kind() {
        return kind;
    }

    public String code() {
        return code;
    }

    public List<Object> values() {
        return values;
    }
}
