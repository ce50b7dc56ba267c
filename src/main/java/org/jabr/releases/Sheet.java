package org.jabr.releases;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Something made of named rows with named values: a table, a list of values, the fields of a form, the elements of a
 * diagram.
 *
 * @param columns labels by name, in their order
 * @param rows values by column, by the id of the row, in their order
 */
record Sheet(
        String name,
        String label,
        String hitPolicy,
        Map<String, String> columns,
        Map<String, Map<String, String>> rows,
        Map<String, String> names) {

    static Sheet empty(String name, String label, String hitPolicy) {
        return new Sheet(name, label, hitPolicy, new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
    }

    /** Adds a row; two of the same id are told apart by a number. */
    void add(String id, String called, Map<String, String> values) {
        String own = id;
        for (int i = 2; rows.containsKey(own); i++) {
            own = id + " (" + i + ")";
        }
        rows.put(own, values);
        names.put(own, called);
        values.keySet().forEach(column -> columns.putIfAbsent(column, ""));
    }

    List<String> ids() {
        return new ArrayList<>(rows.keySet());
    }
}
