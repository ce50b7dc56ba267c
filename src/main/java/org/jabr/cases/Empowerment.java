package org.jabr.cases;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jabr.customers.PersonalText;
import org.jabr.releases.Releases;
import org.jabr.rules.CaseFacts;
import org.jabr.rules.CaseId;
import org.jabr.rules.Choice;
import org.jabr.rules.Decider;
import org.jabr.rules.Decision;
import org.jabr.rules.Moment;
import org.jabr.rules.Money;
import org.jabr.rules.Outcome;
import org.jabr.rules.Problem;
import org.jabr.rules.Proposal;
import org.jabr.rules.Remedy;
import org.jabr.rules.Rulebook;
import org.jabr.rules.Verdict;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What the person who decides may do: the recommendation, the alternatives, and how far each goes without asking
 * anybody. All of it is what the case's own rules answer; nothing here knows an amount or a remedy.
 */
@Service
public class Empowerment {

    private static final int LONGEST_WHY = 400;

    private final Cases cases;
    private final Choices choices;
    private final FactsGathering gathering;
    private final Releases releases;
    private final CaseDesk desk;
    private final Clock clock;

    Empowerment(Cases cases, Choices choices, FactsGathering gathering, Releases releases, CaseDesk desk, Clock clock) {
        this.cases = cases;
        this.choices = choices;
        this.gathering = gathering;
        this.releases = releases;
        this.desk = desk;
        this.clock = clock;
    }

    /**
     * What comes of a choice; nothing is stored.
     *
     * @param recommended what the rules answer without a choice
     * @param decision what they answer to this one
     * @param options every remedy that a person can choose, in catalogue order
     * @param differs whether the choice gives the customer something else than recommended
     * @param remaining what is left of each limit, by the name of its fact
     */
    public record Weighed(
            Decision recommended,
            Decision decision,
            List<Option> options,
            boolean differs,
            Map<String, Money> remaining) {

        public Weighed {
            options = List.copyOf(options);
        }
    }

    /**
     * A remedy that can be chosen.
     *
     * @param choosable whether it can be chosen; what is owed by law comes by itself
     * @param picked whether it is part of the choice
     * @param recommended whether the rules recommend it
     * @param valued whether an amount must be chosen with it
     * @param amount the chosen amount, or else the recommended one; null where there is none
     * @param outcome what becomes of it; null where it is not picked
     * @param range the amounts that this person may grant without asking; null where there are none
     */
    public record Option(
            Remedy remedy,
            boolean choosable,
            boolean picked,
            boolean recommended,
            boolean valued,
            @Nullable Money amount,
            @Nullable Outcome outcome,
            @Nullable Range range) {}

    /** Amounts from the lowest to the highest, both free to choose. */
    public record Range(Money from, Money to) {}

    /**
     * Puts a choice before the rules and shows its surroundings.
     *
     * @param learned what the person knows meanwhile, by path of the fact
     * @param chosen null for the recommendation as it is
     * @throws Problem {@code FACTS-001} to {@code FACTS-005} where something of it cannot be
     */
    @Transactional(readOnly = true)
    public Weighed weigh(CaseId id, Moment moment, Map<String, ?> learned, @Nullable List<Choice> chosen, Decider by) {
        Asking asking = asking(id, moment, learned, by);
        Decision recommended = asking.rulebook.decide(moment, asking.facts);
        List<Choice> picks = chosen == null ? asking.picks(recommended) : asking.readable(chosen, recommended);
        Decision decision = chosen == null || picks.isEmpty() ? recommended : asking.review(picks);
        return new Weighed(
                recommended,
                decision,
                asking.options(recommended, decision, picks),
                differs(recommended, decision),
                remaining(asking.facts));
    }

