package org.jabr.cases;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jabr.customers.Customer;
import org.jabr.customers.CustomerValue;
import org.jabr.customers.Customers;
import org.jabr.customers.StaffLinks;
import org.jabr.remedies.Effect;
import org.jabr.remedies.Effects;
import org.jabr.rules.Authority;
import org.jabr.rules.CaseId;
import org.jabr.rules.Decider;
import org.jabr.rules.Money;
import org.jabr.rules.Rulebook;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Puts together, once per decision, everything that rules may know about a case at that moment. */
@Component
class FactsGathering {

    /** Timeline kind under which a survey that was asked for stands. */
    static final String SURVEY_ASKED = "SURVEY_ASKED";

    private static final String SCORES = "scores";

    private final Customers customers;
    private final Effects effects;
    private final Promises promises;
    private final Cases cases;
    private final Timeline timeline;
    private final Means means;
    private final Merges merges;
    private final StaffLinks links;

    FactsGathering(
            Customers customers,
            Effects effects,
            Promises promises,
            Cases cases,
            Timeline timeline,
            Means means,
            Merges merges,
            StaffLinks links) {
        this.customers = customers;
        this.effects = effects;
        this.promises = promises;
        this.cases = cases;
        this.timeline = timeline;
        this.means = means;
        this.merges = merges;
        this.links = links;
    }

    /**
     * Reads once what the database knows about a case at a time; {@link Known#document} then makes the facts of each
     * moment that is asked at that time, without reading again.
     *
     * @param decider whose own allowance counts
     */
    Known about(RecoveryCase recovery, OffsetDateTime asOf, Rulebook rulebook, Decider decider) {
        Map<String, Object> scores = rulebook.parameters(SCORES);
        Document history = new Document();
        means.of(recovery, asOf, decider).forEach((name, value) -> history.put("means." + name, value));
        if (decider.authority() != Authority.RULES && links.related(decider.login(), recovery.customerId())) {
            // Absent otherwise: nobody knows of every tie.
            history.put("means.deciderRelated", true);
        }
        customer(history, recovery, asOf, scores);
        progress(history, recovery, asOf);
        return new Known(asOf, scores, history.root);
    }

    /**
     * What is known about a case at one time.
     *
     * @param history what follows from the customer's past and from what was done in this case
     */
    record Known(OffsetDateTime asOf, Map<String, Object> scores, Map<String, Object> history) {

        /** The document of facts, in the shape of the policy. What is not known is absent. */
        Map<String, Object> document(RecoveryCase recovery, Decider decider) {
            Document facts = new Document();
            facts.put("asOf", asOf.toString());
            failure(facts, recovery);
            recovery.given().forEach(facts::put);
            facts.putAll(history);
            facts.put("customer.tier", recovery.tier().isEmpty() ? null : recovery.tier());
            conversation(facts, recovery);
            effort(facts, recovery);
            facts.put("means.decider", decider.authority().name());
            return facts.root;
        }

        private void effort(Document facts, RecoveryCase recovery) {
            long daysOpen = Duration.between(recovery.receivedAt(), asOf).toDays();
            facts.put("recovery.severity", recovery.severity() == 0 ? null : (long) recovery.severity());
            facts.put(
                    "recovery.effortScore",
                    Math.min(
                            number(scores, "highestEffort"),
                            number(scores, "contact") * (recovery.contacts() - 1)
                                    + number(scores, "handover") * recovery.handovers()
                                    + number(scores, "channelHop") * recovery.channelHops()
                                    + number(scores, "dayOpen") * daysOpen));
            facts.put("recovery.daysOpen", daysOpen);
            facts.put("recovery.reopened", recovery.reopened());
            facts.put("recovery.openEscalation", recovery.openEscalation());
        }
    }

    private static void failure(Document facts, RecoveryCase recovery) {
        facts.put("failure.reportedCategory", recovery.category());
        facts.put("failure.reportedSubject", recovery.subject().value());
        facts.put("failure.currency", recovery.currency());
        facts.put("failure.loss", DecisionDocument.money(recovery.loss()));
        facts.put("failure.occurredAt", text(recovery.occurredAt()));
        facts.put("failure.reportedAt", text(recovery.reportedAt()));
    }

