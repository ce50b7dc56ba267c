package org.jabr.audit;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jabr.cases.RecoveryCase;
import org.jabr.rules.Decision;
import org.jabr.rules.Objection;
import org.jabr.rules.Outcome;
import org.jabr.rules.RuleRef;
import org.jabr.rules.Setting;

/** What the journal says about a decision: what came out and because of which rules; the facts as a fingerprint only. */
final class DecidedEntry {

    private DecidedEntry() {}

    static Map<String, Object> of(RecoveryCase.Decided event) {
        Decision decision = event.decision();
        Map<String, Object> content = new TreeMap<>();
        content.put("decision", event.decisionId());
        content.put("moment", decision.moment().name());
        content.put("release", decision.release());
        content.put("engine", event.engine());
        content.put("facts", event.facts());
        content.put("result", event.result());
        content.put(
                "settings",
                decision.settings().stream().map(DecidedEntry::setting).toList());
        content.put(
                "outcome",
                decision.outcome().stream().map(DecidedEntry::outcome).toList());
        content.put(
                "objections",
                rules(decision.objections().stream().map(Objection::rule).toList()));
        return content;
    }

    private static Map<String, Object> setting(Setting setting) {
        Map<String, Object> one = new TreeMap<>();
        one.put("name", setting.name());
        one.put("because", rules(setting.because()));
        return one;
    }

    private static Map<String, Object> outcome(Outcome outcome) {
        Map<String, Object> one = new TreeMap<>();
        one.put("remedy", outcome.remedy());
        one.put("verdict", outcome.verdict().name());
        one.put("money", outcome.amount() == null ? "" : outcome.amount().toString());
        one.put(
                "authority",
                outcome.authority() == null ? "" : outcome.authority().name());
        one.put("because", rules(outcome.because()));
        return one;
    }

    private static List<String> rules(List<RuleRef> rules) {
        return List.copyOf(new TreeSet<>(rules.stream().map(RuleRef::id).toList()));
    }
}