    /**
     * Keeps a choice until the diagram decides with this person. The recommendation itself needs no keeping.
     *
     * @param why one line; needed where the choice differs from the recommendation
     * @return the choice, or nothing where it is the recommendation
     * @throws Problem {@code CHOICE-001} without a reason, {@code CHOICE-002} nothing chosen, {@code CHOICE-005} a
     *     remedy that the guardrails refuse, {@code FACTS-002} an amount that cannot be
     */
    @Transactional
    public Optional<RemedyChoice> choose(
            CaseId id, Moment moment, List<Choice> chosen, @Nullable String why, Decider by) {
        RecoveryCase recovery = cases.get(id);
        if (chosen.isEmpty()) {
            throw new Problem(Problem.Kind.INVALID, "CHOICE-002", recovery.reference());
        }
        Asking asking = asking(id, moment, Map.of(), by);
        Decision recommended = asking.rulebook.decide(moment, asking.facts);
        List<Choice> picks = asking.filled(chosen, recommended);
        Decision decision = asking.review(picks);
        if (!differs(recommended, decision)) {
            return Optional.empty();
        }
        decision.outcome().stream()
                .filter(outcome -> outcome.verdict() == Verdict.REFUSE
                        && picks.stream().anyMatch(choice -> choice.remedy().equals(outcome.remedy())))
                .findFirst()
                .ifPresent(refused -> {
                    throw new Problem(Problem.Kind.INVALID, "CHOICE-005", refused.remedy());
                });
        if (why == null || why.isBlank() || why.strip().length() > LONGEST_WHY) {
            throw new Problem(Problem.Kind.INVALID, "CHOICE-001", LONGEST_WHY);
        }
        long choice =
                choices.add(id, moment, picks, new PersonalText(why.strip()), by.login(), OffsetDateTime.now(clock));
        desk.note(id, "CHOSEN", Map.of("moment", moment.name(), "choice", choice), by.login());
        return Optional.of(choices.get(choice));
    }

    /** Remembers the draft in which a choice was proposed as a rule. @throws Problem {@code CHOICE-004} */
    @Transactional
    public void proposed(RemedyChoice choice, String draft, String by) {
        choices.proposed(choice.id(), draft);
        desk.note(choice.caseId(), "RULE_PROPOSED", Map.of("draft", draft, "choice", choice.id()), by);
    }

    private Asking asking(CaseId id, Moment moment, Map<String, ?> learned, Decider by) {
        RecoveryCase recovery = cases.get(id);
        Rulebook rulebook = releases.rulebook(recovery.release());
        if (!learned.isEmpty()) {
            CaseChange change = new CaseChange(recovery);
            change.given.putAll(learned);
            recovery = change.done();
        }
        CaseFacts facts = rulebook.read(gathering
                .about(recovery, OffsetDateTime.now(clock), rulebook, by)
                .document(recovery, by));
        return new Asking(rulebook, moment, facts, recovery.currency());
    }

    /** What the customer gets, or would get once somebody agreed. */
    private static Map<String, Optional<Money>> given(Decision decision) {
        Map<String, Optional<Money>> given = new HashMap<>();
        decision.outcome().stream()
                .filter(outcome -> outcome.verdict() != Verdict.REFUSE)
                .forEach(outcome -> given.put(outcome.remedy(), Optional.ofNullable(outcome.amount())));
        return given;
    }

    private static boolean differs(Decision recommended, Decision decision) {
        return !given(recommended).equals(given(decision));
    }

    private static Map<String, Money> remaining(CaseFacts facts) {
        Map<String, Money> remaining = new LinkedHashMap<>();
        if (facts.document().get("means") instanceof Map<?, ?> means) {
            means.forEach((name, value) -> {
                if (value instanceof Map<?, ?> money) {
                    remaining.put(
                            String.valueOf(name),
                            Money.of(String.valueOf(money.get("amount")), String.valueOf(money.get("currency"))));
                }
            });
        }
        return remaining;
    }

    /** One person's question about one case, asked in many ways. */
    private record Asking(Rulebook rulebook, Moment moment, CaseFacts facts, String currency) {

        Decision review(List<Choice> chosen) {
            return rulebook.review(moment, facts, chosen);
        }

        List<Choice> picks(Decision recommended) {
            List<Choice> picks = new ArrayList<>();
            for (Outcome outcome : recommended.outcome()) {
                if (outcome.verdict() != Verdict.REFUSE) {
                    sort(outcome.remedy())
                            .ifPresent(sort -> picks.add(
                                    new Choice(outcome.remedy(), sort == Sort.VALUED ? outcome.amount() : null)));
                }
            }
            return picks.stream().filter(this::reads).toList();
        }

