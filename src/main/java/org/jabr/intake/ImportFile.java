package org.jabr.intake;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jabr.rules.Problem;
import org.jspecify.annotations.Nullable;

/** Reads a whole file through a mapping: each line becomes fields that wait, or is rejected with its reason. */
final class ImportFile {

    private final Mapping mapping;
    private final Predicate<String> currencies;

    /** How often equal content occurred in this file so far. */
    private final Map<String, Integer> ordinals = new HashMap<>();

    /** Lines by the reference that they carry. */
    private final Map<String, ImportLine> referenced = new HashMap<>();

    ImportFile(Mapping mapping, Predicate<String> currencies) {
        this.mapping = mapping;
        this.currencies = currencies;
    }

    /**
     * @throws Problem {@code IMPORT-005} empty, {@code IMPORT-006} columns are missing, {@code IMPORT-007} not UTF-8,
     *     {@code IMPORT-008} a column stands there twice
     */
    List<ImportLine> read(byte[] bytes) {
        CsvFile csv = new CsvFile(bytes, mapping.separator());
        if (!csv.hasNext()) {
            throw new Problem(Problem.Kind.INVALID, "IMPORT-005");
        }
        LineReader reader = new LineReader(mapping, header(csv.next()), currencies);
        List<ImportLine> lines = new ArrayList<>();
        while (csv.hasNext()) {
            CsvRecord csvRecord = csv.next();
            LineReader.Read read = reader.read(csvRecord);
            lines.add(
                    read.rejection() == null
                            ? line(csvRecord.line(), read.fields())
                            : ImportLine.rejected(csvRecord.line(), read.rejection()));
        }
        return lines;
    }

    private List<String> header(CsvRecord first) {
        if (first.rejection() != null || first.cells().stream().anyMatch(cell -> cell.indexOf('\0') >= 0)) {
            throw new Problem(Problem.Kind.INVALID, "IMPORT-007");
        }
        List<String> header = first.cells().stream().map(String::strip).toList();
        List<String> missing = mapping.missingIn(header);
        if (!missing.isEmpty()) {
            throw new Problem(Problem.Kind.INVALID, "IMPORT-006", String.join(", ", missing));
        }
        Set<String> seen = new HashSet<>();
        for (String column : header) {
            if (!seen.add(column) && mapping.columns().containsKey(column)) {
                throw new Problem(Problem.Kind.INVALID, "IMPORT-008", column);
            }
        }
        return header;
    }

    private ImportLine line(int number, Map<String, Object> fields) {
        String reference = reference(fields);
        if (reference == null) {
            return ImportLine.fresh(number, fields, contentAndOrdinal(fields));
        }
        ImportLine line = ImportLine.fresh(number, fields, reference);
        ImportLine before = referenced.putIfAbsent(reference, line);
        // The same line twice is a duplicate; the same reference for something else cannot be right.
        return before == null || before.fields().equals(fields)
                ? line
                : ImportLine.rejected(number, Rejection.of("IMPORT-029", before.line()));
    }

    private @Nullable String reference(Map<String, Object> fields) {
        return switch (mapping.kind()) {
            case PURCHASES -> {
                Object id = fields.get("id");
                yield id == null
                        ? null
                        : "id:" + id + " "
                                + hash(String.valueOf(fields.get("customer"))).substring(0, 12);
            }
            case CUSTOMERS -> text(fields, "customer");
            case COMPLAINTS -> text(fields, "externalRef");
            case SETTLEMENTS -> {
                Object id = fields.get("id");
                yield id == null ? null : "id:" + fields.get("provider") + "/" + id;
            }
        };
    }

    private String contentAndOrdinal(Map<String, Object> fields) {
        String hash = hash(new TreeMap<>(fields).toString()).substring(0, 32);
        return "row:" + hash + "#" + ordinals.merge(hash, 1, Integer::sum);
    }

    private static @Nullable String text(Map<String, Object> fields, String name) {
        Object text = fields.get(name);
        return text == null ? null : text.toString();
    }

    static String hash(String text) {
        return hash(text.getBytes(StandardCharsets.UTF_8));
    }

    static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
