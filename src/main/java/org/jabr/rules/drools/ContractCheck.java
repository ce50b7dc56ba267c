package org.jabr.rules.drools;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jabr.rules.CaseFacts;
import org.jabr.rules.CurrencyTerms;
import org.jabr.rules.Decision;
import org.jabr.rules.DecisionFailed;
import org.jabr.rules.FactField;
import org.jabr.rules.Finding;
import org.jabr.rules.Moment;
import org.jabr.rules.Problem;
import org.jabr.rules.Progress;
import org.jabr.rules.Proposal;
import org.jabr.rules.RuleRef;
import org.jabr.rules.Vocabulary;
import org.jspecify.annotations.Nullable;

/**
 * Holds the rules against the laws of the release, over the classes of all facts that matter: every two classes of two
 * facts come together in some case, and in each of these cases a varied fact takes all of its classes. The first case
 * that breaks a law is made as like the base case as it can be and told.
 */
final class ContractCheck {

    private final DroolsRulebook rulebook;
    private final Vocabulary vocabulary;
    private final CaseDocuments documents;
    private final CurrencyTerms currency;
    private final ContractTerms terms;
    private final String drl;
    private final Map<String, CaseSpace> spaces = new HashMap<>();
    private final Map<List<Integer>, List<int[]>> chosen = new HashMap<>();
    private final Map<String, Finding> undecided = new LinkedHashMap<>();
    private final List<Finding> findings = new ArrayList<>();

    ContractCheck(DroolsRulebook rulebook, Map<String, Object> base, String drl) {
        this.rulebook = rulebook;
        this.vocabulary = new Vocabulary(rulebook.tables().terms());
        this.currency = vocabulary.read(base).currency();
        this.documents = new CaseDocuments(base, currency);
        this.terms = new ContractTerms(rulebook.tables().terms().catalogue(), currency);
        this.drl = drl;
    }

    List<Finding> check(List<Contract> contracts, Progress progress) {
        int done = 0;
        for (Contract contract : contracts) {
            for (String moment : contract.moments()) {
                progress.at(done, contracts.size());
                if (progress.cancelled()) {
                    return List.of();
                }
                if (understood(contract, moment)) {
                    check(contract, moment, progress);
                }
            }
            done++;
        }
        progress.at(done, contracts.size());
        findings.addAll(undecided.values());
        return findings;
    }

    /** A word that means nothing at a moment would never be broken. */
    private boolean understood(Contract contract, String moment) {
        Optional<String> strange = Optional.of(moment)
                .filter(name -> !rulebook.tables().moments().containsKey(name))
                .or(() -> {
                    Decision decision = decide(moment, Map.of()).orElse(null);
                    return contract.what().stream()
                            .filter(term -> decision != null && !terms.means(term, decision))
                            .map(Contract.Term::name)
                            .findFirst();
                });
        strange.ifPresent(piece -> findings.add(new Finding(
                "CONTRACT-002", true, Contract.FILE, contract.id(), List.of(String.valueOf(contract.line()), piece))));
        return strange.isEmpty();
    }

    private void check(Contract contract, String moment, Progress progress) {
        CaseSpace space = spaces.computeIfAbsent(moment, name -> new CaseSpace(rulebook.tables(), currency, name, drl));
        Map<String, List<@Nullable Object>> context = new LinkedHashMap<>();
        for (String name : space.names()) {
            if (!contract.by().contains(name) && !contract.given().containsKey(name)) {
                context.put(name, values(space, moment, name, List.of()));
            }
        }
        for (Map.Entry<String, CellTest> given : contract.given().entrySet()) {
            List<@Nullable Object> accepted = new ArrayList<>();
            for (Object value :
                    values(space, moment, given.getKey(), given.getValue().literals())) {
                if (accepts(given, value)) {
                    accepted.add(value);
                }
            }
            if (accepted.isEmpty()) {
                findings.add(new Finding(
                        "CONTRACT-002",
                        true,
                        Contract.FILE,
                        contract.id(),
                        List.of(String.valueOf(contract.line()), given.getKey())));
                return;
            }
            context.put(given.getKey(), accepted);
        }
        Map<String, List<@Nullable Object>> by = new LinkedHashMap<>();
        // what no table and no guardrail of the moment reads cannot change its decision
        contract.by().stream()
                .filter(space.names()::contains)
                .forEach(name -> by.put(name, varied(contract, values(space, moment, name, List.of()), name)));
        if (by.isEmpty() && !contract.by().isEmpty()) {
            return;
        }
        contract.by().forEach(context::remove);
        List<Map<String, @Nullable Object>> all = new ArrayList<>(cases(context));
        if (by.isEmpty()) {
            all.addAll(calm(contract, moment, space, context));
        }
        ContractLaw law = new ContractLaw(contract, terms);
        ContractLaw.Deciding deciding = facts -> decide(moment, facts);
        for (Map<String, @Nullable Object> facts : all) {
            if (progress.cancelled()) {
                return;
            }
            Optional<ContractLaw.Broken> broken = law.tried(
                    facts,
                    by,
                    deciding,
                    decision -> vocabulary.read(decision.facts().document()));
            if (broken.isPresent()) {
                broken(contract, moment, simplest(contract, law, facts, by, deciding, broken.get()));
                return;
            }
        }
    }

