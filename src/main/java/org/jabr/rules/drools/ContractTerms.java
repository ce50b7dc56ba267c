package org.jabr.rules.drools;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jabr.rules.CatalogueEntry;
import org.jabr.rules.CurrencyTerms;
import org.jabr.rules.Decision;
import org.jabr.rules.Granted;
import org.jabr.rules.Money;
import org.jabr.rules.Outcome;
import org.jabr.rules.Proposal;
import org.jabr.rules.Remedy;
import org.jabr.rules.Scenarios;
import org.jabr.rules.Setting;
import org.jabr.rules.Verdict;
import org.jspecify.annotations.Nullable;

/** What the words of contracts mean in one decision. */
final class ContractTerms {

    /** All remedies that are granted or asked for, with their amounts. */
    static final String OFFER = "offer";
    /** All remedies with amount, verdict, authority and reasons. */
    static final String OUTCOME = "outcome";
    /** The remedies that everybody gets, with their amounts. */
    static final String FLOORS = "floors";
    /** The remedies that the law owes. */
    static final String STATUTORY = "statutory";
    /** The value of all counted remedies that the law does not owe, with what was granted before. */
    static final String TOTAL = "total";

    private static final Set<String> WORDS = Set.of(OFFER, OUTCOME, FLOORS, STATUTORY, TOTAL);

    private final List<CatalogueEntry> catalogue;
    private final CurrencyTerms currency;

    ContractTerms(List<CatalogueEntry> catalogue, CurrencyTerms currency) {
        this.catalogue = catalogue;
        this.currency = currency;
    }

    /** Whether a word means something in decisions like this one. */
    boolean means(Contract.Term term, Decision decision) {
        return WORDS.contains(term.name())
                || catalogue.stream().anyMatch(entry -> named(term, entry.remedy()))
                || decision.setting(term.name()).isPresent();
    }

    private static boolean named(Contract.Term term, Remedy remedy) {
        return term.name().equals(remedy.name())
                || term.name().equals(remedy.remedyClass().name());
    }

    /** Whether what a term says is so. */
    boolean holds(Contract.Term term, Decision decision) {
        Optional<Setting> setting = decision.setting(term.name());
        if (setting.isPresent()) {
            return term.value().equals(WitnessText.of(setting.get().value()).replace("missing", "null"));
        }
        List<Outcome> its = outcomes(term, decision);
        return term.name().equals(STATUTORY)
                ? its.stream().allMatch(outcome -> verdict(term, outcome))
                : its.stream().anyMatch(outcome -> verdict(term, outcome));
    }

    private static boolean verdict(Contract.Term term, Outcome outcome) {
        return term.value().isEmpty()
                ? outcome.verdict() != Verdict.REFUSE
                : term.value().equals(outcome.verdict().name());
    }

    private List<Outcome> outcomes(Contract.Term term, Decision decision) {
        return decision.outcome().stream()
                .filter(outcome -> switch (term.name()) {
                    case OFFER, OUTCOME -> true;
                    case STATUTORY -> statutory(outcome.remedy(), decision);
                    default ->
                        entry(outcome.remedy())
                                .filter(entry -> named(term, entry.remedy()))
                                .isPresent();
                })
                .toList();
    }

    /** A number that may grow: of a setting its value, or 1 where it has the named one; null where there is none. */
    @Nullable
    BigDecimal number(Contract.Term term, Decision decision) {
        Object value = decision.setting(term.name()).map(Setting::value).orElse(null);
        if (!term.value().isEmpty()) {
            return holds(term, decision) ? BigDecimal.ONE : BigDecimal.ZERO;
        }
        return value instanceof Number number ? new BigDecimal(number.toString()) : null;
    }

