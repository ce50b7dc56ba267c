package org.jabr.rules.drools;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jabr.rules.Finding;
import org.jabr.rules.Scenario;
import org.jabr.rules.Scenarios;
import org.jspecify.annotations.Nullable;

/**
 * Tries every small change of every table on the scenarios. Most are settled by what the scenarios' columns saw: a
 * change that selects the same rows there goes unnoticed for certain. The others are played, the changed file without
 * compiling it, everything else as ever, until a scenario notices.
 */
final class TableMutants {

    /** Their outputs are read without asking about a case. */
    private static final Set<String> READ_BY_NAME =
            Set.of(ReleaseTables.CURRENCY, ReleaseTables.REMEDIES, ReleaseTables.MOMENT_SETTINGS);

    private final DroolsRulebook rulebook;
    private final Scenarios player;
    private final List<Played> played;
    private final Domains domains;
    private @Nullable Sights last;

    /** A scenario that decides as expected, and the files that it asked. */
    record Played(Scenario scenario, List<Asked> asked) {}

    /** One ask of a table, and the rows that matched. */
    private record Sight(Played scenario, Asked asked, List<Integer> matching) {}

    /** What the scenarios showed a table. */
    private record Sights(DmnFile.Decision table, TableTests tests, List<Sight> all) {}

    TableMutants(DroolsRulebook rulebook, Scenarios player, List<Played> played) {
        this.rulebook = rulebook;
        this.player = player;
        this.played = played;
        this.domains = new Domains(rulebook.tables());
    }

    List<CellMutants.Mutant> all() {
        List<CellMutants.Mutant> mutants = new ArrayList<>();
        for (DmnFile file : rulebook.tables().files()) {
            file.decisions().stream()
                    .filter(DmnFile.Decision::isTable)
                    .forEach(table -> mutants.addAll(CellMutants.of(file, table, domains)));
        }
        return mutants;
    }

    /** Whether some scenario decides otherwise with the change. */
    boolean noticed(CellMutants.Mutant mutant) {
        Sights sights = sights(mutant);
        Set<Played> touched = new LinkedHashSet<>();
        sights.all().stream()
                .filter(sight -> mutant.output()
                        ? selected(mutant.table(), sight.matching()).contains(mutant.row())
                        : selectsOtherwise(mutant, sights.tests(), sight))
                .forEach(sight -> touched.add(sight.scenario()));
        String parameters = ReleaseScenarios.TABLE + mutant.table().id();
        played.stream()
                .filter(one -> READ_BY_NAME.contains(mutant.table().id())
                        || one.scenario().moment().equals(parameters))
                .forEach(touched::add);
        if (touched.isEmpty()) {
            return false;
        }
        DroolsRulebook changed = changed(mutant);
        return touched.stream().anyMatch(scenario -> notices(scenario, changed));
    }

    private boolean notices(Played scenario, DroolsRulebook changed) {
        try {
            return !player.play(scenario.scenario(), changed).isEmpty();
        } catch (RuntimeException broken) {
            return true;
        }
    }

    private Sights sights(CellMutants.Mutant mutant) {
        Sights known = last;
        if (known != null && known.table() == mutant.table()) {
            return known;
        }
        TableTests tests = TableTests.of(mutant.table());
        List<Sight> all = new ArrayList<>();
        for (Played scenario : played) {
            for (Asked asked : scenario.asked()) {
                if (asked.file().path().equals(mutant.file().path())) {
                    all.add(new Sight(scenario, asked, asked.matching(tests)));
                }
            }
        }
        Sights fresh = new Sights(mutant.table(), tests, all);
        last = fresh;
        return fresh;
    }

    private boolean selectsOtherwise(CellMutants.Mutant mutant, TableTests tests, Sight sight) {
        Object value = sight.asked().seen(mutant.table().inputs().get(mutant.column()));
        CellTest now = CellTest.read(
                        mutant.now(),
                        mutant.table().inputs().get(mutant.column()).type())
                .orElse(CellTest.ANY);
        boolean before = tests.matches(mutant.row(), mutant.column(), value, false);
        if (now.matches(tests.seen(mutant.column(), value)) == before || !othersMatch(mutant, tests, sight)) {
            return false;
        }
        List<Integer> matching = new ArrayList<>(sight.matching());
        if (!matching.remove(Integer.valueOf(mutant.row()))) {
            matching.add(mutant.row());
            matching.sort(null);
        }
        return !selected(mutant.table(), matching).equals(selected(mutant.table(), sight.matching()));
    }

    private boolean othersMatch(CellMutants.Mutant mutant, TableTests tests, Sight sight) {
        for (int column = 0; column < tests.columns().size(); column++) {
            Object value = sight.asked().seen(mutant.table().inputs().get(column));
            if (column != mutant.column() && !sight.asked().matches(tests, mutant.row(), column, value)) {
                return false;
            }
        }
        return true;
    }

    private static List<Integer> selected(DmnFile.Decision table, List<Integer> matching) {
        return table.hitPolicy().equals("FIRST") && matching.size() > 1 ? matching.subList(0, 1) : matching;
    }

    private DroolsRulebook changed(CellMutants.Mutant mutant) {
        DmnFile file = mutant.changed();
        List<DmnFile> files = rulebook.tables().files().stream()
                .map(other -> other.path().equals(file.path()) ? file : other)
                .toList();
        PlainTables plain = new PlainTables();
        return rulebook.with(
                new ReleaseTables(files),
                (moment, asked, facts) -> asked.path().equals(file.path())
                        ? plain.ask(moment, asked, facts)
                        : rulebook.asking().ask(moment, asked, facts));
    }

    /** One finding for each cell, with all its changes that nobody noticed. */
    static List<Finding> findings(List<CellMutants.Mutant> unnoticed) {
        Map<List<Object>, List<CellMutants.Mutant>> cells = new LinkedHashMap<>();
        unnoticed.forEach(mutant -> cells.computeIfAbsent(
                        List.of(mutant.table().id(), mutant.row(), mutant.output(), mutant.column()),
                        cell -> new ArrayList<>())
                .add(mutant));
        List<Finding> findings = new ArrayList<>();
        for (List<CellMutants.Mutant> cell : cells.values()) {
            CellMutants.Mutant first = cell.get(0);
            String row = first.table().rows().get(first.row()).id();
            String column = (first.output()
                            ? first.table().outputs()
                            : first.table().inputs())
                    .get(first.column())
                    .name();
            List<String> changes = cell.stream().map(CellMutants.Mutant::what).toList();
            findings.add(new Finding(
                    "MUTANT-001",
                    false,
                    first.file().path(),
                    row,
                    List.of(row, column, first.was(), String.join("  ·  ", changes))));
        }
        return findings;
    }
}
