package org.jabr.cases;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jabr.rules.Authority;
import org.jabr.rules.CaseFacts;
import org.jabr.rules.Decision;
import org.jabr.rules.Moment;
import org.jabr.rules.Money;
import org.jabr.rules.Objection;
import org.jabr.rules.Outcome;
import org.jabr.rules.Proposal;
import org.jabr.rules.RuleRef;
import org.jabr.rules.Setting;
import org.jabr.rules.Verdict;
import org.jspecify.annotations.Nullable;

/** A decision as plain nested maps: what is stored, what REST shows, and what a replay compares. */
public final class DecisionDocument {

    private DecisionDocument() {}

    /** Settings, proposals, objections and outcome, without facts and time. */
    public static Map<String, Object> resultOf(Decision decision) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put(
                "settings",
                decision.settings().stream()
                        .map(s -> entries("name", s.name(), "value", s.value(), "because", ids(s.because())))
                        .toList());
        result.put(
                "proposals",
                decision.proposals().stream()
                        .map(p -> entries(
                                "remedy", p.remedy(),
                                "amount", money(p.amount()),
                                "floor", p.floor(),
                                "floorAmount", money(p.floorAmount()),
                                "statutory", p.statutory(),
                                "percentage", p.percentage(),
                                "because", ids(p.because())))
                        .toList());
        result.put(
                "objections",
                decision.objections().stream()
                        .map(o -> entries(
                                "rule", o.rule().id(),
                                "kind", o.kind().name(),
                                "remedy", o.remedy(),
                                "cap", money(o.cap()),
                                "authority", name(o.authority()),
                                "otherPerson", o.otherPerson(),
                                "reason", o.reason()))
                        .toList());
        result.put(
                "outcome",
                decision.outcome().stream()
                        .map(o -> entries(
                                "remedy", o.remedy(),
                                "amount", money(o.amount()),
                                "verdict", o.verdict().name(),
                                "authority", name(o.authority()),
                                "because", ids(o.because())))
                        .toList());
        return result;
    }

    /** The whole decision as REST shows it. */
    public static Map<String, Object> of(Decision decision) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("moment", decision.moment().name());
        document.put("asOf", decision.asOf().toString());
        document.put("release", decision.release());
        document.put("facts", decision.facts().document());
        document.putAll(resultOf(decision));
        return document;
    }

    /** Reads back what {@link #resultOf} made. */
    static Decision read(
            String moment, OffsetDateTime asOf, String release, CaseFacts facts, Map<String, Object> result) {
        return new Decision(
                new Moment(moment),
                asOf,
                release,
                facts,
                list(result, "settings").stream()
                        .map(s -> new Setting(text(s, "name"), value(s.get("value")), refs(s)))
                        .toList(),
                list(result, "proposals").stream()
                        .map(p -> new Proposal(
                                text(p, "remedy"),
                                readMoney(p.get("amount")),
                                Boolean.TRUE.equals(p.get("floor")),
                                readMoney(p.get("floorAmount")),
                                Boolean.TRUE.equals(p.get("statutory")),
                                Boolean.TRUE.equals(p.get("percentage")),
                                refs(p)))
                        .toList(),
                list(result, "objections").stream()
                        .map(o -> new Objection(
                                new RuleRef(text(o, "rule")),
                                Objection.Kind.valueOf(text(o, "kind")),
                                text(o, "remedy"),
                                readMoney(o.get("cap")),
                                authority(o.get("authority")),
                                Boolean.TRUE.equals(o.get("otherPerson")),
                                text(o, "reason")))
                        .toList(),
                list(result, "outcome").stream()
                        .map(o -> new Outcome(
                                text(o, "remedy"),
                                readMoney(o.get("amount")),
                                Verdict.valueOf(text(o, "verdict")),
                                authority(o.get("authority")),
                                refs(o)))
                        .toList());
    }

    /** Money as REST shows it, null for none. */
    public static @Nullable Map<String, Object> money(@Nullable Money money) {
        return money == null ? null : entries("amount", money.amount().toPlainString(), "currency", money.currency());
    }

    private static Map<String, Object> entries(@Nullable Object... pairs) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(String.valueOf(pairs[i]), pairs[i + 1]);
        }
        return map;
    }

    private static List<String> ids(List<RuleRef> refs) {
        return refs.stream().map(RuleRef::id).toList();
    }

    private static @Nullable String name(@Nullable Authority authority) {
        return authority == null ? null : authority.name();
    }

    private static @Nullable Authority authority(@Nullable Object name) {
        return name == null ? null : Authority.valueOf(name.toString());
    }

    @SuppressWarnings("unchecked")
    private static @Nullable Money readMoney(@Nullable Object document) {
        if (document == null) {
            return null;
        }
        Map<String, Object> money = (Map<String, Object>) document;
        return Money.of(text(money, "amount"), text(money, "currency"));
    }

    /** A number read from JSON becomes the type that it had: whole numbers are {@code Long}. */
    private static @Nullable Object value(@Nullable Object value) {
        if (value instanceof Integer number) {
            return number.longValue();
        }
        if (value instanceof Double number) {
            return BigDecimal.valueOf(number);
        }
        return value;
    }

    private static String text(Map<String, Object> map, String name) {
        return String.valueOf(map.get(name));
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> list(Map<String, Object> map, String name) {
        return (List<Map<String, Object>>) map.getOrDefault(name, List.of());
    }

    @SuppressWarnings("unchecked")
    private static List<RuleRef> refs(Map<String, Object> map) {
        List<RuleRef> refs = new ArrayList<>();
        for (Object id : (List<Object>) map.getOrDefault("because", List.of())) {
            refs.add(new RuleRef(id.toString()));
        }
        return refs;
    }
}
