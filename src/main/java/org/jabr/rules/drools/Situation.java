package org.jabr.rules.drools;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jabr.rules.CaseFacts;
import org.jabr.rules.DecisionFailed;
import org.jabr.rules.FactField;
import org.jabr.rules.FactSheet;
import org.jabr.rules.Granted;
import org.jabr.rules.Moment;
import org.jabr.rules.RuleRef;
import org.jabr.rules.Vocabulary;
import org.jspecify.annotations.Nullable;

/**
 * One case at one moment: the facts as given, what missing ones mean, and what the tables derive from them. A derived
 * fact is asked for when a table reads it, and once.
 */
final class Situation {

    /** Decided at intake, so nothing of them is read there. */
    private static final Set<String> DECIDED_AT_INTAKE = Set.of("tier", "severity");

    private static final String TYPE = "type";
    private static final String IMPACT = "practicalImpact";
    private static final String SEVERITY = "severity";

    private final Moment moment;
    private final FactSheet sheet;
    private final ReleaseTables release;
    private final Asking tables;
    private final Map<String, Tables.Answer> asked = new HashMap<>();
    private final List<RuleRef> touched = new ArrayList<>();

    Situation(Moment moment, FactSheet sheet, ReleaseTables release, Asking tables) {
        this.moment = moment;
        this.sheet = sheet;
        this.release = release;
        this.tables = tables;
    }

    /** Asks all tables of a file about this case. */
    Tables.Answer ask(DmnFile file) {
        Tables.Answer known = asked.get(file.path());
        if (known != null) {
            return known;
        }
        Map<String, @Nullable Object> facts = new HashMap<>();
        for (String input : file.inputs().keySet()) {
            facts.put(input, input.equals("answers") ? answers() : forTable(input));
        }
        Tables.Answer answer = ask(file, facts);
        asked.put(file.path(), answer);
        return answer;
    }

    /** Asks all tables of a file about values that are not facts of the case; such a file is asked anew each time. */
    Tables.Answer ask(DmnFile file, Map<String, @Nullable Object> facts) {
        Tables.Answer answer = tables.ask(moment, file, facts);
        answer.selected().values().forEach(touched::addAll);
        return answer;
    }

    /** The rows that were selected so far, for whoever wants to know which rules a case touches. */
    List<RuleRef> touched() {
        return touched;
    }

    /** A fact as tables see it; null where it is missing. */
    @Nullable
    Object value(String name) {
        Object given = given(name);
        if (given != null) {
            return given;
        }
        if (name.equals("factor")) {
            return sheet.currency().factor();
        }
        Object derived = derived(name);
        if (derived != null) {
            return derived;
        }
        FactField field = Vocabulary.field(name);
        return field == null ? null : field.missing();
    }

    /** Why a fact has its value, where a table or a person decided it. */
    List<RuleRef> because(String name) {
        boolean given = given(name) != null;
        String stem = name.equals(IMPACT) ? "impact" : name.toLowerCase(Locale.ROOT);
        if (given) {
            return List.of(new RuleRef(stem + "-given"));
        }
        ReleaseTables.Derived source = source(name);
        if (source == null || (name.equals(IMPACT) && derived(name) == null)) {
            return List.of(new RuleRef(stem + "-none"));
        }
        Tables.Answer answer = ask(source.file());
        List<RuleRef> because = new ArrayList<>();
        if (name.equals(SEVERITY)) {
            because.addAll(because("points"));
        }
        for (DmnFile.Decision table : source.file().tablesBehind(source.decision())) {
            if (!name.equals(SEVERITY) || counted(source.file(), table, answer)) {
                because.addAll(answer.rows(table.id()));
            }
        }
        return because;
    }

    private @Nullable Object given(String name) {
        return moment.equals(Moment.INTAKE) && DECIDED_AT_INTAKE.contains(name) ? null : sheet.given(name);
    }

    private @Nullable Object forTable(String name) {
        Object value = value(name);
        FactField field = Vocabulary.field(name);
        return field != null && field.type() == FactField.Type.TEXT && value instanceof String text
                ? text.toLowerCase(Locale.ROOT)
                : value;
    }

