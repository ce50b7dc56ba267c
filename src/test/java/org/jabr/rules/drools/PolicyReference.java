package org.jabr.rules.drools;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The policy of the default release once more, in plain Java and written from its specification alone: a second opinion
 * that shares nothing with the tables, the guardrails or the combination.
 */
final class PolicyReference {

    private static final List<String> CATALOGUE = List.of(
            "REFUND",
            "REPLACEMENT",
            "STATUTORY_CREDIT",
            "CREDIT",
            "GIFT",
            "UPGRADE",
            "CARD",
            "CORRECTION",
            "APOLOGY",
            "EXPLANATION",
            "STATUS_UPDATE",
            "NAMED_CONTACT",
            "CALL_BACK",
            "BOUNDARIES",
            "APPEAL_NOTICE");
    private static final List<String> RESTITUTION = CATALOGUE.subList(0, 3);
    private static final List<String> GOODWILL = CATALOGUE.subList(3, 6);
    private static final List<String> RANKS = List.of("RULES", "AGENT", "SUPERVISOR", "MANAGER");

    // type -> row, category, kind, match, points
    private static final Map<String, String> TYPES = new HashMap<>();

    static {
        for (String row : List.of(
                "delivered-not-received CORE_DELIVERY OUTCOME GOODS 4",
                "late-delivery CORE_DELIVERY OUTCOME PART 2",
                "wrong-item CORE_DELIVERY OUTCOME GOODS 3",
                "damaged-item PRODUCT OUTCOME GOODS 3",
                "defective-item PRODUCT OUTCOME GOODS 3",
                "digital-defect PRODUCT OUTCOME PART 2",
                "service-outage CORE_DELIVERY OUTCOME PART 3",
                "missed-appointment CORE_DELIVERY OUTCOME PART 3",
                "booking-not-honoured CORE_DELIVERY OUTCOME MONEY 4",
                "stay-not-as-booked CORE_DELIVERY OUTCOME PART 2",
                "funds-not-available CORE_DELIVERY OUTCOME MONEY 4",
                "billing-error CORE_DELIVERY OUTCOME MONEY 3",
                "duplicate-charge CORE_DELIVERY OUTCOME MONEY 3",
                "unexpected-fee POLICY OUTCOME MONEY 2",
                "refund-not-paid REQUEST OUTCOME MONEY 3",
                "unauthorised-transaction CORE_DELIVERY OUTCOME MONEY 5",
                "reward-not-credited REQUEST OUTCOME MONEY 1",
                "cancellation-ignored REQUEST PROCESS FIX 2",
                "request-mishandled REQUEST PROCESS CARE 2",
                "no-answer REQUEST PROCESS CARE 2",
                "wrong-information REQUEST PROCESS FIX 2",
                "record-incorrect CORE_DELIVERY OUTCOME FIX 3",
                "claim-not-owed CORE_DELIVERY OUTCOME FIX 4",
                "rude-conduct EMPLOYEE PROCESS CARE 3",
                "pressure-or-threat EMPLOYEE PROCESS CARE 4",
                "broken-promise EMPLOYEE PROCESS CARE 3",
                "policy-unfair POLICY PROCESS CARE 1",
                "privacy-incident POLICY OUTCOME FIX 5",
                "customer-conduct PROBLEM_CUSTOMER PROCESS BOUNDARY 1",
                "other REQUEST PROCESS CARE 1")) {
            TYPES.put(row.split(" ")[0].toUpperCase().replace('-', '_'), row);
        }
    }

    // row | subjects or category | type | impact
    private static final List<String[]> MAPPING = List.of(
            map(
                    "map-fraud",
                    "UNAUTHORISED_TRANSACTION",
                    "MAJOR",
                    "Identity theft / Fraud / Embezzlement",
                    "Fraud or scam",
                    "Unauthorized transactions/trans. issues",
                    "Received a loan I didn't apply for",
                    "Unsolicited issuance of credit card"),
            map(
                    "map-privacy",
                    "PRIVACY_INCIDENT",
                    "MINOR",
                    "Improper use of my credit report",
                    "Improper contact or sharing of info",
                    "Privacy"),
            map("map-record", "RECORD_INCORRECT", "MINOR", "Incorrect information on credit report"),
            map(
                    "map-investigation",
                    "WRONG_INFORMATION",
                    "",
                    "Credit reporting company's investigation",
                    "Disclosure verification of debt",
                    "Disclosures",
                    "Unable to get credit report/credit score",
                    "Billing statement"),
            map("map-not-owed", "CLAIM_NOT_OWED", "MINOR", "Cont'd attempts collect debt not owed", "Sale of account"),
            map(
                    "map-threat",
                    "PRESSURE_OR_THREAT",
                    "MAJOR",
                    "Taking/threatening an illegal action",
                    "Communication tactics"),
            map(
                    "map-false-statement",
                    "WRONG_INFORMATION",
                    "",
                    "False statements or representation",
                    "Advertising and marketing"),
            map(
                    "map-hardship",
                    "REQUEST_MISHANDLED",
                    "MAJOR",
                    "Loan modification,collection,foreclosure",
                    "Problems when you are unable to pay",
                    "Can't repay my loan",
                    "Bankruptcy",
                    "Delinquent account"),
            map(
                    "map-servicing",
                    "BILLING_ERROR",
                    "",
                    "Loan servicing, payments, escrow account",
                    "Managing the loan or lease",
                    "Managing the line of credit",
                    "Payment to acct not credited",
                    "Payoff process",
                    "Balance transfer"),
            map(
                    "map-application",
                    "REQUEST_MISHANDLED",
                    "",
                    "Application, originator, mortgage broker",
                    "Credit decision / Underwriting",
                    "Settlement process and costs",
                    "Taking out the loan or lease",
                    "Shopping for a loan or lease",
                    "Shopping for a line of credit",
                    "Getting a loan",
                    "Credit determination",
                    "Application processing delay",
                    "Credit line increase/decrease"),
            map(
                    "map-account-closing",
                    "CANCELLATION_IGNORED",
                    "",
                    "Account opening, closing, or management",
                    "Managing, opening, or closing account",
                    "Closing/Cancelling account"),
            map(
                    "map-funds",
                    "FUNDS_NOT_AVAILABLE",
                    "MINOR",
                    "Deposits and withdrawals",
                    "Making/receiving payments, sending money",
                    "Money was not available when promised",
                    "Using a debit or ATM card",
                    "Applied for loan/did not receive money"),
            map(
                    "map-low-funds-fee",
                    "UNEXPECTED_FEE",
                    "",
                    "Problems caused by my funds being low",
                    "Late fee",
                    "Other fee",
                    "Balance transfer fee",
                    "Charged fees or interest I didn't expect",
                    "APR or interest rate"),
            map(
                    "map-billing",
                    "BILLING_ERROR",
                    "",
                    "Billing disputes",
                    "Transaction issue",
                    "Can't stop charges to bank account"),
            map(
                    "map-protection",
                    "DIGITAL_DEFECT",
                    "",
                    "Credit monitoring or identity protection",
                    "Credit card protection / Debt protection"),
            map("map-rewards", "REWARD_NOT_CREDITED", "", "Rewards"),
            map("map-contact", "NO_ANSWER", "", "Can't contact lender", "Dealing with my lender or servicer"),
            map(
                    "map-service",
                    "RUDE_CONDUCT",
                    "",
                    "Customer service / Customer relations",
                    "Customer service/Customer relations"),
            map("map-terms", "POLICY_UNFAIR", "", "Account terms and changes", "Arbitration"),
            map("map-money-transfers", "FUNDS_NOT_AVAILABLE", "", "@Money transfers", "@Prepaid card"),
            map("map-credit-reporting", "RECORD_INCORRECT", "", "@Credit reporting"),
            map("map-debt-collection", "CLAIM_NOT_OWED", "", "@Debt collection"));

