package org.jabr.rules.drools;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.drools.drl.ast.descr.AnnotationDescr;
import org.drools.drl.ast.descr.BaseDescr;
import org.drools.drl.ast.descr.ExprConstraintDescr;
import org.drools.drl.ast.descr.PatternDescr;
import org.drools.drl.ast.descr.RuleDescr;
import org.jabr.rules.Finding;

/** How much a guardrail may ask of the machine: facts are joined with each other, and nothing stops a join that runs. */
final class DrlLimits {

    private static final int FACTS = 8;
    private static final int REMEDIES = 3;
    private static final int LONGEST = 2000;
    private static final int DEEPEST = 12;
    private static final int RULES = 1000;
    private static final Set<String> MANY = Set.of("Proposed", "InTurn");
    private static final Pattern SENTENCE = Pattern.compile("\\s*\"[^\"\\\\]*\"\\s*");

    private DrlLimits() {}

    static Optional<Finding> rules(String path, int rules) {
        return rules > RULES
                ? Optional.of(new Finding("RULE-027", true, path, "", List.of(rules, RULES)))
                : Optional.empty();
    }

    static Optional<Finding> rule(String path, RuleDescr rule) {
        List<? extends BaseDescr> conditions = rule.getLhs().getDescrs();
        long remedies = conditions.stream()
                .filter(condition ->
                        condition instanceof PatternDescr pattern && MANY.contains(pattern.getObjectType()))
                .count();
        if (conditions.size() > FACTS || remedies > REMEDIES) {
            return Optional.of(
                    new Finding("RULE-026", true, path, rule.getName(), List.of(conditions.size(), FACTS, REMEDIES)));
        }
        return conditions.stream()
                .filter(PatternDescr.class::isInstance)
                .flatMap(condition -> ((PatternDescr) condition).getConstraint().getDescrs().stream())
                .filter(ExprConstraintDescr.class::isInstance)
                .map(constraint -> ((ExprConstraintDescr) constraint).getExpression())
                .filter(DrlLimits::tooMuch)
                .map(text -> new Finding(
                        "RULE-029",
                        true,
                        path,
                        rule.getName(),
                        List.of(text.substring(0, Math.min(40, text.length())), LONGEST, DEEPEST, LONGEST)))
                .findFirst();
    }

    private static boolean tooMuch(String expression) {
        int depth = 0;
        int deepest = 0;
        for (char c : expression.toCharArray()) {
            depth += c == '(' || c == '!' ? 1 : c == ')' ? -1 : 0;
            deepest = Math.max(deepest, depth);
        }
        return expression.length() > LONGEST || deepest > DEEPEST;
    }

    /** Whether an annotation is a sentence in quotes; the engine would put anything else into its code. */
    static boolean sentence(AnnotationDescr annotation) {
        Object value = annotation.getSingleValue();
        return annotation.getValueMap().size() == 1
                && value != null
                && SENTENCE.matcher(value.toString()).matches();
    }
}
