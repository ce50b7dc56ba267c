package org.jabr.rules;

import java.util.List;
import java.util.Map;

/**
 * Looks deeper into the rules of a release than compiling does. Every method takes all files of the release by path,
 * takes its time, and answers with findings; it never throws for what an author wrote.
 */
public interface RuleInspector {

    /** Gaps, overlaps, masked and duplicate rows of every table, each with a witness. */
    List<Finding> tables(Map<String, String> files, Progress progress);

    /** Scenarios that fail or cannot be read, and rules that no scenario touches. */
    List<Finding> scenarios(Map<String, String> files, Progress progress);

    /** Changed thresholds and operators that no scenario notices. */
    List<Finding> mutants(Map<String, String> files, Progress progress);

    /** Laws of {@code rules/contracts.csv} that the rules break, each with a counter-example. */
    List<Finding> contracts(Map<String, String> files, Progress progress);
}