    private final Map<String, Object> doc;
    private final String moment;
    private final BigDecimal factor;
    private final int digits;
    private final BigDecimal loss;
    private final BigDecimal lossPU;

    private String type;
    private final String typeBecause;
    private String impact;
    private String impactBecause;
    private final String category;
    private final String kind;
    private final String match;
    private final boolean doubleDeviation;
    private final int severity;
    private final List<String> severityBecause = new ArrayList<>();
    private final String tier;
    private final boolean priority;

    PolicyReference(String moment, Map<String, Object> doc) {
        this.moment = moment;
        this.doc = doc;
        String currency = text("failure.currency", "");
        factor = new BigDecimal(Map.of(
                        "USD", "1", "SAR", "3.75", "AED", "3.67", "EGP", "50", "EUR", "0.90", "JPY", "150", "KWD",
                        "0.31")
                .get(currency));
        digits = currency.equals("JPY") ? 0 : currency.equals("KWD") ? 3 : 2;
        loss = money("failure.loss");
        lossPU = loss == null ? null : loss.divide(factor, 30, RoundingMode.HALF_EVEN);
        type = text("failure.type", null);
        String givenImpact = text("failure.practicalImpact", null);
        if (type != null) {
            typeBecause = "type-given";
            impact = givenImpact == null ? "NONE" : givenImpact;
            impactBecause = givenImpact == null ? "impact-none" : "impact-given";
        } else {
            String[] row = mapped();
            type = row[1];
            typeBecause = row[0];
            if (givenImpact != null) {
                impact = givenImpact;
                impactBecause = "impact-given";
            } else if (row[2].isEmpty()) {
                impact = "NONE";
                impactBecause = "impact-none";
            } else {
                impact = row[2];
                impactBecause = row[0];
            }
        }
        String[] failure = TYPES.get(type).split(" ");
        category = failure[1];
        kind = failure[2];
        match = failure[3];
        doubleDeviation =
                flag("failure.repeated") || whole("recovery.promisesBroken", 0) >= 1 || flag("recovery.reopened");
        int computed = computedSeverity(failure);
        boolean intake = moment.equals("intake");
        severity = intake ? computed : (int) whole("recovery.severity", computed);
        tier = intake ? computedTier() : text("customer.tier", "NEW");
        priority = loyal() || flag("customer.vulnerable");
    }

    private static String[] map(String row, String type, String impact, String... subjects) {
        List<String> all = new ArrayList<>(List.of(row, type, impact));
        all.addAll(Arrays.asList(subjects));
        return all.toArray(String[]::new);
    }

    private String[] mapped() {
        String subject = text("failure.reportedSubject", null);
        String product = text("failure.reportedCategory", null);
        for (String[] row : MAPPING) {
            for (int i = 3; i < row.length; i++) {
                boolean byProduct = row[i].startsWith("@");
                String reported = byProduct ? product : subject;
                if (reported != null && reported.equalsIgnoreCase(byProduct ? row[i].substring(1) : row[i])) {
                    return row;
                }
            }
        }
        return new String[] {"map-default", "OTHER", ""};
    }

    private int computedSeverity(String[] failure) {
        int points = Integer.parseInt(failure[4]);
        severityBecause.add(failure[0]);
        if (loss == null) {
            severityBecause.add("loss-not-known");
        } else if (below(loss, 25)) {
            severityBecause.add("loss-small");
        } else if (below(loss, 100)) {
            points += point("loss-noticeable", 1);
        } else if (below(loss, 500)) {
            points += point("loss-high", 2);
        } else if (below(loss, 2000)) {
            points += point("loss-very-high", 3);
        } else {
            points += point("loss-extreme", 4);
        }
        points += switch (impact) {
            case "MINOR" -> point("impact-minor", 1);
            case "MAJOR" -> point("impact-major", 3);
            case "CRITICAL" -> point("impact-critical", 5);
            default -> 0;
        };
        points += switch (text("conversation.emotion", "CALM")) {
            case "ANNOYED" -> point("emotion-annoyed", 1);
            case "ANGRY" -> point("emotion-angry", 2);
            case "DISTRESSED" -> point("emotion-distressed", 3);
            default -> 0;
        };
        long days = whole("failure.durationDays", 0);
        if (days >= 30) {
            points += point("lasting-month", 3);
        } else if (days >= 10) {
            points += point("lasting-weeks", 2);
        } else if (days >= 3) {
            points += point("lasting-days", 1);
        }
        if (flag("customer.vulnerable")) {
            points += point("vulnerable-customer", 2);
        }
        int level = points < 3 ? 1 : points < 6 ? 2 : points < 9 ? 3 : points < 12 ? 4 : 5;
        severityBecause.add("level-" + level);
        if (doubleDeviation && level < 5) {
            severityBecause.add("double-deviation");
            return level + 1;
        }
        return level;
    }

