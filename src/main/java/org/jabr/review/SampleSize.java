package org.jabr.review;

/**
 * How many decisions must be looked at, so that an auditor may say with some confidence that fewer than a tolerable share
 * of all of them are in error, when so many errors as expected turn up. The exact distribution of draws without return
 * (hypergeometric) is used, not an approximation; for large populations it gives the sizes of the tables that auditors
 * use for attribute sampling (AICPA, Audit Sampling, table of sample sizes: 95 %, 5 %, 0 % is 59).
 *
 * @param size how many to draw; all of them where fewer would not do
 * @param allowed how many errors may turn up for the statement to hold
 */
public record SampleSize(int size, int allowed) {

    /** So much above the risk is still the risk: 1 - 0.9 is a little less than 0.1. */
    private static final double ROUNDING = 1e-9;

    /**
     * The smallest number of allowed errors whose sample is expected to hold no more than these.
     *
     * @param population how many there are, at least 1
     * @param confidence above 0 and below 1, such as 0.95
     * @param tolerable share of errors above 0 and below 1, such as 0.05
     * @param expected share of errors, at least 0 and below the tolerable one
     */
    public static SampleSize of(int population, double confidence, double tolerable, double expected) {
        check(population, confidence, tolerable, expected);
        int errors = (int) Math.ceil(population * tolerable - 1e-9);
        int size = 1;
        for (int allowed = 0; allowed < errors; allowed++) {
            size = smallest(population, errors, allowed, 1 - confidence, size);
            if (size * expected <= allowed) {
                return new SampleSize(size, allowed);
            }
        }
        // Whoever looked at all of them knows.
        return new SampleSize(population, Math.max(0, errors - 1));
    }

    /**
     * The largest share of errors in all of them that is not ruled out where so many were found in a sample.
     *
     * @param confidence above 0 and below 1
     */
    static double upperShare(int population, int size, int found, double confidence) {
        int low = found;
        int high = population - size + found;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (atMost(population, middle, size, found) > 1 - confidence) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return (double) low / population;
    }

    private static void check(int population, double confidence, double tolerable, double expected) {
        boolean sound = population > 0
                && confidence > 0
                && confidence < 1
                && tolerable > 0
                && tolerable < 1
                && expected >= 0
                && expected < tolerable;
        if (!sound) {
            throw new IllegalArgumentException("population %d, confidence %s, tolerable %s, expected %s"
                    .formatted(population, confidence, tolerable, expected));
        }
    }

    /** The smallest sample in which so few errors are so unlikely; a larger one makes them less likely still. */
    private static int smallest(int population, int errors, int allowed, double risk, int atLeast) {
        int low = atLeast;
        int high = population;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (atMost(population, errors, middle, allowed) <= risk + ROUNDING) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** The likelihood of at most so many errors in a sample. */
    static double atMost(int population, int errors, int size, int allowed) {
        int fewest = Math.max(0, size - (population - errors));
        int most = Math.min(allowed, Math.min(errors, size));
        double sum = 0;
        for (int found = fewest; found <= most; found++) {
            sum += Math.exp(
                    choose(errors, found) + choose(population - errors, size - found) - choose(population, size));
        }
        return Math.min(1, sum);
    }

    /** The logarithm of the number of choices. */
    private static double choose(int of, int some) {
        return logFactorial(of) - logFactorial(some) - logFactorial(of - some);
    }

    /** Stirling's series, to more than twelve digits from 10 on; below that the product itself. */
    private static double logFactorial(int n) {
        if (n < 10) {
            double product = 1;
            for (int i = 2; i <= n; i++) {
                product *= i;
            }
            return Math.log(product);
        }
        double x = n + 1.0;
        double x3 = x * x * x;
        return (x - 0.5) * Math.log(x)
                - x
                + 0.5 * Math.log(2 * Math.PI)
                + 1 / (12 * x)
                - 1 / (360 * x3)
                + 1 / (1260 * x3 * x * x)
                - 1 / (1680 * x3 * x3 * x);
    }
}