        /** What can be weighed of a choice already: without an amount that is still to come, a remedy waits. */
        List<Choice> readable(List<Choice> chosen, Decision recommended) {
            return filled(chosen, recommended).stream().filter(this::reads).toList();
        }

        /** A choice whose amount is open takes the recommended one. */
        List<Choice> filled(List<Choice> chosen, Decision recommended) {
            return chosen.stream()
                    .map(choice ->
                            choice.amount() == null && sort(choice.remedy()).equals(Optional.of(Sort.VALUED))
                                    ? new Choice(choice.remedy(), proposed(choice.remedy(), recommended))
                                    : choice)
                    .toList();
        }

        List<Option> options(Decision recommended, Decision decision, List<Choice> picks) {
            Map<String, Choice> picked = picks.stream().collect(Collectors.toMap(Choice::remedy, choice -> choice));
            Map<String, Optional<Money>> offered = given(recommended);
            List<Option> options = new ArrayList<>();
            for (Remedy remedy : rulebook.catalogue()) {
                Optional<Sort> sort = sort(remedy.name());
                Optional<Outcome> outcome = decision.outcome().stream()
                        .filter(one -> one.remedy().equals(remedy.name()))
                        .findFirst();
                if (sort.isEmpty() && outcome.isEmpty()) {
                    continue;
                }
                boolean valued = sort.equals(Optional.of(Sort.VALUED));
                Choice choice = picked.get(remedy.name());
                Money amount = choice != null && choice.amount() != null
                        ? choice.amount()
                        : proposed(remedy.name(), recommended);
                options.add(new Option(
                        remedy,
                        sort.isPresent(),
                        choice != null,
                        offered.containsKey(remedy.name()),
                        valued,
                        amount,
                        outcome.orElse(null),
                        valued ? range(remedy.name(), amount, picks) : null));
            }
            return options;
        }

        private static @Nullable Money proposed(String remedy, Decision recommended) {
            return recommended.outcome().stream()
                    .filter(outcome -> outcome.remedy().equals(remedy) && outcome.verdict() != Verdict.REFUSE)
                    .map(Outcome::amount)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .or(() -> recommended.proposals().stream()
                            .filter(proposal -> proposal.remedy().equals(remedy))
                            .map(Proposal::amount)
                            .filter(Objects::nonNull)
                            .findFirst())
                    .orElse(null);
        }

        /** Whether a remedy is chosen with an amount or without; nothing where it cannot be chosen at all. */
        private enum Sort {
            VALUED,
            PLAIN
        }

        private Optional<Sort> sort(String remedy) {
            if (reads(new Choice(remedy, null))) {
                return Optional.of(Sort.PLAIN);
            }
            return reads(new Choice(remedy, Money.ofMinor(1, currency))) ? Optional.of(Sort.VALUED) : Optional.empty();
        }

        private boolean reads(Choice choice) {
            Map<String, Object> document = new LinkedHashMap<>(facts.document());
            Map<String, Object> recovery = new LinkedHashMap<>();
            if (document.get("recovery") instanceof Map<?, ?> known) {
                known.forEach((name, value) -> recovery.put(String.valueOf(name), value));
            }
            recovery.put("chosen", List.of(Choices.document(choice)));
            document.put("recovery", recovery);
            try {
                rulebook.read(document);
                return true;
            } catch (Problem cannotBe) {
                return false;
            }
        }

        private @Nullable Range range(String remedy, @Nullable Money near, List<Choice> picks) {
            List<Choice> others =
                    picks.stream().filter(pick -> !pick.remedy().equals(remedy)).toList();
            return new FreeRange(minor -> {
                        List<Choice> tried = new ArrayList<>(others);
                        tried.add(new Choice(remedy, Money.ofMinor(minor, currency)));
                        return review(tried).outcome().stream()
                                .filter(outcome -> outcome.remedy().equals(remedy)
                                        && outcome.verdict() == Verdict.GRANT
                                        && outcome.amount() != null)
                                .map(outcome ->
                                        Objects.requireNonNull(outcome.amount()).minor())
                                .findFirst()
                                .orElse(null);
                    })
                    .around(near == null ? 0 : near.minor())
                    .map(free -> new Range(Money.ofMinor(free.from(), currency), Money.ofMinor(free.to(), currency)))
                    .orElse(null);
        }
    }
}
