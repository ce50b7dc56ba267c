package org.jabr.rules.drools;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Plain values as they stand in cells: texts in quotes, numbers, true and false. */
final class Literals {

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");
    private static final Pattern TEXT = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

    private Literals() {}

    /** The value of a cell; empty where it is no plain value (or {@code null}). */
    static Optional<Object> value(String cell) {
        Matcher text = TEXT.matcher(cell);
        if (text.matches()) {
            return Optional.of(unescaped(text.group(1)));
        }
        if (NUMBER.matcher(cell).matches()) {
            return Optional.of(new BigDecimal(cell));
        }
        return cell.equals("true") || cell.equals("false") ? Optional.of(Boolean.valueOf(cell)) : Optional.empty();
    }

    /** Every text in quotes in a cell. */
    static List<String> texts(String cell) {
        List<String> texts = new ArrayList<>();
        Matcher matcher = TEXT.matcher(cell);
        while (matcher.find()) {
            texts.add(unescaped(matcher.group(1)));
        }
        return texts;
    }

    private static String unescaped(String text) {
        return text.replace("\\\"", "\"").replace("\\\\", "\\");
    }
}
