package org.jabr.rules.drools;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Numbers as a column has them.
 *
 * @param step the least difference between two of them; null where they have no step
 * @param least null for none
 * @param most null for none
 */
record Numbers(
        @Nullable BigDecimal step,
        @Nullable BigDecimal least,
        @Nullable BigDecimal most) {

    static final BigDecimal CENT = new BigDecimal("0.01");

    static Numbers whole(@Nullable BigDecimal least, @Nullable BigDecimal most) {
        return new Numbers(BigDecimal.ONE, least, most);
    }

    static Numbers amounts() {
        return new Numbers(CENT, BigDecimal.ZERO, null);
    }

    boolean isWhole() {
        return step != null && step.compareTo(BigDecimal.ONE) == 0;
    }

    /** One number for each class that the limits tell apart: each limit, one between neighbours, one below, one above. */
    List<BigDecimal> representatives(Collection<BigDecimal> limits) {
        TreeSet<BigDecimal> sorted = new TreeSet<>(limits);
        if (least != null) {
            sorted.add(least);
        }
        if (most != null) {
            sorted.add(most);
        }
        if (sorted.isEmpty()) {
            sorted.add(BigDecimal.ZERO);
        }
        List<BigDecimal> candidates = new ArrayList<>();
        candidates.add(sorted.first().subtract(unit()));
        BigDecimal before = null;
        for (BigDecimal limit : sorted) {
            if (before != null) {
                candidates.add(between(before, limit));
            }
            candidates.add(limit);
            before = limit;
        }
        candidates.add(sorted.last().add(unit()));
        return candidates.stream().filter(this::has).toList();
    }

    boolean has(BigDecimal number) {
        return (least == null || number.compareTo(least) >= 0)
                && (most == null || number.compareTo(most) <= 0)
                && (step == null || number.remainder(step).signum() == 0);
    }

    /** The next number upwards or downwards, whether or not it is in reach. */
    BigDecimal next(BigDecimal number, boolean up) {
        return up ? number.add(unit()) : number.subtract(unit());
    }

    private BigDecimal unit() {
        return step == null ? CENT : step;
    }

    /** The first whole number strictly between two, else the first of the step, else the middle. */
    private BigDecimal between(BigDecimal low, BigDecimal high) {
        for (BigDecimal unit : List.of(BigDecimal.ONE, unit())) {
            BigDecimal above =
                    low.divide(unit, 0, RoundingMode.FLOOR).add(BigDecimal.ONE).multiply(unit);
            if (above.compareTo(high) < 0) {
                return above;
            }
        }
        return low.add(high).divide(BigDecimal.valueOf(2), MathContext.DECIMAL64);
    }
}
