package org.jabr.rules.drools;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jabr.rules.CurrencyTerms;
import org.jabr.rules.FactField;
import org.jabr.rules.Moment;
import org.jabr.rules.Vocabulary;
import org.jspecify.annotations.Nullable;

/**
 * The facts that matter to a moment, each with one value for every class that the rules tell apart: every limit of a
 * table and of a guardrail, what lies between, missing where it may be. Times, texts as reported and other currencies
 * than that of the base case are not varied.
 */
final class CaseSpace {

    private static final Set<FactField.Type> KEPT =
            Set.of(FactField.Type.INSTANT, FactField.Type.CURRENCY, FactField.Type.TEXT, FactField.Type.CHOSEN);
    private static final Pattern WORD = Pattern.compile("[A-Za-z]+");
    private static final List<BigDecimal> SOME_UNITS = List.of(BigDecimal.valueOf(5), BigDecimal.valueOf(25));
    private static final Set<String> ASKED_AMOUNTS = Set.of("amountPU", "windowTotalPU");

    private final ReleaseTables release;
    private final Domains domains;
    private final String moment;
    private final String drl;
    private final BigDecimal factor;
    private final Map<String, Set<Object>> literals = new LinkedHashMap<>();
    /** Amounts that matter to what is made of a fact; good to try, but no limits of the fact itself. */
    private final Map<String, Set<Object>> worthTrying = new LinkedHashMap<>();

    private final Set<String> read = new LinkedHashSet<>();
    private final Set<String> names = new LinkedHashSet<>();
    private final Set<String> onlyGuarded = new LinkedHashSet<>();
    private final Set<String> visited = new LinkedHashSet<>();

    CaseSpace(ReleaseTables release, CurrencyTerms currency, String moment, String drl) {
        this.release = release;
        this.domains = new Domains(release);
        this.moment = moment;
        this.drl = drl;
        this.factor = currency.factor();
        DmnFile file = release.moments().get(moment);
        if (file == null) {
            return;
        }
        visit(file);
        release.settingsOf(moment).forEach(setting -> visit(file, setting.value()));
        if (file.decisions().stream().anyMatch(DmnFile.Decision::proposes)) {
            release.fileOf(ReleaseTables.AUTHORITY).ifPresent(this::visit);
            names.add(Contract.GRANTED);
            Set<String> before = new LinkedHashSet<>(names);
            guardrails(file, drl);
            names.add("decider");
            onlyGuarded.addAll(names);
            onlyGuarded.removeAll(before);
        }
    }

    /** The names of the facts that matter, in the order in which they were met. */
    Collection<String> names() {
        return names;
    }

    /** The facts that no table of the moment reads, only its guardrails. */
    Set<String> onlyGuarded() {
        return onlyGuarded;
    }

    /** The values of a fact, these told apart as well; a missing one is null. */
    List<@Nullable Object> values(String name, Collection<?> also) {
        List<@Nullable Object> values = new ArrayList<>();
        FactField field = Vocabulary.field(name);
        if (field == null || field.type() == FactField.Type.GRANTED) {
            return values;
        }
        Set<Object> told = new LinkedHashSet<>(literals.getOrDefault(name, Set.of()));
        also.stream().filter(value -> value != null).forEach(told::add);
        if (field.type() == FactField.Type.MONEY && told.isEmpty()) {
            SOME_UNITS.forEach(units -> told.add(units.multiply(factor)));
        }
        Map<Object, @Nullable Object> classes = new LinkedHashMap<>();
        for (Domain.Point point : domains.of(
                        release.files().get(0), new DmnFile.Column(name, field.tableType(), "", ""), told)
                .points()) {
            if (point.sureness() == Domain.Sureness.SURE) {
                Object signature =
                        point.value() != null && field.type() == FactField.Type.FAILURE_TYPE && also.isEmpty()
                                ? signature(name, point.value())
                                : List.of(Optional.ofNullable(point.value()));
                classes.putIfAbsent(signature, point.value());
            }
        }
        values.addAll(classes.values());
        worthTrying.getOrDefault(name, Set.of()).stream()
                .filter(amount -> values.stream().noneMatch(value -> CellTest.same(value, amount)))
                .forEach(values::add);
        return values;
    }

