package org.jabr.rules.drools;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the small part of FEEL that cells may use: tests against plain values, and simple expressions over facts. */
final class Cells {

    private static final int LONGEST = 4000;
    private static final int DEEPEST = 20;
    private static final Pattern TOKEN = Pattern.compile(
            "\"(?:[^\"\\\\]|\\\\.)*\"|[0-9]+(?:\\.[0-9]+)?|[A-Za-z_][A-Za-z0-9_]*(?:\\.[A-Za-z_][A-Za-z0-9_]*)*|\\.\\.|<=|>=|!=|\\*\\*|[-+*/=<>(),\\[\\]?]|\\s+");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_].*");
    private static final Pattern TEST = Pattern.compile("(<=|>=|<|>|=|!=)\\s*(.+)", Pattern.DOTALL);
    private static final Pattern RANGE =
            Pattern.compile("([\\[(\\]])\\s*([^.\\s][^\\[\\]]*?)\\s*\\.\\.\\s*([^\\[\\]]*?)\\s*([\\])\\[])");
    private static final Set<String> WORDS = Set.of("if", "then", "else", "and", "or", "null", "true", "false", "in");
    private static final Set<String> FUNCTIONS = Set.of(
            "not", "min", "max", "sum", "abs", "floor", "ceiling", "decimal", "date", "time", "duration", "contains");

    private Cells() {}

    /** What is not allowed in an expression: a piece of it, empty where all is well. */
    static Optional<String> forbidden(String expression) {
        if (expression.length() > LONGEST) {
            return Optional.of("...");
        }
        int depth = 0;
        List<String> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(expression);
        int at = 0;
        while (at < expression.length()) {
            if (!matcher.find(at) || matcher.start() != at) {
                return Optional.of(expression.substring(at, Math.min(expression.length(), at + 20)));
            }
            String token = matcher.group();
            at = matcher.end();
            if (token.equals("(")) {
                depth++;
                String before = tokens.isEmpty() ? "" : tokens.get(tokens.size() - 1);
                if (NAME.matcher(before).matches() && !FUNCTIONS.contains(before) && !WORDS.contains(before)) {
                    return Optional.of(before + "(");
                }
            } else if (token.equals(")")) {
                depth--;
            }
            if (depth > DEEPEST) {
                return Optional.of("((");
            }
            if (!token.isBlank()) {
                tokens.add(token);
            }
        }
        return tokens.stream()
                .filter(
                        Set.of("function", "external", "for", "some", "every", "return", "satisfies", "instance")
                                ::contains)
                .findFirst();
    }

    /** The names that an expression uses, functions and words of the language left out. */
    static List<String> names(String expression) {
        List<String> names = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(expression);
        while (matcher.find()) {
            String token = matcher.group();
            boolean called = matcher.end() < expression.length() && expression.charAt(matcher.end()) == '(';
            if (NAME.matcher(token).matches() && !WORDS.contains(token) && !(called && FUNCTIONS.contains(token))) {
                names.add(token);
            }
        }
        return names;
    }

    /**
     * Whether an input cell fits its column.
     *
     * @param type string, number, boolean or another type, for which nothing is said
     * @param known whether a text is one that the column may have
     * @return the piece that does not fit, empty where all is well
     */
    static Optional<String> unfitting(String cell, String type, Predicate<String> known) {
        String text = cell.trim();
        if (text.equals("-")) {
            return Optional.empty();
        }
        if (text.startsWith("not(") && text.endsWith(")")) {
            return unfitting(text.substring("not(".length(), text.length() - 1), type, known);
        }
        for (String piece : pieces(text)) {
            if (!fits(piece.trim(), type, known)) {
                return Optional.of(piece.trim());
            }
        }
        return Optional.empty();
    }

    private static boolean fits(String piece, String type, Predicate<String> known) {
        if (piece.equals("null")) {
            return true;
        }
        Matcher range = RANGE.matcher(piece);
        if (range.matches()) {
            return !type.equals("string")
                    && !type.equals("boolean")
                    && operand(range.group(2), type)
                    && operand(range.group(3), type);
        }
        Matcher test = TEST.matcher(piece);
        if (test.matches()) {
            boolean order = !test.group(1).equals("=") && !test.group(1).equals("!=");
            return !(order && (type.equals("string") || type.equals("boolean"))) && operand(test.group(2), type);
        }
        Optional<Object> literal = Literals.value(piece);
        if (literal.isPresent() && literal.get() instanceof String text) {
            return !type.equals("number") && !type.equals("boolean") && known.test(text);
        }
        return operand(piece, type);
    }

    private static boolean operand(String text, String type) {
        Optional<Object> literal = Literals.value(text);
        if (literal.isPresent()) {
            return typeOf(literal.get()).equals(type)
                    || !Set.of("string", "number", "boolean").contains(type);
        }
        return !text.isBlank() && !text.startsWith(">") && !text.startsWith("<") && !text.startsWith("=");
    }

    static String typeOf(Object literal) {
        return literal instanceof String ? "string" : literal instanceof Boolean ? "boolean" : "number";
    }

    /** Splits at the commas that separate tests. */
    static List<String> pieces(String cell) {
        List<String> pieces = new ArrayList<>();
        int depth = 0;
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i < cell.length(); i++) {
            char c = cell.charAt(i);
            if (c == '"' && (i == 0 || cell.charAt(i - 1) != '\\')) {
                quoted = !quoted;
            } else if (!quoted && (c == '(' || c == '[')) {
                depth++;
            } else if (!quoted && (c == ')' || c == ']')) {
                depth--;
            } else if (!quoted && depth == 0 && c == ',') {
                pieces.add(cell.substring(start, i));
                start = i + 1;
            }
        }
        pieces.add(cell.substring(start));
        return pieces;
    }
}
