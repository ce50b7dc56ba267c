package org.jabr.rules.drools;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.jabr.rules.FactField;
import org.jabr.rules.Vocabulary;

/** Makes up documents of facts, odd corners included: values at and beside every threshold, missing facts, choices. */
final class RandomCases {

    static final Map<String, BigDecimal> FACTORS = Map.of(
            "USD", new BigDecimal("1"),
            "SAR", new BigDecimal("3.75"),
            "AED", new BigDecimal("3.67"),
            "EGP", new BigDecimal("50"),
            "EUR", new BigDecimal("0.90"),
            "JPY", new BigDecimal("150"),
            "KWD", new BigDecimal("0.31"));
    static final List<String> TYPES = List.of(
            "DELIVERED_NOT_RECEIVED",
            "LATE_DELIVERY",
            "WRONG_ITEM",
            "DAMAGED_ITEM",
            "DEFECTIVE_ITEM",
            "DIGITAL_DEFECT",
            "SERVICE_OUTAGE",
            "MISSED_APPOINTMENT",
            "BOOKING_NOT_HONOURED",
            "STAY_NOT_AS_BOOKED",
            "FUNDS_NOT_AVAILABLE",
            "BILLING_ERROR",
            "DUPLICATE_CHARGE",
            "UNEXPECTED_FEE",
            "REFUND_NOT_PAID",
            "UNAUTHORISED_TRANSACTION",
            "REWARD_NOT_CREDITED",
            "CANCELLATION_IGNORED",
            "REQUEST_MISHANDLED",
            "NO_ANSWER",
            "WRONG_INFORMATION",
            "RECORD_INCORRECT",
            "CLAIM_NOT_OWED",
            "RUDE_CONDUCT",
            "PRESSURE_OR_THREAT",
            "BROKEN_PROMISE",
            "POLICY_UNFAIR",
            "PRIVACY_INCIDENT",
            "CUSTOMER_CONDUCT",
            "OTHER");
    private static final List<String> SUBJECTS = List.of(
            "Fraud or scam",
            "privacy",
            "BILLING STATEMENT",
            "Sale of account",
            "Communication tactics",
            "Advertising and marketing",
            "Can't repay my loan",
            "Balance transfer",
            "Getting a loan",
            "Rewards",
            "Closing/Cancelling account",
            "Deposits and withdrawals",
            "late fee",
            "Transaction issue",
            "Arbitration",
            "Credit card protection / Debt protection",
            "Can't contact lender",
            "something else",
            "Customer service/Customer relations",
            "Incorrect information on credit report");
    private static final List<String> PRODUCTS =
            List.of("Money transfers", "prepaid card", "Credit reporting", "DEBT COLLECTION", "Mortgage");
    private static final int[] UNITS = {
        0, 1, 3, 5, 8, 10, 15, 16, 20, 25, 40, 50, 60, 80, 100, 120, 150, 250, 300, 400, 500, 600, 700, 2000, 2500,
        20000
    };

    private final Random random;
    private String currency = "USD";

    RandomCases(long seed) {
        this.random = new Random(seed);
    }

    /** A document of facts that may be read. */
    Map<String, Object> next() {
        currency = random.nextInt(3) == 0 ? "USD" : any(List.copyOf(FACTORS.keySet()));
        Map<String, Object> doc = new LinkedHashMap<>();
        doc.put("asOf", "2026-03-02T09:00:00+03:00");
        int density = random.nextInt(3) == 0 ? 30 : 85;
        for (FactField field : Vocabulary.fields()) {
            if (field.group().isEmpty()) {
                continue;
            }
            boolean kept = field.name().equals("currency") || random.nextInt(100) < density;
            Object value = kept ? value(field) : null;
            if (value != null) {
                group(doc, field.group()).put(field.name(), value);
            }
        }
        granted(doc);
        chosen(doc);
        return doc;
    }

    private Object value(FactField field) {
        return switch (field.type()) {
            case INSTANT -> "2026-02-28T12:00:00Z";
            case CURRENCY -> currency;
            case FAILURE_TYPE -> any(TYPES);
            case TEXT -> any(field.name().equals("reportedSubject") ? SUBJECTS : PRODUCTS);
            case LANGUAGE -> any(List.of("ar", "en", "fr"));
            case CODE -> code(field);
            case MONEY -> money(field.name().equals("loss") ? 2 : 1);
            case WHOLE -> whole(field.name());
            case BOOLEAN -> random.nextInt(field.name().equals("deciderRelated") ? 8 : 3) == 0;
            case GRANTED, CHOSEN -> null;
        };
    }

    private String code(FactField field) {
        // most cases are calm and ordinary, as outside; otherwise every case would be of severity 5
        return field.missing() != null && random.nextInt(3) == 0
                ? String.valueOf(field.missing())
                : any(field.values());
    }

