package org.jabr.alike;

/**
 * Cases with the same permitted reasons, in two groups: those with a trait, and all the rest. Of each group how many there
 * are, and the sum and the sum of squares of what came out; for a yes or no that is 1 or 0.
 *
 * @param with how many have the trait
 * @param without how many of the rest
 */
record Stratum(long with, double withSum, double withSquares, long without, double withoutSum, double withoutSquares) {

    /** Only where both groups occur can they be compared. */
    boolean says() {
        return with > 0 && without > 0;
    }

    long size() {
        return with + without;
    }

    /** The weight of a stratum in Mantel and Haenszel's sense: high where both groups are large. */
    double weight() {
        return (double) with * without / size();
    }

    /** Counts one case after another. */
    static final class Count {

        private long with;
        private double withSum;
        private double withSquares;
        private long without;
        private double withoutSum;
        private double withoutSquares;

        Count add(boolean has, double outcome) {
            if (has) {
                with++;
                withSum += outcome;
                withSquares += outcome * outcome;
            } else {
                without++;
                withoutSum += outcome;
                withoutSquares += outcome * outcome;
            }
            return this;
        }

        Stratum stratum() {
            return new Stratum(with, withSum, withSquares, without, withoutSum, withoutSquares);
        }
    }
}
