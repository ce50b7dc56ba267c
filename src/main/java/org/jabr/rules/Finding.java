package org.jabr.rules;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Something that a check says about a file of a release.
 *
 * @param code stable code such as {@code RULE-003}; its sentence stands in the messages under {@code problem.CODE}
 * @param blocking whether a release with it cannot be used
 * @param file path inside the release
 * @param place row, element or line in it, as a person finds it; empty for the whole file
 * @param values what the sentence names
 * @param witness a case that shows it: the columns of a table, or facts by name, with plain values; empty where none is needed
 */
public record Finding(
        String code, boolean blocking, String file, String place, List<Object> values, Map<String, Object> witness) {

    public Finding {
        values = List.copyOf(values);
        witness = new LinkedHashMap<>(witness);
    }

    public Finding(String code, boolean blocking, String file, String place, List<Object> values) {
        this(code, blocking, file, place, values, Map.of());
    }
}