    private long whole(String name) {
        return switch (name) {
            case "severity" -> 1 + random.nextInt(5);
            case "durationDays" -> any(List.of(0L, 1L, 2L, 3L, 4L, 9L, 10L, 29L, 30L, 400L));
            case "lifetimeValuePercentile" -> any(List.of(0L, 49L, 50L, 79L, 80L, 94L, 95L, 100L));
            case "tenureDays" -> any(List.of(0L, 29L, 30L, 89L, 90L, 179L, 180L, 364L, 365L));
            case "abuseScore" -> any(List.of(0L, 0L, 0L, 29L, 30L, 59L, 60L, 100L));
            case "effortScore" -> any(List.of(0L, 39L, 40L, 69L, 70L, 100L));
            case "surveyedDaysAgo" -> any(List.of(0L, 29L, 30L, 31L));
            case "doubleRemedyLast12Months" -> any(List.of(0L, 0L, 1L, 2L));
            default -> random.nextInt(5);
        };
    }

    /** An amount at, just below or just above a threshold, or anything. */
    private Map<String, Object> money(int least) {
        BigDecimal factor = FACTORS.get(currency);
        int digits = digits();
        BigDecimal step = BigDecimal.ONE.movePointLeft(digits);
        BigDecimal amount = factor.multiply(BigDecimal.valueOf(UNITS[random.nextInt(UNITS.length)]))
                .setScale(digits, RoundingMode.FLOOR);
        int where = random.nextInt(4);
        if (where == 1) {
            amount = amount.add(step);
        } else if (where == 2 && amount.signum() > 0) {
            amount = amount.subtract(step);
        } else if (where == 3 && random.nextInt(3) == 0) {
            amount = step.multiply(BigDecimal.valueOf(random.nextInt(40000)));
        } else if (where == 3 && random.nextInt(least * 3) == 0) {
            amount = step.multiply(BigDecimal.valueOf(random.nextInt(12)));
        }
        return money(amount);
    }

    private Map<String, Object> money(BigDecimal amount) {
        return Map.of("amount", amount.toPlainString(), "currency", currency);
    }

    private int digits() {
        return currency.equals("JPY") ? 0 : currency.equals("KWD") ? 3 : 2;
    }

    private void granted(Map<String, Object> doc) {
        if (random.nextInt(3) > 0) {
            return;
        }
        List<Object> items = new ArrayList<>();
        for (int i = random.nextInt(5); i >= 0; i--) {
            String remedy = any(List.of(
                    "REFUND",
                    "REFUND",
                    "CREDIT",
                    "REPLACEMENT",
                    "STATUTORY_CREDIT",
                    "GIFT",
                    "UPGRADE",
                    "CARD",
                    "APOLOGY",
                    "EXPLANATION",
                    "NAMED_CONTACT",
                    "APPEAL_NOTICE",
                    "CORRECTION",
                    "STATUS_UPDATE"));
            Map<String, Object> item = new LinkedHashMap<>();
            item.put("remedy", remedy);
            item.put("moment", any(List.of("resolve", "resolve", "exceed")));
            boolean value = List.of("REFUND", "CREDIT", "REPLACEMENT", "STATUTORY_CREDIT", "GIFT", "UPGRADE")
                    .contains(remedy);
            item.put("amount", value ? money(1) : null);
            items.add(item);
        }
        group(doc, "recovery").put("granted", items);
    }

    private void chosen(Map<String, Object> doc) {
        if (random.nextInt(3) > 0) {
            return;
        }
        Map<String, Object> items = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            String remedy = any(List.of(
                    "REFUND",
                    "REFUND",
                    "REPLACEMENT",
                    "CREDIT",
                    "GIFT",
                    "UPGRADE",
                    "CARD",
                    "APOLOGY",
                    "EXPLANATION",
                    "STATUS_UPDATE",
                    "BOUNDARIES",
                    "CALL_BACK",
                    "APPEAL_NOTICE",
                    "NAMED_CONTACT",
                    "CORRECTION"));
            Map<String, Object> item = new LinkedHashMap<>();
            item.put("remedy", remedy);
            if (List.of("REFUND", "CREDIT", "GIFT", "UPGRADE").contains(remedy)) {
                Map<String, Object> amount = money(1);
                if (new BigDecimal((String) amount.get("amount")).signum() == 0) {
                    amount = money(BigDecimal.ONE.movePointLeft(digits()));
                }
                if (random.nextInt(4) == 0
                        && group(doc, "failure").get("loss") instanceof Map<?, ?> loss
                        && !String.valueOf(loss.get("amount")).matches("[0.]+")) {
                    amount = money(new BigDecimal((String) loss.get("amount")));
                }
                item.put("amount", amount);
            }
            items.put(remedy, item);
        }
        group(doc, "recovery").put("chosen", new ArrayList<>(items.values()));
        group(doc, "means").put("decider", any(List.of("AGENT", "SUPERVISOR", "MANAGER")));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> group(Map<String, Object> doc, String name) {
        return (Map<String, Object>)
                doc.computeIfAbsent(name.toLowerCase(Locale.ROOT), missing -> new LinkedHashMap<>());
    }

    private <T> T any(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
