package org.jabr.rules;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns the rows that matched into proposals, one for each remedy, and lets a person's choice take their place. */
public final class Proposals {

    /** The reason of what a person picked. */
    public static final RuleRef CHOSEN = new RuleRef("chosen");

    private final List<CatalogueEntry> catalogue;
    private final CurrencyTerms currency;
    private final @Nullable Money loss;

    public Proposals(List<CatalogueEntry> catalogue, CurrencyTerms currency, @Nullable BigDecimal loss) {
        this.catalogue = catalogue;
        this.currency = currency;
        this.loss = loss == null ? null : new Money(loss, currency.code());
    }

    /**
     * One proposal for each remedy that a row names, in catalogue order; a row for no remedy ({@code NONE}) comes last
     * and is a reason only. Each amount is rounded once, here.
     */
    public List<Proposal> of(List<RemedyRow> rows) {
        Map<String, List<RemedyRow>> byRemedy = new LinkedHashMap<>();
        catalogue.forEach(entry -> byRemedy.put(entry.remedy().name(), new ArrayList<>()));
        for (RemedyRow row : rows) {
            if (!roundsToNothing(row)) {
                byRemedy.computeIfAbsent(row.remedy(), remedy -> new ArrayList<>())
                        .add(row);
            }
        }
        List<Proposal> proposals = new ArrayList<>();
        byRemedy.forEach((remedy, its) -> {
            if (!its.isEmpty()) {
                proposals.add(merged(remedy, its));
            }
        });
        return proposals;
    }

    /** The proposals that remain and those that come in where a person chose; the same where nobody chose. */
    public List<Proposal> chosen(List<Proposal> proposals, List<Choice> choices) {
        if (choices.isEmpty()) {
            return proposals;
        }
        Map<String, Choice> byRemedy = new LinkedHashMap<>();
        choices.forEach(choice -> byRemedy.put(choice.remedy(), choice));
        Map<String, Proposal> result = new LinkedHashMap<>();
        for (Proposal proposal : proposals) {
            Choice choice = byRemedy.get(proposal.remedy());
            if (proposal.statutory() || (choice == null && proposal.floor())) {
                result.put(proposal.remedy(), proposal);
            } else if (choice != null) {
                result.put(proposal.remedy(), taking(choice, proposal));
            }
        }
        for (Choice choice : choices) {
            result.computeIfAbsent(choice.remedy(), remedy -> added(choice));
        }
        return catalogue.stream()
                .map(entry -> result.get(entry.remedy().name()))
                .filter(proposal -> proposal != null)
                .toList();
    }

    private Proposal taking(Choice choice, Proposal proposal) {
        List<RuleRef> because = new ArrayList<>();
        because.add(CHOSEN);
        because.addAll(proposal.because());
        return new Proposal(
                proposal.remedy(),
                choice.amount() == null ? proposal.amount() : choice.amount(),
                proposal.floor(),
                proposal.floorAmount(),
                false,
                proposal.percentage(),
                because);
    }

    private Proposal added(Choice choice) {
        Money amount = value(choice.remedy()) == CatalogueEntry.Value.LOSS ? loss : choice.amount();
        return new Proposal(choice.remedy(), amount, false, null, false, false, List.of(CHOSEN));
    }

    private Proposal merged(String remedy, List<RemedyRow> rows) {
        boolean floor = false;
        boolean statutory = false;
        boolean percentage = false;
        boolean unknown = false;
        Money highest = null;
        Money highestFloor = null;
        List<RuleRef> because = new ArrayList<>();
        for (RemedyRow row : rows) {
            Money amount = amount(row);
            unknown |= row.percent() != null && loss == null;
            percentage |= row.percent() != null;
            floor |= row.floor();
            statutory |= row.statutory();
            highest = higher(highest, amount);
            if (row.floor()) {
                highestFloor = higher(highestFloor, amount);
            }
            because.add(row.rule());
        }
        return new Proposal(remedy, unknown ? null : highest, floor, highestFloor, statutory, percentage, because);
    }

    private boolean roundsToNothing(RemedyRow row) {
        Money amount = amount(row);
        return amount != null && amount.isZero() && value(row.remedy()) != CatalogueEntry.Value.LOSS;
    }

    private @Nullable Money amount(RemedyRow row) {
        if (row.percent() != null) {
            return loss == null
                    ? null
                    : Money.rounded(loss.amount().multiply(row.percent()).movePointLeft(2), currency.code());
        }
        return row.units() == null ? null : Money.rounded(row.units().multiply(currency.factor()), currency.code());
    }

    private CatalogueEntry.Value value(String remedy) {
        return catalogue.stream()
                .filter(entry -> entry.remedy().name().equals(remedy))
                .map(CatalogueEntry::value)
                .findFirst()
                .orElse(CatalogueEntry.Value.NOTHING);
    }

    private static @Nullable Money higher(@Nullable Money one, @Nullable Money other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.compareTo(other) >= 0 ? one : other;
    }
}
