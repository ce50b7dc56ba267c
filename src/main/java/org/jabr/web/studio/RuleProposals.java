package org.jabr.web.studio;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jabr.cases.Choices;
import org.jabr.cases.Decisions;
import org.jabr.cases.Empowerment;
import org.jabr.cases.RemedyChoice;
import org.jabr.cases.StoredDecision;
import org.jabr.releases.Drafts;
import org.jabr.releases.Releases;
import org.jabr.rules.Authority;
import org.jabr.rules.Decider;
import org.jabr.rules.Outcome;
import org.jabr.rules.Problem;
import org.jabr.rules.Verdict;
import org.jabr.web.Reader;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Makes a draft of what somebody at the front chose otherwise: their case as a scenario, with their name as author. */
@Component
public class RuleProposals {

    private static final String FILE = TryScenario.FOLDER + "proposals.csv";

    private final Choices choices;
    private final Empowerment empowerment;
    private final Decisions decisions;
    private final Drafts drafts;
    private final Releases releases;
    private final TryScenario scenarios;
    private final Reader reader;

    RuleProposals(
            Choices choices,
            Empowerment empowerment,
            Decisions decisions,
            Drafts drafts,
            Releases releases,
            TryScenario scenarios,
            Reader reader) {
        this.choices = choices;
        this.empowerment = empowerment;
        this.decisions = decisions;
        this.drafts = drafts;
        this.releases = releases;
        this.scenarios = scenarios;
        this.reader = reader;
    }

    /**
     * Writes the draft.
     *
     * @return its id
     * @throws Problem {@code CHOICE-003} no such choice, {@code CHOICE-004} proposed before, {@code CHOICE-006} not
     *     decided yet, {@code TRY-001} facts that a scenario cannot say
     */
    @Transactional
    public String propose(long choiceId, String by) {
        RemedyChoice choice = choices.get(choiceId);
        Long decisionId = choice.decisionId();
        if (decisionId == null) {
            throw new Problem(Problem.Kind.CONFLICT, "CHOICE-006", choiceId);
        }
        StoredDecision stored = decisions.get(decisionId);
        String live = releases.live().id();
        SortedMap<String, String> files = new TreeMap<>(releases.files(live));
        String name = reader.words("choice.draft.name", stored.caseReference());
        files.put(
                FILE,
                TryScenario.with(
                        files.getOrDefault(FILE, ""),
                        scenarios.wish(
                                files,
                                choice.moment(),
                                asTheRulesSee(stored),
                                "proposal-" + choiceId,
                                name,
                                wished(stored))));
        String draft = drafts.open(name, files, live, by).id();
        empowerment.proposed(choice, draft, by);
        return draft;
    }

    /** The same facts before anybody chose: what the rules should do by themselves. */
    private static Map<String, Object> asTheRulesSee(StoredDecision stored) {
        Map<String, Object> document =
                new LinkedHashMap<>(stored.decision().facts().document());
        document.put("recovery", without(document, "recovery", "chosen"));
        Map<String, Object> means = without(document, "means", "agentAllowanceRemaining");
        means.put("decider", Decider.RULES.authority().name());
        document.put("means", means);
        return document;
    }

    private static Map<String, Object> without(Map<String, Object> document, String group, String field) {
        Map<String, Object> copy = new LinkedHashMap<>();
        if (document.get(group) instanceof Map<?, ?> given) {
            given.forEach((name, value) -> copy.put(String.valueOf(name), value));
        }
        copy.remove(field);
        return copy;
    }

    private static List<Outcome> wished(StoredDecision stored) {
        return stored.decision().outcome().stream()
                .filter(outcome -> outcome.verdict() != Verdict.REFUSE)
                .map(outcome -> new Outcome(
                        outcome.remedy(), outcome.amount(), Verdict.GRANT, Authority.RULES, outcome.because()))
                .toList();
    }
}
