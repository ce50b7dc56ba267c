package org.jabr.rules;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * From proposals to the outcome: first every remedy alone before the guardrails, then one after the other in the order
 * of work, with running totals; and in the end a verdict for each.
 */
public final class Combination {

    private final List<CatalogueEntry> catalogue;
    private final Authorities authorities;
    private final Guardrails.Hearing hearing;
    private final Ground ground;

    /**
     * What the case brings along.
     *
     * @param moment name of the moment
     * @param goodwillBefore goodwill granted to the customer before, as counted by the authority table
     */
    public record Ground(
            String moment,
            CurrencyTerms currency,
            Authority decider,
            BigDecimal goodwillBefore,
            List<Granted> granted,
            List<Choice> chosen) {}

    /** What came out: all objections and the outcome, both in catalogue order. */
    public record Result(List<Objection> objections, List<Outcome> outcome) {}

    public Combination(
            List<CatalogueEntry> catalogue, Authorities authorities, Guardrails.Hearing hearing, Ground ground) {
        this.catalogue = catalogue;
        this.authorities = authorities;
        this.hearing = hearing;
        this.ground = ground;
    }

    /** Combines the proposals (after the choice); one that the catalogue does not know is a reason only. */
    public Result combine(List<Proposal> all) {
        List<Remedied> remedies = new ArrayList<>();
        for (int i = 0; i < catalogue.size(); i++) {
            for (Proposal proposal : all) {
                if (proposal.remedy().equals(catalogue.get(i).remedy().name())) {
                    remedies.add(new Remedied(i, catalogue.get(i), proposal));
                }
            }
        }
        firstPass(remedies);
        List<Remedied> work = new ArrayList<>(remedies);
        work.sort(Comparator.comparingInt((Remedied r) -> r.proposal.statutory() ? 0 : r.proposal.floor() ? 1 : 2)
                .thenComparingInt(r -> r.place));
        secondPass(work);
        List<Objection> objections = new ArrayList<>();
        List<Outcome> outcome = new ArrayList<>();
        for (Remedied remedy : remedies) {
            objections.addAll(remedy.objections);
            outcome.add(outcome(remedy));
        }
        return new Result(objections, outcome);
    }

    private void firstPass(List<Remedied> remedies) {
        List<String> names = remedies.stream().map(Remedied::name).toList();
        List<String> grantedNames =
                ground.granted().stream().map(Granted::remedy).toList();
        List<Proposed> proposed = new ArrayList<>();
        for (Remedied remedy : remedies) {
            proposed.add(proposed(remedy, names, grantedNames));
        }
        Map<String, Remedied> byName = new HashMap<>();
        remedies.forEach(remedy -> byName.put(remedy.name(), remedy));
        for (Objection objection : hearing.object(proposed)) {
            Remedied remedy = byName.get(objection.remedy());
            if (remedy != null) {
                remedy.objections.add(objection);
                remedy.refused |= objection.kind() == Objection.Kind.REFUSE;
            }
        }
        remedies.forEach(remedy -> remedy.amount = lowest(remedy.amount, remedy.objections));
    }

    private Proposed proposed(Remedied remedy, List<String> names, List<String> grantedNames) {
        Choice choice = ground.chosen().stream()
                .filter(c -> c.remedy().equals(remedy.name()))
                .findFirst()
                .orElse(null);
        BigDecimal here = BigDecimal.ZERO;
        BigDecimal before = BigDecimal.ZERO;
        boolean grantedHere = false;
        for (Granted granted : ground.granted()) {
            if (granted.remedy().equals(remedy.name())) {
                before = before.add(plain(granted.amount()));
                if (granted.moment().equals(ground.moment())) {
                    grantedHere = true;
                    here = here.add(plain(granted.amount()));
                }
            }
        }
        Proposal proposal = remedy.proposal;
        return new Proposed(
                remedy.name(),
                remedy.remedyClass().name(),
                orNull(proposal.amount()),
                proposal.floor(),
                orNull(proposal.floorAmount()),
                proposal.statutory(),
                proposal.percentage(),
                !ground.chosen().isEmpty(),
                choice != null,
                choice == null ? null : orNull(choice.amount()),
                grantedHere,
                here,
                grantedNames.contains(remedy.name()),
                before,
                names,
                grantedNames);
    }

    private void secondPass(List<Remedied> work) {
        Totals totals = new Totals(granted());
        for (Remedied remedy : work) {
            if (remedy.refused) {
                continue;
            }
            if (refusedInTurn(remedy, totals)) {
                remedy.refused = true;
                remedy.amount = remedy.proposal.amount();
                continue;
            }
            remedy.objections.addAll(object(remedy, "WINDOW", totals, null));
            remedy.amount = lowest(remedy.amount, remedy.objections);
            remedy.objections.addAll(object(remedy, "CEILING", totals, null));
            Authorities.Named named = authorities.name(
                    remedy.name(),
                    remedy.remedyClass(),
                    remedy.proposal.statutory(),
                    units(plain(remedy.amount)),
                    units(ground.goodwillBefore().add(totals.goodwillWith(remedy))));
            remedy.named = named;
            remedy.objections.addAll(object(remedy, "BUDGET", totals, named.authority()));
            totals.pass(remedy);
        }
    }