    private @Nullable Object derived(String name) {
        ReleaseTables.Derived source = source(name);
        if (source == null) {
            return null;
        }
        Object result = ask(source.file()).result(source.decision().id());
        return result instanceof Map<?, ?> outputs ? outputs.get(source.output()) : result;
    }

    /** A type that is given needs no mapping row, and then no row says anything about the impact either. */
    private ReleaseTables.@Nullable Derived source(String name) {
        return name.equals(IMPACT) && given(TYPE) != null
                ? null
                : release.derived().get(name);
    }

    /** The row for a second failure is a reason of the severity only where it raised it. */
    private static boolean counted(DmnFile file, DmnFile.Decision table, Tables.Answer answer) {
        if (!table.id().equals("severity-double-deviation")) {
            return true;
        }
        Object severity = answer.result("severity");
        Object level = answer.result("severity-level");
        return file.decision("severity-level").isEmpty()
                || !(severity instanceof BigDecimal high && level instanceof BigDecimal low)
                || high.compareTo(low) > 0;
    }

    private Map<String, @Nullable Object> answers() {
        Map<String, @Nullable Object> answers = new LinkedHashMap<>();
        release.terms().answers().keySet().forEach(name -> answers.put(name, null));
        answers.putAll(sheet.answers());
        return answers;
    }

    /** The facts as guardrails see them. */
    List<Object> forGuardrails() {
        return List.of(failure(), customer(), conversation(), recovery(), means());
    }

    private CaseFacts.Failure failure() {
        return new CaseFacts.Failure(
                text("type"),
                text("category"),
                text("kind"),
                text("match"),
                (BigDecimal) value("loss"),
                (BigDecimal) value("lossPU"),
                sheet.currency().factor(),
                text("causedBy"),
                text(IMPACT),
                whole("durationDays"),
                flag("repeated"),
                flag("silent"),
                text("regime"));
    }

    private CaseFacts.Customer customer() {
        return new CaseFacts.Customer(
                text("tier"),
                whole("lifetimeValuePercentile"),
                whole("tenureDays"),
                whole("purchases"),
                decimal("goodwillLast12Months"),
                whole("doubleRemedyLast12Months"),
                flag("vulnerable"),
                flag("loyaltyMember"),
                flag("neverComplains"),
                whole("abuseScore"),
                text("lastSurprise"));
    }

    private CaseFacts.Conversation conversation() {
        return new CaseFacts.Conversation(
                (String) value("channel"),
                whole("contacts"),
                text("emotion"),
                text("conduct"),
                text("desiredOutcome"),
                text("escalationThreat"),
                flag("askedForPerson"));
    }

    private CaseFacts.Recovery recovery() {
        return new CaseFacts.Recovery(
                whole(SEVERITY),
                flag("doubleDeviation"),
                whole("promisesBroken"),
                whole("effortScore"),
                whole("daysOpen"),
                flag("reopened"),
                flag("openEscalation"),
                sheet.granted().stream().map(Granted::remedy).toList());
    }

    private CaseFacts.Means means() {
        BigDecimal gifts = (BigDecimal) value("giftsInStock");
        return new CaseFacts.Means(
                text("decider"),
                flag("deciderRelated"),
                (BigDecimal) value("agentAllowanceRemaining"),
                (BigDecimal) value("teamBudgetRemaining"),
                (BigDecimal) value("customerWindowRemaining"),
                (Boolean) value("itemInStock"),
                gifts == null ? null : gifts.longValueExact());
    }

    String text(String name) {
        return present(name).toString();
    }

    BigDecimal decimal(String name) {
        return (BigDecimal) present(name);
    }

    private long whole(String name) {
        return decimal(name).longValueExact();
    }

    private boolean flag(String name) {
        return (Boolean) present(name);
    }

    private Object present(String name) {
        Object value = value(name);
        if (value == null) {
            throw new DecisionFailed(moment, name + " is not decided");
        }
        return value;
    }
}
