package org.jabr.rules;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The compiled rules of one release. A decision is a pure function of its facts and this. Safe for many threads. */
public interface Rulebook extends AutoCloseable {

    /** Id of the release that these rules belong to. */
    String release();

    /** Name and version of the engine that decides, such as {@code Drools 10.2.0}; at most 60 characters. */
    String engine();

    /** Every moment that this release answers, one for each {@code rules/<moment>.dmn}. */
    List<Moment> moments();

    /** The remedies that this release knows, in catalogue order. */
    List<Remedy> catalogue();

    /** The tables of this release that other rooms ask by name, such as the lifetime-value parameters: one row's outputs by name. */
    Map<String, Object> parameters(String table);

    /**
     * Reads and checks one document of facts (the JSON object of the policy as nested maps).
     *
     * @throws Problem {@code FACTS-001} to {@code FACTS-005}, nothing is decided
     */
    CaseFacts read(Map<String, ?> document);

    /**
     * Decides.
     *
     * @throws DecisionFailed when any part of the evaluation did not fully succeed; it never means "no remedy"
     * @throws Problem {@code RULES-002} when this release has no such moment
     */
    Decision decide(Moment moment, CaseFacts facts);

    /** Puts a person's own choice before the same guardrails: the facts with {@code recovery.chosen} replaced. */
    Decision review(Moment moment, CaseFacts facts, List<Choice> chosen);

    /** One rule put into words, generated from the rule itself: when it applies, what it gives, why it exists. */
    RuleWords explain(RuleRef rule, Locale language);

    /** The word of this release for a value, a fact, a setting or a remedy, such as {@code GOLD}; the value itself if it has none. */
    String word(String value, Locale language);

    /** The currencies that this release knows. */
    default List<CurrencyTerms> currencies() {
        return List.of();
    }

    /** Every rule of this release: table rows by id, guardrails by id or {@code id/branch}. */
    default List<RuleRef> rules() {
        return List.of();
    }

    /** Every rule that has a part in a decision, also those that only derive a fact; named as in {@link #rules}. */
    default Set<RuleRef> touched(Moment moment, CaseFacts facts) {
        return Set.of();
    }

    /** Every table that has a part in a decision, with what it saw and the rows whose conditions hold. */
    default List<Consulted> consulted(Moment moment, CaseFacts facts) {
        return List.of();
    }

    /** What the guardrails heard and said in a decision, in order. */
    default List<Heard> heard(Moment moment, CaseFacts facts) {
        return List.of();
    }

    /**
     * The rows that came nearest to matching without doing so, fewest changes first.
     *
     * @param most how many at most
     */
    default List<NearMiss> nearest(Moment moment, CaseFacts facts, int most) {
        return List.of();
    }

    /** Gives back what the compiled rules hold; they must not be asked any more. */
    @Override
    default void close() {}
}
