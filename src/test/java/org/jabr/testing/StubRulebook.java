package org.jabr.testing;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jabr.rules.Authority;
import org.jabr.rules.CaseFacts;
import org.jabr.rules.Choice;
import org.jabr.rules.CurrencyTerms;
import org.jabr.rules.Decision;
import org.jabr.rules.Moment;
import org.jabr.rules.Money;
import org.jabr.rules.Outcome;
import org.jabr.rules.Problem;
import org.jabr.rules.Proposal;
import org.jabr.rules.Remedy;
import org.jabr.rules.RuleRef;
import org.jabr.rules.RuleWords;
import org.jabr.rules.Rulebook;
import org.jabr.rules.Setting;
import org.jabr.rules.Verdict;

/** Rules of a few lines: enough for tests of the rooms around them. A loss of 666 makes every evaluation fail. */
public record StubRulebook(String release) implements Rulebook {

    private static final Set<String> CURRENCIES = Set.of("USD", "SAR", "JPY", "KWD");
    private static final Set<String> CHANNELS =
            Set.of("WEB", "EMAIL", "PHONE", "CHAT", "SOCIAL", "IN_PERSON", "LETTER", "REFERRAL", "SMS");
    private static final Set<String> EMOTIONS = Set.of("CALM", "ANNOYED", "ANGRY", "DISTRESSED");

    @Override
    public String engine() {
        return "stub";
    }

    @Override
    public List<Moment> moments() {
        return List.of(Moment.INTAKE, Moment.ROUTE, Moment.SERVICE_LEVEL, Moment.RESOLVE);
    }

    @Override
    public List<Remedy> catalogue() {
        return List.of(
                new Remedy("REFUND", Remedy.RemedyClass.RESTITUTION, "REFUND"),
                new Remedy("APOLOGY", Remedy.RemedyClass.CARE, "MESSAGE"));
    }

    @Override
    public Map<String, Object> parameters(String table) {
        return table.equals("lifetime-value")
                ? Map.of("margin", "0.30", "retention", "0.60", "discount", "0.10", "minimumPeriodDays", "365")
                : Map.of(
                        "untrueClaim",
                        30,
                        "highestEffort",
                        100,
                        "contact",
                        10,
                        "handover",
                        15,
                        "channelHop",
                        10,
                        "dayOpen",
                        2);
    }

    @Override
    public List<CurrencyTerms> currencies() {
        return CURRENCIES.stream()
                .map(code -> new CurrencyTerms(code, BigDecimal.ONE, Money.digits(code)))
                .toList();
    }

    @Override
    public CaseFacts read(Map<String, ?> document) {
        if (!(document.get("asOf") instanceof String asOf)) {
            throw new Problem(Problem.Kind.INVALID, "FACTS-001", "asOf");
        }
        if (!CURRENCIES.contains(String.valueOf(value(document, "failure", "currency")))) {
            throw new Problem(Problem.Kind.INVALID, "FACTS-003", "failure.currency");
        }
        word(document, "conversation", "channel", CHANNELS);
        word(document, "conversation", "emotion", EMOTIONS);
        word(document, "customer", "preferredChannel", Set.of("EMAIL", "PHONE", "CHAT", "LETTER", "SMS"));
        @SuppressWarnings("unchecked")
        Map<String, Object> facts = (Map<String, Object>) document;
        return new CaseFacts(OffsetDateTime.parse(asOf), facts);
    }

    @Override
    public Decision decide(Moment moment, CaseFacts facts) {
        List<Setting> settings = new ArrayList<>();
        List<Outcome> outcome = new ArrayList<>();
        List<Proposal> proposals = new ArrayList<>();
        List<RuleRef> because = List.of(new RuleRef("stub"));
        Object loss = value(facts.document(), "failure", "loss");
        BigDecimal amount =
                loss instanceof Map<?, ?> money ? new BigDecimal(String.valueOf(money.get("amount"))) : null;
        if (amount != null && amount.intValue() == 666) {
            throw new org.jabr.rules.DecisionFailed(moment, "stub");
        }
        switch (moment.name()) {
            case "intake" -> {
                settings.add(new Setting("process", "service-recovery", because));
                settings.add(new Setting("type", "OTHER", because));
                settings.add(new Setting("severity", 2L, because));
                settings.add(new Setting("tier", "BRONZE", because));
                settings.add(new Setting("ratio", new BigDecimal("0.50"), because));
            }
            case "route" -> {
                settings.add(new Setting("queue", "GENERAL", because));
                settings.add(new Setting("skill", "STANDARD", because));
                settings.add(new Setting("language", "en", because));
            }
            case "service-level" -> {
                settings.add(new Setting("calendar", "ALWAYS", because));
                settings.add(new Setting("resolveMinutes", 2880L, because));
                settings.add(new Setting("boostMinutes", 60L, because));
            }
            case "resolve" -> {
                Money money = amount == null ? null : new Money(amount, "USD");
                proposals.add(new Proposal("REFUND", money, true, money, false, true, because));
                outcome.add(new Outcome("REFUND", money, Verdict.GRANT, Authority.RULES, because));
            }
            default -> throw new Problem(Problem.Kind.NOT_FOUND, "RULES-002", moment);
        }
        return new Decision(moment, facts.asOf(), release, facts, settings, proposals, List.of(), outcome);
    }

    @Override
    public Decision review(Moment moment, CaseFacts facts, List<Choice> chosen) {
        return decide(moment, facts);
    }

    @Override
    public RuleWords explain(RuleRef rule, Locale language) {
        return new RuleWords(rule, "stub", "always", "something", "because");
    }

    @Override
    public String word(String value, Locale language) {
        return value;
    }

    private static void word(Map<String, ?> document, String group, String name, Set<String> words) {
        Object value = value(document, group, name);
        if (value != null && !words.contains(value)) {
            throw new Problem(Problem.Kind.INVALID, "FACTS-002", group + "." + name);
        }
    }

    private static Object value(Map<String, ?> document, String group, String name) {
        return document.get(group) instanceof Map<?, ?> fields ? fields.get(name) : null;
    }
}
