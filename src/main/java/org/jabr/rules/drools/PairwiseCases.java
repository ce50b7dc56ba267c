package org.jabr.rules.drools;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Chooses few cases out of a product of choices, so that every two choices of different kinds stand together in one of
 * them. The same sizes give the same cases.
 */
final class PairwiseCases {

    private final int[] sizes;
    private final int[] offsets;
    /** For each choice the choices that it has not yet stood together with. */
    private final BitSet[] missing;

    private PairwiseCases(int[] sizes) {
        this.sizes = sizes;
        this.offsets = new int[sizes.length];
        int total = 0;
        for (int i = 0; i < sizes.length; i++) {
            offsets[i] = total;
            total += sizes[i];
        }
        this.missing = new BitSet[total];
        for (int i = 0; i < sizes.length; i++) {
            for (int value = 0; value < sizes[i]; value++) {
                BitSet others = new BitSet(total);
                others.set(0, total);
                others.clear(offsets[i], offsets[i] + sizes[i]);
                missing[offsets[i] + value] = others;
            }
        }
    }

    /** @param sizes how many choices each kind has, at least one */
    static List<int[]> of(int[] sizes) {
        PairwiseCases cases = new PairwiseCases(sizes);
        List<int[]> chosen = new ArrayList<>();
        if (sizes.length == 1) {
            for (int value = 0; value < sizes[0]; value++) {
                chosen.add(new int[] {value});
            }
            return chosen;
        }
        for (int choice = 0; choice < cases.missing.length; choice++) {
            while (!cases.missing[choice].isEmpty()) {
                chosen.add(cases.next(choice, cases.missing[choice].nextSetBit(0)));
            }
        }
        return chosen;
    }

    private int[] next(int one, int other) {
        int[] row = new int[sizes.length];
        java.util.Arrays.fill(row, -1);
        put(row, one);
        put(row, other);
        for (int kind = 0; kind < sizes.length; kind++) {
            if (row[kind] < 0) {
                row[kind] = best(row, kind);
            }
        }
        for (int kind = 0; kind < sizes.length; kind++) {
            for (int partner = 0; partner < sizes.length; partner++) {
                missing[offsets[kind] + row[kind]].clear(offsets[partner] + row[partner]);
            }
        }
        return row;
    }

    private void put(int[] row, int choice) {
        int kind = sizes.length - 1;
        while (offsets[kind] > choice) {
            kind--;
        }
        row[kind] = choice - offsets[kind];
    }

    /** The choice that stands with most of those already in the row for the first time. */
    private int best(int[] row, int kind) {
        int best = 0;
        long most = -1;
        for (int value = 0; value < sizes[kind]; value++) {
            BitSet its = missing[offsets[kind] + value];
            long fresh = 0;
            for (int partner = 0; partner < sizes.length; partner++) {
                if (row[partner] >= 0 && its.get(offsets[partner] + row[partner])) {
                    fresh++;
                }
            }
            // with equal gain the choice with most still to do goes first
            long gain = fresh * missing.length + its.cardinality();
            if (gain > most) {
                most = gain;
                best = value;
            }
        }
        return best;
    }
}