    private int point(String row, int points) {
        severityBecause.add(row);
        return points;
    }

    private String computedTier() {
        long percentile = whole("customer.lifetimeValuePercentile", 0);
        long tenure = whole("customer.tenureDays", 0);
        long purchases = whole("customer.purchases", 0);
        if (percentile >= 95 && tenure >= 365 && purchases >= 2) return "PLATINUM";
        if (percentile >= 80 && tenure >= 180 && purchases >= 2) return "GOLD";
        if (percentile >= 50 && tenure >= 90 && purchases >= 2) return "SILVER";
        if (tenure >= 30 && purchases >= 1) return "BRONZE";
        return "NEW";
    }

    /** Every setting as {@code name -> value [because]}. */
    Map<String, String> settings() {
        Map<String, String> s = new TreeMap<>();
        switch (moment) {
            case "intake" -> {
                set(s, "process", "service-recovery", "process-default");
                set(s, "type", type, typeBecause);
                set(s, "practicalImpact", impact, impactBecause);
                String row = TYPES.get(type).split(" ")[0];
                set(s, "category", category, row);
                set(s, "kind", kind, row);
                set(s, "match", match, row);
                set(s, "severity", severity, severityBecause.toArray(String[]::new));
                set(s, "tier", tier, "tier-" + tier.toLowerCase());
            }
            case "acknowledge" -> acknowledge(s);
            case "follow-up" -> followUp(s);
            case "route" -> route(s);
            case "service-level" -> serviceLevel(s);
            default -> {}
        }
        return s;
    }

    private void acknowledge(Map<String, String> s) {
        String emotion = text("conversation.emotion", "CALM");
        boolean threat = !text("conversation.escalationThreat", "NONE").equals("NONE");
        String mode = flag("conversation.askedForPerson")
                ? "person-asked-for"
                : flag("customer.vulnerable")
                        ? "person-vulnerable"
                        : severity >= 4
                                ? "person-severe"
                                : List.of("ANGRY", "DISTRESSED").contains(emotion)
                                        ? "person-emotional"
                                        : doubleDeviation
                                                ? "person-double-deviation"
                                                : threat
                                                        ? "person-threat"
                                                        : whole("conversation.contacts", 1) >= 3
                                                                ? "person-third-contact"
                                                                : List.of(
                                                                                        "PRIVACY_INCIDENT",
                                                                                        "UNAUTHORISED_TRANSACTION",
                                                                                        "PRESSURE_OR_THREAT",
                                                                                        "RUDE_CONDUCT")
                                                                                .contains(type)
                                                                        ? "person-delicate"
                                                                        : severity >= 3 && loyal()
                                                                                ? "person-high-value"
                                                                                : "automatic-routine";
        set(s, "mode", mode.equals("automatic-routine") ? "AUTOMATIC" : "PERSON", mode);
        String row = "within-" + severity + (priority ? "-priority" : "");
        int[] minutes = priority ? new int[] {240, 120, 30, 15, 5} : new int[] {480, 240, 60, 30, 15};
        set(s, "receiptMinutes", 5, row);
        set(s, "personWithinMinutes", minutes[severity - 1], row);
        if (difficult()) {
            set(s, "tone", "CALM_FIRM", "tone-boundaries");
        } else if (doubleDeviation) {
            set(s, "tone", "HUMBLE", "tone-double-deviation");
        } else if (flag("customer.vulnerable")) {
            set(s, "tone", "GENTLE", "tone-vulnerable");
        } else if (emotion.equals("DISTRESSED")) {
            set(s, "tone", "GENTLE", "tone-distressed");
        } else if (emotion.equals("ANGRY")) {
            set(s, "tone", "SERIOUS", "tone-angry");
        } else if (severity >= 4) {
            set(s, "tone", "SERIOUS", "tone-severe");
        } else if (loyal()) {
            set(s, "tone", "WARM_PERSONAL", "tone-known-customer");
        } else {
            set(s, "tone", "WARM", "tone-warm");
        }
        channel(s);
    }

    private void channel(Map<String, String> s) {
        String preferred = text("customer.preferredChannel", null);
        String channel = text("conversation.channel", null);
        if (preferred != null) {
            set(s, "channel", preferred, "channel-preferred");
        } else if (channel != null
                && List.of("EMAIL", "PHONE", "CHAT", "LETTER", "SMS").contains(channel)) {
            set(s, "channel", channel, "channel-same");
        } else if ("SOCIAL".equals(channel)) {
            set(s, "channel", "EMAIL", "channel-private");
        } else {
            set(s, "channel", "EMAIL", "channel-default");
        }
    }

