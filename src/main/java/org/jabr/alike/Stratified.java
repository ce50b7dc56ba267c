package org.jabr.alike;

import java.util.List;
import java.util.Optional;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;

/** Compares two groups within strata, so that what the strata stand for explains nothing of the difference that is left. */
final class Stratified {

    private Stratified() {}

    /**
     * How much more the one group got than the other.
     *
     * @param difference of shares (-1 to 1), or of means
     * @param low end of the interval, not corrected for other tests
     * @param high end of it
     * @param p how likely a difference at least as large would be if the trait did not matter
     */
    record Estimate(double difference, double low, double high, double p) {}

    /**
     * The pooled difference of shares: Mantel and Haenszel's risk difference with the variance of Sato, Greenland and
     * Robins (Sato, T., On the variance estimator for the Mantel-Haenszel risk difference, Biometrics 45, 1989,
     * 1323-1324), good for few large strata and for many small ones. The p value is that of Cochran, Mantel and
     * Haenszel's statistic without correction for continuity (Mantel and Haenszel, J. Natl. Cancer Inst. 22, 1959,
     * 719-748).
     *
     * @param strata of outcomes that are 0 or 1
     * @param confidence above 0 and below 1
     * @return nothing where no stratum has both groups
     */
    static Optional<Estimate> shares(List<Stratum> strata, double confidence) {
        double weights = 0;
        double above = 0;
        double sparse = 0;
        double large = 0;
        for (Stratum one : strata) {
            if (one.says()) {
                double n1 = one.with();
                double n0 = one.without();
                double n = one.size();
                double a = one.withSum();
                double c = one.withoutSum();
                weights += one.weight();
                above += (a * n0 - c * n1) / n;
                sparse += (n1 * n1 * c - n0 * n0 * a + n1 * n0 * (n0 - n1) / 2) / (n * n);
                large += (a * (n0 - c) + c * (n1 - a)) / (2 * n);
            }
        }
        if (weights == 0) {
            return Optional.empty();
        }
        double difference = above / weights;
        // Where nearly all came out the same way, rounding or few cases can take it below nothing.
        double error = Math.sqrt(Math.max(0, difference * sparse + large)) / weights;
        return Optional.of(estimate(difference, error, p(strata), confidence));
    }

    /**
     * The pooled difference of means, each stratum with the weight n1 n0 / n as above. Its variance is the one under
     * which, within a stratum, who has the trait is left to chance (Mantel, Chi-square tests with one degree of freedom,
     * JASA 58, 1963, 690-700), so that a stratum with one case of a group counts too; the interval is the normal one.
     *
     * @param confidence above 0 and below 1
     * @return nothing where no stratum has both groups
     */
    static Optional<Estimate> means(List<Stratum> strata, double confidence) {
        double weights = 0;
        double above = 0;
        double variance = 0;
        for (Stratum one : strata) {
            if (one.says()) {
                weights += one.weight();
                above += above(one);
                variance += variance(one);
            }
        }
        return weights == 0
                ? Optional.empty()
                : Optional.of(estimate(above / weights, Math.sqrt(variance) / weights, p(strata), confidence));
    }

    private static Estimate estimate(double difference, double error, double p, double confidence) {
        double z = NormalDistribution.of(0, 1).inverseSurvivalProbability((1 - confidence) / 2);
        return new Estimate(difference, difference - z * error, difference + z * error, p);
    }

    private static double p(List<Stratum> strata) {
        double above = 0;
        double variance = 0;
        for (Stratum one : strata) {
            if (one.says()) {
                above += above(one);
                variance += variance(one);
            }
        }
        // Where everybody got the same there is nothing to explain.
        return variance <= 0 ? 1 : ChiSquaredDistribution.of(1).survivalProbability(above * above / variance);
    }

    /** What those with the trait got above what they would have got as everybody. */
    private static double above(Stratum one) {
        return one.withSum() - one.with() * (one.withSum() + one.withoutSum()) / one.size();
    }

    private static double variance(Stratum one) {
        double n = one.size();
        double sum = one.withSum() + one.withoutSum();
        double squares = Math.max(0, one.withSquares() + one.withoutSquares() - sum * sum / n);
        // So little is rounding: everybody got the same.
        double spread = squares < 1e-9 * (one.withSquares() + one.withoutSquares()) ? 0 : squares;
        return one.weight() * spread / (n - 1);
    }
}
