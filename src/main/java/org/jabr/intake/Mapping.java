package org.jabr.intake;

import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the columns of one sort of file become the fields of one kind of line.
 *
 * @param columns the field that each column feeds, in the order of the mapping
 * @param optional columns that a file may lack
 * @param mandatory columns whose cells must not be empty
 * @param fields every field that may be fed, by name
 * @param dates how days are written; null for ISO 8601
 * @param datePattern the same for people
 * @param values what words of the file mean, by field
 * @param defaults what an empty cell means, by field
 * @param constants what holds for every line, by field
 */
record Mapping(
        ImportKind kind,
        Map<String, String> columns,
        Set<String> optional,
        Set<String> mandatory,
        Map<String, Field> fields,
        @Nullable DateTimeFormatter dates,
        String datePattern,
        Map<String, Map<String, String>> values,
        Map<String, String> defaults,
        Map<String, String> constants,
        char separator) {

    Mapping {
        columns = new LinkedHashMap<>(columns);
        optional = Set.copyOf(optional);
        mandatory = Set.copyOf(mandatory);
        fields = Map.copyOf(fields);
        values = Map.copyOf(values);
        defaults = Map.copyOf(defaults);
        constants = Map.copyOf(constants);
    }

    /** Columns of the mapping that a header lacks though it must have them. */
    List<String> missingIn(List<String> header) {
        return columns.keySet().stream()
                .filter(column -> !optional.contains(column) && !header.contains(column))
                .toList();
    }

    /** The first column that feeds a field, to name it to people; the field itself where it has none. */
    String columnOf(String field) {
        return columns.entrySet().stream()
                .filter(entry -> entry.getValue().equals(field))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(field);
    }
}