    private void followUp(Map<String, String> s) {
        boolean escalation = flag("recovery.openEscalation");
        boolean reopened = flag("recovery.reopened");
        if (reopened) {
            follow(s, 1, "EXECUTIVE", "follow-reopened");
        } else if (escalation) {
            follow(s, 1, "SUPERVISOR", "follow-escalated");
        } else if (severity == 5) {
            follow(s, 1, "SUPERVISOR", "follow-severity-5");
        } else if (severity == 4) {
            follow(s, 2, "SAME_AGENT", "follow-severity-4");
        } else if (severity == 3) {
            follow(s, 3, "SAME_AGENT", "follow-severity-3");
        } else if (severity == 2 && loyal()) {
            follow(s, 5, "SAME_AGENT", "follow-severity-2-loyal");
        } else if (severity == 2) {
            follow(s, 7, "AUTOMATIC", "follow-severity-2");
        } else {
            follow(s, 10, "AUTOMATIC", "follow-severity-1");
        }
        channel(s);
        if (escalation) {
            set(s, "survey", "NONE", "survey-none-escalated");
        } else if (whole("customer.surveyedDaysAgo", 1000) < 30) {
            set(s, "survey", "NONE", "survey-none-recent");
        } else if (reopened) {
            set(s, "survey", "CSAT", "survey-csat-reopened");
        } else if (severity >= 3) {
            set(s, "survey", "CSAT", "survey-csat-severe");
        } else if (loyal()) {
            set(s, "survey", "NPS", "survey-nps-loyal");
        } else {
            set(s, "survey", "CES", "survey-ces-routine");
        }
    }

    private void follow(Map<String, String> s, int days, String who, String row) {
        set(s, "afterDays", days, row);
        set(s, "who", who, row);
    }

    private void route(Map<String, String> s) {
        String threat = text("conversation.escalationThreat", "NONE");
        if (flag("recovery.reopened")) {
            set(s, "queue", "EXECUTIVE", "queue-executive");
        } else if (threat.equals("REGULATOR") || threat.equals("LEGAL")) {
            set(s, "queue", "COMPLAINTS", "queue-regulator");
        } else if (flag("customer.vulnerable")) {
            set(s, "queue", "SAFEGUARDING", "queue-safeguarding");
        } else if (type.equals("PRIVACY_INCIDENT")) {
            set(s, "queue", "PRIVACY", "queue-privacy");
        } else if (List.of(
                        "BILLING_ERROR",
                        "DUPLICATE_CHARGE",
                        "UNEXPECTED_FEE",
                        "REFUND_NOT_PAID",
                        "UNAUTHORISED_TRANSACTION",
                        "FUNDS_NOT_AVAILABLE",
                        "CLAIM_NOT_OWED",
                        "REWARD_NOT_CREDITED")
                .contains(type)) {
            set(s, "queue", "PAYMENTS", "queue-payments");
        } else if (List.of("DELIVERED_NOT_RECEIVED", "LATE_DELIVERY", "WRONG_ITEM", "DAMAGED_ITEM")
                .contains(type)) {
            set(s, "queue", "DELIVERY", "queue-delivery");
        } else if (List.of(
                        "SERVICE_OUTAGE",
                        "MISSED_APPOINTMENT",
                        "DIGITAL_DEFECT",
                        "DEFECTIVE_ITEM",
                        "BOOKING_NOT_HONOURED",
                        "STAY_NOT_AS_BOOKED")
                .contains(type)) {
            set(s, "queue", "SERVICE", "queue-service");
        } else if (List.of("EMPLOYEE", "PROBLEM_CUSTOMER").contains(category)) {
            set(s, "queue", "CONDUCT", "queue-conduct");
        } else {
            set(s, "queue", "GENERAL", "queue-general");
        }
        if (severity >= 4) {
            set(s, "skill", "SENIOR", "skill-senior-severe");
        } else if (difficult()) {
            set(s, "skill", "DE_ESCALATION", "skill-deescalation");
        } else if (List.of("ANGRY", "DISTRESSED").contains(text("conversation.emotion", "CALM"))) {
            set(s, "skill", "EMPATHY", "skill-empathy");
        } else if (loyal()) {
            set(s, "skill", "SENIOR", "skill-senior-value");
        } else {
            set(s, "skill", "STANDARD", "skill-standard");
        }
        String language = text("customer.language", null);
        if (language == null) {
            set(s, "language", "en", "language-unknown");
        } else {
            switch (language) {
                case "ar" -> set(s, "language", "ar", "language-arabic");
                case "en" -> set(s, "language", "en", "language-english");
                default -> set(s, "language", "en", "language-other");
            }
        }
        if (flag("recovery.reopened")) {
            set(s, "owner", "ANOTHER_AGENT", "owner-new-after-reopen");
        } else if (flag("conversation.lastAgentAvailable")) {
            set(s, "owner", "SAME_AGENT", "owner-same");
        } else {
            set(s, "owner", "ANY", "owner-any");
        }
    }

    private void serviceLevel(Map<String, String> s) {
        int[] minutes = {2400, 1440, 960, 480, 240};
        set(s, "resolveMinutes", minutes[severity - 1], "resolve-" + severity);
        set(s, "calendar", severity >= 4 ? "ALWAYS" : "BUSINESS", "resolve-" + severity);
        switch (text("failure.regime", "NONE")) {
            case "FINANCE_US" -> clock(s, "clock-finance-us", 15, "CALENDAR", 60, "CALENDAR");
            case "FINANCE_UK" -> clock(s, "clock-finance-uk", 3, "BUSINESS", 56, "CALENDAR");
            case "PAYMENTS_UK" -> clock(s, "clock-payments-uk", 15, "BUSINESS", 35, "BUSINESS");
            default -> clock(s, "clock-none", null, null, null, null);
        }
        int boost = 0;
        List<String> rows = new ArrayList<>();
        if (severity > 1) {
            boost += new int[] {0, 30, 60, 120, 240}[severity - 1];
            rows.add("boost-severity-" + severity);
        }
        if (!tier.equals("NEW")) {
            boost += Map.of("BRONZE", 15, "SILVER", 30, "GOLD", 60, "PLATINUM", 120)
                    .get(tier);
            rows.add("boost-" + tier.toLowerCase());
        }
        long broken = whole("recovery.promisesBroken", 0);
        if (broken == 1) {
            boost += 120;
            rows.add("boost-promise-broken");
        } else if (broken >= 2) {
            boost += 240;
            rows.add("boost-promises-broken");
        }
        long effort = whole("recovery.effortScore", 0);
        if (effort >= 70) {
            boost += 120;
            rows.add("boost-high-effort");
        } else if (effort >= 40) {
            boost += 60;
            rows.add("boost-effort");
        }
        if (flag("customer.vulnerable")) {
            boost += 240;
            rows.add("boost-vulnerable");
        }
        if (!text("conversation.escalationThreat", "NONE").equals("NONE")) {
            boost += 120;
            rows.add("boost-threat");
        }
        if (flag("recovery.reopened")) {
            boost += 480;
            rows.add("boost-reopened");
        }
        set(s, "boostMinutes", Math.min(1440, boost), rows.toArray(String[]::new));
    }

