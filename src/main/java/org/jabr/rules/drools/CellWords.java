package org.jabr.rules.drools;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Puts the tests of cells into words. */
final class CellWords {

    private static final Pattern TEST = Pattern.compile("(<=|>=|<|>|=|!=)\\s*(.+)");
    private static final Pattern RANGE = Pattern.compile("([\\[(])(.+?)\\.\\.(.+?)([\\])])");

    private final Words words;
    private final Locale language;

    CellWords(Words words, Locale language) {
        this.words = words;
        this.language = language;
    }

    /** What a cell says of its column, such as {@code is at least 3} or {@code 3 فأكثر}. */
    String test(String cell) {
        if (cell.startsWith("not(") && cell.endsWith(")")) {
            return not(cell.substring("not(".length(), cell.length() - 1));
        }
        List<String> pieces = Cells.pieces(cell).stream().map(String::trim).toList();
        return pieces.size() == 1 ? one(pieces.get(0)) : oneOf(pieces);
    }

    /** A value or an expression as people read it. */
    String value(String text) {
        Optional<Object> literal = Literals.value(text);
        if (literal.isPresent() && literal.get() instanceof Boolean flag) {
            return say(flag ? "yes" : "no", flag ? "نعم" : "لا");
        }
        return literal.map(value -> words.word(String.valueOf(value), language)).orElseGet(() -> expression(text));
    }

    private String expression(String text) {
        String said = text;
        for (String name : Cells.names(text)) {
            said = said.replaceAll(
                    "\\b" + Pattern.quote(name) + "\\b", Matcher.quoteReplacement(words.word(name, language)));
        }
        return said.replace(" * ", " × ");
    }

    private String one(String piece) {
        if (piece.equals("null")) {
            return say("is not known", "غير معروف");
        }
        Matcher range = RANGE.matcher(piece);
        if (range.matches()) {
            return range(range);
        }
        Matcher test = TEST.matcher(piece);
        if (!test.matches()) {
            return say("is ", "") + value(piece);
        }
        String value = value(test.group(2));
        return switch (test.group(1)) {
            case ">=" -> say("is at least " + value, value + " فأكثر");
            case "<=" -> say("is at most " + value, value + " فأقل");
            case ">" -> say("is above " + value, "فوق " + value);
            case "<" -> say("is below " + value, "دون " + value);
            case "!=" -> say("is not " + value, "غير " + value);
            default -> say("is " + value, value);
        };
    }

    private String range(Matcher range) {
        String low = value(range.group(2).trim());
        String high = value(range.group(3).trim());
        boolean from = range.group(1).equals("[");
        boolean to = range.group(4).equals("]");
        String english = (from ? "is from " : "is above ") + low + (to ? " up to " : " to below ") + high;
        String arabic = (from ? "من " : "فوق ") + low + (to ? " حتى " : " إلى ما دون ") + high;
        return say(english, arabic);
    }

    private String oneOf(List<String> pieces) {
        return say(
                "is one of " + pieces.stream().map(this::bare).collect(Collectors.joining(", ")),
                pieces.stream().map(this::bare).collect(Collectors.joining(" أو ")));
    }

    private String not(String inner) {
        if (inner.trim().equals("null")) {
            return say("is known", "معروف");
        }
        List<String> pieces = Cells.pieces(inner).stream().map(String::trim).toList();
        return say(
                (pieces.size() == 1 ? "is not " : "is none of ")
                        + pieces.stream().map(this::bare).collect(Collectors.joining(", ")),
                "غير " + pieces.stream().map(this::bare).collect(Collectors.joining(" وغير ")));
    }

    private String bare(String piece) {
        String said = one(piece);
        return said.startsWith("is ") ? said.substring("is ".length()) : said;
    }

    private String say(String english, String arabic) {
        return Words.isArabic(language) ? arabic : english;
    }
}
