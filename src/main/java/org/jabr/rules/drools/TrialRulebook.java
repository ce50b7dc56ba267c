package org.jabr.rules.drools;

import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jabr.rules.CaseFacts;
import org.jabr.rules.Choice;
import org.jabr.rules.Consulted;
import org.jabr.rules.CurrencyTerms;
import org.jabr.rules.Decision;
import org.jabr.rules.Moment;
import org.jabr.rules.NearMiss;
import org.jabr.rules.Remedy;
import org.jabr.rules.RuleRef;
import org.jabr.rules.RuleWords;
import org.jabr.rules.Rulebook;

/** The rules of a draft, which live in a trial process. */
final class TrialRulebook implements Rulebook {

    /** The way to the process. */
    interface Line {
        <T> T ask(String operation, Map<String, Object> arguments, Class<T> type);
    }

    private final String release;
    private final Line line;

    TrialRulebook(String release, Line line) {
        this.release = release;
        this.line = line;
    }

    @Override
    public String release() {
        return release;
    }

    @Override
    public String engine() {
        return DroolsRulebook.ENGINE;
    }

    @Override
    public List<Moment> moments() {
        return Arrays.stream(answer("moments", Map.of(), String[].class))
                .map(Moment::new)
                .toList();
    }

    @Override
    public List<Remedy> catalogue() {
        return List.of(answer("catalogue", Map.of(), Remedy[].class));
    }

    @Override
    @SuppressWarnings("unchecked")
    public Map<String, Object> parameters(String table) {
        return answer("parameters", Map.of("table", table), Map.class);
    }

    @Override
    public CaseFacts read(Map<String, ?> document) {
        answer("read", Map.of("facts", document), OffsetDateTime.class);
        return facts(document);
    }

    @Override
    public Decision decide(Moment moment, CaseFacts facts) {
        TrialWire.Decided decided = answer("decide", about(moment, facts), TrialWire.Decided.class);
        return decision(release, moment, facts, decided);
    }

    @Override
    public Decision review(Moment moment, CaseFacts facts, List<Choice> chosen) {
        Map<String, Object> arguments = new LinkedHashMap<>(about(moment, facts));
        arguments.put("chosen", chosen);
        return decision(release, moment, facts, answer("review", arguments, TrialWire.Decided.class));
    }

    @Override
    public RuleWords explain(RuleRef rule, Locale language) {
        return answer("explain", Map.of("rule", rule.id(), "language", language.toLanguageTag()), RuleWords.class);
    }

    @Override
    public String word(String value, Locale language) {
        return answer("word", Map.of("value", value, "language", language.toLanguageTag()), String.class);
    }

    @Override
    public List<CurrencyTerms> currencies() {
        return List.of(answer("currencies", Map.of(), CurrencyTerms[].class));
    }

    @Override
    public List<RuleRef> rules() {
        return List.of(answer("rules", Map.of(), RuleRef[].class));
    }

    @Override
    public Set<RuleRef> touched(Moment moment, CaseFacts facts) {
        return new LinkedHashSet<>(List.of(answer("touched", about(moment, facts), RuleRef[].class)));
    }

    @Override
    public List<Consulted> consulted(Moment moment, CaseFacts facts) {
        return List.of(answer("consulted", about(moment, facts), Consulted[].class));
    }

    @Override
    public List<NearMiss> nearest(Moment moment, CaseFacts facts, int most) {
        Map<String, Object> arguments = new LinkedHashMap<>(about(moment, facts));
        arguments.put("most", most);
        return List.of(answer("nearest", arguments, NearMiss[].class));
    }

    static Decision decision(String release, Moment moment, CaseFacts facts, TrialWire.Decided decided) {
        return new Decision(
                moment,
                facts.asOf(),
                release,
                facts,
                decided.settings(),
                decided.proposals(),
                decided.objections(),
                decided.outcome());
    }

    /** A document that the rules have read. */
    static CaseFacts facts(Map<String, ?> document) {
        return new CaseFacts(OffsetDateTime.parse(String.valueOf(document.get("asOf"))), new LinkedHashMap<>(document));
    }

    private static Map<String, Object> about(Moment moment, CaseFacts facts) {
        return Map.of("moment", moment.name(), "facts", facts.document());
    }

    private <T> T answer(String operation, Map<String, Object> arguments, Class<T> type) {
        return line.ask(operation, arguments, type);
    }
}
