package org.jabr.process.camunda;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The few expressions that diagrams may hold: the name of a block, and comparisons of plain variables. No properties, no
 * method calls, no functions: those would reach any class of the application.
 */
final class ExpressionShape {

    private static final int LONGEST = 300;
    private static final Pattern MARKED = Pattern.compile("[$#]\\{");
    private static final Pattern WHOLE = Pattern.compile("\\$\\{([^{}]*)}");
    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(?:([A-Za-z_][A-Za-z0-9_]*)|('[^'\\\\]*')|(\\d+(?:\\.\\d+)?)|(==|!=|<=|>=|<|>|&&|\\|\\||!|\\(|\\)))\\s*");
    private static final Set<String> WORDS =
            Set.of("and", "or", "not", "eq", "ne", "lt", "gt", "le", "ge", "true", "false", "null", "empty");

    private ExpressionShape() {}

    static boolean marked(String text) {
        return MARKED.matcher(text).find();
    }

    /** Whether text that may hold expressions, such as {@code P${afterDays}D}, holds allowed ones only. */
    static boolean allowed(String text) {
        String rest = WHOLE.matcher(text).replaceAll(found -> plain(found.group(1)) ? "" : "\\${");
        return !MARKED.matcher(rest).find();
    }

    /** The variables that the expressions in a text name. */
    static List<String> variables(String text) {
        List<String> names = new ArrayList<>();
        Matcher whole = WHOLE.matcher(text);
        while (whole.find()) {
            Matcher token = TOKEN.matcher(whole.group(1));
            while (token.find()) {
                String name = token.group(1);
                if (name != null && !WORDS.contains(name)) {
                    names.add(name);
                }
            }
        }
        return names;
    }

    private static boolean plain(String expression) {
        Matcher token = TOKEN.matcher(expression);
        int end = 0;
        boolean afterName = false;
        if (expression.length() > LONGEST) {
            return false;
        }
        while (end < expression.length()) {
            if (!token.find(end) || token.start() != end) {
                return false;
            }
            // A name and a parenthesis would be a call.
            if (afterName && "(".equals(token.group(4))) {
                return false;
            }
            afterName = token.group(1) != null && !WORDS.contains(token.group(1));
            end = token.end();
        }
        return !expression.isBlank();
    }
}
