package org.jabr.rules.drools;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jabr.rules.AnswerField;
import org.jabr.rules.CatalogueEntry;
import org.jabr.rules.CurrencyTerms;
import org.jabr.rules.FactField;
import org.jabr.rules.Vocabulary;
import org.jabr.rules.drools.Domain.Sureness;

/** Which values the columns of a release can see: those of facts, of what tables derive, and of what is asked. */
final class Domains {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)*");
    private static final List<String> LANGUAGES = List.of("fr", "de", "ur", "tr", "xx");
    private static final Set<String> SINGLE = Set.of("UNIQUE", "FIRST", "ANY", "PRIORITY");

    private final ReleaseTables release;
    private final Map<String, Optional<Source>> sources = new HashMap<>();
    private final Map<String, Boolean> alwaysDecided = new HashMap<>();

    /** What decides a name: an output of a table, or an expression. */
    record Source(DmnFile file, DmnFile.Decision decision, String output) {

        boolean single() {
            return decision.isTable() && SINGLE.contains(decision.hitPolicy());
        }
    }

    Domains(ReleaseTables release) {
        this.release = release;
    }

    /** The values of a column, where cells tell these literals apart. */
    Domain of(DmnFile file, DmnFile.Column column, Collection<?> literals) {
        String name = column.name();
        if (!NAME.matcher(name).matches()) {
            return DomainShapes.unknown(column.type(), literals, Sureness.POSSIBLE);
        }
        if (name.startsWith(ReleaseTables.ANSWERS)) {
            return answer(name.substring(ReleaseTables.ANSWERS.length()), column.type(), literals);
        }
        FactField field = Vocabulary.field(name);
        if (field != null) {
            return fact(field, literals);
        }
        return switch (name) {
            case "statutory" ->
                new Domain.Gathering()
                        .addAll(List.of(true, false), Sureness.SURE)
                        .done();
            case "amountPU", "windowTotalPU" -> DomainShapes.amounts(literals).done();
            case "remedy" ->
                new Domain.Gathering()
                        .addAll(
                                release.terms().catalogue().stream()
                                        .map(CatalogueEntry::remedy)
                                        .map(remedy -> remedy.name())
                                        .toList(),
                                Sureness.SURE)
                        .done();
            case "moment" ->
                new Domain.Gathering()
                        .addAll(release.moments().keySet(), Sureness.SURE)
                        .done();
            case "factor" ->
                new Domain.Gathering()
                        .addAll(
                                release.terms().currencies().values().stream()
                                        .map(CurrencyTerms::factor)
                                        .toList(),
                                Sureness.SURE)
                        .done();
            default ->
                source(file, name)
                        .map(source -> decided(source, column.type(), literals, amount(file, name)))
                        .orElseGet(() -> DomainShapes.unknown(column.type(), literals, Sureness.POSSIBLE));
        };
    }

    /** What decides a name that is not a fact by itself. */
    Optional<Source> source(DmnFile file, String name) {
        if (Vocabulary.field(name) != null || !NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        return sources.computeIfAbsent(file.path() + " " + name, key -> {
            if (!file.inputs().containsKey(name)) {
                Optional<Source> here = file.decisions().stream()
                        .filter(decision -> decision.name().equals(name))
                        .filter(decision ->
                                !decision.isTable() || decision.outputs().size() == 1)
                        .map(decision -> new Source(
                                file,
                                decision,
                                decision.isTable() ? decision.outputs().get(0).name() : ""))
                        .findFirst();
                if (here.isPresent()) {
                    return here;
                }
            }
            return Optional.ofNullable(release.derived().get(name))
                    .map(derived -> new Source(derived.file(), derived.decision(), derived.output()));
        });
    }

    /** The facts that a name depends on in the end; itself where it is one. */
    Set<String> roots(DmnFile file, String name) {
        Set<String> roots = new LinkedHashSet<>();
        roots(file, name, roots, new LinkedHashSet<>());
        return roots;
    }

    private void roots(DmnFile file, String name, Set<String> roots, Set<String> seen) {
        if (!seen.add(file.path() + " " + name)) {
            return;
        }
        if (name.equals("factor")) {
            roots.add("currency");
            return;
        }
        Optional<Source> source = source(file, name);
        if (source.isEmpty()) {
            roots.add(name);
            return;
        }
        DmnFile.Decision decision = source.get().decision();
        List<String> read = new ArrayList<>();
        decision.inputs().forEach(input -> read.addAll(Cells.names(input.name())));
        String expression = decision.expression();
        if (expression != null) {
            read.addAll(Cells.names(expression));
        }
        decision.rows().forEach(row -> row.outputs().stream()
                .filter(cell -> Literals.value(cell).isEmpty())
                .forEach(cell -> read.addAll(Cells.names(cell))));
        read.forEach(one -> roots(source.get().file(), one, roots, seen));
    }

    /** Whether a column holds amounts: money, what an expression makes of money, or what is asked about an amount. */
    boolean amount(DmnFile file, String name) {
        FactField field = Vocabulary.field(name);
        if (field != null) {
            return field.type() == FactField.Type.MONEY;
        }
        if (name.equals("amountPU") || name.equals("windowTotalPU")) {
            return true;
        }
        String expression =
                source(file, name).map(source -> source.decision().expression()).orElse(null);
        return expression != null
                && Cells.names(expression).stream()
                        .map(Vocabulary::field)
                        .anyMatch(read -> read != null && read.type() == FactField.Type.MONEY);
    }

    /** The least difference between two values of a column, as far as is known. */
    BigDecimal step(DmnFile file, String name, Collection<?> literals) {
        FactField field = Vocabulary.field(name);
        boolean whole = (field != null && field.type() == FactField.Type.WHOLE)
                || DomainShapes.numbers(literals).stream()
                        .allMatch(number -> number.stripTrailingZeros().scale() <= 0);
        return whole && !amount(file, name) ? BigDecimal.ONE : Numbers.CENT;
    }

    private Domain fact(FactField field, Collection<?> literals) {
        Domain.Gathering gathering = new Domain.Gathering();
        boolean derived = release.derived().containsKey(field.name());
        switch (field.type()) {
            case CODE -> gathering.addAll(field.values(), Sureness.SURE);
            case BOOLEAN -> gathering.addAll(List.of(true, false), Sureness.SURE);
            case FAILURE_TYPE -> gathering.addAll(release.terms().failureTypes(), Sureness.SURE);
            case CURRENCY -> gathering.addAll(release.terms().currencies().keySet(), Sureness.SURE);
            case LANGUAGE ->
                gathering
                        .addAll(literals, Sureness.SURE)
                        .add(
                                LANGUAGES.stream()
                                        .filter(language -> !literals.contains(language))
                                        .findFirst()
                                        .orElse("xx"),
                                Sureness.SURE);
            case TEXT -> gathering.addAll(literals, Sureness.SURE).add(DomainShapes.SOMETHING_ELSE, Sureness.SURE);
            case WHOLE -> {
                BigDecimal least = field.name().equals("severity") ? BigDecimal.ONE : BigDecimal.ZERO;
                BigDecimal most = field.most() == Long.MAX_VALUE ? null : BigDecimal.valueOf(field.most());
                gathering.addAll(
                        Numbers.whole(least, most).representatives(DomainShapes.numbers(literals)), Sureness.SURE);
            }
            case MONEY -> gathering = DomainShapes.amounts(literals);
            case INSTANT, GRANTED, CHOSEN -> gathering.addAll(literals, Sureness.POSSIBLE);
        }
        if (field.missing() == null && field.type() != FactField.Type.CURRENCY && !alwaysDecided(field.name())) {
            gathering.add(null, derived ? Sureness.POSSIBLE : Sureness.SURE);
        }
        return gathering.done();
    }

    /** Whether every case is given the fact, by whoever reports it or by what derives it. */
    private boolean alwaysDecided(String name) {
        ReleaseTables.Derived derived = release.derived().get(name);
        return derived != null
                && alwaysDecided.computeIfAbsent(
                        name,
                        unknown ->
                                AlwaysDecided.knows(new Source(derived.file(), derived.decision(), derived.output())));
    }

    private Domain answer(String name, String type, Collection<?> literals) {
        AnswerField field = release.terms().answers().get(name);
        Domain.Gathering gathering = new Domain.Gathering();
        if (type.equals("boolean")) {
            gathering.addAll(List.of(true, false), Sureness.SURE);
        } else if (type.equals("number")) {
            Numbers numbers =
                    field == null ? new Numbers(null, null, null) : new Numbers(null, field.least(), field.most());
            gathering.addAll(numbers.representatives(DomainShapes.numbers(literals)), Sureness.SURE);
        } else if (type.equals("string")) {
            List<String> values = field == null ? List.of() : field.values();
            if (values.isEmpty()) {
                gathering.addAll(literals, Sureness.SURE).add(DomainShapes.SOMETHING_ELSE, Sureness.SURE);
            } else {
                gathering.addAll(values, Sureness.SURE);
            }
        } else {
            gathering.addAll(literals, Sureness.POSSIBLE);
        }
        return gathering.add(null, Sureness.SURE).done();
    }

    private static Domain decided(Source source, String type, Collection<?> literals, boolean amount) {
        DmnFile.Decision decision = source.decision();
        String expression = decision.expression();
        if (expression != null) {
            return DomainShapes.assumed(
                    type, literals, amount, expression.contains("null") ? Sureness.ASSUMED : Sureness.POSSIBLE);
        }
        int place = decision.output(source.output());
        if (place < 0
                || decision.rows().stream()
                        .anyMatch(row -> place >= row.outputs().size())) {
            return DomainShapes.unknown(type, literals, Sureness.POSSIBLE);
        }
        List<String> cells =
                decision.rows().stream().map(row -> row.outputs().get(place)).toList();
        boolean plain = cells.stream()
                .allMatch(cell -> cell.equals("null") || Literals.value(cell).isPresent());
        if (decision.collects()) {
            return decision.aggregation() == null
                    ? DomainShapes.unknown(type, literals, Sureness.POSSIBLE)
                    : DomainShapes.assumed(type, literals, false, Sureness.ASSUMED);
        }
        Domain.Gathering gathering = new Domain.Gathering();
        for (String cell : cells) {
            Literals.value(cell).ifPresent(value -> gathering.add(value, Sureness.SURE));
            if (cell.equals("null")) {
                gathering.add(null, Sureness.SURE);
            }
        }
        return plain
                ? gathering.done()
                : gathering
                        .addAll(
                                DomainShapes.unknown(type, literals, Sureness.ASSUMED).points().stream()
                                        .map(Domain.Point::value)
                                        .toList(),
                                Sureness.ASSUMED)
                        .done();
    }
}
