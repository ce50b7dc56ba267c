package org.jabr.rules.drools;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jabr.rules.FactField;
import org.jabr.rules.Finding;
import org.jabr.rules.Vocabulary;

/**
 * A law that every release must keep, as an analyst states it.
 *
 * @param moments where it holds
 * @param what remedies, classes of remedies or settings that it speaks of, each with the verdict or value it names
 * @param by the facts that are varied while all else stays equal
 * @param given what the facts must be for the law to speak, by name
 * @param limit what the law's kind makes of it: {@code 20 %}, {@code 5 PU}, a number, {@code up} or {@code down}
 */
record Contract(
        long line,
        String id,
        Law law,
        List<String> moments,
        List<Term> what,
        List<String> by,
        Map<String, CellTest> given,
        String limit) {

    static final String FILE = "rules/contracts.csv";
    /** The list of what was granted before, as a fact that laws may speak of. */
    static final String GRANTED = "granted";

    private static final List<String> COLUMNS =
            List.of("id", "title-en", "title-ar", "law", "moment", "what", "by", "given", "limit");

    /** The kinds of laws. */
    enum Law {
        /** Never less than a limit, whatever else. */
        FLOOR,
        /** Never less (or never more) when a fact grows. */
        MONOTONE,
        /** Never more than a share of the loss without somebody's approval. */
        CEILING,
        /** Always so. */
        ALWAYS,
        /** Never so. */
        NEVER,
        /** The same, whatever these facts are. */
        SAME
    }

    /** A remedy, a class of remedies, a setting or a word for several, and the verdict or value that is named of it. */
    record Term(String name, String value) {}

    /** The laws that can be read, and what is wrong with the others. */
    record Reading(List<Contract> contracts, List<Finding> findings) {}

    /** Thrown inside where a law cannot be read; the message is the piece. */
    private static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1;

        private Unreadable(String piece) {
            super(piece);
        }
    }

    static Reading read(String csv) {
        List<Contract> contracts = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .setIgnoreEmptyLines(true)
                .get();
        try (CSVParser parser = CSVParser.parse(csv, format)) {
            if (!parser.getHeaderNames().equals(COLUMNS)) {
                findings.add(unreadable("1", "1", String.join(", ", COLUMNS)));
                return new Reading(List.of(), findings);
            }
            for (CSVRecord record : parser) {
                long line = parser.getCurrentLineNumber();
                String place = record.get(0).isBlank() ? String.valueOf(line) : record.get(0);
                try {
                    contracts.add(read(record, line));
                } catch (Unreadable unreadable) {
                    findings.add(unreadable(place, String.valueOf(line), String.valueOf(unreadable.getMessage())));
                }
            }
        } catch (IOException | RuntimeException broken) {
            findings.add(unreadable("", "", String.join(", ", COLUMNS)));
        }
        return new Reading(contracts, findings);
    }

    private static Finding unreadable(String place, String line, String piece) {
        return new Finding("CONTRACT-002", true, FILE, place, List.of(line, piece));
    }

    private static Contract read(CSVRecord record, long line) {
        if (record.size() != COLUMNS.size()) {
            throw new Unreadable(String.join(", ", COLUMNS));
        }
        Law law = Arrays.stream(Law.values())
                .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(record.get("law")))
                .findFirst()
                .orElseThrow(() -> new Unreadable(record.get("law")));
        List<Term> what = new ArrayList<>();
        for (String part : parts(record.get("what"), "\\+")) {
            int space = part.indexOf(' ');
            what.add(space < 0 ? new Term(part, "") : new Term(part.substring(0, space), part.substring(space + 1)));
        }
        List<String> by = parts(record.get("by"), ",");
        by.stream().filter(fact -> !fact(fact)).findFirst().ifPresent(fact -> {
            throw new Unreadable(fact);
        });
        boolean varies = law == Law.MONOTONE || law == Law.SAME;
        if (what.isEmpty() || varies == by.isEmpty() || (law == Law.MONOTONE && by.size() != 1)) {
            throw new Unreadable(what.isEmpty() ? "what" : "by");
        }
        Contract contract = new Contract(
                line,
                record.get("id"),
                law,
                parts(record.get("moment"), ","),
                List.copyOf(what),
                by,
                given(record.get("given")),
                record.get("limit").trim());
        if (!contract.limitFits()) {
            throw new Unreadable("limit " + contract.limit());
        }
        return contract;
    }

    private boolean limitFits() {
        return switch (law) {
            case FLOOR -> limit.matches("[0-9]+(\\.[0-9]+)?( (%|PU))?");
            case CEILING -> limit.matches("[0-9]+(\\.[0-9]+)? %");
            case MONOTONE -> limit.equals("up") || limit.equals("down");
            case ALWAYS, NEVER, SAME -> limit.isEmpty();
        };
    }

    private static Map<String, CellTest> given(String text) {
        Map<String, CellTest> given = new LinkedHashMap<>();
        for (String part : parts(text, ";")) {
            int space = part.indexOf(' ');
            String name = space < 0 ? part : part.substring(0, space);
            if (space < 0 || !fact(name)) {
                throw new Unreadable(part);
            }
            given.put(name, test(name, part.substring(space + 1).trim()).orElseThrow(() -> new Unreadable(part)));
        }
        return given;
    }

    /** {@code GOLD, PLATINUM}, {@code not GOLD}, {@code >= 3}, {@code missing} or {@code known}. */
    private static Optional<CellTest> test(String name, String text) {
        FactField field = Vocabulary.field(name);
        String type = field == null || field.tableType().isEmpty() ? "string" : field.tableType();
        if (text.equals("missing")) {
            return CellTest.read("null", type);
        }
        if (text.equals("known")) {
            return CellTest.read("not(null)", type);
        }
        boolean negated = text.startsWith("not ");
        List<String> pieces = new ArrayList<>();
        for (String value : parts(negated ? text.substring("not ".length()) : text, ",")) {
            boolean bare = type.equals("string");
            pieces.add(bare ? CellTest.written(value) : value);
        }
        String joined = String.join(", ", pieces);
        return CellTest.read(negated ? "not(" + joined + ")" : joined, type);
    }

    private static boolean fact(String name) {
        FactField field = Vocabulary.field(name);
        return name.equals(GRANTED) || (field != null && !field.tableType().isEmpty());
    }

    private static List<String> parts(String text, String separator) {
        return Arrays.stream(text.split(separator))
                .map(String::trim)
                .filter(part -> !part.isEmpty())
                .toList();
    }
}
