package org.jabr.rules.drools;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jabr.rules.Finding;

/**
 * The small changes of guardrails that somebody should notice: every comparison turned or its end opened or closed,
 * every number moved by one, every value of a list left out, every authority exchanged for the next.
 */
final class GuardrailMutants {

    private static final Pattern RULE =
            Pattern.compile("^[ \\t]*rule\\s+\"([^\"]+)\"(.*?)^[ \\t]*end\\b", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern PARTS = Pattern.compile("(.*\\n\\s*when\\b)(.*)(\\n\\s*then\\b)(.*)", Pattern.DOTALL);
    private static final Pattern TOKEN = Pattern.compile("\"[^\"]*\"|\\bin\\s*\\(([^)]*)\\)|[$A-Za-z_][\\w.$]*"
            + "|(==|!=|<=|>=|<|>)(?!\\s*null)|(?:==|!=)\\s*null|(\\d+)(?!\\.)|\\d+\\.\\d+");
    private static final Pattern AUTHORITY = Pattern.compile("Authority\\.(\\w+)");
    private static final List<String> AUTHORITIES = List.of("RULES", "AGENT", "SUPERVISOR", "MANAGER");
    private static final Map<String, String> TURNED =
            Map.of("==", "!=", "!=", "==", "<", "<=", "<=", "<", ">", ">=", ">=", ">");

    private GuardrailMutants() {}

    /**
     * One changed guardrail.
     *
     * @param name of the guardrail in the file
     * @param alias its own name beside the others
     * @param text the changed rule under its alias
     * @param what the change, such as {@code abuseScore >= 60 → > 60}
     * @param consequence whether what it does is changed, not when
     */
    record Mutant(String name, String alias, String text, String what, boolean consequence) {}

    static List<Mutant> of(String drl) {
        List<Mutant> mutants = new ArrayList<>();
        Matcher rules = RULE.matcher(drl);
        while (rules.find()) {
            Matcher parts = PARTS.matcher(rules.group(2));
            if (parts.matches()) {
                String name = rules.group(1);
                String before = parts.group(1);
                String after = parts.group(3);
                conditions(parts.group(2))
                        .forEach(change -> mutants.add(mutant(
                                name,
                                mutants.size(),
                                before + change.text() + after + parts.group(4),
                                change.what(),
                                false)));
                consequences(parts.group(4))
                        .forEach(change -> mutants.add(mutant(
                                name,
                                mutants.size(),
                                before + parts.group(2) + after + change.text(),
                                change.what(),
                                true)));
            }
        }
        return mutants;
    }

    private static Mutant mutant(String name, int number, String body, String what, boolean consequence) {
        String alias = name + "~" + number;
        return new Mutant(name, alias, "rule \"" + alias + "\"" + body + "\nend\n", what, consequence);
    }

    private record Change(String text, String what) {}

    private static List<Change> conditions(String text) {
        List<Change> changes = new ArrayList<>();
        Matcher token = TOKEN.matcher(text);
        while (token.find()) {
            if (token.group(1) != null) {
                leftOut(text, token, changes);
            } else if (token.group(2) != null) {
                String turned = TURNED.getOrDefault(token.group(2), token.group(2));
                changes.add(change(text, token.start(2), token.end(2), turned));
            } else if (token.group(3) != null) {
                moved(text, token, 3, changes);
            }
        }
        return changes;
    }

    private static void leftOut(String text, Matcher token, List<Change> changes) {
        List<String> values =
                Arrays.stream(token.group(1).split(",")).map(String::trim).toList();
        for (int i = 0; values.size() > 1 && i < values.size(); i++) {
            List<String> fewer = new ArrayList<>(values);
            fewer.remove(i);
            changes.add(change(text, token.start(1), token.end(1), String.join(", ", fewer)));
        }
    }

    private static void moved(String text, Matcher token, int group, List<Change> changes) {
        long number = Long.parseLong(token.group(group));
        changes.add(change(text, token.start(group), token.end(group), String.valueOf(number + 1)));
        if (number > 0) {
            changes.add(change(text, token.start(group), token.end(group), String.valueOf(number - 1)));
        }
    }

    private static List<Change> consequences(String text) {
        List<Change> changes = new ArrayList<>();
        Matcher authority = AUTHORITY.matcher(text);
        while (authority.find()) {
            int place = AUTHORITIES.indexOf(authority.group(1));
            String next = AUTHORITIES.get((place + 1) % AUTHORITIES.size());
            changes.add(change(text, authority.start(1), authority.end(1), next));
        }
        Matcher token = TOKEN.matcher(text);
        while (token.find()) {
            if (token.group(3) != null) {
                moved(text, token, 3, changes);
            }
        }
        return changes;
    }

    private static Change change(String text, int start, int end, String now) {
        int from = Math.max(text.lastIndexOf('(', start - 1), text.lastIndexOf(',', start - 1)) + 1;
        int to = end;
        while (to < text.length() && ",)\n".indexOf(text.charAt(to)) < 0) {
            to++;
        }
        String was = text.substring(Math.min(from, start), to).strip();
        String is = (text.substring(Math.min(from, start), start) + now + text.substring(end, to)).strip();
        return new Change(text.substring(0, start) + now + text.substring(end), was + " → " + is);
    }

    /** One finding for each guardrail, with all its changes that nobody noticed. */
    static List<Finding> findings(List<Mutant> unnoticed) {
        Map<String, List<Mutant>> rules = unnoticed.stream()
                .collect(Collectors.groupingBy(Mutant::name, LinkedHashMap::new, Collectors.toList()));
        List<Finding> findings = new ArrayList<>();
        rules.forEach((name, mutants) -> findings.add(new Finding(
                "MUTANT-002",
                false,
                ScenarioCheck.GUARDRAILS,
                name,
                List.of(name, mutants.stream().map(Mutant::what).collect(Collectors.joining("  ·  "))))));
        return findings;
    }
}
