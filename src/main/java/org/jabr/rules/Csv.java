package org.jabr.rules;

import java.util.ArrayList;
import java.util.List;

/** Comma-separated values as RFC 4180 describes them. */
final class Csv {

    private Csv() {}

    /** The records of a text; quotes may hold commas, line ends and doubled quotes. Empty lines are left out. */
    static List<List<String>> read(String text) {
        List<List<String>> records = new ArrayList<>();
        List<String> record = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        boolean any = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted) {
                if (c != '"') {
                    field.append(c);
                } else if (i + 1 < text.length() && text.charAt(i + 1) == '"') {
                    field.append('"');
                    i++;
                } else {
                    quoted = false;
                }
            } else if (c == '"') {
                quoted = true;
                any = true;
            } else if (c == ',') {
                record.add(take(field));
                any = true;
            } else if (c == '\n') {
                if (any || field.length() > 0) {
                    record.add(take(field));
                    records.add(List.copyOf(record));
                }
                record.clear();
                any = false;
            } else if (c != '\r' && c != '\uFEFF') {
                field.append(c);
            }
        }
        if (any || field.length() > 0) {
            record.add(take(field));
            records.add(List.copyOf(record));
        }
        return records;
    }

    private static String take(StringBuilder field) {
        String value = field.toString();
        field.setLength(0);
        return value;
    }
}
