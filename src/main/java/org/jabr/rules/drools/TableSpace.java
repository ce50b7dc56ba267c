package org.jabr.rules.drools;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jabr.rules.drools.Domain.Sureness;
import org.jspecify.annotations.Nullable;

/**
 * All cases of a table: one dimension for each column, or for columns that depend on the same facts, and on each the
 * classes of values that no row tells apart.
 */
record TableSpace(List<List<Place>> dimensions) {

    /**
     * A class of values on one dimension.
     *
     * @param witness a value for each column of the dimension
     * @param may the rows whose cells may accept it
     * @param must the rows whose cells accept it for certain
     */
    record Place(Map<String, @Nullable Object> witness, BitSet may, BitSet must, Sureness sureness) {}

    /** A case that can be shown. */
    record Shown(Map<String, @Nullable Object> witness, Sureness sureness) {}

    /** Every case that is not known to be impossible: for claims about all cases. */
    static TableSpace possible(DmnFile file, TableTests tests, Domains domains) {
        List<List<Place>> dimensions = new ArrayList<>();
        for (int column = 0; column < tests.columns().size(); column++) {
            dimensions.add(column(file, tests, domains, column, Sureness.POSSIBLE));
        }
        return new TableSpace(List.copyOf(dimensions));
    }

    /** The cases that do occur, as far as is known: for claims that there is one. */
    static TableSpace occurring(DmnFile file, TableTests tests, Domains domains, JointDomains joint) {
        List<List<Place>> dimensions = new ArrayList<>();
        for (List<Integer> group : joint.groups(file, tests.table())) {
            List<Integer> telling = group.stream()
                    .filter(column -> column(file, tests, domains, column, Sureness.POSSIBLE)
                                    .size()
                            > 1)
                    .toList();
            group.stream()
                    .filter(column -> telling.size() < 2 || !telling.contains(column))
                    .forEach(column -> dimensions.add(column(file, tests, domains, column, Sureness.ASSUMED)));
            if (telling.size() > 1) {
                dimensions.add(together(file, tests, joint, telling));
            }
        }
        return new TableSpace(List.copyOf(dimensions));
    }

    private static List<Place> column(DmnFile file, TableTests tests, Domains domains, int column, Sureness atLeast) {
        DmnFile.Column input = tests.table().inputs().get(column);
        List<Place> places = new ArrayList<>();
        for (Domain.Point point :
                domains.of(file, input, tests.literals(column)).points()) {
            if (point.sureness().compareTo(atLeast) >= 0) {
                Map<String, @Nullable Object> witness = new LinkedHashMap<>();
                witness.put(input.name(), point.value());
                places.add(new Place(
                        witness,
                        rows(tests, column, point.value(), true),
                        rows(tests, column, point.value(), false),
                        point.sureness()));
            }
        }
        return merged(places);
    }

    private static List<Place> together(DmnFile file, TableTests tests, JointDomains joint, List<Integer> columns) {
        Optional<List<List<@Nullable Object>>> tuples = joint.together(file, tests, columns);
        List<Place> places = new ArrayList<>();
        for (List<@Nullable Object> tuple : tuples.orElse(List.of())) {
            Map<String, @Nullable Object> witness = new LinkedHashMap<>();
            BitSet may = all(tests);
            BitSet must = all(tests);
            for (int i = 0; i < columns.size(); i++) {
                witness.put(tests.table().inputs().get(columns.get(i)).name(), tuple.get(i));
                may.and(rows(tests, columns.get(i), tuple.get(i), true));
                must.and(rows(tests, columns.get(i), tuple.get(i), false));
            }
            places.add(new Place(witness, may, must, Sureness.SURE));
        }
        return merged(places);
    }

    private static BitSet all(TableTests tests) {
        BitSet all = new BitSet();
        all.set(0, tests.rows().size());
        return all;
    }

    private static BitSet rows(TableTests tests, int column, @Nullable Object value, boolean otherwise) {
        BitSet rows = new BitSet();
        for (int row = 0; row < tests.rows().size(); row++) {
            rows.set(row, tests.matches(row, column, value, otherwise));
        }
        return rows;
    }

    /** Values that no row tells apart are one class; the surest of them stands for it, the first of these. */
    private static List<Place> merged(List<Place> places) {
        Map<List<BitSet>, Place> classes = new LinkedHashMap<>();
        for (Place place : places) {
            classes.merge(
                    List.of(place.may(), place.must()),
                    place,
                    (old, young) -> young.sureness().compareTo(old.sureness()) > 0 ? young : old);
        }
        return List.copyOf(classes.values());
    }

    /** A case in which every one of these rows matches for certain. */
    Optional<Shown> meeting(BitSet rows) {
        Map<String, @Nullable Object> witness = new LinkedHashMap<>();
        Sureness sureness = Sureness.SURE;
        for (List<Place> dimension : dimensions) {
            Place best = null;
            for (Place place : dimension) {
                BitSet missing = (BitSet) rows.clone();
                missing.andNot(place.must());
                if (missing.isEmpty() && (best == null || place.sureness().compareTo(best.sureness()) > 0)) {
                    best = place;
                }
            }
            if (best == null) {
                return Optional.empty();
            }
            witness.putAll(best.witness());
            sureness = least(sureness, best.sureness());
        }
        return Optional.of(new Shown(witness, sureness));
    }

    static Sureness least(Sureness one, Sureness other) {
        return one.compareTo(other) <= 0 ? one : other;
    }
}
