package org.jabr.process;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What a text must look like. Only patterns that cannot take long: single characters and classes, each counted, at most
 * two of them without end; no groups, no alternatives, no references.
 */
final class TextPattern {

    /** Longest text that is held against a pattern, so that two open counts stay cheap. */
    static final int LONGEST_TEXT = 500;

    private static final int LONGEST = 120;
    private static final int MOST_OPEN = 2;
    private static final Pattern ATOM =
            Pattern.compile("(\\[\\^?(?:[^\\]\\[\\\\&]|\\\\[dws.\\-+/])+]|\\\\[dwsDWS.\\-+/()?*\\[\\]]"
                    + "|[^\\\\\\[\\](){}|?*+^$])(\\?|\\*|\\+|\\{\\d{1,3}(?:,(?:\\d{1,3})?)?})?");

    private TextPattern() {}

    static boolean allowed(String pattern) {
        if (pattern.length() > LONGEST) {
            return false;
        }
        String inner = inner(pattern);
        Matcher atom = ATOM.matcher(inner);
        int open = 0;
        int end = 0;
        while (end < inner.length()) {
            if (!atom.region(end, inner.length()).lookingAt()) {
                return false;
            }
            String count = atom.group(2);
            if (count != null && (count.equals("*") || count.equals("+") || count.endsWith(",}"))) {
                open++;
            }
            end = atom.end();
        }
        return open <= MOST_OPEN && compiles(inner);
    }

    static boolean matches(String pattern, String text) {
        return text.length() <= LONGEST_TEXT
                && Pattern.compile(inner(pattern)).matcher(text).matches();
    }

    private static boolean compiles(String pattern) {
        try {
            Pattern.compile(pattern);
            return true;
        } catch (PatternSyntaxException e) {
            return false;
        }
    }

    /** The whole text is meant anyway. */
    private static String inner(String pattern) {
        String inner = pattern.startsWith("^") ? pattern.substring(1) : pattern;
        return inner.endsWith("$") && !inner.endsWith("\\$") ? inner.substring(0, inner.length() - 1) : inner;
    }
}