    private void customer(Document facts, RecoveryCase recovery, OffsetDateTime asOf, Map<String, Object> scores) {
        Customer customer = customers.get(recovery.customerId());
        OffsetDateTime yearAgo = asOf.minusDays(365);
        List<RecoveryCase> all = cases.ofCustomer(customer.id());
        Set<CaseId> merged = merges.mergedOf(customer.id());
        List<RecoveryCase> others = all.stream()
                .filter(c -> !c.id().equals(recovery.id()) && !merged.contains(c.id()))
                .toList();

        customers.value(customer.id()).ifPresent(value -> value(facts, value, recovery.currency(), asOf));
        facts.put(
                "customer.failuresLast12Months",
                1L
                        + others.stream()
                                .filter(c -> c.receivedAt().isAfter(yearAgo))
                                .count());
        facts.put(
                "customer.openCases",
                1L + others.stream().filter(c -> !c.stage().ended()).count());
        facts.put(
                "customer.goodwillLast12Months",
                DecisionDocument.money(effects.goodwillSince(customer.id(), recovery.currency(), yearAgo)));
        facts.put(
                "customer.doubleRemedyLast12Months",
                (long) effects.casesWithBoth(customer.id(), "REFUND", "REPLACEMENT", yearAgo)
                        + merges.bothAcross(customer.id(), id -> grantedSince(id, yearAgo), "REFUND", "REPLACEMENT"));
        facts.put("customer.language", customer.language());
        facts.put("customer.preferredChannel", customer.preferredChannel());
        facts.put("customer.vulnerable", customer.vulnerable());
        facts.put("customer.loyaltyMember", customer.loyaltyMember());
        facts.put("customer.neverComplains", customer.neverComplains());
        effects.newestOf(customer.id(), List.of("GIFT", "CARD", "UPGRADE"))
                .ifPresent(surprise -> facts.put("customer.lastSurprise", surprise));
        timeline.lastOfCustomer(customer.id(), SURVEY_ASKED)
                .ifPresent(at -> facts.put(
                        "customer.surveyedDaysAgo", Duration.between(at, asOf).toDays()));
        long untrue = cases.foundUntrueSince(customer.id(), yearAgo);
        facts.put("customer.abuseScore", Math.min(100, untrue * number(scores, "untrueClaim")));
    }

    private static void value(Document facts, CustomerValue value, String currency, OffsetDateTime asOf) {
        // All money of one document is in the currency of the failure; another currency would be refused.
        if (value.lifetime().currency().equals(currency)) {
            facts.put("customer.lifetimeValue", DecisionDocument.money(value.lifetime()));
        }
        facts.put("customer.lifetimeValuePercentile", (long) value.percentile());
        facts.put("customer.tenureDays", value.tenureDays(asOf));
        facts.put("customer.purchases", (long) value.purchases());
        facts.put("customer.lastPurchaseAt", value.lastOn() + "T00:00:00Z");
    }

    private static void conversation(Document facts, RecoveryCase recovery) {
        facts.put("conversation.channel", recovery.channel());
        facts.put("conversation.contacts", (long) recovery.contacts());
        facts.put("conversation.handovers", (long) recovery.handovers());
        facts.put("conversation.channelHops", (long) recovery.channelHops());
        facts.put("conversation.lastAgentAvailable", recovery.owner() != null);
    }

    private void progress(Document facts, RecoveryCase recovery, OffsetDateTime asOf) {
        facts.put("recovery.granted", granted(recovery.id()));
        facts.put("recovery.promisesKept", (long) promises.count(recovery.id(), Promise.State.KEPT));
        facts.put("recovery.promisesBroken", (long) promises.count(recovery.id(), Promise.State.MISSED));
    }

    private List<Map<String, Object>> granted(CaseId caseId) {
        List<Map<String, Object>> granted = new ArrayList<>();
        for (Effect effect : merges.together(caseId, effects::ofCase, Comparator.comparing(Effect::createdAt))) {
            if (effect.granted()) {
                Map<String, Object> entry = new LinkedHashMap<>();
                entry.put("remedy", effect.remedy());
                entry.put("moment", effect.moment());
                Money money = effect.money();
                if (money != null) {
                    entry.put("amount", DecisionDocument.money(money));
                }
                granted.add(entry);
            }
        }
        return granted;
    }

    private Stream<String> grantedSince(CaseId caseId, OffsetDateTime since) {
        return effects.ofCase(caseId).stream()
                .filter(effect -> effect.granted() && !effect.createdAt().isBefore(since))
                .map(Effect::remedy);
    }

    private static long number(Map<String, Object> scores, String name) {
        return new BigDecimal(String.valueOf(scores.get(name))).longValueExact();
    }

    private static @Nullable String text(@Nullable OffsetDateTime at) {
        return at == null ? null : at.toString();
    }

    /** Nested maps that are filled by path. */
    private static final class Document {

        final Map<String, Object> root = new LinkedHashMap<>();

        @SuppressWarnings("unchecked")
        void putAll(Map<String, Object> groups) {
            groups.forEach((group, fields) ->
                    ((Map<String, Object>) fields).forEach((field, value) -> put(group + "." + field, value)));
        }

        @SuppressWarnings("unchecked")
        void put(String path, @Nullable Object value) {
            if (value == null) {
                return;
            }
            int dot = path.indexOf('.');
            if (dot < 0) {
                root.put(path, value);
            } else {
                Map<String, Object> group = (Map<String, Object>)
                        root.computeIfAbsent(path.substring(0, dot), g -> new LinkedHashMap<String, Object>());
                group.put(path.substring(dot + 1), value);
            }
        }
    }
}
