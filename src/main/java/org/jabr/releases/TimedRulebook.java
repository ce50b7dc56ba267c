package org.jabr.releases;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jabr.rules.CaseFacts;
import org.jabr.rules.Choice;
import org.jabr.rules.Consulted;
import org.jabr.rules.CurrencyTerms;
import org.jabr.rules.Decision;
import org.jabr.rules.Heard;
import org.jabr.rules.Moment;
import org.jabr.rules.NearMiss;
import org.jabr.rules.Remedy;
import org.jabr.rules.RuleRef;
import org.jabr.rules.RuleWords;
import org.jabr.rules.Rulebook;

/** The rules of a release with limited patience. What they are can be read even where they may not decide any more. */
final class TimedRulebook implements Rulebook {

    private final Rulebook rules;
    private final Patience patience;

    TimedRulebook(Rulebook rules, Patience patience) {
        this.rules = rules;
        this.patience = patience;
    }

    @Override
    public String release() {
        return rules.release();
    }

    @Override
    public String engine() {
        return rules.engine();
    }

    @Override
    public List<Moment> moments() {
        return rules.moments();
    }

    @Override
    public List<Remedy> catalogue() {
        return rules.catalogue();
    }

    @Override
    public Map<String, Object> parameters(String table) {
        return rules.parameters(table);
    }

    @Override
    public CaseFacts read(Map<String, ?> document) {
        return rules.read(document);
    }

    @Override
    public Decision decide(Moment moment, CaseFacts facts) {
        return timed(moment, facts, () -> rules.decide(moment, facts));
    }

    @Override
    public Decision review(Moment moment, CaseFacts facts, List<Choice> chosen) {
        return timed(moment, facts, () -> rules.review(moment, facts, chosen));
    }

    @Override
    public RuleWords explain(RuleRef rule, Locale language) {
        return rules.explain(rule, language);
    }

    @Override
    public String word(String value, Locale language) {
        return rules.word(value, language);
    }

    @Override
    public List<CurrencyTerms> currencies() {
        return rules.currencies();
    }

    @Override
    public List<RuleRef> rules() {
        return rules.rules();
    }

    @Override
    public Set<RuleRef> touched(Moment moment, CaseFacts facts) {
        return timed(moment, facts, () -> rules.touched(moment, facts));
    }

    @Override
    public List<Consulted> consulted(Moment moment, CaseFacts facts) {
        return timed(moment, facts, () -> rules.consulted(moment, facts));
    }

    @Override
    public List<NearMiss> nearest(Moment moment, CaseFacts facts, int most) {
        return timed(moment, facts, () -> rules.nearest(moment, facts, most));
    }

    @Override
    public List<Heard> heard(Moment moment, CaseFacts facts) {
        return timed(moment, facts, () -> rules.heard(moment, facts));
    }

    @Override
    public void close() {
        rules.close();
    }

    private <T> T timed(Moment moment, CaseFacts facts, Callable<T> work) {
        return patience.with(release(), moment, facts, work);
    }
}
