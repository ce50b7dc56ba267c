package org.jabr.rules;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tries rules that nobody has approved yet, where they can do no harm: away from the live cases, with a limit on memory
 * and time. What goes over a limit is a finding ({@code RULE-050} too long, {@code RULE-051} too much memory,
 * {@code RULE-052} broke off, {@code RULE-053} no place free), never anything worse.
 */
public interface RuleTrial extends RuleInspector {

    /** Codes of what went wrong with a trial rather than with the rules: another try may go better. */
    Set<String> NOT_TRIED = Set.of("RULE-050", "RULE-051", "RULE-052", "RULE-053");

    /** What the compiler says of the rules among these files. */
    List<Finding> compile(Map<String, String> files);

    /**
     * The rules of a draft, asked like those of a release. Each method may throw a {@link Problem} with one of the codes
     * above, or {@code RULE-054} where the rules do not compile. Nothing has to be closed.
     *
     * @param release what decisions name as their release
     */
    Rulebook rulebook(String release, Map<String, String> files);

    /**
     * Decides many cases on all cores. The compiled rules are kept between calls, so a long list is best asked in
     * batches of some hundred.
     *
     * @return the answers in the order of the questions
     * @throws Problem as {@link #rulebook}
     */
    List<Answer> decideAll(String release, Map<String, String> files, List<Question> questions);

    /** A case to decide: the document of its facts. */
    record Question(Moment moment, Map<String, Object> facts) {}

    /**
     * What became of a question.
     *
     * @param decision null where there is none
     * @param failed the code of why there is none, such as {@code RULES-003}; null where there is one
     */
    record Answer(@Nullable Decision decision, @Nullable String failed) {}
}
