package org.jabr.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Models that a release must not have, and some that it may. A file of cases holds, for each, a line {@code === CODE
 * @marker what it tries} and its text, which takes the marker's place in the skeleton of its kind; without a marker it
 * is the whole file. A text may say {@code ~~300*(~~} for three hundred of them, {@code ~~U+202E~~} for a character, and
 * {@code ~~FILE~~}, {@code ~~PORT~~} for the traps.
 */
public final class Corpus {

    private static final Pattern HEAD = Pattern.compile("=== (\\S+) (?:@(\\w+) )?(.+)");
    private static final Pattern SPECIAL = Pattern.compile("~~(?:(\\d+)\\*(.+?)|U\\+([0-9A-F]{4}))~~", Pattern.DOTALL);
    private static final Pattern OPENING = Pattern.compile("@(\\w+)\\[");
    private static final String CLOSING = "]@";

    private Corpus() {}

    /** @param marker empty for a whole file */
    public record Case(String code, String marker, String title, String text) {

        /** The file that this case makes. @param escaped markers whose text stands inside of XML text */
        public String file(String kind, List<String> escaped, Traps traps) {
            String own = special(text, traps);
            if (marker.isEmpty()) {
                return own;
            }
            String put = escaped.contains(marker)
                    ? own.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
                    : own;
            boolean[] used = new boolean[1];
            String file = filled(read("gate/skeleton/" + kind), marker, put, used);
            if (!used[0]) {
                throw new IllegalStateException("no marker " + marker + " in the skeleton of " + kind);
            }
            return file;
        }

        @Override
        public String toString() {
            return code + " " + title;
        }
    }

    /** The skeleton of a kind with nothing put into it. */
    public static String skeleton(String kind) {
        return filled(read("gate/skeleton/" + kind), "", "", new boolean[1]);
    }

    /** Puts a text in the place of its marker; every other marker gives way to what stands in it. */
    private static String filled(String skeleton, String marker, String put, boolean[] used) {
        StringBuilder file = new StringBuilder();
        Matcher opening = OPENING.matcher(skeleton);
        int at = 0;
        while (opening.find(at)) {
            file.append(skeleton, at, opening.start());
            int end = closing(skeleton, opening.end());
            if (opening.group(1).equals(marker)) {
                used[0] = true;
                file.append(put);
            } else {
                file.append(filled(skeleton.substring(opening.end(), end), marker, put, used));
            }
            at = end + CLOSING.length();
        }
        return file.append(skeleton.substring(at)).toString();
    }

    private static int closing(String skeleton, int from) {
        int depth = 1;
        Matcher opening = OPENING.matcher(skeleton);
        int at = from;
        while (true) {
            int end = skeleton.indexOf(CLOSING, at);
            if (opening.find(at) && opening.start() < end) {
                depth++;
                at = opening.end();
            } else {
                depth--;
                at = end + CLOSING.length();
                if (depth == 0) {
                    return end;
                }
            }
        }
    }

    public static List<Case> cases(String path) {
        List<Case> cases = new ArrayList<>();
        Matcher head = null;
        StringBuilder text = new StringBuilder();
        for (String line : read(path).split("\n", -1)) {
            Matcher next = HEAD.matcher(line);
            if (next.matches()) {
                add(cases, head, text);
                head = next;
            } else {
                text.append(line).append('\n');
            }
        }
        add(cases, head, text);
        return cases;
    }

    private static void add(List<Case> cases, Matcher head, StringBuilder text) {
        if (head != null) {
            String marker = head.group(2) == null ? "" : head.group(2);
            cases.add(new Case(
                    head.group(1), marker, head.group(3), text.toString().strip()));
        }
        text.setLength(0);
    }

    private static String special(String text, Traps traps) {
        String trapped = text.replace("~~FILE~~", traps.file().toString().replace('\\', '/'))
                .replace("~~PORT~~", String.valueOf(traps.port()))
                .replace("~~BOMB~~", Traps.Bomb.class.getName());
        return SPECIAL.matcher(trapped)
                .replaceAll(found -> Matcher.quoteReplacement(
                        found.group(3) != null
                                ? String.valueOf((char) Integer.parseInt(found.group(3), 16))
                                : found.group(2).repeat(Integer.parseInt(found.group(1)))));
    }

    public static String read(String path) {
        try (InputStream in = Corpus.class.getClassLoader().getResourceAsStream(path)) {
            return new String(Objects.requireNonNull(in, path).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How often each code is expected, for who counts. */
    public static Map<String, Long> codes(List<Case> cases) {
        return cases.stream()
                .collect(java.util.stream.Collectors.groupingBy(
                        Case::code, java.util.TreeMap::new, java.util.stream.Collectors.counting()));
    }
}
