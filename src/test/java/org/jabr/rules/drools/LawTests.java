package org.jabr.rules.drools;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.jabr.rules.Decision;
import org.jabr.rules.Moment;
import org.jabr.rules.Money;
import org.jabr.rules.Outcome;
import org.jabr.rules.Proposal;
import org.jabr.rules.RuleRef;
import org.jabr.rules.Rulebook;
import org.jabr.rules.Verdict;

/** The contracts that every release keeps, over facts of every partition. Each test is named after its law. */
class LawTests {

    private static final int TRIES = 100;
    private static final List<String> TIERS = List.of("NEW", "BRONZE", "SILVER", "GOLD", "PLATINUM");
    private static final List<Moment> REMEDIES = List.of(Moment.RESOLVE, Moment.EXCEED);
    private static final Set<String> COUNTED = Set.of("REFUND", "REPLACEMENT", "CREDIT", "GIFT", "UPGRADE");
    private static final Set<String> GOODWILL = Set.of("CREDIT", "GIFT", "UPGRADE");
    private static final Set<String> VALUE =
            Set.of("REFUND", "REPLACEMENT", "STATUTORY_CREDIT", "CREDIT", "GIFT", "UPGRADE");

    private final Rulebook rulebook = DefaultRelease.rulebook();

    @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
    void floorForAll(@ForAll("unchosen") Map<String, Object> any, @ForAll("tiers") String tier) {
        Map<String, Object> facts = with(any, "recovery.granted", null);
        Map<String, Object> other = with(facts, "customer.tier", tier);
        other = with(other, "customer.language", "ar");
        other = with(other, "conversation.channel", "SOCIAL");
        other = with(other, "conversation.lastAgentAvailable", true);
        for (Moment moment : REMEDIES) {
            assertThat(floors(decide(moment, other))).isEqualTo(floors(decide(moment, facts)));
        }
    }

    @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
    void tierNeverLess(
            @ForAll("unchosen") Map<String, Object> facts, @ForAll("tiers") String one, @ForAll("tiers") String two) {
        boolean ordered = TIERS.indexOf(one) <= TIERS.indexOf(two);
        Map<String, Object> low = with(facts, "customer.tier", ordered ? one : two);
        Map<String, Object> high = with(facts, "customer.tier", ordered ? two : one);
        for (Moment moment : REMEDIES) {
            offeredAtLeast(decide(moment, high), decide(moment, low));
        }
        Decision fast = decide(Moment.ACKNOWLEDGE, high);
        Decision slow = decide(Moment.ACKNOWLEDGE, low);
        assertThat(number(fast, "personWithinMinutes")).isLessThanOrEqualTo(number(slow, "personWithinMinutes"));
        assertThat(number(decide(Moment.SERVICE_LEVEL, high), "resolveMinutes"))
                .isLessThanOrEqualTo(number(decide(Moment.SERVICE_LEVEL, low), "resolveMinutes"));
        assertThat(number(decide(Moment.SERVICE_LEVEL, high), "boostMinutes"))
                .isGreaterThanOrEqualTo(number(decide(Moment.SERVICE_LEVEL, low), "boostMinutes"));
        assertThat(number(decide(Moment.FOLLOW_UP, high), "afterDays"))
                .isLessThanOrEqualTo(number(decide(Moment.FOLLOW_UP, low), "afterDays"));
    }

    @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
    void lossNeverLess(
            @ForAll("unchosen") Map<String, Object> any,
            @ForAll("severities") int severity,
            @ForAll("units") int one,
            @ForAll("units") int two) {
        Map<String, Object> facts = with(with(any, "recovery.granted", null), "recovery.severity", severity);
        Map<String, Object> low = with(facts, "failure.loss", money(facts, Math.min(one, two)));
        Map<String, Object> high = with(facts, "failure.loss", money(facts, Math.max(one, two)));
        for (Moment moment : REMEDIES) {
            offeredAtLeast(decide(moment, high), decide(moment, low));
        }
    }

