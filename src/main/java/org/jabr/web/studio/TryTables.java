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
import org.jabr.rules.Consulted;
import org.jabr.rules.CurrencyTerms;
import org.jabr.rules.FactField;
import org.jabr.rules.Money;
import org.jabr.rules.NearMiss;
import org.jabr.rules.RuleRef;
import org.jabr.rules.RuleWords;
import org.jabr.rules.Rulebook;
import org.jabr.rules.TableView;
import org.jabr.rules.Vocabulary;
import org.jabr.web.Reader;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Shows the tables that were asked in a try, and the rows that came near. */
@Component
public class TryTables {

    private final TryWords words;
    private final Reader reader;

    TryTables(TryWords words, Reader reader) {
        this.words = words;
        this.reader = reader;
    }

    /**
     * A table that was asked.
     *
     * @param saw what its inputs were, in words
     * @param lit the rows that match
     * @param others the rows that do not
     */
    public record TableTold(
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
    public record NearTold(RuleWords rule, List<String> changes, String apply) {}

    /** The tables that were asked, those with matching rows first. */
    public List<TableTold> consulted(Rulebook rulebook, List<TableView> tables, List<Consulted> consulted) {
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
                    words.part(table.label()),
                    table.columns().stream()
                            .map(column -> words.column(rulebook, column))
                            .toList(),
                    one.inputs().entrySet().stream()
                            .map(input -> words.word(rulebook, TryWords.field(input.getKey())) + ": "
                                    + words.value(rulebook, input.getValue()))
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
    public List<NearTold> nearest(Rulebook rulebook, String currency, List<NearMiss> nearest) {
        return nearest.stream()
                .map(miss -> new NearTold(
                        words.rule(rulebook, miss.rule()),
                        miss.changes().stream()
                                .map(change -> reader.words(
                                        "try.change",
                                        words.word(rulebook, TryWords.field(change.column())),
                                        words.value(rulebook, change.is()),
                                        words.value(rulebook, change.needed())))
                                .toList(),
                        apply(rulebook, currency, miss)))
                .toList();
    }

    private static String apply(Rulebook rulebook, String currency, NearMiss miss) {
        Map<String, String> values = new LinkedHashMap<>();
        for (NearMiss.Change change : miss.changes()) {
            String name = TryWords.field(change.column());
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
}
