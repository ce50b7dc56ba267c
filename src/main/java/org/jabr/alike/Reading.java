package org.jabr.alike;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jabr.cases.PastDecisions;
import org.jabr.rules.CaseFacts;
import org.jabr.rules.CurrencyTerms;
import org.jabr.rules.Decision;
import org.jabr.rules.FactField;
import org.jabr.rules.Money;
import org.jabr.rules.Outcome;
import org.jabr.rules.RuleRef;
import org.jabr.rules.Verdict;
import org.jabr.rules.Vocabulary;
import org.jspecify.annotations.Nullable;

/** Makes what is compared of what is stored; asks nothing of the database. */
final class Reading {

    private static final RuleRef CHOSEN = new RuleRef("chosen");
    private static final String UNKNOWN = "null";

    private final PastDecisions past;
    private final AlikePolicy policy;
    private final Map<String, CurrencyTerms> currencies;
    private final Map<AlikeDeeds.Key, Money> agreed;

    /**
     * @param currencies of the release by whose policy is compared: one yardstick for all amounts
     * @param agreed what people agreed to that was asked, by decision and remedy
     */
    Reading(
            PastDecisions past,
            AlikePolicy policy,
            Collection<CurrencyTerms> currencies,
            Map<AlikeDeeds.Key, Money> agreed) {
        this.past = past;
        this.policy = policy;
        this.currencies = currencies.stream().collect(Collectors.toMap(CurrencyTerms::code, one -> one));
        this.agreed = agreed;
    }

    /**
     * @return nothing where its facts were erased
     * @throws RuntimeException what is stored cannot be read
     */
    Optional<Compared> read(PastDecisions.Past one) {
        return past.factsIfAny(one).map(facts -> compared(one, facts));
    }

    private Compared compared(PastDecisions.Past one, CaseFacts facts) {
        Decision decision = past.outcome(one);
        SortedMap<String, Double> given = new TreeMap<>();
        double now = 0;
        for (Outcome outcome : decision.outcome()) {
            Money amount = amount(one.id(), outcome);
            if (amount != null && amount.isPositive()) {
                double units = units(amount).doubleValue();
                given.merge(outcome.remedy(), units, Double::sum);
                now += outcome.verdict() == Verdict.GRANT ? units : 0;
            }
        }
        return new Compared(
                one.id(),
                one.caseReference(),
                one.release(),
                one.asOf(),
                one.by(),
                policy.permitted().stream().map(trait -> band(trait, facts)).collect(Collectors.joining("|")),
                policy.permitted().stream()
                        .map(trait -> text(value(trait.name(), facts)))
                        .collect(Collectors.joining("|")),
                suspects(one, facts),
                given,
                shown(facts),
                decision.proposals().stream()
                        .anyMatch(proposal -> proposal.because().contains(CHOSEN)),
                used(now, value("agentAllowanceRemaining", facts)));
    }

    private @Nullable Money amount(long decision, Outcome outcome) {
        return switch (outcome.verdict()) {
            case GRANT -> outcome.amount();
            case ASK -> agreed.get(new AlikeDeeds.Key(decision, outcome.remedy()));
            case REFUSE -> null;
        };
    }

    private static double used(double now, @Nullable Object remaining) {
        return remaining instanceof BigDecimal limit && limit.signum() > 0 ? now / limit.doubleValue() : -1;
    }

    private Map<String, String> suspects(PastDecisions.Past one, CaseFacts facts) {
        Map<String, String> values = new HashMap<>();
        for (AlikePolicy.Trait suspect : policy.suspects()) {
            values.put(suspect.name(), suspect.name().equals(AlikePolicy.DECIDED_BY) ? one.by() : band(suspect, facts));
        }
        return values;
    }

    private String band(AlikePolicy.Trait trait, CaseFacts facts) {
        Object value = value(trait.name(), facts);
        return value instanceof BigDecimal number && !trait.bounds().isEmpty()
                ? String.valueOf(trait.band(number))
                : text(value);
    }

    private SortedMap<String, Object> shown(CaseFacts facts) {
        SortedMap<String, Object> shown = new TreeMap<>();
        for (FactField field : Vocabulary.fields()) {
            switch (field.type()) {
                case TEXT, INSTANT, GRANTED, CHOSEN -> {
                    // Says who the customer is or when it was; what was granted before is told by the case.
                }
                default -> {
                    Object value = value(field.name(), facts);
                    if (value != null) {
                        shown.put(field.name(), value);
                    }
                }
            }
        }
        return shown;
    }

    /** Numbers as {@link BigDecimal}, money in policy units; null where it is not known and means nothing. */
    private @Nullable Object value(String name, CaseFacts facts) {
        FactField field = Vocabulary.field(name);
        if (field == null) {
            return null;
        }
        Object group = facts.document().get(field.group());
        Object raw = group instanceof Map<?, ?> fields ? fields.get(field.name()) : null;
        if (raw == null) {
            return field.missing();
        }
        return switch (field.type()) {
            case MONEY -> units(money(raw));
            case WHOLE -> new BigDecimal(String.valueOf(raw)).stripTrailingZeros();
            case GRANTED -> remedies(raw);
            default -> raw;
        };
    }

    private static String remedies(Object raw) {
        TreeSet<String> names = new TreeSet<>();
        if (raw instanceof List<?> all) {
            new ArrayList<>(all).forEach(one -> names.add(String.valueOf(((Map<?, ?>) one).get("remedy"))));
        }
        return String.join("+", names);
    }

    private static Money money(Object raw) {
        Map<?, ?> money = (Map<?, ?>) raw;
        return Money.of(String.valueOf(money.get("amount")), String.valueOf(money.get("currency")));
    }

    private BigDecimal units(Money money) {
        CurrencyTerms terms = currencies.get(money.currency());
        if (terms == null) {
            throw new IllegalArgumentException("no factor for " + money.currency());
        }
        return money.amount().divide(terms.factor(), MathContext.DECIMAL64).stripTrailingZeros();
    }

    private static String text(@Nullable Object value) {
        return value == null
                ? UNKNOWN
                : value instanceof BigDecimal number ? number.toPlainString() : String.valueOf(value);
    }
}
