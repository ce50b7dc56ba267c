package org.jabr.rules.drools;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** The words of a release for values, facts, settings and tables, in both languages. */
record Words(Map<String, String> english, Map<String, String> arabic) {

    /** Reads the columns value, en, ar. */
    static Words read(String csv) {
        Map<String, String> english = new HashMap<>();
        Map<String, String> arabic = new HashMap<>();
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (CSVParser parser = CSVParser.parse(csv, format)) {
            for (CSVRecord record : parser) {
                english.put(record.get("value"), record.get("en"));
                arabic.put(record.get("value"), record.get("ar"));
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return new Words(Map.copyOf(english), Map.copyOf(arabic));
    }

    String word(String value, Locale language) {
        return (isArabic(language) ? arabic : english).getOrDefault(value, value);
    }

    /** The part of a text written as {@code English | Arabic}; all of it where it has one part only. */
    static String part(String both, Locale language) {
        int bar = both.indexOf(" | ");
        if (bar < 0) {
            return both;
        }
        return isArabic(language) ? both.substring(bar + " | ".length()) : both.substring(0, bar);
    }

    static boolean isArabic(Locale language) {
        return language.getLanguage().equals("ar");
    }
}
