package org.jabr.web.studio;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jabr.replay.Compared;
import org.jabr.rules.Authority;
import org.jabr.rules.Consulted;
import org.jabr.rules.CurrencyTerms;
import org.jabr.rules.Decision;
import org.jabr.rules.FactField;
import org.jabr.rules.Money;
import org.jabr.rules.NearMiss;
import org.jabr.rules.Objection;
import org.jabr.rules.Outcome;
import org.jabr.rules.Problem;
import org.jabr.rules.Proposal;
import org.jabr.rules.RuleRef;
import org.jabr.rules.RuleWords;
import org.jabr.rules.Rulebook;
import org.jabr.rules.Setting;
import org.jabr.rules.TableView;
import org.jabr.rules.Verdict;
import org.jabr.rules.Vocabulary;
import org.jabr.web.Reader;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Puts what came of a try into words: those of the content that was tried. */
@Component
class TryReading {

    private final Reader reader;

    TryReading(Reader reader) {
        this.reader = reader;
    }

    /** A decision in words. */
    record Told(
            List<RemedyTold> remedies,
            List<SettingTold> settings,
            List<ProposalTold> proposals,
            List<ObjectionTold> objections) {}

    /** @param authority of an ASK who must agree; null where nobody is asked */
    record RemedyTold(
            String remedy,
            String name,
            @Nullable Money amount,
            Verdict verdict,
            String tone,
            @Nullable String authority,
            List<RuleWords> because,
            boolean differs) {}

    record SettingTold(String name, String value, List<RuleWords> because, boolean differs) {}

    record ProposalTold(String name, @Nullable Money amount, List<RuleWords> because) {}

    record ObjectionTold(String remedy, String kind, RuleWords rule) {}

    /**
     * A table that was asked.
     *
     * @param saw what its inputs were, in words
     * @param lit the rows that match
     * @param others the rows that do not
     */
    record TableTold(
            String file,
            String name,
            String title,
            List<String> columns,
            List<String> saw,
            List<TableView.Row> lit,
            List<TableView.Row> others) {}

    /**
     * A row that came near.
     *
     * @param apply the change as the form takes it; empty where one of its columns is derived from other facts
     */
    record NearTold(RuleWords rule, List<String> changes, String apply) {}

    /** @param other another decision about the same facts, to mark what differs; null for none */
    Told told(Rulebook rulebook, Decision decision, @Nullable Decision other) {
        Set<String> differing = other == null
                ? Set.of()
                : Compared.between(decision, other).stream()
                        .map(Compared.Difference::name)
                        .collect(Collectors.toSet());
        return new Told(
                decision.outcome().stream()
                        .map(outcome -> remedy(rulebook, decision, outcome, differing))
                        .toList(),
                decision.settings().stream()
                        .map(setting -> setting(rulebook, setting, differing))
                        .toList(),
                decision.proposals().stream()
                        .map(proposal -> proposal(rulebook, proposal))
                        .toList(),
                decision.objections().stream()
                        .map(objection -> objection(rulebook, objection))
                        .toList());
    }

    private RemedyTold remedy(Rulebook rulebook, Decision decision, Outcome outcome, Set<String> differing) {
        Authority authority = outcome.authority();
        Set<RuleRef> because = new LinkedHashSet<>(outcome.because());
        decision.objections().stream()
                .filter(objection -> objection.remedy().equals(outcome.remedy()))
                .forEach(objection -> because.add(objection.rule()));
        return new RemedyTold(
                outcome.remedy(),
                word(rulebook, outcome.remedy()),
                outcome.amount(),
                outcome.verdict(),
                switch (outcome.verdict()) {
                    case GRANT -> "good";
                    case ASK -> "warn";
                    case REFUSE -> "";
                },
                outcome.verdict() == Verdict.ASK && authority != null ? word(rulebook, authority.name()) : null,
                rules(rulebook, because),
                differing.contains(outcome.remedy()));
    }

    private SettingTold setting(Rulebook rulebook, Setting setting, Set<String> differing) {
        return new SettingTold(
                word(rulebook, setting.name()),
                value(rulebook, setting.value()),
                rules(rulebook, setting.because()),
                differing.contains(setting.name()));
    }

    private ProposalTold proposal(Rulebook rulebook, Proposal proposal) {
        return new ProposalTold(
                word(rulebook, proposal.remedy()), proposal.amount(), rules(rulebook, proposal.because()));
    }

    private ObjectionTold objection(Rulebook rulebook, Objection objection) {
        Money cap = objection.cap();
        Authority authority = objection.authority();
        String kind =
                switch (objection.kind()) {
                    case CAP -> reader.words("try.objection.CAP", cap == null ? "" : cap);
                    case ASK ->
                        reader.words("try.objection.ASK", authority == null ? "" : word(rulebook, authority.name()));
                    case REFUSE -> reader.words("try.objection.REFUSE");
                    case NOTE -> reader.words("try.objection.NOTE");
                };
        return new ObjectionTold(word(rulebook, objection.remedy()), kind, rule(rulebook, objection.rule()));
    }

