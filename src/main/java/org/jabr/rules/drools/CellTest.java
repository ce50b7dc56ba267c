package org.jabr.rules.drools;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What an input cell asks of its column, read exactly: plain values, comparisons and ranges of plain values, and
 * {@code not(...)} around them. It says of every value what the engine says of it.
 *
 * @param any whether the cell is {@code -}
 * @param negated whether the pieces stand in {@code not(...)}
 */
record CellTest(boolean any, boolean negated, List<Piece> pieces) {

    static final CellTest ANY = new CellTest(true, false, List.of());

    private static final Pattern TEST = Pattern.compile("(<=|>=|<|>|=|!=)\\s*(.+)", Pattern.DOTALL);
    private static final Pattern RANGE =
            Pattern.compile("([\\[(\\]])\\s*([^.\\s](?:[^.]|\\.(?!\\.))*?)\\s*\\.\\.\\s*(.*?)\\s*([\\])\\[])");

    CellTest {
        pieces = List.copyOf(pieces);
    }

    /** One of the tests that a comma separates. */
    sealed interface Piece {
        boolean meets(@Nullable Object value);

        /** As it stands in a cell. */
        String text();
    }

    /** The fact is missing. */
    record Missing() implements Piece {
        @Override
        public boolean meets(@Nullable Object value) {
            return value == null;
        }

        @Override
        public String text() {
            return "null";
        }
    }

    /** A comparison with a plain value; {@code =} is also what a bare value means. */
    record Compared(String operator, Object literal) implements Piece {
        @Override
        public boolean meets(@Nullable Object value) {
            if (operator.equals("=") || operator.equals("!=")) {
                return same(value, literal) == operator.equals("=");
            }
            if (!(value instanceof BigDecimal number && literal instanceof BigDecimal limit)) {
                return false;
            }
            int order = number.compareTo(limit);
            return switch (operator) {
                case "<" -> order < 0;
                case "<=" -> order <= 0;
                case ">" -> order > 0;
                default -> order >= 0;
            };
        }

        @Override
        public String text() {
            return operator.equals("=") ? written(literal) : operator + " " + written(literal);
        }
    }

    /** A range of numbers. */
    record Within(boolean fromIncluded, BigDecimal from, BigDecimal to, boolean toIncluded) implements Piece {
        @Override
        public boolean meets(@Nullable Object value) {
            if (!(value instanceof BigDecimal number)) {
                return false;
            }
            int low = number.compareTo(from);
            int high = number.compareTo(to);
            return (fromIncluded ? low >= 0 : low > 0) && (toIncluded ? high <= 0 : high < 0);
        }

        @Override
        public String text() {
            return (fromIncluded ? "[" : "(") + written(from) + ".." + written(to) + (toIncluded ? "]" : ")");
        }
    }

    /** Reads a cell of a column of that type; empty where it asks for more than is read exactly here. */
    static Optional<CellTest> read(String cell, String type) {
        String text = cell.trim();
        if (text.equals("-")) {
            return Optional.of(ANY);
        }
        boolean negated = text.startsWith("not(") && text.endsWith(")");
        String inner = negated ? text.substring("not(".length(), text.length() - 1) : text;
        List<Piece> pieces = new ArrayList<>();
        for (String one : Cells.pieces(inner)) {
            Optional<Piece> piece = piece(one.trim(), type);
            if (piece.isEmpty()) {
                return Optional.empty();
            }
            pieces.add(piece.get());
        }
        return Optional.of(new CellTest(false, negated, pieces));
    }

    private static Optional<Piece> piece(String text, String type) {
        if (text.equals("null")) {
            return Optional.of(new Missing());
        }
        if (text.indexOf('\\') >= 0) {
            return Optional.empty();
        }
        Matcher range = RANGE.matcher(text);
        if (range.matches()) {
            Object from = Literals.value(range.group(2)).orElse("");
            Object to = Literals.value(range.group(3)).orElse("");
            return type.equals("number") && from instanceof BigDecimal low && to instanceof BigDecimal high
                    ? Optional.of(new Within(
                            range.group(1).equals("["),
                            low,
                            high,
                            range.group(4).equals("]")))
                    : Optional.empty();
        }
        Matcher test = TEST.matcher(text);
        String operator = test.matches() ? test.group(1) : "=";
        Optional<Object> literal = Literals.value(test.matches() ? test.group(2).trim() : text);
        boolean ordered = !operator.equals("=") && !operator.equals("!=");
        return literal.filter(value -> Cells.typeOf(value).equals(type))
                .filter(value -> !ordered || value instanceof BigDecimal)
                .map(value -> new Compared(operator, value));
    }

    /** Whether a value of the column meets it; null is a missing fact. */
    boolean matches(@Nullable Object value) {
        return any || pieces.stream().anyMatch(piece -> piece.meets(value)) != negated;
    }

    /** Every plain value that it names. */
    List<Object> literals() {
        List<Object> literals = new ArrayList<>();
        for (Piece piece : pieces) {
            if (piece instanceof Compared compared) {
                literals.add(compared.literal());
            } else if (piece instanceof Within within) {
                literals.add(within.from());
                literals.add(within.to());
            }
        }
        return literals;
    }

    /** The test as a cell. */
    String text() {
        String joined = pieces.stream().map(Piece::text).collect(Collectors.joining(", "));
        return any ? "-" : negated ? "not(" + joined + ")" : joined;
    }

    /** Whether two values are one to the engine: numbers by their size, whatever their digits. */
    static boolean same(@Nullable Object one, @Nullable Object other) {
        return one instanceof BigDecimal number && other instanceof BigDecimal same
                ? number.compareTo(same) == 0
                : java.util.Objects.equals(one, other);
    }

    /** A plain value as it stands in a cell. */
    static String written(@Nullable Object value) {
        if (value instanceof BigDecimal number) {
            return number.toPlainString();
        }
        return value instanceof String text
                ? '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"'
                : String.valueOf(value);
    }
}