    @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
    void severityNeverLess(
            @ForAll("unchosen") Map<String, Object> any, @ForAll("severities") int one, @ForAll("severities") int two) {
        Map<String, Object> facts = with(any, "recovery.granted", null);
        Map<String, Object> low = with(facts, "recovery.severity", Math.min(one, two));
        Map<String, Object> high = with(facts, "recovery.severity", Math.max(one, two));
        for (Moment moment : REMEDIES) {
            offeredAtLeast(decide(moment, high), decide(moment, low));
        }
        Decision fast = decide(Moment.ACKNOWLEDGE, high);
        Decision slow = decide(Moment.ACKNOWLEDGE, low);
        assertThat(number(fast, "personWithinMinutes")).isLessThanOrEqualTo(number(slow, "personWithinMinutes"));
        if ("PERSON".equals(slow.text("mode"))) {
            assertThat(fast.text("mode")).isEqualTo("PERSON");
        }
        assertThat(number(decide(Moment.SERVICE_LEVEL, high), "resolveMinutes"))
                .isLessThanOrEqualTo(number(decide(Moment.SERVICE_LEVEL, low), "resolveMinutes"));
        assertThat(number(decide(Moment.SERVICE_LEVEL, high), "boostMinutes"))
                .isGreaterThanOrEqualTo(number(decide(Moment.SERVICE_LEVEL, low), "boostMinutes"));
        assertThat(number(decide(Moment.FOLLOW_UP, high), "afterDays"))
                .isLessThanOrEqualTo(number(decide(Moment.FOLLOW_UP, low), "afterDays"));
    }

    @Property(tries = TRIES * 2, shrinking = ShrinkingMode.OFF)
    void ceiling(@ForAll("anything") Map<String, Object> facts) {
        String decider = String.valueOf(get(facts, "means.decider"));
        BigDecimal factor = RandomCases.FACTORS.get(String.valueOf(get(facts, "failure.currency")));
        BigDecimal most = zero(loss(facts)).multiply(new BigDecimal("1.5"));
        for (Moment moment : REMEDIES) {
            Decision decision = decide(moment, facts);
            // what is only asked for counts in the running totals of the rules, so granted alone is the smaller sum
            BigDecimal total = granted(facts, COUNTED);
            boolean extra = false;
            for (Outcome outcome : decision.outcome()) {
                if (outcome.verdict() == Verdict.GRANT && COUNTED.contains(outcome.remedy())) {
                    total = total.add(amount(outcome));
                    extra |= !statutory(decision, outcome.remedy())
                            && amount(outcome).signum() > 0;
                }
            }
            if (!extra || total.compareTo(most) <= 0) {
                continue;
            }
            boolean person = !decider.equals("RULES") && !decider.equals("null");
            boolean small = total.compareTo(factor.multiply(BigDecimal.valueOf(15))) <= 0;
            boolean onlyBefore = statutoryTakesItAbove(decision, facts, most);
            assertThat(onlyBefore || (person && small))
                    .as("%s %s", moment, facts)
                    .isTrue();
        }
    }

    /** Statutory remedies come first and may alone be above; nothing else may follow them without being asked for. */
    private boolean statutoryTakesItAbove(Decision decision, Map<String, Object> facts, BigDecimal most) {
        BigDecimal others = granted(facts, COUNTED);
        boolean any = false;
        for (Outcome outcome : decision.outcome()) {
            boolean counts = outcome.verdict() == Verdict.GRANT && COUNTED.contains(outcome.remedy());
            if (counts && statutory(decision, outcome.remedy())) {
                any = true;
            } else if (counts) {
                others = others.add(amount(outcome));
            }
        }
        return any && others.compareTo(most) <= 0;
    }

    @Property(tries = TRIES * 2, shrinking = ShrinkingMode.OFF)
    void refundWithinLoss(@ForAll("anything") Map<String, Object> facts) {
        BigDecimal loss = loss(facts);
        for (Moment moment : REMEDIES) {
            Outcome refund = outcome(decide(moment, facts), "REFUND");
            if (refund != null && refund.verdict() != Verdict.REFUSE && loss != null && refund.amount() != null) {
                assertThat(granted(facts, Set.of("REFUND")).add(amount(refund))).isLessThanOrEqualTo(loss);
            }
        }
    }

    @Property(tries = TRIES * 2, shrinking = ShrinkingMode.OFF)
    void statutoryAlways(@ForAll("anything") Map<String, Object> facts) {
        for (Moment moment : REMEDIES) {
            Decision decision = decide(moment, facts);
            for (Outcome outcome : decision.outcome()) {
                if (!statutory(decision, outcome.remedy())) {
                    continue;
                }
                List<String> because =
                        outcome.because().stream().map(RuleRef::id).toList();
                if (outcome.verdict() == Verdict.REFUSE) {
                    assertThat(because).containsAnyOf("duplicate-remedy", "refund-at-most-loss");
                } else if (outcome.verdict() == Verdict.ASK) {
                    assertThat(because).containsAnyOf("loss-unknown", "self-grant");
                }
            }
        }
    }

