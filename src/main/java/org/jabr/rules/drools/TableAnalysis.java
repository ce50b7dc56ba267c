package org.jabr.rules.drools;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jabr.rules.Finding;
import org.jabr.rules.drools.Domain.Sureness;
import org.jabr.rules.drools.TableSpace.Place;
import org.jabr.rules.drools.TableSpace.Shown;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with the rows of one table, taken together: cases without a row or with two, rows that no case reaches
 * or that change nothing. Every finding brings a case that shows it. What cannot be read exactly is named and nothing
 * is said about it.
 */
final class TableAnalysis {

    /** More pairs than these tell nobody anything. */
    private static final int MOST_OVERLAPS = 200;

    private final DmnFile file;
    private final DmnFile.Decision table;
    private final TableTests tests;
    private final TableSpace possible;
    private final TableSpace occurring;
    private final List<Finding> findings = new ArrayList<>();
    private final BitSet told = new BitSet();

    private TableAnalysis(DmnFile file, DmnFile.Decision table, Domains domains, JointDomains joint) {
        this.file = file;
        this.table = table;
        this.tests = TableTests.of(table);
        this.possible = TableSpace.possible(file, tests, domains);
        this.occurring = TableSpace.occurring(file, tests, domains, joint);
    }

    static List<Finding> of(DmnFile file, DmnFile.Decision table, Domains domains, JointDomains joint) {
        TableAnalysis analysis = new TableAnalysis(file, table, domains, joint);
        analysis.unreadable();
        analysis.leftOut(domains);
        analysis.duplicates();
        analysis.unreachable();
        analysis.overlaps();
        analysis.gaps();
        return analysis.findings;
    }

    private void unreadable() {
        for (int row = 0; row < table.rows().size(); row++) {
            for (int column = 0; column < table.inputs().size(); column++) {
                if (!tests.readable(row, column)) {
                    find("RULE-036", false, table.rows().get(row).id(), Map.of(), name(row), column(column));
                }
            }
        }
    }

    /** A value that a column does not allow is a missing one to the engine, without a word. */
    private void leftOut(Domains domains) {
        for (int column = 0; column < table.inputs().size(); column++) {
            int place = column;
            DmnFile.Column input = table.inputs().get(column);
            domains.of(file, input, tests.literals(column)).points().stream()
                    .filter(point -> point.sureness() == Sureness.SURE && point.value() != null)
                    .filter(point -> tests.columns().get(place).isPresent() && tests.seen(place, point.value()) == null)
                    .findFirst()
                    .ifPresent(point -> {
                        Map<String, @Nullable Object> witness = new LinkedHashMap<>();
                        witness.put(input.name(), point.value());
                        find("RULE-040", false, table.id(), witness, input.name(), WitnessText.of(point.value()));
                    });
        }
    }

    private void duplicates() {
        for (int later = 1; later < table.rows().size(); later++) {
            if (new CoverSearch(possible, later).impossible().isPresent()) {
                // no case meets it, and so none shows that it repeats another
                continue;
            }
            for (int row = 0; row < later; row++) {
                if (!told.get(later) && sameConditions(row, later) && tests.sameOutputs(row, later)) {
                    told.set(later);
                    find(
                            "RULE-033",
                            !table.collects() && !any(),
                            name(later),
                            witness(row, later),
                            name(later),
                            name(row));
                }
            }
        }
    }

    private boolean sameConditions(int one, int other) {
        for (int column = 0; column < table.inputs().size(); column++) {
            if (!tests.readable(one, column)
                    || !tests.readable(other, column)
                    || !tests.rows()
                            .get(one)
                            .get(column)
                            .equals(tests.rows().get(other).get(column))) {
                return false;
            }
        }
        return true;
    }

    private void unreachable() {
        List<Integer> order = RowOrder.of(table);
        for (int at = 0; at < order.size(); at++) {
            int row = order.get(at);
            CoverSearch search = new CoverSearch(possible, row);
            Optional<Integer> impossible = search.impossible();
            if (impossible.isPresent()) {
                told.set(row);
                find("RULE-035", true, name(row), Map.of(), name(row), column(impossible.get()));
            } else if (!told.get(row)) {
                if (firstWins()) {
                    masked(search, row, bits(order.subList(0, at)));
                    changesNothing(search, row, order, at);
                } else if (any()) {
                    subsumed(search, row);
                }
            }
        }
    }

    private void masked(CoverSearch search, int row, BitSet before) {
        Optional<Boolean> covered = search.coveredBy(before);
        if (covered.isEmpty()) {
            find("RULE-037", false, name(row), Map.of(), table.id());
        } else if (covered.get()) {
            told.set(row);
            BitSet needed = search.meeting();
            needed.and(before);
            List.copyOf(needed.stream().boxed().toList()).forEach(other -> {
                needed.clear(other);
                if (!search.coveredBy(needed).orElse(false)) {
                    needed.set(other);
                }
            });
            find("RULE-032", true, name(row), witness(row), name(row), names(needed));
        }
    }

