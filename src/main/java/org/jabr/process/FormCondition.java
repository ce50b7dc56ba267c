package org.jabr.process;

import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * When a part of a form is not shown: comparisons of earlier answers with literals, joined by {@code and} and
 * {@code or}, such as {@code =satisfied = true or days < 3}. A small part of FEEL that pages and server read alike, and
 * nothing that could run.
 */
public sealed interface FormCondition {

    /** @param answers by key; what was left open is absent */
    boolean test(Map<String, ?> answers);

    /** Keys of the answers that it looks at. */
    List<String> keys();

    /** The same for pages: {@code ["and", [...], [...]]} or {@code ["=", key, literal]}. */
    String json();

    /** Reads a condition; empty where it is none of this kind. */
    static Optional<FormCondition> read(String text) {
        return new Reading(text).whole();
    }

    /** Both must hold, or one of them. */
    record Joined(String word, FormCondition left, FormCondition right) implements FormCondition {

        @Override
        public boolean test(Map<String, ?> answers) {
            return word.equals("and")
                    ? left.test(answers) && right.test(answers)
                    : left.test(answers) || right.test(answers);
        }

        @Override
        public List<String> keys() {
            List<String> keys = new ArrayList<>(left.keys());
            keys.addAll(right.keys());
            return keys;
        }

        @Override
        public String json() {
            return "[\"" + word + "\"," + left.json() + "," + right.json() + "]";
        }
    }

    /** @param literal a text, a number, a boolean, or null for no answer */
    record Compared(String key, String operator, @Nullable Object literal) implements FormCondition {

        @Override
        public boolean test(Map<String, ?> answers) {
            Object answer = answers.get(key);
            return switch (operator) {
                case "=" -> same(answer);
                case "!=" -> !same(answer);
                case "<" -> ordered(answer, sign -> sign < 0);
                case "<=" -> ordered(answer, sign -> sign <= 0);
                case ">" -> ordered(answer, sign -> sign > 0);
                default -> ordered(answer, sign -> sign >= 0);
            };
        }

        private boolean same(@Nullable Object answer) {
            if (answer == null || literal == null) {
                return answer == literal;
            }
            return literal instanceof BigDecimal
                    ? ordered(answer, sign -> sign == 0)
                    : literal.toString().equals(answer.toString());
        }

        private boolean ordered(@Nullable Object answer, Predicate<Integer> wanted) {
            if (answer == null || !(literal instanceof BigDecimal number)) {
                return false;
            }
            String text = answer.toString().strip();
            return Reading.NUMBER.matcher(text).matches() && wanted.test(new BigDecimal(text).compareTo(number));
        }

        @Override
        public List<String> keys() {
            return List.of(key);
        }

        @Override
        public String json() {
            Object told = literal instanceof String text ? TextNode.valueOf(text) : literal;
            return "[\"" + operator + "\",\"" + key + "\"," + told + "]";
        }
    }

    /** Reads from left to right; {@code and} binds closer than {@code or}. */
    final class Reading {

        static final Pattern NUMBER = Pattern.compile("-?\\d{1,15}(\\.\\d{1,9})?");

        private static final int LONGEST = 300;
        private static final Pattern COMPARED =
                Pattern.compile("\\s*([A-Za-z][A-Za-z0-9_]*(?:\\.[A-Za-z0-9_]+)?)\\s*(=|!=|<=|>=|<|>)\\s*"
                        + "(?:\"([^\"\\\\]*)\"|(-?\\d{1,15}(?:\\.\\d{1,9})?)|(true|false|null))\\s*");
        private static final Pattern JOINED = Pattern.compile("(and|or)\\b");

        private final String text;
        private int at;

        Reading(String text) {
            String trimmed = text.strip();
            this.text = trimmed.startsWith("=") ? trimmed.substring(1) : trimmed;
        }

        Optional<FormCondition> whole() {
            if (text.length() > LONGEST) {
                return Optional.empty();
            }
            Optional<FormCondition> condition = or();
            return at == text.length() ? condition : Optional.empty();
        }

        private Optional<FormCondition> or() {
            Optional<FormCondition> left = and();
            while (left.isPresent() && next("or")) {
                FormCondition first = left.get();
                left = and().map(second -> new Joined("or", first, second));
            }
            return left;
        }

        private Optional<FormCondition> and() {
            Optional<FormCondition> left = compared();
            while (left.isPresent() && next("and")) {
                FormCondition first = left.get();
                left = compared().map(second -> new Joined("and", first, second));
            }
            return left;
        }

        private boolean next(String word) {
            Matcher joined = JOINED.matcher(text).region(at, text.length());
            if (joined.lookingAt() && joined.group(1).equals(word)) {
                at = joined.end();
                return true;
            }
            return false;
        }

        private Optional<FormCondition> compared() {
            Matcher compared = COMPARED.matcher(text).region(at, text.length());
            if (!compared.lookingAt()) {
                return Optional.empty();
            }
            at = compared.end();
            return Optional.of(new Compared(compared.group(1), compared.group(2), literal(compared)));
        }

        private static @Nullable Object literal(Matcher compared) {
            if (compared.group(3) != null) {
                return compared.group(3);
            }
            if (compared.group(4) != null) {
                return new BigDecimal(compared.group(4));
            }
            String word = compared.group(5);
            return word == null || word.equals("null") ? null : Boolean.valueOf(word);
        }
    }
}
