package org.jabr.rules;

/**
 * Names one rule of a release as an auditor reads it, such as {@code refund-full} or {@code ceiling-150}; also the
 * reasons that are not rules: {@code chosen}, {@code type-given}, {@code impact-given}, {@code impact-none}.
 */
public record RuleRef(String id) {

    @Override
    public String toString() {
        return id;
    }
}