    private boolean refusedInTurn(Remedied remedy, Totals totals) {
        List<Objection> objections = object(remedy, "PAIR", totals, null);
        remedy.objections.addAll(objections);
        return objections.stream().anyMatch(objection -> objection.kind() == Objection.Kind.REFUSE);
    }

    private List<Objection> object(Remedied remedy, String step, Totals totals, @Nullable Authority authority) {
        return hearing.object(List.of(new InTurn(
                step,
                remedy.name(),
                remedy.remedyClass().name(),
                orNull(remedy.amount),
                remedy.proposal.floor(),
                remedy.proposal.statutory(),
                List.copyOf(totals.passed),
                ground.granted().stream().map(Granted::remedy).toList(),
                totals.goodwillWith(remedy),
                totals.goodwill,
                totals.valueWith(remedy),
                authority == null ? null : authority.name())));
    }

    /** What was granted in this case of the remedies that count towards the ceiling. */
    private BigDecimal granted() {
        Set<String> counted = new LinkedHashSet<>();
        catalogue.stream()
                .filter(CatalogueEntry::counted)
                .forEach(e -> counted.add(e.remedy().name()));
        return ground.granted().stream()
                .filter(granted -> counted.contains(granted.remedy()))
                .map(granted -> plain(granted.amount()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private BigDecimal units(BigDecimal amount) {
        return amount.divide(ground.currency().factor(), MathContext.DECIMAL128);
    }

    private Outcome outcome(Remedied remedy) {
        Set<RuleRef> because = new LinkedHashSet<>(remedy.proposal.because());
        remedy.objections.forEach(objection -> because.add(objection.rule()));
        Authorities.Named named = remedy.named;
        if (remedy.refused || named == null) {
            return new Outcome(remedy.name(), remedy.proposal.amount(), Verdict.REFUSE, null, List.copyOf(because));
        }
        because.addAll(named.because());
        Authority highest = named.authority();
        Authority open = ground.decider().satisfies(named.authority()) ? null : named.authority();
        for (Objection objection : remedy.objections) {
            Authority asked = objection.authority();
            if (asked != null) {
                highest = Authority.strictest(highest, asked);
                if (objection.otherPerson() || !ground.decider().satisfies(asked)) {
                    open = open == null ? asked : Authority.strictest(open, asked);
                }
            }
        }
        return new Outcome(
                remedy.name(),
                remedy.amount,
                open == null ? Verdict.GRANT : Verdict.ASK,
                open == null ? highest : open,
                List.copyOf(because));
    }

    private static @Nullable Money lowest(@Nullable Money amount, List<Objection> objections) {
        Money lowest = amount;
        for (Objection objection : objections) {
            Money cap = objection.cap();
            if (cap != null && lowest != null && cap.compareTo(lowest) < 0) {
                lowest = cap;
            }
        }
        return lowest;
    }

    private static @Nullable BigDecimal orNull(@Nullable Money money) {
        return money == null ? null : money.amount();
    }

    private static BigDecimal plain(@Nullable Money money) {
        return money == null ? BigDecimal.ZERO : money.amount();
    }

    /** A remedy on its way through both passes. */
    private static final class Remedied {
        private final int place;
        private final CatalogueEntry entry;
        private final Proposal proposal;
        private final List<Objection> objections = new ArrayList<>();
        private @Nullable Money amount;
        private Authorities.@Nullable Named named;
        private boolean refused;

        private Remedied(int place, CatalogueEntry entry, Proposal proposal) {
            this.place = place;
            this.entry = entry;
            this.proposal = proposal;
            this.amount = proposal.amount();
        }

        private String name() {
            return entry.remedy().name();
        }

        private Remedy.RemedyClass remedyClass() {
            return entry.remedy().remedyClass();
        }

        private boolean goodwill() {
            return remedyClass() == Remedy.RemedyClass.GOODWILL;
        }
    }

    /** What this decision gives so far; what is only asked for counts as if approved. */
    private static final class Totals {
        private BigDecimal goodwill = BigDecimal.ZERO;
        private BigDecimal value;
        private final List<String> passed = new ArrayList<>();

        private Totals(BigDecimal granted) {
            this.value = granted;
        }

        private BigDecimal goodwillWith(Remedied remedy) {
            return remedy.goodwill() ? goodwill.add(plain(remedy.amount)) : goodwill;
        }

        private BigDecimal valueWith(Remedied remedy) {
            return remedy.entry.counted() ? value.add(plain(remedy.amount)) : value;
        }

        private void pass(Remedied remedy) {
            goodwill = goodwillWith(remedy);
            value = valueWith(remedy);
            passed.add(remedy.name());
        }
    }
}