    private void changesNothing(CoverSearch search, int row, List<Integer> order, int at) {
        if (told.get(row) || !allReadable()) {
            return;
        }
        List<Integer> after = order.subList(at + 1, order.size());
        BitSet same = bits(
                after.stream().filter(other -> tests.sameOutputs(row, other)).toList());
        BitSet before = bits(order.subList(0, at));
        if (search.redundant(before, after, same).orElse(false)) {
            search.coveredBy(before);
            find("RULE-034", false, name(row), search.ownCase(), name(row));
        }
    }

    private void subsumed(CoverSearch search, int row) {
        for (int other = 0; other < table.rows().size(); other++) {
            if (other != row
                    && !told.get(other)
                    && tests.sameOutputs(row, other)
                    && search.coveredBy(bits(List.of(other))).orElse(false)) {
                told.set(row);
                find("RULE-034", false, name(row), witness(row), name(row));
                return;
            }
        }
    }

    private void overlaps() {
        boolean unique = table.hitPolicy().equals("UNIQUE");
        if (!unique && !any() && !(table.collects() && table.proposes())) {
            return;
        }
        int remedy = table.output("remedy");
        int overlaps = 0;
        for (int one = 0; one < table.rows().size(); one++) {
            for (int other = one + 1; other < table.rows().size(); other++) {
                boolean of = table.collects()
                        ? table.rows()
                                .get(one)
                                .outputs()
                                .get(remedy)
                                .equals(table.rows().get(other).outputs().get(remedy))
                        : unique || !tests.sameOutputs(one, other);
                if (of && !told.get(other) && overlap(one, other) && ++overlaps == MOST_OVERLAPS) {
                    find("RULE-037", false, table.id(), Map.of(), table.id());
                    return;
                }
            }
        }
    }

    private boolean overlap(int one, int other) {
        Optional<Shown> shown = occurring.meeting(bits(List.of(one, other)));
        shown.ifPresent(both -> find(
                table.collects() ? "RULE-039" : "RULE-031",
                !table.collects() && both.sureness() == Sureness.SURE,
                name(other),
                both.witness(),
                name(one),
                name(other),
                WitnessText.of(telling(one, other, both.witness()))));
        return shown.isPresent();
    }

    /** The part of a case that these rows ask for. */
    private Map<String, @Nullable Object> telling(int one, int other, Map<String, @Nullable Object> witness) {
        Map<String, @Nullable Object> telling = new LinkedHashMap<>();
        for (int column = 0; column < table.inputs().size(); column++) {
            boolean asked = !table.rows().get(one).inputs().get(column).equals("-")
                    || !table.rows().get(other).inputs().get(column).equals("-");
            if (asked) {
                telling.put(column(column), witness.get(column(column)));
            }
        }
        return telling;
    }

    private void gaps() {
        boolean mayBeSilent = table.collects() && !table.id().equals(ReleaseTables.AUTHORITY);
        GapSearch search = new GapSearch(occurring, table.rows().size());
        List<GapSearch.Gap> gaps = search.gaps();
        for (GapSearch.Gap gap : mayBeSilent && !gaps.isEmpty() ? gaps.subList(0, 1) : gaps) {
            search.shown(gap)
                    .ifPresent(shown -> find(
                            mayBeSilent ? "RULE-038" : "RULE-030",
                            !mayBeSilent && shown.sureness() == Sureness.SURE,
                            table.id(),
                            shown.witness(),
                            table.id(),
                            text(gap, shown)));
        }
        if (!search.complete()) {
            find("RULE-037", false, table.id(), Map.of(), table.id());
        }
    }

    private boolean firstWins() {
        return table.hitPolicy().equals("FIRST") || table.hitPolicy().equals("PRIORITY");
    }

    private boolean any() {
        return table.hitPolicy().equals("ANY");
    }

    private boolean allReadable() {
        return tests.rows().stream().flatMap(List::stream).allMatch(Optional::isPresent)
                && tests.columns().stream().allMatch(Optional::isPresent);
    }

    private Map<String, @Nullable Object> witness(int... rows) {
        BitSet wanted = new BitSet();
        IntStream.of(rows).forEach(wanted::set);
        return occurring
                .meeting(wanted)
                .or(() -> possible.meeting(wanted))
                .map(Shown::witness)
                .orElse(Map.of());
    }

    private static BitSet bits(List<Integer> rows) {
        BitSet bits = new BitSet();
        rows.forEach(bits::set);
        return bits;
    }

    private String name(int row) {
        return table.rows().get(row).id();
    }

    private String names(BitSet rows) {
        return rows.stream().mapToObj(this::name).collect(Collectors.joining(", "));
    }

    private String column(int column) {
        return table.inputs().get(column).name();
    }

    /** The columns that make the gap, each with the values that stand for it. */
    private String text(GapSearch.Gap gap, Shown shown) {
        Map<String, @Nullable Object> makes = new LinkedHashMap<>();
        gap.places().values().stream().flatMap(List::stream).map(Place::witness).forEach(place -> place.keySet()
                .forEach(name -> makes.put(name, shown.witness().get(name))));
        return WitnessText.of(makes);
    }

    @SuppressWarnings("NullAway") // a missing fact is part of a witness
    private void find(
            String code, boolean blocking, String place, Map<String, @Nullable Object> witness, Object... values) {
        findings.add(new Finding(code, blocking, file.path(), place, List.of(values), (Map) witness));
    }
}