    @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
    void boundariesNotPunishment(@ForAll("unchosen") Map<String, Object> facts) {
        Map<String, Object> calm = with(facts, "conversation.conduct", "NORMAL");
        Map<String, Object> steady = with(facts, "customer.vulnerable", false);
        for (Moment moment : REMEDIES) {
            offeredAtLeast(decide(moment, with(facts, "conversation.conduct", "ABUSIVE")), decide(moment, calm));
            offeredAtLeast(decide(moment, with(facts, "conversation.conduct", "DIFFICULT")), decide(moment, calm));
            if (get(facts, "recovery.granted") == null) {
                offeredAtLeast(decide(moment, with(facts, "customer.vulnerable", true)), decide(moment, steady));
            }
        }
    }

    @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
    void causedByCustomerNoExtra(@ForAll("anything") Map<String, Object> facts) {
        for (Moment moment : REMEDIES) {
            for (Outcome outcome :
                    decide(moment, with(facts, "failure.causedBy", "CUSTOMER")).outcome()) {
                if (GOODWILL.contains(outcome.remedy()) || outcome.remedy().equals("CARD")) {
                    assertThat(outcome.verdict()).isEqualTo(Verdict.REFUSE);
                }
            }
        }
    }

    @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
    void oneMessage(@ForAll("anything") Map<String, Object> facts) {
        for (Moment moment : REMEDIES) {
            Decision decision = decide(moment, facts);
            Outcome update = outcome(decision, "STATUS_UPDATE");
            Outcome explanation = outcome(decision, "EXPLANATION");
            assertThat(update != null
                            && explanation != null
                            && update.verdict() != Verdict.REFUSE
                            && explanation.verdict() != Verdict.REFUSE)
                    .isFalse();
        }
    }

    @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
    void blindToStyle(@ForAll("anything") Map<String, Object> facts) {
        Map<String, Object> other = with(facts, "customer.language", "fr");
        other = with(other, "customer.preferredChannel", "LETTER");
        other = with(other, "conversation.channel", "IN_PERSON");
        other = with(other, "conversation.contacts", 9);
        for (Moment moment : REMEDIES) {
            assertThat(decide(moment, other).outcome())
                    .isEqualTo(decide(moment, facts).outcome());
        }
    }

    @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
    void currencyNeutral(@ForAll("unchosen") Map<String, Object> any, @ForAll("units") int loss) {
        Map<String, Object> dollars = inCurrency(any, "USD", BigDecimal.ONE, loss);
        for (Map.Entry<String, BigDecimal> currency : Map.of(
                        "SAR", new BigDecimal("3.75"), "EGP", new BigDecimal("50"), "JPY", new BigDecimal("150"))
                .entrySet()) {
            Map<String, Object> same = inCurrency(any, currency.getKey(), currency.getValue(), loss);
            for (Moment moment : REMEDIES) {
                assertThat(verdicts(decide(moment, same))).isEqualTo(verdicts(decide(moment, dollars)));
            }
        }
    }

    @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
    void fourEyes(@ForAll("anything") Map<String, Object> facts) {
        for (Moment moment : REMEDIES) {
            for (Outcome outcome :
                    decide(moment, with(facts, "means.deciderRelated", true)).outcome()) {
                if (VALUE.contains(outcome.remedy())) {
                    assertThat(outcome.verdict()).isNotEqualTo(Verdict.GRANT);
                }
            }
        }
    }

    // ---------------------------------------------------------------- facts of every partition

    @Provide
    Arbitrary<Map<String, Object>> anything() {
        return Arbitraries.longs().map(seed -> new RandomCases(seed).next());
    }

    @Provide
    Arbitrary<Map<String, Object>> unchosen() {
        return anything().map(facts -> with(facts, "recovery.chosen", null));
    }

    @Provide
    Arbitrary<String> tiers() {
        return Arbitraries.of(TIERS);
    }

    @Provide
    Arbitrary<Integer> severities() {
        return Arbitraries.integers().between(1, 5);
    }

    @Provide
    Arbitrary<Integer> units() {
        return Combinators.combine(
                        Arbitraries.of(0, 10, 25, 50, 80, 100, 150, 250, 400, 500, 600, 2000),
                        Arbitraries.of(0, 1, 5, 2000))
                .as(Integer::sum);
    }

    private Decision decide(Moment moment, Map<String, Object> facts) {
        return rulebook.decide(moment, rulebook.read(facts));
    }

    // ---------------------------------------------------------------- what is compared

    private static void offeredAtLeast(Decision more, Decision less) {
        for (Outcome lower : less.outcome()) {
            if (lower.verdict() == Verdict.REFUSE) {
                continue;
            }
            Outcome higher = outcome(more, lower.remedy());
            assertThat(higher).as("%s in %s", lower, more.facts()).isNotNull();
            assertThat(higher.verdict()).as("%s in %s", lower, more.facts()).isNotEqualTo(Verdict.REFUSE);
            if (lower.amount() != null && higher.amount() != null) {
                assertThat(higher.amount()).as("%s in %s", lower, more.facts()).isGreaterThanOrEqualTo(lower.amount());
            }
        }
    }