    private void clock(Map<String, String> s, String row, Integer days, String unit, Integer last, String lastUnit) {
        set(s, "responseDays", days, row);
        set(s, "responseUnit", unit, row);
        set(s, "finalDays", last, row);
        set(s, "finalUnit", lastUnit, row);
    }

    private static void set(Map<String, String> s, String name, Object value, String... because) {
        s.put(name, value + " " + Arrays.toString(because));
    }

    // ---------------------------------------------------------------- remedies

    private static final class P {
        final String remedy;
        BigDecimal amount;
        BigDecimal floorAmount;
        boolean floor;
        boolean statutory;
        boolean percentage;
        boolean unknown;
        final List<String> because = new ArrayList<>();
        final List<String> guards = new ArrayList<>();
        final List<BigDecimal> caps = new ArrayList<>();
        boolean refused;
        String open = "RULES"; // highest unsatisfied
        String named = "RULES"; // highest named at all
        boolean asks;
        BigDecimal effective;
        List<String> authorityRows = List.of();

        P(String remedy) {
            this.remedy = remedy;
        }
    }

    private final Map<String, P> proposals = new LinkedHashMap<>();
    private boolean reasonOnly;

    private void row(String id, String remedy, BigDecimal amount, boolean percent, String marks) {
        if (remedy.equals("NONE")) {
            reasonOnly = true;
            return;
        }
        if (amount != null && amount.signum() == 0 && !remedy.equals("REPLACEMENT")) {
            return;
        }
        P p = proposals.computeIfAbsent(remedy, P::new);
        p.because.add(id);
        p.floor |= marks.contains("F");
        p.statutory |= marks.contains("S");
        if (percent) {
            p.percentage = true;
            p.unknown |= amount == null;
        }
        if (amount != null) {
            p.amount = p.amount == null ? amount : p.amount.max(amount);
            if (marks.contains("F")) {
                p.floorAmount = p.floorAmount == null ? amount : p.floorAmount.max(amount);
            }
        }
    }

    private void percent(String id, String remedy, int percent, String marks) {
        row(
                id,
                remedy,
                loss == null
                        ? null
                        : round(loss.multiply(new BigDecimal(percent)).divide(new BigDecimal(100))),
                true,
                marks);
    }

    private void units(String id, String remedy, long units, String marks) {
        row(id, remedy, round(factor.multiply(new BigDecimal(units))), false, marks);
    }

    private void care(String id, String remedy, String marks) {
        row(id, remedy, null, false, marks);
    }

    private void resolve() {
        boolean boundary = match.equals("BOUNDARY");
        String wish = text("conversation.desiredOutcome", "NONE");
        boolean refundWished = wish.equals("REFUND");
        boolean stock = !Boolean.FALSE.equals(get("means.itemInStock"));
        boolean zeroLoss = loss != null && loss.signum() == 0;
        String regime = text("failure.regime", "NONE");
        boolean goods = match.equals("GOODS");
        if (!boundary) care("apology-floor", "APOLOGY", "F");
        if (!boundary && kind.equals("PROCESS")) care("explanation-process", "EXPLANATION", "F");
        if (boundary) care("explanation-boundary", "EXPLANATION", "F");
        if (match.equals("FIX")) care("correction-fix", "CORRECTION", "F");
        if (List.of("BILLING_ERROR", "DUPLICATE_CHARGE", "UNEXPECTED_FEE").contains(type))
            care("correction-bill", "CORRECTION", "F");
        if (match.equals("MONEY")) percent("refund-full", "REFUND", 100, "F");
        if (goods && !refundWished) percent("replacement-goods", "REPLACEMENT", 100, "F");
        if (goods && refundWished) percent("refund-goods-wished", "REFUND", 100, "F");
        if (goods && !refundWished && !stock) percent("refund-goods-no-stock", "REFUND", 100, "F");
        if (type.equals("DELIVERED_NOT_RECEIVED") && loyal() && !zeroLoss) {
            if (refundWished) percent("replacement-too-loyal-not-received", "REPLACEMENT", 100, "");
            else percent("refund-too-loyal-not-received", "REFUND", 100, "");
        }
        if (match.equals("PART")) {
            String size = severity <= 2 ? "low" : severity == 3 ? "mid" : "high";
            int all = severity <= 2 ? 20 : severity == 3 ? 50 : 80;
            int more = severity <= 2 ? 30 : severity == 3 ? 60 : 100;
            percent("part-refund-" + size, "REFUND", all, "F");
            if (loyal()) percent("part-refund-" + size + "-loyal", "REFUND", more, "");
        }
        if (!boundary && severity >= 3)
            units("credit-inconvenience-" + severity, "CREDIT", severity == 3 ? 5 : severity == 4 ? 15 : 30, "F");
        if (kind.equals("PROCESS") && severity >= 3) care("named-contact-process", "NAMED_CONTACT", "F");
        if (severity >= 2 && loyal()) care("named-contact-loyal", "NAMED_CONTACT", "");
        if (severity >= 4) care("call-back-severe", "CALL_BACK", "F");
        if (severity >= 2 && flag("customer.vulnerable")) care("call-back-vulnerable", "CALL_BACK", "F");
        if (whole("recovery.daysOpen", 0) >= 3) care("status-update-waiting", "STATUS_UPDATE", "");
        if (difficult()) care("boundaries-conduct", "BOUNDARIES", "");
        if (boundary) care("boundaries-type", "BOUNDARIES", "");
        if (goods && regime.equals("GOODS")) {
            if (refundWished) percent("statutory-goods-refund", "REFUND", 100, "FS");
            else if (stock) percent("statutory-goods-replacement", "REPLACEMENT", 100, "FS");
            else percent("statutory-goods-refund-no-stock", "REFUND", 100, "FS");
        }
        if (List.of("UNAUTHORISED_TRANSACTION", "DUPLICATE_CHARGE").contains(type) && regime.equals("PAYMENTS_UK"))
            percent("statutory-payment-refund", "REFUND", 100, "FS");
        if (type.equals("MISSED_APPOINTMENT") && regime.equals("TELECOM_UK"))
            units("statutory-missed-appointment", "STATUTORY_CREDIT", 40, "FS");
        long days = whole("failure.durationDays", 0);
        if (type.equals("SERVICE_OUTAGE") && regime.equals("TELECOM_UK") && days >= 3)
            units("statutory-outage-days", "STATUTORY_CREDIT", 13 * (days - 2), "FS");
        if (List.of("FINANCE_US", "FINANCE_UK", "PAYMENTS_UK").contains(regime))
            care("statutory-appeal-notice", "APPEAL_NOTICE", "FS");
    }

