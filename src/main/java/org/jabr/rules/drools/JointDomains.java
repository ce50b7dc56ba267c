package org.jabr.rules.drools;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jabr.rules.AnswerField;
import org.jspecify.annotations.Nullable;

/**
 * Which values columns have together, where they depend on the same facts: the category follows from the type, so not
 * every category goes with every type.
 */
final class JointDomains {

    private static final int MOST = 20_000;

    private final Domains domains;
    private final ReleaseTables release;

    JointDomains(ReleaseTables release, Domains domains) {
        this.release = release;
        this.domains = domains;
    }

    /** Thrown inside where something cannot be worked out; never leaves this class. */
    private static final class Unsolved extends RuntimeException {
        private static final long serialVersionUID = 1;

        private Unsolved() {
            super(null, null, false, false);
        }
    }

    /** The places of the columns of a table, those together that depend on a common fact. */
    List<List<Integer>> groups(DmnFile file, DmnFile.Decision table) {
        List<Set<String>> roots = new ArrayList<>();
        List<List<Integer>> groups = new ArrayList<>();
        for (int i = 0; i < table.inputs().size(); i++) {
            Set<String> its = new LinkedHashSet<>();
            Cells.names(table.inputs().get(i).name()).forEach(name -> its.addAll(domains.roots(file, name)));
            List<Integer> group = new ArrayList<>(List.of(i));
            for (int g = groups.size() - 1; g >= 0; g--) {
                if (roots.get(g).stream().anyMatch(its::contains)) {
                    group.addAll(groups.remove(g));
                    its.addAll(roots.remove(g));
                }
            }
            group.sort(null);
            groups.add(group);
            roots.add(its);
        }
        return groups;
    }

    /** The values that these columns have together, in their order; empty where that cannot be worked out. */
    Optional<List<List<@Nullable Object>>> together(DmnFile file, TableTests tests, List<Integer> columns) {
        Map<String, Set<Object>> literals = new LinkedHashMap<>();
        for (int column : columns) {
            String name = tests.table().inputs().get(column).name();
            read(file, name, literals, new LinkedHashSet<>());
            literals.computeIfAbsent(name, unread -> new LinkedHashSet<>()).addAll(tests.literals(column));
        }
        Map<String, List<Domain.Point>> roots = new LinkedHashMap<>();
        long product = 1;
        for (int column : columns) {
            DmnFile.Column input = tests.table().inputs().get(column);
            for (String root : domains.roots(file, input.name())) {
                if (!roots.containsKey(root)) {
                    List<Domain.Point> sure = sure(file, root, literals.getOrDefault(root, Set.of()));
                    roots.put(root, sure);
                    product *= Math.max(1, sure.size());
                }
                if (product > MOST) {
                    return Optional.empty();
                }
            }
        }
        try {
            Set<List<@Nullable Object>> tuples = new LinkedHashSet<>();
            walk(file, tests, columns, new ArrayList<>(roots.entrySet()), 0, new HashMap<>(), tuples);
            return Optional.of(new ArrayList<>(tuples));
        } catch (Unsolved unsolved) {
            return Optional.empty();
        }
    }

    private void walk(
            DmnFile file,
            TableTests tests,
            List<Integer> columns,
            List<Map.Entry<String, List<Domain.Point>>> roots,
            int at,
            Map<String, @Nullable Object> facts,
            Set<List<@Nullable Object>> tuples) {
        if (at < roots.size()) {
            for (Domain.Point point : roots.get(at).getValue()) {
                facts.put(roots.get(at).getKey(), point.value());
                walk(file, tests, columns, roots, at + 1, facts, tuples);
            }
            return;
        }
        List<@Nullable Object> tuple = new ArrayList<>();
        for (int column : columns) {
            tuple.add(value(file, tests.table().inputs().get(column).name(), facts));
        }
        tuples.add(tuple);
    }

    private @Nullable Object value(DmnFile file, String name, Map<String, @Nullable Object> facts) {
        Optional<Domains.Source> source = domains.source(file, name);
        if (source.isEmpty() || name.equals("factor")) {
            if (!facts.containsKey(name)) {
                throw new Unsolved();
            }
            return facts.get(name);
        }
        if (!source.get().single()) {
            throw new Unsolved();
        }
        DmnFile.Decision table = source.get().decision();
        TableTests tests = TableTests.of(table);
        for (int row = 0; row < table.rows().size(); row++) {
            if (matches(source.get(), tests, row, facts)) {
                int place = table.output(source.get().output());
                String cell = place < 0 ? "" : table.rows().get(row).outputs().get(place);
                return cell.equals("null") ? null : Literals.value(cell).orElseThrow(Unsolved::new);
            }
        }
        throw new Unsolved();
    }

    private boolean matches(Domains.Source source, TableTests tests, int row, Map<String, @Nullable Object> facts) {
        for (int column = 0; column < tests.columns().size(); column++) {
            if (!tests.readable(row, column)) {
                throw new Unsolved();
            }
            String name = tests.table().inputs().get(column).name();
            if (!tests.rows().get(row).get(column).orElse(CellTest.ANY).any()
                    && !tests.matches(row, column, value(source.file(), name, facts), false)) {
                return false;
            }
        }
        return true;
    }

    private List<Domain.Point> sure(DmnFile file, String root, Set<Object> literals) {
        return domains.of(file, new DmnFile.Column(root, type(root), "", ""), literals).points().stream()
                .filter(point -> point.sureness() == Domain.Sureness.SURE)
                .toList();
    }

    private String type(String root) {
        if (root.startsWith(ReleaseTables.ANSWERS)) {
            AnswerField answer = release.terms().answers().get(root.substring(ReleaseTables.ANSWERS.length()));
            return answer == null ? "string" : answer.type();
        }
        for (DmnFile file : release.files()) {
            String type = file.inputs().get(root);
            if (type != null && !type.isEmpty()) {
                return type;
            }
        }
        return "string";
    }

    /** The literals that every table on the way compares a name with. */
    private void read(DmnFile file, String name, Map<String, Set<Object>> literals, Set<String> seen) {
        if (!seen.add(name)) {
            return;
        }
        domains.source(file, name).ifPresent(source -> {
            DmnFile.Decision table = source.decision();
            TableTests tests = TableTests.of(table);
            for (int i = 0; i < table.inputs().size(); i++) {
                String input = table.inputs().get(i).name();
                literals.computeIfAbsent(input, unread -> new LinkedHashSet<>()).addAll(tests.literals(i));
                read(source.file(), input, literals, seen);
            }
            String expression = table.expression();
            if (expression != null) {
                Cells.names(expression).forEach(one -> read(source.file(), one, literals, seen));
            }
        });
    }
}
