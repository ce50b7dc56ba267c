package org.jabr.rules.drools;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jabr.rules.Objections;
import org.jabr.rules.Problem;
import org.jabr.rules.RuleRef;
import org.jabr.rules.RuleWords;

/** Puts rules into words, from the rules themselves: table rows from their cells, guardrails from their own sentence. */
final class RuleExplainer {

    /** Reasons that are not rules. */
    private static final Set<String> REASONS = Set.of("chosen", "type-given", "impact-given", "impact-none");

    private final Words words;
    private final List<Guardrail> guardrails;
    private final Map<String, Place> rows = new HashMap<>();

    private record Place(DmnFile.Decision table, DmnFile.Row row) {}

    RuleExplainer(Words words, ReleaseTables tables, List<Guardrail> guardrails) {
        this.words = words;
        this.guardrails = guardrails;
        tables.files().forEach(file -> file.decisions()
                .forEach(table -> table.rows().forEach(row -> rows.put(row.id(), new Place(table, row)))));
    }

    RuleWords explain(RuleRef rule, Locale language) {
        Place place = rows.get(rule.id());
        if (place != null) {
            return row(rule, place, language);
        }
        List<Guardrail> branches = guardrails.stream()
                .filter(g -> g.name().equals(rule.id())
                        || Objections.guardrail(g.name()).equals(rule.id()))
                .toList();
        if (!branches.isEmpty()) {
            return guardrail(rule, branches, language);
        }
        if (REASONS.contains(rule.id())) {
            return new RuleWords(rule, "", "", words.word(rule.id(), language), "");
        }
        throw new Problem(Problem.Kind.NOT_FOUND, "RULES-005", rule.id());
    }

    String word(String value, Locale language) {
        return words.word(value, language);
    }

    private RuleWords row(RuleRef rule, Place place, Locale language) {
        CellWords cells = new CellWords(words, language);
        List<String> conditions = new ArrayList<>();
        for (int i = 0; i < place.row().inputs().size(); i++) {
            String cell = place.row().inputs().get(i);
            if (!cell.equals("-")) {
                conditions.add(label(place.table().inputs().get(i), language) + " " + cells.test(cell));
            }
        }
        return new RuleWords(
                rule,
                Words.part(place.table().label(), language),
                when(conditions, language),
                place.table().proposes() ? remedy(place, cells, language) : outputs(place, cells, language),
                Words.part(place.row().annotation(), language));
    }

    private static String when(List<String> conditions, Locale language) {
        if (Words.isArabic(language)) {
            return conditions.isEmpty() ? "في كل حال" : "عندما: " + String.join("، و", conditions);
        }
        return conditions.isEmpty() ? "in any case" : "when " + String.join(" and ", conditions);
    }

    private String label(DmnFile.Column column, Locale language) {
        String label = Words.part(column.label(), language);
        if (label.isBlank()) {
            return words.word(column.name(), language);
        }
        return Words.isArabic(language) ? label : Character.toLowerCase(label.charAt(0)) + label.substring(1);
    }

    private String outputs(Place place, CellWords cells, Locale language) {
        List<String> said = new ArrayList<>();
        for (int i = 0; i < place.table().outputs().size(); i++) {
            String cell = place.row().outputs().get(i);
            if (!cell.equals("null")) {
                said.add(label(place.table().outputs().get(i), language) + ": " + cells.value(cell));
            }
        }
        return said.isEmpty()
                ? words.word("null", language)
                : String.join(Words.isArabic(language) ? "؛ " : "; ", said);
    }

    private String remedy(Place place, CellWords cells, Locale language) {
        boolean arabic = Words.isArabic(language);
        List<String> said = new ArrayList<>();
        said.add(cells.value(cell(place, "remedy")));
        String percent = cell(place, "percent");
        if (!percent.isEmpty()) {
            said.add(cells.value(percent) + (arabic ? " % من الخسارة" : " % of the loss"));
        }
        String units = cell(place, "units");
        if (!units.isEmpty()) {
            said.add(cells.value(units) + (arabic ? " من وحدات السياسة" : " policy units"));
        }
        if (cell(place, "floor").equals("true")) {
            said.add(arabic ? "مكفول للجميع" : "for everybody");
        }
        if (cell(place, "statutory").equals("true")) {
            said.add(arabic ? "مستحق بالقانون" : "owed by law");
        }
        return String.join(arabic ? "، " : ", ", said);
    }

    private static String cell(Place place, String output) {
        int at = place.table().output(output);
        String cell = at < 0 ? "" : place.row().outputs().get(at);
        return cell.equals("null") ? "" : cell;
    }

    private RuleWords guardrail(RuleRef rule, List<Guardrail> branches, Locale language) {
        boolean arabic = Words.isArabic(language);
        return new RuleWords(
                rule,
                words.word("guardrails", language),
                branches.stream().map(g -> arabic ? g.arabic() : g.english()).collect(Collectors.joining(" ")),
                branches.stream()
                        .map(g -> words.word(g.call(), language)
                                + (g.authority().isEmpty() ? "" : ": " + words.word(g.authority(), language)))
                        .distinct()
                        .collect(Collectors.joining(arabic ? "؛ " : "; ")),
                "");
    }
}