    private void exceed() {
        boolean some = severity >= 2;
        if (severity == 1) care("no-extra-routine", "NONE", "");
        if (some) care("card-for-all", "CARD", "");
        if (some && tier.equals("SILVER")) percent("credit-silver", "CREDIT", 5, "");
        if (some && tier.equals("GOLD")) percent("credit-gold", "CREDIT", 8, "");
        if (some && tier.equals("PLATINUM")) percent("credit-platinum", "CREDIT", 10, "");
        if (some && !tier.equals("NEW") && flag("customer.loyaltyMember"))
            percent("credit-loyalty-member", "CREDIT", 5, "");
        if (flag("failure.silent")) percent("credit-found-first", "CREDIT", 5, "");
        if (some && flag("customer.neverComplains")) percent("credit-never-complains", "CREDIT", 5, "");
        if (doubleDeviation) percent("credit-double-deviation", "CREDIT", 10, "");
        if (severity >= 3 && tier.equals("GOLD") && atLeast(50)) units("gift-gold", "GIFT", 15, "");
        if (some && tier.equals("PLATINUM") && atLeast(50)) units("gift-platinum", "GIFT", 15, "");
        if (some && !tier.equals("NEW") && List.of("CORE_DELIVERY", "PRODUCT").contains(category) && atLeast(80))
            units("upgrade-next-order", "UPGRADE", 8, "");
    }

    private boolean atLeast(int units) {
        return loss != null && !below(loss, units);
    }

    /** The outcome, one line for each remedy in catalogue order. */
    List<String> outcome() {
        proposals.clear();
        if (moment.equals("resolve")) resolve();
        else if (moment.equals("exceed")) exceed();
        else return List.of();
        proposals.values().forEach(p -> {
            if (p.unknown) p.amount = null;
        });
        Map<String, BigDecimal> chosen = new LinkedHashMap<>();
        for (Map<String, Object> c : list("recovery.chosen")) {
            chosen.put((String) c.get("remedy"), amountOf(c));
        }
        choose(chosen);
        List<P> all = new ArrayList<>();
        for (String remedy : CATALOGUE) {
            if (proposals.containsKey(remedy)) all.add(proposals.get(remedy));
        }
        for (P p : all) first(p, chosen);
        List<P> work = new ArrayList<>();
        for (P p : all) if (p.statutory) work.add(p);
        for (P p : all) if (!p.statutory && p.floor) work.add(p);
        for (P p : all) if (!p.statutory && !p.floor) work.add(p);
        BigDecimal goodwill = BigDecimal.ZERO;
        BigDecimal total = BigDecimal.ZERO;
        for (Map<String, Object> g : list("recovery.granted")) {
            if (List.of("REFUND", "REPLACEMENT", "CREDIT", "GIFT", "UPGRADE").contains(g.get("remedy"))) {
                total = total.add(amountOf(g));
            }
        }
        List<String> passed = new ArrayList<>();
        for (P p : work) {
            if (p.refused) continue;
            p.effective = p.amount;
            for (BigDecimal cap : p.caps) p.effective = p.effective.min(cap);
            boolean isGoodwill = GOODWILL.contains(p.remedy);
            // 12
            String other = p.remedy.equals("REFUND") ? "REPLACEMENT" : p.remedy.equals("REPLACEMENT") ? "REFUND" : null;
            if (other != null && !p.statutory && (passed.contains(other) || granted(other))) {
                p.guards.add("refund-and-replacement");
                if (whole("customer.doubleRemedyLast12Months", 0) >= 1 || whole("customer.abuseScore", 0) >= 30) {
                    p.refused = true;
                    continue;
                }
                ask(p, "SUPERVISOR", true);
            }
            // 13
            BigDecimal window = money("means.customerWindowRemaining");
            if (isGoodwill
                    && !p.statutory
                    && window != null
                    && goodwill.add(zero(p.effective)).compareTo(window) > 0) {
                p.guards.add("customer-window");
                BigDecimal rest = window.subtract(goodwill);
                if (p.remedy.equals("CREDIT") && !p.floor && rest.signum() > 0) p.effective = p.effective.min(rest);
                else ask(p, "SUPERVISOR", false);
            }
            BigDecimal value = zero(p.effective);
            BigDecimal goodwillNow = isGoodwill ? goodwill.add(value) : goodwill;
            BigDecimal totalNow = p.remedy.equals("STATUTORY_CREDIT") ? total : total.add(value);
            // 14
            if (!p.statutory
                    && List.of("REFUND", "REPLACEMENT", "CREDIT", "GIFT", "UPGRADE")
                            .contains(p.remedy)
                    && value.signum() > 0) {
                BigDecimal limit = zero(loss).multiply(new BigDecimal("1.5"));
                if (totalNow.compareTo(limit) > 0) {
                    p.guards.add("ceiling-150");
                    if (totalNow.compareTo(factor.multiply(new BigDecimal(15))) <= 0) ask(p, "AGENT", false);
                    else if (totalNow.subtract(limit).compareTo(factor.multiply(new BigDecimal(100))) <= 0)
                        ask(p, "SUPERVISOR", true);
                    else ask(p, "MANAGER", true);
                }
            }
            String authority = authority(
                    p, value, zero(money("customer.goodwillLast12Months")).add(goodwillNow));
            ask(p, authority, false);
            // 15
            BigDecimal team = money("means.teamBudgetRemaining");
            BigDecimal allowance = money("means.agentAllowanceRemaining");
            if (!p.statutory) {
                if (isGoodwill && team != null && goodwillNow.compareTo(team) > 0) {
                    p.guards.add("budget-empty");
                    ask(p, "MANAGER", false);
                } else if ((isGoodwill || RESTITUTION.contains(p.remedy))
                        && authority.equals("AGENT")
                        && allowance != null
                        && p.effective != null
                        && p.effective.compareTo(allowance) > 0) {
                    p.guards.add("budget-empty");
                    ask(p, "SUPERVISOR", false);
                }
            }
            goodwill = goodwillNow;
            total = totalNow;
            passed.add(p.remedy);
        }
        List<String> lines = new ArrayList<>();
        for (P p : all) {
            List<String> because = new ArrayList<>(p.because);
            because.addAll(p.guards);
            if (p.refused) {
                lines.add(p.remedy + " " + shown(p.amount) + " REFUSE null " + because);
            } else {
                because.addAll(p.authorityRows);
                lines.add(p.remedy + " " + shown(p.effective) + (p.asks ? " ASK " + p.open : " GRANT " + p.named) + " "
                        + because);
            }
        }
        return lines;
    }

