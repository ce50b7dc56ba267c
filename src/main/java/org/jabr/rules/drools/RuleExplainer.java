package org.jabr.rules.drools;

import java.util.Locale;
import java.util.Map;
import org.jabr.rules.Problem;
import org.jabr.rules.RuleRef;
import org.jabr.rules.RuleWords;

/** Puts rules into words. */
final class RuleExplainer {

    private final Words words;

    RuleExplainer(Words words, ReleaseTables tables, Map<String, String> drl) {
        this.words = words;
    }

    RuleWords explain(RuleRef rule, Locale language) {
        throw new Problem(Problem.Kind.NOT_FOUND, "RULES-005", rule.id());
    }

    String word(String value, Locale language) {
        return words.word(value, language);
    }
}
