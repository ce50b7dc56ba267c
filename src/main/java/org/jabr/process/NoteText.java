package org.jabr.process;

import java.util.Arrays;
import java.util.List;

/**
 * A note as analysts write it: a title in the first line, then paragraphs between empty lines; lines that begin with
 * {@code - } are a list.
 */
public record NoteText(String title, List<Block> blocks) {

    static final int LONGEST = 5000;

    private static final int LONGEST_TITLE = 120;
    private static final String POINT = "- ";

    /** @param list whether each line is a point of a list; else they are one paragraph */
    public record Block(boolean list, List<String> lines) {}

    static NoteText read(String text) {
        String[] parts = text.replace("\r\n", "\n").strip().split("\n", 2);
        List<Block> blocks = parts.length < 2
                ? List.of()
                : Arrays.stream(parts[1].split("\n[ \t]*\n"))
                        .filter(block -> !block.isBlank())
                        .map(NoteText::block)
                        .toList();
        return new NoteText(parts[0].strip(), blocks);
    }

    private static Block block(String text) {
        List<String> lines =
                text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        return lines.stream().allMatch(line -> line.startsWith(POINT))
                ? new Block(
                        true,
                        lines.stream()
                                .map(line -> line.substring(POINT.length()).strip())
                                .toList())
                : new Block(false, List.of(String.join(" ", lines)));
    }

    /** Whether somebody can read it: a title and a text, neither too long. */
    boolean whole() {
        return !title.isEmpty()
                && title.length() <= LONGEST_TITLE
                && !blocks.isEmpty()
                && blocks.stream()
                                .flatMap(block -> block.lines().stream())
                                .mapToInt(String::length)
                                .sum()
                        <= LONGEST;
    }
}
