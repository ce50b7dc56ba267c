package org.jabr.rules;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the small language of guardrails, without the engine that usually does. */
final class GuardrailText {

    private static final Pattern TOKEN = Pattern.compile("\\s*(?:(\"[^\"\\\\]*\")|(\\d+(?:\\.\\d+)?)|"
            + "(\\$?[A-Za-z_][A-Za-z0-9_]*)|(&&|\\|\\||==|!=|<=|>=|[<>!().,:;@]))");
    private static final Pattern RULE =
            Pattern.compile("(?ms)^rule\\s+\"([^\"]+)\"(.*?)^when\\b(.*?)^then\\b(.*?)^end\\b");

    /** One guardrail. @param consequence the one call, such as {@code ask($remedy, Authority.AGENT)} */
    record Rule(String name, List<Fact> facts, String call, List<Term> arguments) {}

    /** One fact that must be there. @param name what later parts call it; empty for nothing */
    record Fact(String name, String type, List<Term> constraints) {}

    /** An expression. */
    sealed interface Term {}

    /** @param value a text, a number, a boolean or null */
    record Literal(@Nullable Object value) implements Term {}

    /** @param of null for the fact at hand */
    record Property(@Nullable String of, String name) implements Term {}

    record Call(@Nullable String of, String name, List<Term> arguments) implements Term {}

    record Bound(String name) implements Term {}

    record Applied(String operator, List<Term> terms) implements Term {}

    private final List<String> tokens = new ArrayList<>();
    private int at;

    private GuardrailText(String text) {
        Matcher token = TOKEN.matcher(text);
        int end = 0;
        while (token.region(end, text.length()).lookingAt()) {
            tokens.add(token.group().strip());
            end = token.end();
        }
        if (!text.substring(end).isBlank()) {
            throw new IllegalArgumentException(
                    text.substring(end).strip().lines().findFirst().orElse(""));
        }
    }

    /** @throws IllegalArgumentException for what is no part of the language */
    static List<Rule> read(String drl) {
        String text = drl.replaceAll("(?m)^\\s*//.*$", "");
        List<Rule> rules = new ArrayList<>();
        Matcher rule = RULE.matcher(text);
        while (rule.find()) {
            List<Fact> facts = new GuardrailText(rule.group(3)).facts();
            GuardrailText then = new GuardrailText(rule.group(4));
            then.expect("objections");
            then.expect(".");
            String call = then.next();
            then.expect("(");
            rules.add(new Rule(rule.group(1), facts, call, then.list(")")));
        }
        return rules;
    }

    private List<Fact> facts() {
        List<Fact> facts = new ArrayList<>();
        while (at < tokens.size()) {
            String name = "";
            if (peek().startsWith("$")) {
                name = next();
                expect(":");
            }
            String type = next();
            expect("(");
            facts.add(new Fact(name, type, list(")")));
            take(";");
        }
        return facts;
    }

    private List<Term> list(String end) {
        List<Term> terms = new ArrayList<>();
        while (!take(end)) {
            terms.add(or());
            take(",");
        }
        return terms;
    }

    private Term or() {
        Term left = and();
        while (take("||")) {
            left = new Applied("||", List.of(left, and()));
        }
        return left;
    }

    private Term and() {
        Term left = compared();
        while (take("&&")) {
            left = new Applied("&&", List.of(left, compared()));
        }
        return left;
    }

    private Term compared() {
        if (take("!")) {
            return new Applied("!", List.of(compared()));
        }
        Term left = primary();
        String word = peek();
        switch (word) {
            case "==", "!=", "<", "<=", ">", ">=", "contains" -> {
                next();
                return new Applied(word, List.of(left, primary()));
            }
            case "in" -> {
                next();
                return within(left);
            }
            case "not" -> {
                next();
                expect("in");
                return new Applied("!", List.of(within(left)));
            }
            default -> {
                return left;
            }
        }
    }

    private Term within(Term left) {
        expect("(");
        List<Term> terms = new ArrayList<>(List.of(left));
        terms.addAll(list(")"));
        return new Applied("in", terms);
    }

    private Term primary() {
        String token = next();
        if (token.equals("(")) {
            Term inner = or();
            expect(")");
            return inner;
        }
        if (token.startsWith("\"")) {
            return new Literal(token.substring(1, token.length() - 1));
        }
        if (Character.isDigit(token.charAt(0))) {
            return new Literal(new BigDecimal(token));
        }
        return switch (token) {
            case "true", "false" -> new Literal(Boolean.valueOf(token));
            case "null" -> new Literal(null);
            default -> named(token);
        };
    }

    private Term named(String token) {
        if (!Character.isLetter(token.charAt(0)) && !token.startsWith("$")) {
            throw new IllegalArgumentException(token);
        }
        if (take("(")) {
            return new Call(null, token, list(")"));
        }
        if (!take(".")) {
            return token.startsWith("$") ? new Bound(token) : new Property(null, token);
        }
        String name = next();
        if (token.equals("Authority")) {
            return new Literal(name);
        }
        return take("(") ? new Call(token, name, list(")")) : new Property(token, name);
    }

    private String peek() {
        return at < tokens.size() ? tokens.get(at) : "";
    }

    private String next() {
        if (at == tokens.size()) {
            throw new IllegalArgumentException("end");
        }
        return tokens.get(at++);
    }

    private boolean take(String token) {
        if (peek().equals(token)) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(String token) {
        if (!take(token)) {
            throw new IllegalArgumentException(peek());
        }
    }
}