    boolean reasonOnly() {
        return reasonOnly && list("recovery.chosen").isEmpty();
    }

    private void choose(Map<String, BigDecimal> chosen) {
        if (chosen.isEmpty()) return;
        proposals.values().removeIf(p -> !p.statutory && !p.floor && !chosen.containsKey(p.remedy));
        chosen.forEach((remedy, amount) -> {
            P p = proposals.get(remedy);
            if (p == null) {
                p = new P(remedy);
                p.because.add("chosen");
                p.amount = remedy.equals("REPLACEMENT") ? loss : amount;
                proposals.put(remedy, p);
            } else if (!p.statutory) {
                p.because.add(0, "chosen");
                if (amount != null) p.amount = amount;
            }
        });
    }

    private void first(P p, Map<String, BigDecimal> chosen) {
        boolean own = !p.statutory;
        boolean restitution = RESTITUTION.contains(p.remedy);
        boolean goodwill = GOODWILL.contains(p.remedy);
        BigDecimal picked = chosen.get(p.remedy);
        if (p.statutory && !chosen.isEmpty()) {
            boolean leftOut = !chosen.containsKey(p.remedy);
            boolean another = picked != null && (p.amount == null || picked.compareTo(p.amount) != 0);
            if (leftOut || another) p.guards.add("statutory-stays");
        }
        if (own && picked != null && p.floorAmount != null && picked.compareTo(p.floorAmount) < 0) {
            p.guards.add("below-floor");
            ask(p, "SUPERVISOR", false);
        }
        if (loss == null && (List.of("REFUND", "REPLACEMENT").contains(p.remedy) || (p.percentage && picked == null))) {
            p.guards.add("loss-unknown");
            ask(p, "AGENT", true);
        }
        if (List.of("REFUND", "CREDIT").contains(p.remedy)) {
            BigDecimal before = BigDecimal.ZERO;
            boolean any = false;
            for (Map<String, Object> g : list("recovery.granted")) {
                if (g.get("remedy").equals(p.remedy) && g.get("moment").equals(moment)) {
                    any = true;
                    before = before.add(amountOf(g));
                }
            }
            if (any && p.amount != null) {
                p.guards.add("duplicate-remedy");
                cap(p, p.amount.subtract(before));
            }
        } else if (List.of(
                                "REPLACEMENT",
                                "STATUTORY_CREDIT",
                                "GIFT",
                                "UPGRADE",
                                "CARD",
                                "NAMED_CONTACT",
                                "APPEAL_NOTICE")
                        .contains(p.remedy)
                && granted(p.remedy)) {
            p.guards.add("duplicate-remedy");
            p.refused = true;
        }
        if (p.remedy.equals("REFUND") && p.amount != null && loss != null) {
            BigDecimal left = loss;
            for (Map<String, Object> g : list("recovery.granted")) {
                if (g.get("remedy").equals("REFUND")) left = left.subtract(amountOf(g));
            }
            if (p.amount.compareTo(left) > 0) {
                p.guards.add("refund-at-most-loss");
                cap(p, left);
            }
        }
        if (own
                && ((p.remedy.equals("REPLACEMENT") && Boolean.FALSE.equals(get("means.itemInStock")))
                        || (p.remedy.equals("GIFT") && whole("means.giftsInStock", 1) == 0))) {
            p.guards.add("out-of-stock");
            p.refused = true;
        }
        if (own && text("failure.causedBy", "UNKNOWN").equals("CUSTOMER")) {
            if (goodwill || p.remedy.equals("CARD")) {
                p.guards.add("caused-by-customer");
                p.refused = true;
            } else if (List.of("REFUND", "REPLACEMENT").contains(p.remedy)) {
                p.guards.add("caused-by-customer");
                ask(p, "AGENT", false);
            }
        }
        if (own
                && List.of("GIFT", "CARD", "UPGRADE").contains(p.remedy)
                && p.remedy.equals(text("customer.lastSurprise", "NONE"))) {
            p.guards.add("same-surprise-twice");
            p.refused = true;
        }
        if (own
                && p.remedy.equals("STATUS_UPDATE")
                && (proposals.containsKey("EXPLANATION") || granted("EXPLANATION"))) {
            p.guards.add("status-or-explanation");
            p.refused = true;
        }
        if (own && whole("customer.abuseScore", 0) >= 60) {
            if (List.of("REFUND", "REPLACEMENT", "CREDIT").contains(p.remedy)) {
                p.guards.add("abuse-review");
                ask(p, "SUPERVISOR", false);
            } else if (List.of("GIFT", "UPGRADE").contains(p.remedy)) {
                p.guards.add("abuse-review");
                p.refused = true;
            }
        }
        if (flag("means.deciderRelated") && (restitution || goodwill)) {
            p.guards.add("self-grant");
            ask(p, "MANAGER", true);
        }
    }

