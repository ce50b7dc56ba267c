package org.jabr.rules;

/**
 * A rule in words.
 *
 * @param when the condition as a sentence part, generated from the rule's cells or constraints
 * @param then what it gives or objects
 * @param why the author's reason beside the rule
 * @param table label of the table or guardrail file that it stands in
 */
public record RuleWords(RuleRef rule, String table, String when, String then, String why) {}