    /** What is offered of each remedy that a term names; nothing for words. */
    Map<String, BigDecimal> offered(Contract.Term term, Decision decision) {
        Map<String, BigDecimal> offered = new TreeMap<>();
        outcomes(term, decision).stream()
                .filter(outcome -> outcome.verdict() != Verdict.REFUSE)
                .forEach(outcome -> offered.put(outcome.remedy(), amount(outcome.amount())));
        return offered;
    }

    /** What must be the same, as text. */
    String sameness(Contract.Term term, Decision decision) {
        if (decision.setting(term.name()).isPresent()) {
            return term.name() + " " + decision.text(term.name());
        }
        if (term.name().equals(FLOORS)) {
            return decision.proposals().stream()
                    .filter(Proposal::floor)
                    .map(proposal -> (proposal.remedy() + " " + amount(proposal.floorAmount())))
                    .collect(Collectors.joining("; "));
        }
        boolean reasons = term.name().equals(OUTCOME);
        return outcomes(term, decision).stream()
                .map(outcome -> Scenarios.text(outcome) + (reasons ? " " + outcome.because() : ""))
                .collect(Collectors.joining("; "));
    }

    /** What is granted of a term and was granted before of it, in money; statutory remedies aside. */
    BigDecimal granted(Contract.Term term, Decision decision, List<Granted> before) {
        BigDecimal sum = BigDecimal.ZERO;
        for (Granted granted : before) {
            if (counts(term, granted.remedy())) {
                sum = sum.add(amount(granted.amount()));
            }
        }
        for (Outcome outcome : decision.outcome()) {
            if (gives(term, outcome, decision)) {
                sum = sum.add(amount(outcome.amount()));
            }
        }
        return sum;
    }

    /** Whether the decision itself gives something of a term. */
    boolean gives(Contract.Term term, Decision decision) {
        return decision.outcome().stream()
                .anyMatch(outcome -> gives(term, outcome, decision)
                        && amount(outcome.amount()).signum() > 0);
    }

    private boolean gives(Contract.Term term, Outcome outcome, Decision decision) {
        return outcome.verdict() == Verdict.GRANT
                && counts(term, outcome.remedy())
                && !statutory(outcome.remedy(), decision);
    }

    private boolean counts(Contract.Term term, String remedy) {
        return entry(remedy)
                .filter(entry -> term.name().equals(TOTAL) ? entry.counted() : named(term, entry.remedy()))
                .isPresent();
    }

    /** A floor in money, rounded as amounts are; a share of a loss that is not known asks for nothing. */
    BigDecimal least(String limit, @Nullable BigDecimal loss) {
        BigDecimal number = new BigDecimal(limit.split(" ")[0]);
        if (limit.endsWith("%")) {
            number = loss == null ? BigDecimal.ZERO : loss.multiply(number).movePointLeft(2);
        } else if (limit.toUpperCase(Locale.ROOT).endsWith("PU")) {
            number = number.multiply(currency.factor());
        }
        return Money.rounded(number, currency.code()).amount();
    }

    private Optional<CatalogueEntry> entry(String remedy) {
        return catalogue.stream()
                .filter(entry -> entry.remedy().name().equals(remedy))
                .findFirst();
    }

    private static boolean statutory(String remedy, Decision decision) {
        return decision.proposals().stream()
                .anyMatch(proposal -> proposal.remedy().equals(remedy) && proposal.statutory());
    }

    private static BigDecimal amount(@Nullable Money amount) {
        return amount == null ? BigDecimal.ZERO : amount.amount();
    }

    /** A decision in the notation of scenarios, as far as a law speaks of it. */
    String text(List<Contract.Term> terms, Decision decision) {
        return terms.stream()
                .map(term -> decision.setting(term.name()).isPresent()
                        ? term.name() + " " + decision.text(term.name())
                        : decision.outcome().stream()
                                .filter(outcome -> WORDS.contains(term.name()) || counts(term, outcome.remedy()))
                                .map(Scenarios::text)
                                .collect(Collectors.joining(", ")))
                .distinct()
                .collect(Collectors.joining("; "));
    }
}
