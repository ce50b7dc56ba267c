package org.jabr.finance;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/** Reads the small tables about finance that a release has. */
final class FinanceFile {

    private FinanceFile() {}

    /** The lines by column. @return null where it has other columns, or cannot be read */
    static @Nullable List<Map<String, String>> read(String text, List<String> columns) {
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .setTrim(true)
                .get();
        try (CSVParser records = CSVParser.parse(text, format)) {
            if (!records.getHeaderNames().equals(columns)) {
                return null;
            }
            List<Map<String, String>> lines = new ArrayList<>();
            for (CSVRecord one : records) {
                if (!one.isConsistent()) {
                    return null;
                }
                lines.add(columns.stream()
                        .collect(Collectors.toMap(Function.identity(), one::get, (a, b) -> a, LinkedHashMap::new)));
            }
            return lines;
        } catch (IOException | RuntimeException unreadable) {
            return null;
        }
    }

    static String cell(Map<String, String> cells, String column) {
        return cells.getOrDefault(column, "");
    }

    static String shown(String value) {
        return value.length() <= 60 ? value : value.substring(0, 60);
    }
}
