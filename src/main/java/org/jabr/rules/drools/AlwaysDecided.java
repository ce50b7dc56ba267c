package org.jabr.rules.drools;

import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Knows that a decision gives a value in every case that gets past it. A table that picks one row stops a case that no
 * row matches, so nothing but its cells comes out of it; and what adds up such numbers is a number. Of all else nothing
 * is known.
 */
final class AlwaysDecided {

    /** No division, which may have no result, and no minus, which may be a part of a name. */
    private static final Pattern TOKEN = Pattern.compile("(?:min|max)\\s*+\\("
            + "|(?<name>[A-Za-z_][A-Za-z0-9_]*+)(?!\\s*+\\()"
            + "|[0-9]++(?:\\.[0-9]++)?+|\\*(?!\\*)|[+(),]|\\s++");

    private AlwaysDecided() {}

    static boolean knows(Domains.Source source) {
        DmnFile.Decision decision = source.decision();
        return decision.isTable() ? gives(source, Object.class) : addsUp(source.file(), decision);
    }

    private static boolean gives(Domains.Source source, Class<?> type) {
        int place = source.decision().output(source.output());
        return source.single()
                && place >= 0
                && source.decision().rows().stream()
                        .allMatch(row -> place < row.outputs().size()
                                && Literals.value(row.outputs().get(place))
                                        .filter(type::isInstance)
                                        .isPresent());
    }

    /** Whether an expression adds up numbers that this file always decides; each of them is looked at once. */
    private static boolean addsUp(DmnFile file, DmnFile.Decision sum) {
        Deque<DmnFile.Decision> open = new ArrayDeque<>(List.of(sum));
        Set<String> seen = new LinkedHashSet<>();
        while (!open.isEmpty()) {
            DmnFile.Decision decision = open.remove();
            String expression = decision.expression();
            if (expression == null) {
                if (!givesNumber(file, decision)) {
                    return false;
                }
                continue;
            }
            Optional<Set<String>> names = added(expression);
            if (names.isEmpty()) {
                return false;
            }
            for (String name : names.get()) {
                Optional<DmnFile.Decision> here = decided(file, name);
                if (here.isEmpty()) {
                    return false;
                }
                if (seen.add(name)) {
                    open.add(here.get());
                }
            }
        }
        return true;
    }

    private static boolean givesNumber(DmnFile file, DmnFile.Decision table) {
        return table.outputs().size() == 1
                && gives(new Domains.Source(file, table, table.outputs().get(0).name()), BigDecimal.class);
    }

    private static Optional<DmnFile.Decision> decided(DmnFile file, String name) {
        return file.inputs().containsKey(name)
                ? Optional.empty()
                : file.decisions().stream()
                        .filter(decision -> decision.name().equals(name))
                        .findFirst();
    }

    /** The names that an expression adds, multiplies or compares for the least or the greatest; empty if it does more. */
    private static Optional<Set<String>> added(String expression) {
        Set<String> names = new LinkedHashSet<>();
        Matcher token = TOKEN.matcher(expression);
        for (int at = 0; at < expression.length(); at = token.end()) {
            if (!token.region(at, expression.length()).lookingAt()) {
                return Optional.empty();
            }
            if (token.group("name") != null) {
                names.add(token.group("name"));
            }
        }
        return Optional.of(names);
    }
}