    private static void cap(P p, BigDecimal left) {
        if (left.signum() > 0) p.caps.add(left);
        else p.refused = true;
    }

    private void ask(P p, String authority, boolean otherPerson) {
        if (rank(authority) > rank(p.named)) p.named = authority;
        if (otherPerson || rank(authority) > rank(text("means.decider", "RULES"))) {
            p.asks = true;
            if (rank(authority) > rank(p.open)) p.open = authority;
        }
    }

    private String authority(P p, BigDecimal amount, BigDecimal window) {
        Map<String, String> rows = new LinkedHashMap<>();
        if (p.statutory) {
            rows.put("statutory-rules", "RULES");
        } else if (RESTITUTION.contains(p.remedy)) {
            String suffix = loyal() ? "-loyal" : tier.equals("SILVER") ? "-silver" : "";
            if (!above(amount, loyal() ? 250 : tier.equals("SILVER") ? 150 : 100))
                rows.put("restitution-rules" + suffix, "RULES");
            else if (!above(amount, loyal() ? 600 : 400)) rows.put("restitution-agent" + suffix, "AGENT");
            else if (!above(amount, 2000)) rows.put("restitution-supervisor" + (loyal() ? "-loyal" : ""), "SUPERVISOR");
            else rows.put("restitution-manager", "MANAGER");
        } else if (GOODWILL.contains(p.remedy)) {
            String suffix = loyal() ? "-loyal" : "";
            if (!above(amount, loyal() ? 50 : 25)) rows.put("goodwill-rules" + suffix, "RULES");
            else if (!above(amount, loyal() ? 100 : 50)) rows.put("goodwill-agent" + suffix, "AGENT");
            else if (!above(amount, 200)) rows.put("goodwill-supervisor" + suffix, "SUPERVISOR");
            else rows.put("goodwill-manager", "MANAGER");
            rows.put(
                    "window-"
                            + (!above(window, 175)
                                    ? "rules"
                                    : !above(window, 250) ? "agent" : !above(window, 500) ? "supervisor" : "manager"),
                    !above(window, 175)
                            ? "RULES"
                            : !above(window, 250) ? "AGENT" : !above(window, 500) ? "SUPERVISOR" : "MANAGER");
        } else if (p.remedy.equals("BOUNDARIES")) {
            rows.put("care-boundaries", "AGENT");
        } else {
            rows.put("care-rules", "RULES");
        }
        String strictest = "RULES";
        for (String a : rows.values()) if (rank(a) > rank(strictest)) strictest = a;
        String s = strictest;
        p.authorityRows = rows.entrySet().stream()
                .filter(e -> e.getValue().equals(s))
                .map(Map.Entry::getKey)
                .toList();
        return strictest;
    }

    private static int rank(String authority) {
        return RANKS.indexOf(authority);
    }

    private boolean granted(String remedy) {
        return list("recovery.granted").stream().anyMatch(g -> g.get("remedy").equals(remedy));
    }

    private boolean loyal() {
        return tier.equals("GOLD") || tier.equals("PLATINUM");
    }

    private boolean difficult() {
        return List.of("DIFFICULT", "ABUSIVE").contains(text("conversation.conduct", "NORMAL"));
    }

    private boolean below(BigDecimal amount, int units) {
        return amount.compareTo(factor.multiply(new BigDecimal(units))) < 0;
    }

    private boolean above(BigDecimal amount, int units) {
        return amount.compareTo(factor.multiply(new BigDecimal(units))) > 0;
    }

    private BigDecimal round(BigDecimal amount) {
        return amount.setScale(digits, RoundingMode.HALF_EVEN);
    }

    private static BigDecimal zero(BigDecimal amount) {
        return amount == null ? BigDecimal.ZERO : amount;
    }

    private String shown(BigDecimal amount) {
        return amount == null ? "-" : amount.setScale(digits).toPlainString();
    }

    // ---------------------------------------------------------------- the document

    private Object get(String path) {
        Object at = doc;
        for (String step : path.split("\\.")) {
            at = at instanceof Map<?, ?> map ? map.get(step) : null;
        }
        return at;
    }

    private String text(String path, String missing) {
        return get(path) == null ? missing : (String) get(path);
    }

    private boolean flag(String path) {
        return Boolean.TRUE.equals(get(path));
    }

    private long whole(String path, long missing) {
        return get(path) == null ? missing : ((Number) get(path)).longValue();
    }

    private BigDecimal money(String path) {
        return get(path) == null ? null : new BigDecimal((String) ((Map<?, ?>) get(path)).get("amount"));
    }

    private static BigDecimal amountOf(Map<String, Object> item) {
        return item.get("amount") == null
                ? null
                : new BigDecimal((String) ((Map<?, ?>) item.get("amount")).get("amount"));
    }

    @SuppressWarnings("unchecked")
    private List<Map<String, Object>> list(String path) {
        return get(path) == null ? List.of() : (List<Map<String, Object>>) get(path);
    }
}
