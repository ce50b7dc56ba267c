package org.jabr.alike;

import java.util.Arrays;
import java.util.Comparator;
import org.apache.commons.statistics.distribution.BetaDistribution;
import org.apache.commons.statistics.distribution.HypergeometricDistribution;

/** What can be said exactly of some out of many, and of many tests at once. */
final class Shares {

    /** Probabilities that differ by so little are equal but for rounding. */
    private static final double ROUNDING = 1 + 1e-7;

    private Shares() {}

    /** @param low at least 0 @param high at most 1 */
    record Interval(double low, double high) {}

    /**
     * The exact interval of a share (Clopper and Pearson, The use of confidence or fiducial limits illustrated in the
     * case of the binomial, Biometrika 26, 1934, 404-413), by the quantiles of beta distributions.
     *
     * @param confidence above 0 and below 1
     */
    static Interval exact(long some, long of, double confidence) {
        double tail = (1 - confidence) / 2;
        return new Interval(
                some == 0 ? 0 : BetaDistribution.of(some, of - some + 1.0).inverseCumulativeProbability(tail),
                some == of ? 1 : BetaDistribution.of(some + 1.0, of - some).inverseSurvivalProbability(tail));
    }

    /**
     * Fisher's exact test, two-sided: how likely a table at most as likely as this one is, where both groups have the same
     * share (Fisher, Statistical Methods for Research Workers, 1934, section 21.02).
     */
    static double fisher(int some, int of, int othersSome, int othersOf) {
        HypergeometricDistribution chance = HypergeometricDistribution.of(of + othersOf, some + othersSome, of);
        double seen = chance.probability(some) * ROUNDING;
        double sum = 0;
        for (int x = chance.getSupportLowerBound(); x <= chance.getSupportUpperBound(); x++) {
            double one = chance.probability(x);
            sum += one <= seen ? one : 0;
        }
        return Math.min(1, sum);
    }

    /**
     * Corrects for many tests, so that the chance of even one finding by chance alone stays below the level (Holm, A
     * simple sequentially rejective multiple test procedure, Scand. J. Statist. 6, 1979, 65-70).
     *
     * @param p in any order
     * @return the corrected ones in the same order
     */
    static double[] holm(double... p) {
        Integer[] order = new Integer[p.length];
        for (int i = 0; i < p.length; i++) {
            order[i] = i;
        }
        Arrays.sort(order, Comparator.comparingDouble(i -> p[i]));
        double[] corrected = new double[p.length];
        double highest = 0;
        for (int i = 0; i < p.length; i++) {
            highest = Math.max(highest, Math.min(1, p[order[i]] * (p.length - i)));
            corrected[order[i]] = highest;
        }
        return corrected;
    }
}