    private static Map<String, Object> floors(Decision decision) {
        Map<String, Object> floors = new TreeMap<>();
        for (Proposal proposal : decision.proposals()) {
            if (proposal.floor()) {
                floors.put(proposal.remedy(), String.valueOf(proposal.floorAmount()));
            }
        }
        return floors;
    }

    private static Map<String, Object> verdicts(Decision decision) {
        Map<String, Object> verdicts = new TreeMap<>();
        decision.outcome()
                .forEach(o -> verdicts.put(o.remedy(), o.verdict() + " " + o.authority() + " " + o.because()));
        return verdicts;
    }

    private static long number(Decision decision, String setting) {
        Long number = decision.number(setting);
        return number == null ? 0 : number;
    }

    private static Outcome outcome(Decision decision, String remedy) {
        return decision.outcome().stream()
                .filter(o -> o.remedy().equals(remedy))
                .findFirst()
                .orElse(null);
    }

    private static boolean statutory(Decision decision, String remedy) {
        return decision.proposals().stream().anyMatch(p -> p.remedy().equals(remedy) && p.statutory());
    }

    private static BigDecimal amount(Outcome outcome) {
        Money amount = outcome.amount();
        return amount == null ? BigDecimal.ZERO : amount.amount();
    }

    private static BigDecimal zero(BigDecimal amount) {
        return amount == null ? BigDecimal.ZERO : amount;
    }

    private static BigDecimal loss(Map<String, Object> facts) {
        return get(facts, "failure.loss") instanceof Map<?, ?> money
                ? new BigDecimal(String.valueOf(money.get("amount")))
                : null;
    }

    private static BigDecimal granted(Map<String, Object> facts, Set<String> remedies) {
        BigDecimal sum = BigDecimal.ZERO;
        if (get(facts, "recovery.granted") instanceof List<?> items) {
            for (Object item : items) {
                Map<?, ?> granted = (Map<?, ?>) item;
                if (remedies.contains(granted.get("remedy")) && granted.get("amount") instanceof Map<?, ?> money) {
                    sum = sum.add(new BigDecimal(String.valueOf(money.get("amount"))));
                }
            }
        }
        return sum;
    }

    // ---------------------------------------------------------------- documents

    private static Map<String, Object> money(Map<String, Object> facts, int units) {
        String currency = String.valueOf(get(facts, "failure.currency"));
        return money(currency, RandomCases.FACTORS.get(currency).multiply(BigDecimal.valueOf(units)));
    }

    private static Map<String, Object> money(String currency, BigDecimal amount) {
        return Map.of("amount", Money.rounded(amount, currency).amount().toPlainString(), "currency", currency);
    }

    /** The same case at round amounts, so that rounding does not matter. */
    private static Map<String, Object> inCurrency(
            Map<String, Object> any, String currency, BigDecimal factor, int loss) {
        Map<String, Object> facts = with(with(any, "recovery.granted", null), "failure.currency", currency);
        facts = with(facts, "customer.lifetimeValue", null);
        facts = with(facts, "failure.loss", money(currency, factor.multiply(BigDecimal.valueOf(loss * 100L))));
        facts = with(facts, "customer.goodwillLast12Months", money(currency, factor.multiply(BigDecimal.valueOf(100))));
        facts = with(facts, "means.agentAllowanceRemaining", money(currency, factor.multiply(BigDecimal.valueOf(200))));
        facts = with(facts, "means.teamBudgetRemaining", money(currency, factor.multiply(BigDecimal.valueOf(40))));
        return with(facts, "means.customerWindowRemaining", money(currency, factor.multiply(BigDecimal.valueOf(30))));
    }

    private static Object get(Map<String, Object> facts, String path) {
        Object at = facts;
        for (String step : path.split("\\.")) {
            at = at instanceof Map<?, ?> map ? map.get(step) : null;
        }
        return at;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> with(Map<String, Object> facts, String path, Object value) {
        String[] steps = path.split("\\.");
        Map<String, Object> copy = new LinkedHashMap<>(facts);
        Map<String, Object> group = new LinkedHashMap<>((Map<String, Object>) copy.getOrDefault(steps[0], Map.of()));
        if (value == null) {
            group.remove(steps[1]);
        } else {
            group.put(steps[1], value);
        }
        copy.put(steps[0], group);
        return copy;
    }
}
