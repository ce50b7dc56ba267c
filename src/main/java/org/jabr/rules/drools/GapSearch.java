package org.jabr.rules.drools;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jabr.rules.drools.Domain.Sureness;
import org.jabr.rules.drools.TableSpace.Place;
import org.jabr.rules.drools.TableSpace.Shown;
import org.jspecify.annotations.Nullable;

/** Finds the cases that no row of a table answers, dimension by dimension, each set of remaining rows looked at once. */
final class GapSearch {

    static final int MOST = 10;
    private static final int WORK = 3_000_000;

    private final List<List<Place>> dimensions;
    private final int[] acceptsAllFrom;
    private final Map<State, List<Gap>> known = new HashMap<>();
    private boolean complete = true;
    private int work;

    private record State(int dimension, BitSet rows) {}

    /** Cases without a row: those in any of these places of each named dimension, whatever the others are. */
    record Gap(Map<Integer, List<Place>> places) {

        private Gap with(int dimension, List<Place> there) {
            Map<Integer, List<Place>> more = new LinkedHashMap<>();
            more.put(dimension, there);
            more.putAll(places);
            return new Gap(more);
        }
    }

    GapSearch(TableSpace space, int rows) {
        this.dimensions = space.dimensions();
        this.acceptsAllFrom = new int[rows];
        for (int row = 0; row < rows; row++) {
            int from = dimensions.size();
            while (from > 0 && acceptsAll(row, from - 1)) {
                from--;
            }
            acceptsAllFrom[row] = from;
        }
    }

    List<Gap> gaps() {
        if (dimensions.stream().anyMatch(List::isEmpty)) {
            return List.of();
        }
        BitSet all = new BitSet();
        all.set(0, acceptsAllFrom.length);
        return from(0, all);
    }

    /** Whether the search went through to its end. */
    boolean complete() {
        return complete;
    }

    /** The surest case of a gap. */
    Optional<Shown> shown(Gap gap) {
        Map<String, @Nullable Object> witness = new LinkedHashMap<>();
        Sureness sureness = Sureness.SURE;
        for (int i = 0; i < dimensions.size(); i++) {
            List<Place> places = gap.places().getOrDefault(i, dimensions.get(i));
            Optional<Place> best = places.stream().max(Comparator.comparing(Place::sureness));
            if (best.isEmpty()) {
                return Optional.empty();
            }
            witness.putAll(best.get().witness());
            sureness = TableSpace.least(sureness, best.get().sureness());
        }
        return Optional.of(new Shown(witness, sureness));
    }

    private boolean acceptsAll(int row, int dimension) {
        return dimensions.get(dimension).stream().allMatch(place -> place.may().get(row));
    }

    private List<Gap> from(int dimension, BitSet rows) {
        if (rows.isEmpty()) {
            return List.of(new Gap(Map.of()));
        }
        if (rows.stream().anyMatch(row -> acceptsAllFrom[row] <= dimension)) {
            return List.of();
        }
        State state = new State(dimension, rows);
        List<Gap> gaps = known.get(state);
        if (gaps == null) {
            if (work >= WORK) {
                complete = false;
                return List.of();
            }
            gaps = searched(dimension, rows);
            known.put(state, gaps);
        }
        return gaps;
    }

    private List<Gap> searched(int dimension, BitSet rows) {
        Map<List<Gap>, List<Place>> placesOf = new LinkedHashMap<>();
        for (Place place : dimensions.get(dimension)) {
            work++;
            BitSet left = (BitSet) rows.clone();
            left.and(place.may());
            List<Gap> further = from(dimension + 1, left);
            if (!further.isEmpty()) {
                placesOf.computeIfAbsent(further, same -> new ArrayList<>()).add(place);
            }
        }
        List<Gap> gaps = new ArrayList<>();
        placesOf.forEach((further, places) -> further.forEach(gap -> {
            if (gaps.size() < MOST) {
                boolean everywhere = places.size() == dimensions.get(dimension).size();
                gaps.add(everywhere ? gap : gap.with(dimension, List.copyOf(places)));
            }
        }));
        return List.copyOf(gaps);
    }
}
