package org.jabr.journal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The lines of an export of some entries, each with the way from its leaf to the root. Each has exactly one way to be written. */
final class PartFormat {

    static final String NAME = "jabr-evidence-part";

    private static final int VERSION = 1;
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    /** Over bytes as characters, so that whatever an entry holds stays as it is. */
    private static final Pattern LINE = Pattern.compile(
            "\\{\"entry\":(.*),\"leaf\":\"([0-9a-f]{64})\",\"path\":\\[((?:\"[0-9a-f]{64}\"(?:,\"[0-9a-f]{64}\"){0,62})?)\\],\"position\":(0|[1-9][0-9]{0,14})\\}",
            Pattern.DOTALL);

    private PartFormat() {}

    /** @param path the hashes beside the way to the root, in hexadecimal */
    record Line(byte[] entry, String leaf, List<String> path, long position) {

        boolean missing() {
            return Arrays.equals(entry, "null".getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** @param count how many entries follow */
    static String header(Seal seal, long count) {
        Map<String, Object> header = new TreeMap<>();
        header.put("count", count);
        header.put("format", NAME);
        header.put("installation", seal.installation());
        header.put("size", seal.size());
        header.put("version", VERSION);
        return CanonicalJson.of(header);
    }

    static String line(String entry, String leaf, List<String> path, long position) {
        return "{\"entry\":" + entry + ",\"leaf\":\"" + leaf + "\",\"path\":["
                + path.stream().map(hash -> '"' + hash + '"').collect(Collectors.joining(",")) + "],\"position\":"
                + position + "}";
    }

    /** The parts of a line; empty where it is not written as it must be. */
    static Optional<Line> read(byte[] line) {
        Matcher parts = LINE.matcher(new String(line, StandardCharsets.ISO_8859_1));
        return parts.matches()
                ? Optional.of(new Line(
                        parts.group(1).getBytes(StandardCharsets.ISO_8859_1),
                        parts.group(2),
                        HASH.matcher(parts.group(3))
                                .results()
                                .map(found -> found.group())
                                .toList(),
                        Long.parseLong(parts.group(4))))
                : Optional.empty();
    }
}