    /**
     * One guardrail that asks hides what another fails to do: cases in which the facts that only guardrails read are as
     * in the base case, and beside them, for each row that proposes something, cases in which one of them is not.
     */
    private List<Map<String, @Nullable Object>> calm(
            Contract contract, String moment, CaseSpace space, Map<String, List<@Nullable Object>> context) {
        Map<String, List<@Nullable Object>> calm = new LinkedHashMap<>(context);
        Map<String, List<@Nullable Object>> stirred = new LinkedHashMap<>();
        for (String name : space.onlyGuarded()) {
            List<@Nullable Object> values = context.get(name);
            if (values != null && !contract.given().containsKey(name)) {
                calm.put(name, Collections.singletonList(documents.base(name)));
                stirred.put(name, values);
            }
        }
        List<Map<String, @Nullable Object>> all = new ArrayList<>();
        Set<String> proposing = new HashSet<>();
        for (Map<String, @Nullable Object> facts : cases(calm)) {
            all.add(facts);
            if (decide(moment, facts)
                    .filter(decision -> bringsNew(decision, proposing))
                    .isPresent()) {
                stirred.forEach((name, values) -> values.forEach(value -> {
                    Map<String, @Nullable Object> one = new LinkedHashMap<>(facts);
                    one.put(name, value);
                    all.add(one);
                }));
            }
        }
        return all;
    }

    private static boolean bringsNew(Decision decision, Set<String> proposing) {
        boolean brings = false;
        for (Proposal proposal : decision.proposals()) {
            for (RuleRef rule : proposal.because()) {
                brings |= proposing.add(rule.id());
            }
        }
        return brings;
    }

    private static List<@Nullable Object> varied(Contract contract, List<@Nullable Object> values, String name) {
        CellTest given = contract.given().get(name);
        return given == null ? values : values.stream().filter(given::matches).toList();
    }

    private static boolean accepts(Map.Entry<String, CellTest> given, @Nullable Object value) {
        return given.getValue().matches(value instanceof List<?> list ? (list.isEmpty() ? "none" : "some") : value);
    }

    private List<@Nullable Object> values(CaseSpace space, String moment, String name, List<Object> also) {
        List<@Nullable Object> values = new ArrayList<>();
        FactField field = Vocabulary.field(name);
        if (field != null && field.type() == FactField.Type.GRANTED) {
            values.addAll(documents.granted(
                    moment,
                    rulebook.tables().moments().values().stream()
                            .filter(file -> !file.stem().equals(moment))
                            .filter(file -> file.decisions().stream().anyMatch(DmnFile.Decision::proposes))
                            .map(DmnFile::stem)
                            .findFirst()
                            .orElse(moment)));
            return values;
        }
        List<@Nullable Object> told = new ArrayList<>(also);
        Object base = documents.base(name);
        if (base instanceof java.math.BigDecimal) {
            told.add(base);
        }
        values.addAll(space.values(name, told));
        return values;
    }

    private List<Map<String, @Nullable Object>> cases(Map<String, List<@Nullable Object>> context) {
        List<String> names = new ArrayList<>(context.keySet());
        List<Integer> sizes =
                names.stream().map(name -> context.get(name)).map(List::size).toList();
        List<int[]> rows = sizes.isEmpty()
                ? List.of(new int[0])
                : chosen.computeIfAbsent(
                        sizes,
                        all -> PairwiseCases.of(
                                all.stream().mapToInt(Integer::intValue).toArray()));
        List<Map<String, @Nullable Object>> cases = new ArrayList<>();
        for (int[] row : rows) {
            Map<String, @Nullable Object> facts = new LinkedHashMap<>();
            for (int i = 0; i < row.length; i++) {
                facts.put(
                        names.get(i),
                        context.getOrDefault(names.get(i), List.of()).get(row[i]));
            }
            cases.add(facts);
        }
        return cases;
    }

    /** The same broken law with as few facts changed from the base case as possible. */
    private ContractLaw.Broken simplest(
            Contract contract,
            ContractLaw law,
            Map<String, @Nullable Object> facts,
            Map<String, List<@Nullable Object>> by,
            ContractLaw.Deciding deciding,
            ContractLaw.Broken first) {
        ContractLaw.Broken simplest = first;
        Map<String, @Nullable Object> left = new LinkedHashMap<>(facts);
        for (String name : facts.keySet()) {
            CellTest given = contract.given().get(name);
            if (given != null && (name.equals(Contract.GRANTED) || !given.matches(documents.base(name)))) {
                continue;
            }
            Map<String, @Nullable Object> fewer = new LinkedHashMap<>(left);
            fewer.remove(name);
            Optional<ContractLaw.Broken> still = law.tried(
                    fewer,
                    by,
                    deciding,
                    decision -> vocabulary.read(decision.facts().document()));
            if (still.isPresent()) {
                left = fewer;
                simplest = still.get();
            }
        }
        return simplest;
    }

    private Optional<Decision> decide(String moment, Map<String, @Nullable Object> facts) {
        try {
            CaseFacts read = rulebook.read(documents.with(facts));
            return Optional.of(rulebook.decide(new Moment(moment), read));
        } catch (Problem cannotBe) {
            return Optional.empty();
        } catch (DecisionFailed failed) {
            undecided.computeIfAbsent(
                    moment + " " + failed.getMessage(),
                    first -> new Finding(
                            "CONTRACT-003",
                            true,
                            "rules/" + moment + ".dmn",
                            "",
                            List.of(moment, String.valueOf(failed.getMessage())),
                            witness(facts)));
            return Optional.empty();
        }
    }

    private void broken(Contract contract, String moment, ContractLaw.Broken broken) {
        findings.add(new Finding(
                "CONTRACT-001",
                true,
                Contract.FILE,
                contract.id(),
                List.of(contract.id(), moment, broken.told()),
                witness(broken.facts())));
    }

    @SuppressWarnings({"NullAway", "unchecked"}) // a missing fact is part of a witness
    private static Map<String, Object> witness(Map<String, @Nullable Object> facts) {
        return (Map<String, Object>) (Map<?, ?>) facts;
    }
}