    /** The tables that were asked, those with matching rows first. */
    List<TableTold> consulted(Rulebook rulebook, List<TableView> tables, List<Consulted> consulted) {
        List<TableTold> told = new ArrayList<>();
        for (Consulted one : consulted) {
            Optional<TableView> view = tables.stream()
                    .filter(table ->
                            table.id().equals(one.table()) && table.file().equals(one.file()))
                    .findFirst();
            Set<String> matching =
                    one.matching().stream().map(RuleRef::id).collect(Collectors.toCollection(LinkedHashSet::new));
            view.ifPresent(table -> told.add(new TableTold(
                    table.file(),
                    table.id(),
                    part(table.label()),
                    table.columns().stream()
                            .map(column -> column(rulebook, column))
                            .toList(),
                    one.inputs().entrySet().stream()
                            .map(input ->
                                    word(rulebook, field(input.getKey())) + ": " + value(rulebook, input.getValue()))
                            .toList(),
                    table.rows().stream()
                            .filter(row -> matching.contains(row.id()))
                            .toList(),
                    table.rows().stream()
                            .filter(row -> !matching.contains(row.id()))
                            .toList())));
        }
        told.sort(Comparator.comparing((TableTold table) -> table.lit().isEmpty()));
        return told;
    }

    /** The rows that came near, with the change as the form takes it. */
    List<NearTold> nearest(Rulebook rulebook, String currency, List<NearMiss> nearest) {
        return nearest.stream()
                .map(miss -> new NearTold(
                        rule(rulebook, miss.rule()),
                        miss.changes().stream()
                                .map(change -> reader.words(
                                        "try.change",
                                        word(rulebook, field(change.column())),
                                        value(rulebook, change.is()),
                                        value(rulebook, change.needed())))
                                .toList(),
                        apply(rulebook, currency, miss)))
                .toList();
    }

    private static String apply(Rulebook rulebook, String currency, NearMiss miss) {
        Map<String, String> values = new LinkedHashMap<>();
        for (NearMiss.Change change : miss.changes()) {
            String name = field(change.column());
            Object needed = change.needed();
            FactField field = Vocabulary.field(name);
            if (name.equals("lossPU") && needed instanceof BigDecimal units) {
                rulebook.currencies().stream()
                        .filter(terms -> terms.code().equals(currency))
                        .map(CurrencyTerms::factor)
                        .findFirst()
                        .ifPresent(factor -> values.put(
                                "loss",
                                Money.rounded(units.multiply(factor), currency)
                                        .amount()
                                        .toPlainString()));
            } else if (field != null && !field.tableType().isEmpty()) {
                values.put(name, written(needed));
            } else if (change.column().startsWith("answers.")) {
                values.put(change.column(), written(needed));
            } else {
                return "";
            }
        }
        return values.entrySet().stream()
                .map(value -> value.getKey() + "=" + value.getValue())
                .collect(Collectors.joining(";"));
    }

    private static String written(@Nullable Object needed) {
        return needed == null
                ? ""
                : needed instanceof BigDecimal number
                        ? number.stripTrailingZeros().toPlainString()
                        : needed.toString();
    }

    /** What is wrong with the facts, in words. */
    String problem(Problem problem) {
        return reader.words(problem);
    }

    private List<RuleWords> rules(Rulebook rulebook, Iterable<RuleRef> rules) {
        List<RuleWords> told = new ArrayList<>();
        rules.forEach(rule -> told.add(rule(rulebook, rule)));
        return told;
    }

    private RuleWords rule(Rulebook rulebook, RuleRef rule) {
        try {
            return rulebook.explain(rule, reader.locale());
        } catch (Problem unknown) {
            return new RuleWords(rule, "", "", rule.id(), "");
        }
    }

    private String column(Rulebook rulebook, TableView.Column column) {
        String label = part(column.label());
        return label.isBlank() ? word(rulebook, field(column.name())) : label;
    }

    private String word(Rulebook rulebook, String value) {
        return rulebook.word(value, reader.locale());
    }

    private String value(Rulebook rulebook, @Nullable Object value) {
        if (value == null) {
            return word(rulebook, "null");
        }
        if (value instanceof Boolean flag) {
            return reader.words(Boolean.TRUE.equals(flag) ? "yes" : "no");
        }
        if (value instanceof Number number) {
            return reader.number(number);
        }
        if (value instanceof List<?> list) {
            return list.isEmpty()
                    ? reader.words("none")
                    : list.stream()
                            .map(one -> value(rulebook, one))
                            .collect(Collectors.joining(reader.words("list.comma")));
        }
        return word(rulebook, value.toString());
    }

    /** The reader's part of a text written as {@code English | Arabic}. */
    private String part(String both) {
        int bar = both.indexOf(" | ");
        if (bar < 0) {
            return both;
        }
        return reader.language().equals("ar") ? both.substring(bar + 3) : both.substring(0, bar);
    }

    /** A column may name a field with its group before it. */
    private static String field(String column) {
        int dot = column.lastIndexOf('.');
        return dot < 0 || column.startsWith("answers.") ? column : column.substring(dot + 1);
    }
}
