package org.jabr.rules;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The words in which a case is described to the rules: every field, its type, its values, and what a missing one
 * means. Currencies, failure types, remedies and answers come from the tables of a release.
 *
 * <p>Reading refuses a document before any table is asked: {@code FACTS-001} a mandatory field is missing,
 * {@code FACTS-002} a wrong type or value, {@code FACTS-003} an unknown currency, {@code FACTS-004} two currencies,
 * {@code FACTS-005} an unknown field. The first value of the problem is the path of the field.
 */
public final class Vocabulary {

    private static final long NO_LIMIT = Long.MAX_VALUE;
    private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,15}(\\.[0-9]{1,9})?");
    private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,3}");
    private static final String NONE = "NONE";

    private static final List<FactField> FIELDS = List.of(
            field("", "asOf", FactField.Type.INSTANT),
            field("failure", "type", FactField.Type.FAILURE_TYPE),
            field("failure", "reportedCategory", FactField.Type.TEXT),
            field("failure", "reportedSubject", FactField.Type.TEXT),
            field("failure", "currency", FactField.Type.CURRENCY),
            field("failure", "loss", FactField.Type.MONEY),
            field("failure", "occurredAt", FactField.Type.INSTANT),
            field("failure", "reportedAt", FactField.Type.INSTANT),
            code("failure", "causedBy", "UNKNOWN", "ORGANISATION", "THIRD_PARTY", "CUSTOMER", "UNKNOWN"),
            field("failure", "causeStable", FactField.Type.BOOLEAN),
            field("failure", "controllable", FactField.Type.BOOLEAN),
            code("failure", "practicalImpact", NONE, NONE, "MINOR", "MAJOR", "CRITICAL"),
            number("failure", "durationDays", NO_LIMIT),
            flag("failure", "repeated"),
            flag("failure", "silent"),
            code("failure", "regime", NONE, NONE, "GOODS", "FINANCE_US", "FINANCE_UK", "PAYMENTS_UK", "TELECOM_UK"),
            code("customer", "tier", "NEW", "NEW", "BRONZE", "SILVER", "GOLD", "PLATINUM"),
            field("customer", "lifetimeValue", FactField.Type.MONEY),
            number("customer", "lifetimeValuePercentile", 100),
            number("customer", "tenureDays", NO_LIMIT),
            number("customer", "purchases", NO_LIMIT),
            field("customer", "lastPurchaseAt", FactField.Type.INSTANT),
            field("customer", "failuresLast12Months", FactField.Type.WHOLE),
            field("customer", "openCases", FactField.Type.WHOLE),
            new FactField(
                    "customer", "goodwillLast12Months", FactField.Type.MONEY, List.of(), BigDecimal.ZERO, NO_LIMIT),
            number("customer", "doubleRemedyLast12Months", NO_LIMIT),
            field("customer", "language", FactField.Type.LANGUAGE),
            code("customer", "preferredChannel", null, "EMAIL", "PHONE", "CHAT", "LETTER", "SMS"),
            flag("customer", "vulnerable"),
            flag("customer", "loyaltyMember"),
            flag("customer", "neverComplains"),
            number("customer", "abuseScore", 100),
            code("customer", "lastSurprise", NONE, NONE, "GIFT", "CARD", "UPGRADE"),
            field("customer", "surveyedDaysAgo", FactField.Type.WHOLE),
            code(
                    "conversation",
                    "channel",
                    null,
                    "WEB",
                    "EMAIL",
                    "PHONE",
                    "CHAT",
                    "SOCIAL",
                    "IN_PERSON",
                    "LETTER",
                    "REFERRAL",
                    "SMS"),
            new FactField("conversation", "contacts", FactField.Type.WHOLE, List.of(), BigDecimal.ONE, NO_LIMIT),
            field("conversation", "handovers", FactField.Type.WHOLE),
            field("conversation", "channelHops", FactField.Type.WHOLE),
            code("conversation", "emotion", "CALM", "CALM", "ANNOYED", "ANGRY", "DISTRESSED"),
            code("conversation", "conduct", "NORMAL", "NORMAL", "DIFFICULT", "ABUSIVE"),
            code(
                    "conversation",
                    "desiredOutcome",
                    NONE,
                    NONE,
                    "REFUND",
                    "REPLACEMENT",
                    "CORRECTION",
                    "APOLOGY",
                    "EXPLANATION",
                    "OTHER"),
            code("conversation", "escalationThreat", NONE, NONE, "LEAVE", "PUBLIC", "LEGAL", "REGULATOR"),
            flag("conversation", "askedForPerson"),
            flag("conversation", "lastAgentAvailable"),
            field("recovery", "granted", FactField.Type.GRANTED),
            field("recovery", "chosen", FactField.Type.CHOSEN),
            number("recovery", "promisesKept", NO_LIMIT),
            number("recovery", "promisesBroken", NO_LIMIT),
            new FactField("recovery", "severity", FactField.Type.WHOLE, List.of(), null, 5),
            number("recovery", "effortScore", 100),
            number("recovery", "daysOpen", NO_LIMIT),
            flag("recovery", "reopened"),
            flag("recovery", "openEscalation"),
            code("means", "decider", "RULES", "RULES", "AGENT", "SUPERVISOR", "MANAGER"),
            flag("means", "deciderRelated"),
            field("means", "agentAllowanceRemaining", FactField.Type.MONEY),
            field("means", "teamBudgetRemaining", FactField.Type.MONEY),
            field("means", "customerWindowRemaining", FactField.Type.MONEY),
            field("means", "itemInStock", FactField.Type.BOOLEAN),
            field("means", "giftsInStock", FactField.Type.WHOLE));

    private static final Map<String, FactField> BY_NAME = new HashMap<>();
    private static final Map<String, FactField> BY_PATH = new HashMap<>();
    private static final Set<String> GROUPS = new HashSet<>();

    static {
        for (FactField field : FIELDS) {
            BY_NAME.put(field.name(), field);
            BY_PATH.put(field.path(), field);
            if (!field.group().isEmpty()) {
                GROUPS.add(field.group());
            }
        }
    }

    private final ReleaseTerms terms;

    public Vocabulary(ReleaseTerms terms) {
        this.terms = terms;
    }

    /** Every field, in the order in which people read them. */
    public static List<FactField> fields() {
        return FIELDS;
    }

    /** The field of that name, which is also its name in tables; null where there is none. */
    public static @Nullable FactField field(String name) {
        return BY_NAME.get(name);
    }

    /**
     * Reads and checks one document.
     *
     * @throws Problem {@code FACTS-001} to {@code FACTS-005}
     */
    public FactSheet read(Map<?, ?> document) {
        OffsetDateTime asOf = instant("asOf", mandatory("asOf", document.get("asOf")));
        CurrencyTerms currency = currency(document);
        Map<String, Object> given = new HashMap<>();
        Map<String, Object> answers = new LinkedHashMap<>();
        List<Granted> granted = new ArrayList<>();
        List<Choice> chosen = new ArrayList<>();
        for (Map.Entry<?, ?> entry : document.entrySet()) {
            String group = String.valueOf(entry.getKey());
            Object value = entry.getValue();
            if (group.equals("asOf")) {
                given.put("asOf", asOf);
            } else if (group.equals("answers")) {
                answers(value, answers);
            } else if (!GROUPS.contains(group)) {
                throw problem("FACTS-005", group);
            } else if (value != null) {
                if (!(value instanceof Map<?, ?> fields)) {
                    throw problem("FACTS-002", group);
                }
                for (Map.Entry<?, ?> item : fields.entrySet()) {
                    String path = group + "." + item.getKey();
                    FactField field = BY_PATH.get(path);
                    if (field == null) {
                        throw problem("FACTS-005", path);
                    }
                    Object raw = item.getValue();
                    if (raw == null) {
                        continue;
                    }
                    switch (field.type()) {
                        case GRANTED -> granted(path, raw, currency, granted);
                        case CHOSEN -> chosen(path, raw, currency, chosen);
                        default -> given.put(field.name(), value(field, raw, currency));
                    }
                }
            }
        }
        if (!chosen.isEmpty() && "RULES".equals(given.getOrDefault("decider", "RULES"))) {
            throw problem("FACTS-002", "recovery.chosen");
        }
        return new FactSheet(asOf, currency, given, granted, chosen, answers);
    }

    private CurrencyTerms currency(Map<?, ?> document) {
        Object failure = document.get("failure");
        if (failure != null && !(failure instanceof Map<?, ?>)) {
            throw problem("FACTS-002", "failure");
        }
        Object code =
                mandatory("failure.currency", failure instanceof Map<?, ?> fields ? fields.get("currency") : null);
        return currency("failure.currency", code);
    }

    private CurrencyTerms currency(String path, @Nullable Object code) {
        if (!(code instanceof String text)) {
            throw problem("FACTS-002", path);
        }
        CurrencyTerms currency = terms.currencies().get(text);
        if (currency == null) {
            throw problem("FACTS-003", path);
        }
        return currency;
    }

    private static Object mandatory(String path, @Nullable Object value) {
        if (value == null) {
            throw problem("FACTS-001", path);
        }
        return value;
    }

    private Object value(FactField field, Object raw, CurrencyTerms currency) {
        String path = field.path();
        return switch (field.type()) {
            case INSTANT -> instant(path, raw);
            case CURRENCY -> currency.code();
            case FAILURE_TYPE -> oneOf(path, raw, terms.failureTypes());
            case TEXT -> text(path, raw);
            case LANGUAGE -> language(path, raw);
            case CODE -> oneOf(path, raw, field.values());
            case MONEY -> money(path, raw, currency).amount();
            case WHOLE -> whole(path, raw, field.name().equals("severity") ? 1 : 0, field.most());
            case BOOLEAN -> bool(path, raw);
            case GRANTED, CHOSEN -> throw new IllegalStateException(path);
        };
    }

    private void answers(@Nullable Object value, Map<String, Object> answers) {
        if (value == null) {
            return;
        }
        if (!(value instanceof Map<?, ?> fields)) {
            throw problem("FACTS-002", "answers");
        }
        fields.forEach((key, raw) -> {
            if (raw != null) {
                String name = String.valueOf(key);
                answers.put(name, answer("answers." + name, terms.answers().get(name), raw));
            }
        });
    }

    private static Object answer(String path, @Nullable AnswerField declared, Object raw) {
        if (declared == null) {
            if (raw instanceof Number number) {
                return decimal(path, number);
            }
            if (raw instanceof String || raw instanceof Boolean) {
                return raw;
            }
            throw problem("FACTS-002", path);
        }
        switch (declared.type()) {
            case "number" -> {
                if (!(raw instanceof Number given)) {
                    throw problem("FACTS-002", path);
                }
                BigDecimal number = decimal(path, given);
                BigDecimal least = declared.least();
                BigDecimal most = declared.most();
                if ((least != null && number.compareTo(least) < 0) || (most != null && number.compareTo(most) > 0)) {
                    throw problem("FACTS-002", path);
                }
                return number;
            }
            case "boolean" -> {
                return bool(path, raw);
            }
            case "date" -> {
                try {
                    return LocalDate.parse(text(path, raw));
                } catch (DateTimeParseException notADate) {
                    throw problem("FACTS-002", path);
                }
            }
            default -> {
                return declared.values().isEmpty() ? text(path, raw) : oneOf(path, raw, declared.values());
            }
        }
    }

    private void granted(String path, Object raw, CurrencyTerms currency, List<Granted> granted) {
        List<?> items = list(path, raw);
        for (int i = 0; i < items.size(); i++) {
            String at = path + "[" + i + "]";
            Map<?, ?> item = item(at, items.get(i), Set.of("remedy", "moment", "amount"));
            CatalogueEntry entry = remedy(at + ".remedy", item.get("remedy"));
            String moment = oneOf(at + ".moment", item.get("moment"), terms.moments());
            Object amount = item.get("amount");
            if (amount == null && entry.remedy().remedyClass() != Remedy.RemedyClass.CARE) {
                throw problem("FACTS-002", at + ".amount");
            }
            granted.add(new Granted(
                    entry.remedy().name(), moment, amount == null ? null : money(at + ".amount", amount, currency)));
        }
    }

    private void chosen(String path, Object raw, CurrencyTerms currency, List<Choice> chosen) {
        List<?> items = list(path, raw);
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < items.size(); i++) {
            String at = path + "[" + i + "]";
            Map<?, ?> item = item(at, items.get(i), Set.of("remedy", "amount"));
            CatalogueEntry entry = remedy(at + ".remedy", item.get("remedy"));
            if (!entry.choosable() || !seen.add(entry.remedy().name())) {
                throw problem("FACTS-002", at + ".remedy");
            }
            Object given = item.get("amount");
            Money amount = given == null ? null : money(at + ".amount", given, currency);
            boolean needed = entry.value() == CatalogueEntry.Value.AMOUNT;
            if (needed != (amount != null) || (amount != null && !amount.isPositive())) {
                throw problem("FACTS-002", at + ".amount");
            }
            chosen.add(new Choice(entry.remedy().name(), amount));
        }
    }

    private CatalogueEntry remedy(String path, @Nullable Object raw) {
        return terms.entry(text(path, raw)).orElseThrow(() -> problem("FACTS-002", path));
    }

    private static List<?> list(String path, Object raw) {
        if (raw instanceof List<?> items) {
            return items;
        }
        throw problem("FACTS-002", path);
    }

    private static Map<?, ?> item(String path, @Nullable Object raw, Set<String> known) {
        if (!(raw instanceof Map<?, ?> item)) {
            throw problem("FACTS-002", path);
        }
        for (Object key : item.keySet()) {
            if (!known.contains(String.valueOf(key))) {
                throw problem("FACTS-005", path + "." + key);
            }
        }
        return item;
    }

    private Money money(String path, Object raw, CurrencyTerms currency) {
        Map<?, ?> money = item(path, raw, Set.of("amount", "currency"));
        CurrencyTerms stated = currency(path + ".currency", money.get("currency"));
        if (!stated.code().equals(currency.code())) {
            throw problem("FACTS-004", path + ".currency");
        }
        String amount = text(path + ".amount", money.get("amount"));
        if (!AMOUNT.matcher(amount).matches()) {
            throw problem("FACTS-002", path + ".amount");
        }
        BigDecimal value = new BigDecimal(amount);
        if (value.scale() > currency.digits()) {
            throw problem("FACTS-002", path + ".amount");
        }
        return new Money(value, currency.code());
    }

    private static OffsetDateTime instant(String path, Object raw) {
        try {
            return OffsetDateTime.parse(text(path, raw));
        } catch (DateTimeParseException notATime) {
            throw problem("FACTS-002", path);
        }
    }

    private static BigDecimal whole(String path, Object raw, long least, long most) {
        if (!(raw instanceof Number number)) {
            throw problem("FACTS-002", path);
        }
        try {
            long value = decimal(path, number).longValueExact();
            if (value < least || value > most) {
                throw problem("FACTS-002", path);
            }
            return BigDecimal.valueOf(value);
        } catch (ArithmeticException notWhole) {
            throw problem("FACTS-002", path);
        }
    }

    private static BigDecimal decimal(String path, Number number) {
        if (number instanceof BigDecimal decimal) {
            return decimal;
        }
        if (number instanceof BigInteger integer) {
            return new BigDecimal(integer);
        }
        if (number instanceof Double || number instanceof Float) {
            double value = number.doubleValue();
            if (Double.isNaN(value) || Double.isInfinite(value)) {
                throw problem("FACTS-002", path);
            }
            return new BigDecimal(number.toString());
        }
        return BigDecimal.valueOf(number.longValue());
    }

    private static Boolean bool(String path, Object raw) {
        if (raw instanceof Boolean value) {
            return value;
        }
        throw problem("FACTS-002", path);
    }

    private static String language(String path, Object raw) {
        String text = text(path, raw);
        if (!LANGUAGE.matcher(text).matches()) {
            throw problem("FACTS-002", path);
        }
        return text;
    }

    private static String oneOf(String path, @Nullable Object raw, Collection<String> values) {
        String text = text(path, raw);
        if (!values.contains(text)) {
            throw problem("FACTS-002", path);
        }
        return text;
    }

    private static String text(String path, @Nullable Object raw) {
        if (raw instanceof String text) {
            return text;
        }
        throw problem("FACTS-002", path);
    }

    private static Problem problem(String code, String path) {
        return new Problem(Problem.Kind.INVALID, code, path);
    }

    private static FactField field(String group, String name, FactField.Type type) {
        return new FactField(group, name, type, List.of(), null, NO_LIMIT);
    }

    private static FactField code(String group, String name, @Nullable String missing, String... values) {
        return new FactField(group, name, FactField.Type.CODE, List.of(values), missing, NO_LIMIT);
    }

    private static FactField number(String group, String name, long most) {
        return new FactField(group, name, FactField.Type.WHOLE, List.of(), BigDecimal.ZERO, most);
    }

    private static FactField flag(String group, String name) {
        return new FactField(group, name, FactField.Type.BOOLEAN, List.of(), Boolean.FALSE, NO_LIMIT);
    }
}
