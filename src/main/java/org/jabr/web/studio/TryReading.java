package org.jabr.web.studio;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jabr.replay.Compared;
import org.jabr.rules.Authority;
import org.jabr.rules.Decision;
import org.jabr.rules.Money;
import org.jabr.rules.Objection;
import org.jabr.rules.Outcome;
import org.jabr.rules.Proposal;
import org.jabr.rules.RuleRef;
import org.jabr.rules.RuleWords;
import org.jabr.rules.Rulebook;
import org.jabr.rules.Setting;
import org.jabr.rules.Verdict;
import org.jabr.web.Reader;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Puts what came of a try into words: those of the content that was tried. */
@Component
public class TryReading {

    private final TryWords words;
    private final Reader reader;

    TryReading(TryWords words, Reader reader) {
        this.words = words;
        this.reader = reader;
    }

    /** A decision in words. */
    public record Told(
            List<RemedyTold> remedies,
            List<SettingTold> settings,
            List<ProposalTold> proposals,
            List<ObjectionTold> objections) {}

    /** @param authority of an ASK who must agree; null where nobody is asked */
    public record RemedyTold(
            String remedy,
            String name,
            @Nullable Money amount,
            Verdict verdict,
            String tone,
            @Nullable String authority,
            List<RuleWords> because,
            boolean differs) {}

    public record SettingTold(String name, String value, List<RuleWords> because, boolean differs) {}

    public record ProposalTold(String name, @Nullable Money amount, List<RuleWords> because) {}

    public record ObjectionTold(String remedy, String kind, RuleWords rule) {}

    /** @param other another decision about the same facts, to mark what differs; null for none */
    public Told told(Rulebook rulebook, Decision decision, @Nullable Decision other) {
        Set<String> differing = other == null
                ? Set.of()
                : Compared.between(decision, other).stream()
                        .map(Compared.Difference::name)
                        .collect(Collectors.toSet());
        return new Told(
                decision.outcome().stream()
                        .map(outcome -> remedy(rulebook, decision, outcome, differing))
                        .toList(),
                decision.settings().stream()
                        .map(setting -> setting(rulebook, setting, differing))
                        .toList(),
                decision.proposals().stream()
                        .map(proposal -> proposal(rulebook, proposal))
                        .toList(),
                decision.objections().stream()
                        .map(objection -> objection(rulebook, objection))
                        .toList());
    }

    private RemedyTold remedy(Rulebook rulebook, Decision decision, Outcome outcome, Set<String> differing) {
        Authority authority = outcome.authority();
        Set<RuleRef> because = new LinkedHashSet<>(outcome.because());
        decision.objections().stream()
                .filter(objection -> objection.remedy().equals(outcome.remedy()))
                .forEach(objection -> because.add(objection.rule()));
        return new RemedyTold(
                outcome.remedy(),
                words.word(rulebook, outcome.remedy()),
                outcome.amount(),
                outcome.verdict(),
                switch (outcome.verdict()) {
                    case GRANT -> "good";
                    case ASK -> "warn";
                    case REFUSE -> "";
                },
                outcome.verdict() == Verdict.ASK && authority != null ? words.word(rulebook, authority.name()) : null,
                words.rules(rulebook, because),
                differing.contains(outcome.remedy()));
    }

    private SettingTold setting(Rulebook rulebook, Setting setting, Set<String> differing) {
        return new SettingTold(
                words.word(rulebook, setting.name()),
                words.value(rulebook, setting.value()),
                words.rules(rulebook, setting.because()),
                differing.contains(setting.name()));
    }

    private ProposalTold proposal(Rulebook rulebook, Proposal proposal) {
        return new ProposalTold(
                words.word(rulebook, proposal.remedy()), proposal.amount(), words.rules(rulebook, proposal.because()));
    }

    private ObjectionTold objection(Rulebook rulebook, Objection objection) {
        Money cap = objection.cap();
        Authority authority = objection.authority();
        String kind =
                switch (objection.kind()) {
                    case CAP -> reader.words("try.objection.CAP", cap == null ? "" : cap);
                    case ASK ->
                        reader.words(
                                "try.objection.ASK", authority == null ? "" : words.word(rulebook, authority.name()));
                    case REFUSE -> reader.words("try.objection.REFUSE");
                    case NOTE -> reader.words("try.objection.NOTE");
                };
        return new ObjectionTold(
                words.word(rulebook, objection.remedy()), kind, words.rule(rulebook, objection.rule()));
    }
}
