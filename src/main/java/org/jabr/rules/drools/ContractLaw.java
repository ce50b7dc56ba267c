package org.jabr.rules.drools;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jabr.rules.Decision;
import org.jabr.rules.FactField;
import org.jabr.rules.FactSheet;
import org.jabr.rules.Vocabulary;
import org.jspecify.annotations.Nullable;

/** Holds decisions against one law. */
final class ContractLaw {

    private final Contract contract;
    private final ContractTerms terms;

    /** Decides facts that differ from the base case. */
    interface Deciding {

        /** @return the decision; empty where the facts cannot be */
        Optional<Decision> of(Map<String, @Nullable Object> facts);
    }

    /**
     * A law that was broken.
     *
     * @param facts how the case differs from the base case
     * @param told what was decided, in the notation of scenarios
     */
    record Broken(Map<String, @Nullable Object> facts, String told) {}

    ContractLaw(Contract contract, ContractTerms terms) {
        this.contract = contract;
        this.terms = terms;
    }

    /**
     * Tries one case.
     *
     * @param by the values of each fact that the law varies
     * @param sheet reads the facts of a decision
     */
    Optional<Broken> tried(
            Map<String, @Nullable Object> facts,
            Map<String, List<@Nullable Object>> by,
            Deciding deciding,
            java.util.function.Function<Decision, FactSheet> sheet) {
        return switch (contract.law()) {
            case MONOTONE -> growing(facts, by, deciding);
            case SAME -> same(facts, by, deciding);
            default ->
                deciding.of(facts)
                        .filter(decision -> !kept(decision, sheet.apply(decision)))
                        .map(decision -> new Broken(facts, terms.text(contract.what(), decision)));
        };
    }

    private boolean kept(Decision decision, FactSheet sheet) {
        BigDecimal loss = (BigDecimal) sheet.given("loss");
        return switch (contract.law()) {
            case FLOOR -> contract.what().stream().allMatch(term -> atLeast(term, decision, loss));
            case CEILING -> contract.what().stream().allMatch(term -> atMost(term, decision, sheet, loss));
            case ALWAYS -> contract.what().stream().allMatch(term -> terms.holds(term, decision));
            case NEVER -> !contract.what().stream().allMatch(term -> terms.holds(term, decision));
            case MONOTONE, SAME -> true;
        };
    }

    private boolean atLeast(Contract.Term term, Decision decision, @Nullable BigDecimal loss) {
        BigDecimal least = terms.least(contract.limit(), loss);
        BigDecimal number = terms.number(term, decision);
        if (number != null) {
            return number.compareTo(new BigDecimal(contract.limit().split(" ")[0])) >= 0;
        }
        return least.signum() == 0
                || terms.offered(term, decision).values().stream().anyMatch(amount -> amount.compareTo(least) >= 0);
    }

    private boolean atMost(Contract.Term term, Decision decision, FactSheet sheet, @Nullable BigDecimal loss) {
        BigDecimal share = new BigDecimal(contract.limit().split(" ")[0]).movePointLeft(2);
        BigDecimal most = (loss == null ? BigDecimal.ZERO : loss).multiply(share);
        return !terms.gives(term, decision)
                || terms.granted(term, decision, sheet.granted()).compareTo(most) <= 0;
    }

    private Optional<Broken> growing(
            Map<String, @Nullable Object> facts, Map<String, List<@Nullable Object>> by, Deciding deciding) {
        String fact = contract.by().get(0);
        Decision before = null;
        Object smaller = null;
        for (Object value : ordered(fact, by.getOrDefault(fact, List.of()))) {
            Map<String, @Nullable Object> with = new LinkedHashMap<>(facts);
            with.put(fact, value);
            Decision decision = deciding.of(with).orElse(null);
            if (decision == null) {
                continue;
            }
            if (before != null && !grown(before, decision)) {
                return Optional.of(new Broken(with, pair(fact, smaller, before, value, decision)));
            }
            before = decision;
            smaller = value;
        }
        return Optional.empty();
    }

    private boolean grown(Decision smaller, Decision greater) {
        boolean up = contract.limit().equals("up");
        for (Contract.Term term : contract.what()) {
            BigDecimal from = terms.number(term, smaller);
            BigDecimal to = terms.number(term, greater);
            if (from != null && to != null && (up ? to.compareTo(from) < 0 : to.compareTo(from) > 0)) {
                return false;
            }
            Map<String, BigDecimal> less = terms.offered(term, up ? smaller : greater);
            Map<String, BigDecimal> more = terms.offered(term, up ? greater : smaller);
            boolean all = less.entrySet().stream().allMatch(offered -> {
                BigDecimal amount = more.get(offered.getKey());
                return amount != null && amount.compareTo(offered.getValue()) >= 0;
            });
            if (!all) {
                return false;
            }
        }
        return true;
    }

    private Optional<Broken> same(
            Map<String, @Nullable Object> facts, Map<String, List<@Nullable Object>> by, Deciding deciding) {
        for (String fact : contract.by()) {
            Decision first = null;
            Object with = null;
            for (Object value : by.getOrDefault(fact, List.of())) {
                Map<String, @Nullable Object> changed = new LinkedHashMap<>(facts);
                changed.put(fact, value);
                Decision decision = deciding.of(changed).orElse(null);
                if (decision == null) {
                    continue;
                }
                if (first == null) {
                    first = decision;
                    with = value;
                } else if (differs(first, decision)) {
                    return Optional.of(new Broken(changed, pair(fact, with, first, value, decision)));
                }
            }
        }
        return Optional.empty();
    }

    private boolean differs(Decision one, Decision other) {
        return contract.what().stream()
                .anyMatch(term -> !terms.sameness(term, one).equals(terms.sameness(term, other)));
    }

    private String pair(String fact, @Nullable Object first, Decision one, @Nullable Object second, Decision other) {
        return fact + " " + WitnessText.of(first) + ": " + terms.text(contract.what(), one) + "  ·  " + fact + " "
                + WitnessText.of(second) + ": " + terms.text(contract.what(), other);
    }

    /** Numbers by size, codes as the vocabulary lists them, no before yes; a missing fact has no place in an order. */
    private static List<@Nullable Object> ordered(String fact, List<@Nullable Object> values) {
        FactField field = Vocabulary.field(fact);
        List<String> codes = field == null ? List.of() : field.values();
        List<@Nullable Object> ordered = new ArrayList<>();
        values.stream()
                .filter(value -> value != null)
                .sorted(Comparator.comparing((Object value) -> rank(value, codes)))
                .forEach(ordered::add);
        return ordered;
    }

    private static BigDecimal rank(@Nullable Object value, List<String> codes) {
        if (value instanceof BigDecimal number) {
            return number;
        }
        return BigDecimal.valueOf(value instanceof Boolean flag ? (flag ? 1 : 0) : codes.indexOf(value));
    }
}
