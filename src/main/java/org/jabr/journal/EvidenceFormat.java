package org.jabr.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The lines of an evidence export. Each has exactly one way to be written. */
final class EvidenceFormat {

    static final String NAME = "jabr-evidence";
    static final int VERSION = 1;

    private static final String BEGIN = "{\"entry\":";
    private static final String MIDDLE = ",\"leaf\":\"";
    private static final int HASH = 64;
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private EvidenceFormat() {}

    /** An entry with what the house kept as its hash. */
    record Part(byte[] entry, String leaf) {

        boolean missing() {
            return Arrays.equals(entry, "null".getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Everything in the header follows from the seal. */
    static String header(Seal seal) {
        Map<String, Object> header = new TreeMap<>();
        header.put("format", NAME);
        header.put("installation", seal.installation());
        header.put("size", seal.size());
        header.put("version", VERSION);
        return CanonicalJson.of(header);
    }

    static String line(String entry, String leaf, long position) {
        return BEGIN + entry + MIDDLE + leaf + end(position);
    }

    private static String end(long position) {
        return "\",\"position\":" + position + "}";
    }

    /** The parts of the line at a position; empty where it is not written as it must be. */
    static Optional<Part> read(byte[] line, long position) {
        byte[] end = end(position).getBytes(StandardCharsets.US_ASCII);
        int entryEnd = line.length - end.length - HASH - MIDDLE.length();
        boolean shaped = entryEnd > BEGIN.length()
                && stands(BEGIN.getBytes(StandardCharsets.US_ASCII), line, 0)
                && stands(MIDDLE.getBytes(StandardCharsets.US_ASCII), line, entryEnd)
                && stands(end, line, line.length - end.length);
        return shaped
                ? Optional.of(new Part(
                        Arrays.copyOfRange(line, BEGIN.length(), entryEnd),
                        new String(line, entryEnd + MIDDLE.length(), HASH, StandardCharsets.US_ASCII)))
                : Optional.empty();
    }

    /** The seal that a line holds; empty where it holds none, or writes it in another way. */
    static Optional<Seal> seal(String line) {
        try {
            Seal seal = JSON.readValue(line, Seal.class);
            return seal.json().equals(line) ? Optional.of(seal) : Optional.empty();
        } catch (JsonProcessingException | RuntimeException none) {
            return Optional.empty();
        }
    }

    private static boolean stands(byte[] text, byte[] line, int at) {
        return at >= 0
                && at + text.length <= line.length
                && Arrays.equals(text, 0, text.length, line, at, at + text.length);
    }
}
