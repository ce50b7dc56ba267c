package org.jabr.rules;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The facts of one case as a rule may see them: read and checked once by {@link Rulebook#read}, then unchangeable.
 * What was not given stays absent here; what a missing fact means is said by the vocabulary.
 *
 * <p>The nested records are the same facts as guardrails see them: typed, with the meaning of missing facts filled
 * in, money as amounts in the currency of the case.
 *
 * @param document the canonical nested map as given, without defaults
 */
public record CaseFacts(OffsetDateTime asOf, Map<String, Object> document) {

    public CaseFacts {
        document = frozen(document);
    }

    private static Map<String, Object> frozen(Map<?, ?> map) {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> copy.put(String.valueOf(key), frozenValue(value)));
        return Collections.unmodifiableMap(copy);
    }

    @SuppressWarnings("NullAway") // a null of the document stays a null of its copy
    private static Object frozenValue(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return frozen(map);
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>(list.size());
            list.forEach(item -> copy.add(frozenValue(item)));
            return Collections.unmodifiableList(copy);
        }
        return value;
    }

    /**
     * What went wrong.
     *
     * @param loss null where it is not known
     * @param lossPU the loss in policy units; null where the loss is not known
     * @param factor how much of the currency one policy unit is
     */
    public record Failure(
            String type,
            String category,
            String kind,
            String match,
            @Nullable BigDecimal loss,
            @Nullable BigDecimal lossPU,
            BigDecimal factor,
            String causedBy,
            String practicalImpact,
            long durationDays,
            boolean repeated,
            boolean silent,
            String regime) {

        /** That many policy units in the currency of the case, not rounded. */
        public BigDecimal units(long units) {
            return factor.multiply(BigDecimal.valueOf(units));
        }

        /** That share of the loss, not rounded; a loss that is not known counts as nothing. */
        public BigDecimal percentOfLoss(long percent) {
            return loss == null
                    ? BigDecimal.ZERO
                    : loss.multiply(BigDecimal.valueOf(percent)).movePointLeft(2);
        }
    }

    /** Who it happened to. */
    public record Customer(
            String tier,
            long lifetimeValuePercentile,
            long tenureDays,
            long purchases,
            BigDecimal goodwillLast12Months,
            long doubleRemedyLast12Months,
            boolean vulnerable,
            boolean loyaltyMember,
            boolean neverComplains,
            long abuseScore,
            String lastSurprise) {}

    /** How the customer speaks with us. */
    public record Conversation(
            @Nullable String channel,
            long contacts,
            String emotion,
            String conduct,
            String desiredOutcome,
            String escalationThreat,
            boolean askedForPerson) {}

    /**
     * How far the recovery is.
     *
     * @param granted the remedies granted in this case so far
     */
    public record Recovery(
            long severity,
            boolean doubleDeviation,
            long promisesBroken,
            long effortScore,
            long daysOpen,
            boolean reopened,
            boolean openEscalation,
            List<String> granted) {}

    /**
     * What we can do now; a null is a limit that is not set or a stock that is not known.
     *
     * @param decider who decides now: RULES, AGENT, SUPERVISOR or MANAGER
     */
    public record Means(
            String decider,
            boolean deciderRelated,
            @Nullable BigDecimal agentAllowanceRemaining,
            @Nullable BigDecimal teamBudgetRemaining,
            @Nullable BigDecimal customerWindowRemaining,
            @Nullable Boolean itemInStock,
            @Nullable Long giftsInStock) {}
}