    /** What the rules make of a type of failure; two of which they make the same are one class. */
    private Object signature(String name, Object value) {
        List<Object> signature = new ArrayList<>();
        for (DmnFile file : release.files()) {
            if (visited.contains(file.path())) {
                for (DmnFile.Decision table : file.decisions()) {
                    signature(table, TableTests.of(table), name, value, signature);
                }
            }
        }
        signature.add(drl.contains("\"" + value + "\"") ? value : "");
        return signature;
    }

    private void signature(
            DmnFile.Decision table, TableTests tests, String name, Object value, List<Object> signature) {
        boolean lookup = table.inputs().size() == 1 && table.hitPolicy().equals("UNIQUE");
        for (int column = 0; column < table.inputs().size(); column++) {
            if (!table.inputs().get(column).name().equals(name)) {
                continue;
            }
            for (int row = 0; row < table.rows().size(); row++) {
                boolean matches = tests.matches(row, column, value, true);
                if (!lookup) {
                    signature.add(matches);
                } else if (matches) {
                    for (int i = 0; i < table.outputs().size(); i++) {
                        boolean counts = read.contains(table.outputs().get(i).name());
                        signature.add(counts ? table.rows().get(row).outputs().get(i) : "");
                    }
                }
            }
        }
    }

    private void visit(DmnFile file) {
        if (!visited.add(file.path())) {
            return;
        }
        for (DmnFile.Decision decision : file.decisions()) {
            TableTests tests = TableTests.of(decision);
            for (int i = 0; i < decision.inputs().size(); i++) {
                String name = decision.inputs().get(i).name();
                tell(file, name, tests.literals(i));
                Cells.names(name).forEach(one -> visit(file, one));
            }
            String expression = decision.expression();
            if (expression != null) {
                Cells.names(expression).forEach(one -> visit(file, one));
            }
            decision.rows().stream()
                    .flatMap(row -> row.outputs().stream())
                    .filter(cell -> Literals.value(cell).isEmpty())
                    .flatMap(cell -> Cells.names(cell).stream())
                    .forEach(one -> visit(file, one));
        }
    }

    private void visit(DmnFile file, String name) {
        read.add(name);
        FactField field = Vocabulary.field(name);
        ReleaseTables.Derived derived = release.derived().get(name);
        boolean decidedHere = moment.equals(Moment.INTAKE.name()) && (name.equals("severity") || name.equals("tier"));
        if (field != null && !KEPT.contains(field.type()) && !decidedHere) {
            names.add(name);
        } else if (derived != null) {
            visit(derived.file());
        }
    }

    /** What a column is compared with; what is compared in policy units is told apart in money. */
    private void tell(DmnFile file, String name, List<Object> limits) {
        if (Vocabulary.field(name) != null) {
            literals.computeIfAbsent(name, none -> new LinkedHashSet<>()).addAll(limits);
        } else if (domains.amount(file, name)) {
            Optional<String> expression =
                    domains.source(file, name).map(source -> source.decision().expression());
            List<String> money = ASKED_AMOUNTS.contains(name)
                    ? List.of(name.equals("amountPU") ? "loss" : "goodwillLast12Months")
                    : expression.map(Cells::names).orElse(List.of());
            for (String fact : money) {
                FactField field = Vocabulary.field(fact);
                if (field != null && field.type() == FactField.Type.MONEY) {
                    Set<Object> told = (ASKED_AMOUNTS.contains(name) ? worthTrying : literals)
                            .computeIfAbsent(fact, none -> new LinkedHashSet<>());
                    limits.stream()
                            .filter(BigDecimal.class::isInstance)
                            .forEach(limit -> told.add(((BigDecimal) limit).multiply(factor)));
                }
            }
        }
    }

    private void guardrails(DmnFile file, String drl) {
        Matcher word = WORD.matcher(drl);
        while (word.find()) {
            if (Vocabulary.field(word.group()) != null || release.derived().containsKey(word.group())) {
                visit(file, word.group());
            }
        }
        for (String name : names) {
            Matcher compared = Pattern.compile("\\b" + name + "\\s*(?:==|!=|<=|>=|<|>)\\s*(\\d+(?:\\.\\d+)?)")
                    .matcher(drl);
            while (compared.find()) {
                literals.computeIfAbsent(name, none -> new LinkedHashSet<>()).add(new BigDecimal(compared.group(1)));
            }
        }
    }
}
