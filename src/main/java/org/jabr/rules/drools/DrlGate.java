package org.jabr.rules.drools;

import java.io.StringReader;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.drools.drl.ast.descr.AndDescr;
import org.drools.drl.ast.descr.AnnotationDescr;
import org.drools.drl.ast.descr.BaseDescr;
import org.drools.drl.ast.descr.ExprConstraintDescr;
import org.drools.drl.ast.descr.PackageDescr;
import org.drools.drl.ast.descr.PatternDescr;
import org.drools.drl.ast.descr.RuleDescr;
import org.drools.drl.parser.DrlParser;
import org.drools.drl.parser.DroolsError;
import org.drools.drl.parser.DroolsParserException;
import org.jabr.rules.CaseFacts;
import org.jabr.rules.Finding;
import org.jabr.rules.InTurn;
import org.jabr.rules.Objections;
import org.jabr.rules.Proposed;

/**
 * Lets guardrails through that only compare our facts and make one objection. Rules are code and nothing stops them at
 * run time, so everything that is not known to be harmless is refused.
 */
final class DrlGate {

    private static final Map<String, Class<?>> FACTS = Map.of(
            "Failure", CaseFacts.Failure.class,
            "Customer", CaseFacts.Customer.class,
            "Conversation", CaseFacts.Conversation.class,
            "Recovery", CaseFacts.Recovery.class,
            "Means", CaseFacts.Means.class,
            "Proposed", Proposed.class,
            "InTurn", InTurn.class);
    private static final Set<String> IMPORTS = Set.of(
            "org.jabr.rules.Authority",
            "org.jabr.rules.CaseFacts.Failure",
            "org.jabr.rules.CaseFacts.Customer",
            "org.jabr.rules.CaseFacts.Conversation",
            "org.jabr.rules.CaseFacts.Recovery",
            "org.jabr.rules.CaseFacts.Means",
            "org.jabr.rules.Proposed",
            "org.jabr.rules.InTurn");
    private static final Set<String> METHODS = Set.of("units", "percentOfLoss", "leftOf", "above", "notYetGrantedHere");
    private static final Set<String> WORDS = Set.of("in", "not", "contains", "null", "true", "false");
    private static final Pattern TOKEN = Pattern.compile("\"[A-Za-z0-9_ -]*\"|[0-9]+(?:\\.[0-9]+)?"
            + "|[$A-Za-z_][A-Za-z0-9_]*(?:\\.[A-Za-z_][A-Za-z0-9_]*)*|==|!=|<=|>=|&&|\\|\\||[<>!(),]|\\s+");
    private static final Pattern CONSEQUENCE =
            Pattern.compile("\\s*objections\\.(?:(?:refuse|note)\\(\\s*\\$([A-Za-z_]\\w*)\\s*\\)"
                    + "|(?:ask|askAnother)\\(\\s*\\$([A-Za-z_]\\w*)\\s*,\\s*Authority\\.(?:RULES|AGENT|SUPERVISOR|MANAGER)\\s*\\)"
                    + "|cap\\(\\s*\\$([A-Za-z_]\\w*)\\s*,([^;]+)\\))\\s*;\\s*");
    private static final Pattern CALL = Pattern.compile("objections\\.(\\w+)\\(");
    private static final Pattern AUTHORITY = Pattern.compile("Authority\\.(\\w+)");
    private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)?");

    private final String path;
    private final List<Finding> findings = new ArrayList<>();
    private final List<Guardrail> guardrails = new ArrayList<>();

    private DrlGate(String path) {
        this.path = path;
    }

    /** What a file holds, in the order of the file, and what is wrong with it. */
    record Checked(List<Guardrail> guardrails, List<Finding> findings) {}

    static Checked check(String path, String text) {
        DrlGate gate = new DrlGate(path);
        gate.file(text);
        return new Checked(List.copyOf(gate.guardrails), List.copyOf(gate.findings));
    }

    private void file(String text) {
        if (text.indexOf('\\') >= 0) {
            refuse("", "\\");
            return;
        }
        PackageDescr file = parsed(text);
        if (file == null) {
            return;
        }
        if (!"org.jabr.rules.guardrails".equals(file.getName())) {
            refuse("", "package " + file.getName());
        }
        file.getImports().stream()
                .filter(imported -> !IMPORTS.contains(imported.getTarget()))
                .forEach(imported -> refuse("", "import " + imported.getTarget()));
        file.getFunctionImports().forEach(imported -> refuse("", "import function " + imported.getTarget()));
        file.getAccumulateImports().forEach(imported -> refuse("", "import accumulate " + imported.getTarget()));
        file.getGlobals().stream()
                .filter(global -> !global.getType().equals(Objections.class.getName())
                        || !global.getIdentifier().equals("objections"))
                .forEach(global -> refuse("", "global " + global.getIdentifier()));
        file.getAttributes().forEach(attribute -> refuse("", attribute.getName()));
        file.getFunctions().forEach(function -> refuse("", "function " + function.getName()));
        file.getTypeDeclarations().forEach(type -> refuse("", "declare " + type.getTypeName()));
        file.getEnumDeclarations().forEach(type -> refuse("", "declare " + type.getTypeName()));
        file.getEntryPointDeclarations().forEach(point -> refuse("", "entry-point " + point.getEntryPointId()));
        file.getWindowDeclarations().forEach(window -> refuse("", "window " + window.getName()));
        if (file.getUnit() != null) {
            refuse("", "unit");
        }
        DrlLimits.rules(path, file.getRules().size()).ifPresent(findings::add);
        Set<String> names = new HashSet<>();
        for (RuleDescr rule : file.getRules()) {
            if (!names.add(rule.getName())) {
                block("RULE-005", rule.getName(), rule.getName());
            }
            rule(rule);
        }
    }

    private @org.jspecify.annotations.Nullable PackageDescr parsed(String text) {
        DrlParser parser = new DrlParser();
        try {
            PackageDescr file = parser.parse(new StringReader(text));
            if (!parser.hasErrors() && file != null) {
                return file;
            }
            for (DroolsError error : parser.getErrors()) {
                int[] lines = error.getLines();
                block("RULE-020", lines.length == 0 ? "" : String.valueOf(lines[0]), error.getMessage());
            }
        } catch (DroolsParserException | RuntimeException broken) {
            block("RULE-020", "", String.valueOf(broken.getMessage()));
        }
        if (findings.isEmpty()) {
            block("RULE-020", "", "");
        }
        return null;
    }

    private void rule(RuleDescr rule) {
        String name = rule.getName();
        if (!NAME.matcher(name).matches()) {
            block("RULE-004", name, name);
        }
        if (rule.isQuery() || !rule.getNamedConsequences().isEmpty() || rule.getParentName() != null) {
            refuse(name, rule.isQuery() ? "query" : "extends");
            return;
        }
        rule.getAttributes().keySet().forEach(attribute -> refuse(name, attribute));
        Map<String, String> words = new HashMap<>();
        for (String annotation : rule.getAnnotationNames()) {
            if (!annotation.equals("en") && !annotation.equals("ar")
                    || !DrlLimits.sentence(rule.getAnnotation(annotation))) {
                refuse(name, "@" + annotation);
            } else {
                words.put(annotation, text(rule.getAnnotation(annotation)));
            }
        }
        if (!words.containsKey("en") || !words.containsKey("ar")) {
            findings.add(new Finding("RULE-022", false, path, name, List.of(name)));
        }
        DrlLimits.rule(path, rule).ifPresent(findings::add);
        Map<String, Class<?>> bound = new LinkedHashMap<>();
        conditions(rule, bound);
        consequence(rule, bound);
        Matcher call = CALL.matcher(String.valueOf(rule.getConsequence()));
        Matcher authority = AUTHORITY.matcher(String.valueOf(rule.getConsequence()));
        guardrails.add(new Guardrail(
                name,
                words.getOrDefault("en", name),
                words.getOrDefault("ar", name),
                call.find() ? call.group(1) : "",
                authority.find() ? authority.group(1) : ""));
    }

    private void conditions(RuleDescr rule, Map<String, Class<?>> bound) {
        AndDescr conditions = rule.getLhs();
        for (BaseDescr condition : conditions.getDescrs()) {
            if (!(condition instanceof PatternDescr pattern) || condition.getClass() != PatternDescr.class) {
                refuse(rule.getName(), condition.getClass().getSimpleName().replace("Descr", ""));
                continue;
            }
            Class<?> fact = FACTS.get(pattern.getObjectType());
            if (fact == null
                    || pattern.getSource() != null
                    || !pattern.getBehaviors().isEmpty()
                    || pattern.isUnification()
                    || pattern.isQuery()
                    || !pattern.getAnnotationNames().isEmpty()) {
                refuse(rule.getName(), pattern.getObjectType());
                continue;
            }
            String identifier = pattern.getIdentifier();
            if (identifier != null) {
                bound.put(identifier, fact);
            }
            for (BaseDescr constraint : pattern.getConstraint().getDescrs()) {
                if (constraint instanceof ExprConstraintDescr expression
                        && expression.getType() == ExprConstraintDescr.Type.NAMED) {
                    harmful(expression.getExpression(), fact, bound).ifPresent(piece -> refuse(rule.getName(), piece));
                } else {
                    refuse(rule.getName(), constraint.getClass().getSimpleName().replace("Descr", ""));
                }
            }
        }
    }

    private void consequence(RuleDescr rule, Map<String, Class<?>> bound) {
        String text = String.valueOf(rule.getConsequence());
        Matcher matcher = CONSEQUENCE.matcher(text);
        if (!matcher.matches()) {
            refuse(rule.getName(), text.strip());
            return;
        }
        String remedy = Arrays.asList(matcher.group(1), matcher.group(2), matcher.group(3)).stream()
                .filter(name -> name != null)
                .findFirst()
                .orElse("");
        Class<?> fact = bound.get("$" + remedy);
        if (fact != Proposed.class && fact != InTurn.class) {
            refuse(rule.getName(), "$" + remedy);
        }
        String limit = matcher.group(4);
        if (limit != null) {
            harmful(limit, fact == null ? Proposed.class : fact, bound)
                    .ifPresent(piece -> refuse(rule.getName(), piece));
        }
    }

    /** The first piece of an expression that is more than comparing facts. */
    private static Optional<String> harmful(String expression, Class<?> fact, Map<String, Class<?>> bound) {
        Matcher matcher = TOKEN.matcher(expression);
        int at = 0;
        while (at < expression.length()) {
            if (!matcher.find(at) || matcher.start() != at) {
                return Optional.of(expression.substring(at, Math.min(expression.length(), at + 20)));
            }
            String token = matcher.group();
            at = matcher.end();
            boolean name =
                    !token.isEmpty() && (Character.isLetter(token.charAt(0)) || "$_".indexOf(token.charAt(0)) >= 0);
            if (name && !WORDS.contains(token) && !readable(token, called(expression, at), fact, bound)) {
                return Optional.of(token);
            }
            if (WORDS.contains(token) && called(expression, at) && !token.equals("in")) {
                return Optional.of(token);
            }
        }
        return Optional.empty();
    }

    private static boolean called(String expression, int at) {
        return expression.substring(at).stripLeading().startsWith("(");
    }

    private static boolean readable(String token, boolean called, Class<?> fact, Map<String, Class<?>> bound) {
        String[] steps = token.split("\\.");
        Class<?> owner = fact;
        int first = 0;
        if (steps[0].startsWith("$")) {
            Class<?> other = bound.get(steps[0]);
            if (other == null || steps.length != 2) {
                return false;
            }
            owner = other;
            first = 1;
        } else if (steps.length != 1) {
            return false;
        }
        String member = steps[first];
        boolean component = Arrays.stream(owner.getRecordComponents())
                .map(RecordComponent::getName)
                .anyMatch(member::equals);
        boolean method = METHODS.contains(member)
                && Arrays.stream(owner.getDeclaredMethods())
                        .anyMatch(m -> m.getName().equals(member));
        return component || (method && called);
    }

    private static String text(AnnotationDescr annotation) {
        Object value = annotation.getSingleValue();
        String text = value == null ? "" : value.toString().trim();
        return text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")
                ? text.substring(1, text.length() - 1)
                : text;
    }

    private void refuse(String place, String what) {
        block("RULE-021", place, what);
    }

    private void block(String code, String place, Object value) {
        findings.add(new Finding(code, true, path, place, List.of(value)));
    }
}
