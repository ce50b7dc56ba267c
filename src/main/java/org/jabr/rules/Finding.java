package org.jabr.rules;

import java.util.List;

/**
 * Something that a check says about a file of a release.
 *
 * @param code stable code such as {@code RULE-003}; its sentence stands in the messages under {@code problem.CODE}
 * @param blocking whether a release with it cannot be used
 * @param file path inside the release
 * @param place row, element or line in it, as a person finds it; empty for the whole file
 * @param values what the sentence names
 */
public record Finding(String code, boolean blocking, String file, String place, List<Object> values) {

    public Finding {
        values = List.copyOf(values);
    }
}
