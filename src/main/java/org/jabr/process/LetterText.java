package org.jabr.process;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A letter as its author wrote it: the subject, an empty line, the body. {@code {placeholder}} stands for a value. A
 * part between a line {@code [TAG OTHER]} and a line {@code [/]} is only said where one of the tags holds.
 */
record LetterText(String subject, List<Part> parts, List<String> mistakes) {

    /** Values that a letter can name; {@code amount.REMEDY} and {@code item.REMEDY} besides. */
    static final Set<String> PLACEHOLDERS = Set.of(
            "customer",
            "reference",
            "subject",
            "link",
            "agent",
            "promise.PERSONAL_CONTACT",
            "promise.RESOLUTION",
            "promise.AGREED",
            "promise.due",
            "promise.said");

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}\\n]*)}");
    private static final Pattern AMOUNT = Pattern.compile("amount\\.[A-Z][A-Z_]*");
    private static final Pattern ITEM = Pattern.compile("item\\.[A-Z][A-Z_]*");
    private static final Pattern OPENING = Pattern.compile("\\[([A-Z][A-Z_ ]*)]");
    private static final String CLOSING = "[/]";

    /** @param tags one of them must hold; always said where there are none */
    record Part(Set<String> tags, String text) {}

    static LetterText read(String file) {
        String[] lines = file.strip().split("\n", -1);
        List<Part> parts = new ArrayList<>();
        List<String> mistakes = new ArrayList<>();
        Set<String> tags = Set.of();
        StringBuilder text = new StringBuilder();
        for (int i = 1; i < lines.length; i++) {
            String line = lines[i].strip();
            Matcher opening = OPENING.matcher(line);
            boolean opens = opening.matches();
            if (opens || line.equals(CLOSING)) {
                if (opens != tags.isEmpty()) {
                    mistakes.add(line);
                }
                parts.add(new Part(tags, text.toString()));
                text.setLength(0);
                tags = opens ? Set.of(opening.group(1).strip().split(" +")) : Set.of();
            } else {
                text.append(lines[i]).append('\n');
            }
        }
        if (!tags.isEmpty()) {
            mistakes.add(String.join(" ", tags));
        }
        parts.add(new Part(tags, text.toString()));
        Matcher names = PLACEHOLDER.matcher(file);
        while (names.find()) {
            if (!PLACEHOLDERS.contains(names.group(1))
                    && !AMOUNT.matcher(names.group(1)).matches()
                    && !ITEM.matcher(names.group(1)).matches()) {
                mistakes.add(names.group());
            }
        }
        if (lines[0].isBlank() || lines.length < 3 || !lines[1].isBlank()) {
            mistakes.add("subject");
        }
        return new LetterText(lines[0].strip(), List.copyOf(parts), List.copyOf(mistakes));
    }

    /** The placeholders of amounts that it names. */
    Set<String> amounts() {
        return named(AMOUNT);
    }

    /** The placeholders of items of the catalogue that it names. */
    Set<String> items() {
        return named(ITEM);
    }

    private Set<String> named(Pattern sort) {
        String whole = subject + parts.stream().map(Part::text).reduce("", String::concat);
        return PLACEHOLDER
                .matcher(whole)
                .results()
                .map(found -> found.group(1))
                .filter(name -> sort.matcher(name).matches())
                .collect(Collectors.toSet());
    }

    boolean mentions(String word) {
        return parts.stream()
                .anyMatch(part -> part.tags().contains(word) || part.text().contains("{" + word));
    }

    String subject(Map<String, String> values, UnaryOperator<String> around) {
        return filled(subject, values, around);
    }

    String body(Set<String> holding, Map<String, String> values, UnaryOperator<String> around) {
        StringBuilder body = new StringBuilder();
        for (Part part : parts) {
            if (part.tags().isEmpty() || part.tags().stream().anyMatch(holding::contains)) {
                body.append(part.text());
            }
        }
        return filled(body.toString(), values, around)
                .replaceAll("\n{3,}", "\n\n")
                .strip();
    }

    private static String filled(String text, Map<String, String> values, UnaryOperator<String> around) {
        Map<String, String> known = new LinkedHashMap<>(values);
        return PLACEHOLDER.matcher(text).replaceAll(found -> {
            String value = known.getOrDefault(found.group(1), "");
            return Matcher.quoteReplacement(value.isEmpty() ? "" : around.apply(value));
        });
    }
}
