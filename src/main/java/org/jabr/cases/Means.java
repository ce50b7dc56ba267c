package org.jabr.cases;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jabr.remedies.Effects;
import org.jabr.rules.Authority;
import org.jabr.rules.CurrencyTerms;
import org.jabr.rules.Decider;
import org.jabr.rules.Money;
import org.jabr.rules.Problem;
import org.jabr.rules.Rulebook;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What may still be given: the limits of a release, less what was granted within their days. */
@Component
class Means {

    private static final String WINDOW = "customer-window";
    private static final String ALLOWANCES = "allowances";
    private static final String TEAM = "team-budget";
    private static final String TEAM_DAYS = "teamDays";
    private static final String ALLOWANCE_DAYS = "allowanceDays";

    private final Effects effects;

    Means(Effects effects) {
        this.effects = effects;
    }

    /** The facts {@code means.*} that have a limit. */
    Map<String, Object> of(RecoveryCase recovery, OffsetDateTime asOf, Rulebook rulebook, Decider decider) {
        Map<String, Object> means = new LinkedHashMap<>();
        window(recovery, asOf, rulebook)
                .ifPresent(left -> means.put("customerWindowRemaining", DecisionDocument.money(left)));
        team(recovery.queue(), recovery.currency(), asOf, rulebook)
                .ifPresent(budget -> means.put("teamBudgetRemaining", DecisionDocument.money(budget.left())));
        allowance(recovery.currency(), asOf, rulebook, decider)
                .ifPresent(own -> means.put("agentAllowanceRemaining", DecisionDocument.money(own.left())));
        return means;
    }

    private Optional<Money> window(RecoveryCase recovery, OffsetDateTime asOf, Rulebook rulebook) {
        Map<String, Object> limits = limits(rulebook, WINDOW);
        return limit(rulebook, recovery.currency(), limits.get("units"))
                .map(limit -> left(
                        limit,
                        effects.goodwillSince(
                                recovery.customerId(), recovery.currency(), asOf.minusDays(days(limits, "days")))));
    }

    /** What a desk may give out of goodwill; nothing is known of a case that lies on none yet. */
    Optional<Allowances.Allowance> team(String desk, String currency, OffsetDateTime asOf, Rulebook rulebook) {
        Map<String, Object> limits = limits(rulebook, TEAM);
        return desk.isEmpty()
                ? Optional.empty()
                : limit(rulebook, currency, limits.get("teamUnits")).map(limit -> {
                    long days = days(limits, TEAM_DAYS);
                    Money used = effects.goodwillOf(desk, currency, asOf.minusDays(days));
                    return new Allowances.Allowance(limit, used, left(limit, used), days);
                });
    }

    /** Within how many days goodwill counts against a desk's budget; 0 where the release sets none. */
    long teamDays(Rulebook rulebook) {
        Map<String, Object> limits = limits(rulebook, TEAM);
        return limits.containsKey(TEAM_DAYS) ? days(limits, TEAM_DAYS) : 0;
    }

    /** A person's own allowance: what they granted themselves counts, whatever its kind. */
    Optional<Allowances.Allowance> allowance(String currency, OffsetDateTime asOf, Rulebook rulebook, Decider decider) {
        if (decider.authority() == Authority.RULES) {
            return Optional.empty();
        }
        Map<String, Object> limits = limits(rulebook, ALLOWANCES);
        return limit(rulebook, currency, limits.get(decider.authority().name().toLowerCase(Locale.ROOT) + "Units"))
                .map(limit -> {
                    long days = days(limits, ALLOWANCE_DAYS);
                    Money used = effects.grantedBy(decider.login(), currency, asOf.minusDays(days));
                    return new Allowances.Allowance(limit, used, left(limit, used), days);
                });
    }

    /** Within how many days grants count against a person's own allowance; 0 where the release sets none. */
    long allowanceDays(Rulebook rulebook) {
        Map<String, Object> limits = limits(rulebook, ALLOWANCES);
        return limits.containsKey(ALLOWANCE_DAYS) ? days(limits, ALLOWANCE_DAYS) : 0;
    }

    private static Money left(Money limit, Money used) {
        Money left = limit.minus(used);
        return left.isPositive() ? left : Money.zero(limit.currency());
    }

    private static long days(Map<String, Object> limits, String name) {
        return new BigDecimal(String.valueOf(limits.get(name))).longValueExact();
    }

    /** Limits are in policy units: as many as the price level of the currency makes of them. */
    private static Optional<Money> limit(Rulebook rulebook, String currency, @Nullable Object units) {
        if (units == null) {
            return Optional.empty();
        }
        return rulebook.currencies().stream()
                .filter(terms -> terms.code().equals(currency))
                .findFirst()
                .map(CurrencyTerms::factor)
                .map(factor -> Money.rounded(factor.multiply(new BigDecimal(String.valueOf(units))), currency));
    }

    /** A release without the table sets no such limit. */
    private static Map<String, Object> limits(Rulebook rulebook, String table) {
        try {
            return rulebook.parameters(table);
        } catch (Problem noSuchTable) {
            return Map.of();
        }
    }
}
