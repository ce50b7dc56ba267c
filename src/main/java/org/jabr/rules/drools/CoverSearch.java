package org.jabr.rules.drools;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jabr.rules.drools.TableSpace.Place;
import org.jspecify.annotations.Nullable;

/**
 * Asks whether a row has a case of its own: one that the rows before it do not take, and that the rows after it would
 * answer otherwise.
 */
final class CoverSearch {

    private static final int WORK = 200_000;

    private final List<List<Place>> dimensions;
    private final int row;
    private final Map<State, Boolean> known = new HashMap<>();
    private final Map<Integer, Place> path = new HashMap<>();
    private final Map<Integer, Integer> acceptsAllFrom = new HashMap<>();
    private int work;
    private BitSet before = new BitSet();
    private List<Integer> after = List.of();
    private BitSet sameAnswer = new BitSet();

    private record State(int dimension, BitSet rows) {}

    private record Step(Place place, BitSet left) {}

    CoverSearch(TableSpace space, int row) {
        this.row = row;
        this.dimensions = space.dimensions().stream()
                .map(dimension ->
                        dimension.stream().filter(place -> place.may().get(row)).toList())
                .toList();
    }

    /** The first dimension on which no value is accepted; empty where some case meets the row. */
    Optional<Integer> impossible() {
        for (int i = 0; i < dimensions.size(); i++) {
            if (dimensions.get(i).isEmpty()) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    /** Whether every case of the row is one of these rows' too; empty where that takes too long. */
    Optional<Boolean> coveredBy(BitSet others) {
        return redundant(others, List.of(), new BitSet());
    }

    /**
     * Whether leaving out the row changes nothing.
     *
     * @param before the rows that come before it
     * @param after the rows that come after it, in their order
     * @param sameAnswer those that answer as the row does
     */
    Optional<Boolean> redundant(BitSet before, List<Integer> after, BitSet sameAnswer) {
        this.known.clear();
        this.path.clear();
        this.work = 0;
        this.before = before;
        this.after = after;
        this.sameAnswer = sameAnswer;
        BitSet rows = (BitSet) before.clone();
        after.forEach(rows::set);
        rows.clear(row);
        rows.and(meeting());
        boolean own = own(0, rows);
        return work >= WORK ? Optional.empty() : Optional.of(!own);
    }

    /** The rows that have a case in common with the row; the others can neither take nor answer its cases. */
    BitSet meeting() {
        BitSet meeting = null;
        for (List<Place> dimension : dimensions) {
            BitSet here = new BitSet();
            dimension.forEach(place -> here.or(place.must()));
            if (meeting == null) {
                meeting = here;
            } else {
                meeting.and(here);
            }
        }
        return meeting == null ? new BitSet() : meeting;
    }

    /** The case of the row's own that the last question found. */
    Map<String, @Nullable Object> ownCase() {
        Map<String, @Nullable Object> witness = new LinkedHashMap<>();
        for (int i = 0; i < dimensions.size(); i++) {
            witness.putAll(path.getOrDefault(i, dimensions.get(i).get(0)).witness());
        }
        return witness;
    }

    /** Whether there is a case from here on that is the row's own. */
    private boolean own(int dimension, BitSet rows) {
        if (rows.stream().anyMatch(other -> before.get(other) && acceptsAll(other, dimension))) {
            return false;
        }
        if (dimension == dimensions.size()) {
            return answeredOtherwise(rows);
        }
        if (!rows.intersects(before) && after.isEmpty()) {
            return true;
        }
        State state = new State(dimension, rows);
        Boolean seen = known.get(state);
        if (seen != null || work >= WORK) {
            return seen != null && seen;
        }
        boolean own = false;
        List<Step> steps = new ArrayList<>();
        for (Place place : dimensions.get(dimension)) {
            work++;
            BitSet left = (BitSet) rows.clone();
            left.and(place.must());
            steps.add(new Step(place, left));
        }
        // where fewest rows are left a case of its own is found soonest
        steps.sort(Comparator.comparingInt(step -> step.left().cardinality()));
        Set<BitSet> tried = new HashSet<>();
        for (Step step : steps) {
            if (tried.add(step.left()) && own(dimension + 1, step.left())) {
                path.put(dimension, step.place());
                own = true;
                break;
            }
        }
        known.put(state, own);
        return own;
    }

    private boolean answeredOtherwise(BitSet rows) {
        if (rows.intersects(before)) {
            return false;
        }
        return after.stream()
                .filter(rows::get)
                .findFirst()
                .map(next -> !sameAnswer.get(next))
                .orElse(true);
    }

    /** Whether a row accepts everything from a dimension on. */
    private boolean acceptsAll(int other, int dimension) {
        return acceptsAllFrom.computeIfAbsent(other, unknown -> {
                    int from = dimensions.size();
                    while (from > 0 && accepts(other, from - 1)) {
                        from--;
                    }
                    return from;
                })
                <= dimension;
    }

    private boolean accepts(int other, int dimension) {
        return dimensions.get(dimension).stream().allMatch(place -> place.must().get(other));
    }
}
