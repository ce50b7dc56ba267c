package org.jabr.guard;

import java.util.List;

/**
 * How far a value lies from the others, by what a few unusual values cannot move: the modified z-score of Iglewicz and
 * Hoaglin (How to Detect and Handle Outliers, ASQC 1993), 0.6745 (x - median) / MAD, where MAD is the median of the
 * distances from the median. Where more than half of the values are equal, MAD is nothing and their mean distance takes
 * its place: (x - median) / (1.253314 x mean distance).
 */
final class Robust {

    private static final double MAD_OF_NORMAL = 0.6745;
    private static final double MEAN_DISTANCE_OF_NORMAL = 1.253314;

    private Robust() {}

    /** @return 0 where all of the others are equal, so that nothing can be said */
    static double score(double value, List<Double> others) {
        double median = median(others);
        List<Double> distances =
                others.stream().map(one -> Math.abs(one - median)).toList();
        double mad = median(distances);
        if (mad > 0) {
            return MAD_OF_NORMAL * (value - median) / mad;
        }
        double mean =
                distances.stream().mapToDouble(Double::doubleValue).average().orElse(0);
        return mean > 0 ? (value - median) / (MEAN_DISTANCE_OF_NORMAL * mean) : 0;
    }

    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int n = sorted.size();
        if (n == 0) {
            return 0;
        }
        return n % 2 == 1 ? sorted.get(n / 2) : (sorted.get(n / 2 - 1) + sorted.get(n / 2)) / 2;
    }
}
