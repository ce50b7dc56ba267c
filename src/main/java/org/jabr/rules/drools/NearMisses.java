package org.jabr.rules.drools;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jabr.rules.Consulted;
import org.jabr.rules.CurrencyTerms;
import org.jabr.rules.FactField;
import org.jabr.rules.NearMiss;
import org.jabr.rules.RuleRef;
import org.jabr.rules.Vocabulary;
import org.jspecify.annotations.Nullable;

/**
 * The rows that nearly matched: for each column that stands in the way the accepted value nearest to what it saw. A row
 * with a cell that cannot be read exactly is left out, because nothing true could be said of it.
 */
final class NearMisses {

    private final Domains domains;
    private final BigDecimal cent;

    NearMisses(ReleaseTables release, CurrencyTerms currency) {
        this.domains = new Domains(release);
        this.cent = BigDecimal.ONE.movePointLeft(currency.digits());
    }

    /** The tables of a file that was asked. */
    static List<Consulted> consulted(Asked asked) {
        List<Consulted> consulted = new ArrayList<>();
        for (DmnFile.Decision table : asked.file().decisions()) {
            if (table.isTable()) {
                consulted.add(new Consulted(
                        asked.file().path(),
                        table.id(),
                        plain(asked.inputs(table)),
                        asked.matching(TableTests.of(table)).stream()
                                .map(row -> new RuleRef(table.rows().get(row).id()))
                                .toList()));
            }
        }
        return consulted;
    }

    @SuppressWarnings({"NullAway", "unchecked"}) // what a column did not see is a null of its map
    private static Map<String, Object> plain(Map<String, @Nullable Object> inputs) {
        return (Map<String, Object>) (Map<?, ?>) inputs;
    }

    /** A row that nearly matched, and how far it is. */
    private record Far(NearMiss miss, BigDecimal distance, boolean ofMoment) {}

    /** A value that a cell accepts, and how far it is from what the column saw. */
    private record Needed(@Nullable Object value, BigDecimal distance) {}

    List<NearMiss> of(List<Asked> all, int most) {
        Map<RuleRef, Far> nearest = new LinkedHashMap<>();
        Comparator<Far> order = Comparator.comparing(
                        (Far far) -> far.miss().changes().size())
                .thenComparing(Far::distance)
                .thenComparing(far -> !far.ofMoment());
        Map<RuleRef, Boolean> matched = new HashMap<>();
        for (Asked asked : all) {
            for (DmnFile.Decision table : asked.file().decisions()) {
                TableTests tests = TableTests.of(table);
                List<Integer> matching = asked.matching(tests);
                for (int row = 0; row < tests.rows().size(); row++) {
                    RuleRef rule = new RuleRef(table.rows().get(row).id());
                    if (matching.contains(row)) {
                        matched.put(rule, true);
                    } else {
                        far(asked, tests, row)
                                .ifPresent(far -> nearest.merge(
                                        rule, far, (old, young) -> order.compare(young, old) < 0 ? young : old));
                    }
                }
            }
        }
        nearest.keySet().removeAll(matched.keySet());
        return nearest.values().stream()
                .sorted(order)
                .limit(most)
                .map(Far::miss)
                .toList();
    }

    private Optional<Far> far(Asked asked, TableTests tests, int row) {
        DmnFile.Row written = tests.table().rows().get(row);
        List<NearMiss.Change> changes = new ArrayList<>();
        BigDecimal distance = BigDecimal.ZERO;
        for (int column = 0; column < tests.columns().size(); column++) {
            if (!tests.readable(row, column)) {
                return Optional.empty();
            }
            DmnFile.Column input = tests.table().inputs().get(column);
            Object is = asked.seen(input);
            if (!tests.matches(row, column, is, false)) {
                Optional<Needed> needed = needed(asked.file(), tests, row, column, is);
                if (needed.isEmpty()) {
                    return Optional.empty();
                }
                distance = distance.add(needed.get().distance());
                changes.add(new NearMiss.Change(
                        input.name(), is, needed.get().value(), written.inputs().get(column)));
            }
        }
        NearMiss miss = new NearMiss(
                new RuleRef(written.id()), asked.file().path(), tests.table().id(), changes);
        return Optional.of(new Far(miss, distance, asked.file().isMoment()));
    }

    private Optional<Needed> needed(DmnFile file, TableTests tests, int row, int column, @Nullable Object is) {
        DmnFile.Column input = tests.table().inputs().get(column);
        List<Object> literals = tests.literals(column);
        List<@Nullable Object> candidates = new ArrayList<>();
        for (Domain.Point point : domains.of(file, input, literals).points()) {
            if (point.sureness() != Domain.Sureness.POSSIBLE) {
                candidates.add(point.value());
            }
        }
        if (input.type().equals("number")) {
            besides(domains.amount(file, input.name()) ? cent : domains.step(file, input.name(), literals), literals)
                    .stream()
                    .filter(number -> within(input.name(), number))
                    .forEach(candidates::add);
        }
        return candidates.stream()
                .filter(value -> tests.matches(row, column, value, false))
                .map(value -> new Needed(value, distance(candidates, is, value)))
                .min(Comparator.comparing(Needed::distance).thenComparing(needed -> needed.value() == null));
    }

    /** Each limit and the next number on either side of it. */
    private static List<BigDecimal> besides(BigDecimal step, Collection<Object> literals) {
        List<BigDecimal> numbers = new ArrayList<>();
        for (Object literal : literals) {
            if (literal instanceof BigDecimal limit) {
                numbers.addAll(List.of(limit, limit.add(step), limit.subtract(step)));
            }
        }
        return numbers;
    }

    private static boolean within(String name, BigDecimal number) {
        FactField field = Vocabulary.field(name);
        return number.signum() >= 0
                && (field == null
                        || (number.compareTo(BigDecimal.valueOf(field.most())) <= 0
                                && (!field.name().equals("severity") || number.signum() > 0)));
    }

    private static BigDecimal distance(List<@Nullable Object> candidates, @Nullable Object is, @Nullable Object value) {
        if (is instanceof BigDecimal from && value instanceof BigDecimal to) {
            return from.subtract(to).abs().divide(from.abs().max(BigDecimal.ONE), MathContext.DECIMAL32);
        }
        if (value instanceof BigDecimal to) {
            // from nothing the smallest number is the nearest
            return to.abs().movePointLeft(9).add(BigDecimal.ONE);
        }
        int here = candidates.indexOf(is);
        int there = candidates.indexOf(value);
        // values in an order, such as tiers, are nearer to their neighbours
        int steps = here < 0 ? 1 : Math.abs(here - there);
        return BigDecimal.ONE.add(BigDecimal.valueOf(steps, 3));
    }
}
