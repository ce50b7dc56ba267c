package org.jabr.web.desk;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jabr.cases.StoredDecision;
import org.jabr.rules.Authority;
import org.jabr.rules.Decision;
import org.jabr.rules.Money;
import org.jabr.rules.Objection;
import org.jabr.rules.Outcome;
import org.jabr.rules.RuleWords;
import org.jabr.rules.Setting;
import org.jabr.rules.Verdict;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Puts a decision into words: what it says about each remedy, and why. */
@Component
public class DecisionReading {

    private final ReleaseWords words;

    DecisionReading(ReleaseWords words) {
        this.words = words;
    }

    /** A decision as people read it. */
    public record Told(
            long id,
            String caseReference,
            String moment,
            Instant asOf,
            String by,
            String release,
            List<RemedyTold> remedies,
            List<SettingTold> settings,
            List<FactGroup> facts) {

        public boolean empty() {
            return remedies.isEmpty() && settings.isEmpty();
        }
    }

    /** @param authority of an ASK who must agree; null where nobody is asked */
    public record RemedyTold(
            String remedy,
            String name,
            @Nullable Money amount,
            Verdict verdict,
            String tone,
            @Nullable String authority,
            List<RuleWords> because) {}

    public record SettingTold(String name, String value, List<RuleWords> because) {}

    public record FactGroup(String name, List<Fact> facts) {}

    public record Fact(String name, String value) {}

    public Told told(StoredDecision stored) {
        Decision decision = stored.decision();
        String release = decision.release();
        return new Told(
                stored.id(),
                stored.caseReference(),
                words.named(release, "moment.", decision.moment().name()),
                stored.asOf().toInstant(),
                words.who(stored.decidedBy()),
                release,
                decision.outcome().stream()
                        .map(outcome -> told(release, decision, outcome))
                        .toList(),
                decision.settings().stream()
                        .map(setting -> told(release, setting))
                        .toList(),
                facts(release, decision.facts().document()));
    }

    RemedyTold told(String release, Decision decision, Outcome outcome) {
        Authority authority = outcome.authority();
        List<RuleWords> because = new ArrayList<>(words.rules(release, outcome.because()));
        Set<String> said =
                Set.copyOf(outcome.because().stream().map(rule -> rule.id()).toList());
        for (Objection objection : decision.objections()) {
            if (objection.remedy().equals(outcome.remedy())
                    && !said.contains(objection.rule().id())) {
                because.add(words.rule(release, objection.rule()));
            }
        }
        return new RemedyTold(
                outcome.remedy(),
                words.word(release, outcome.remedy()),
                outcome.amount(),
                outcome.verdict(),
                switch (outcome.verdict()) {
                    case GRANT -> "good";
                    case ASK -> "warn";
                    case REFUSE -> "";
                },
                outcome.verdict() == Verdict.ASK && authority != null ? words.word(release, authority.name()) : null,
                because);
    }

    private SettingTold told(String release, Setting setting) {
        return new SettingTold(
                words.word(release, setting.name()),
                words.value(release, setting.value()),
                words.rules(release, setting.because()));
    }

    private List<FactGroup> facts(String release, Map<String, Object> document) {
        List<FactGroup> groups = new ArrayList<>();
        List<Fact> alone = new ArrayList<>();
        document.forEach((name, value) -> {
            if (value instanceof Map<?, ?> map) {
                List<Fact> facts = new ArrayList<>();
                new LinkedHashMap<>(map)
                        .forEach((fact, given) -> facts.add(
                                new Fact(words.word(release, String.valueOf(fact)), words.value(release, given))));
                if (!facts.isEmpty()) {
                    groups.add(new FactGroup(words.word(release, name), facts));
                }
            } else {
                alone.add(new Fact(words.word(release, name), words.value(release, value)));
            }
        });
        if (!alone.isEmpty()) {
            groups.add(0, new FactGroup("", alone));
        }
        return groups;
    }
}
