package org.jabr.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.data.Offset.offset;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SampleSizeTests {

    /** The table for attribute sampling that auditors know, for large populations: size and allowed errors. */
    @ParameterizedTest
    @CsvSource({
        "0.95, 0.02, 0,      149, 0",
        "0.95, 0.03, 0,       99, 0",
        "0.95, 0.05, 0,       59, 0",
        "0.95, 0.10, 0,       29, 0",
        "0.95, 0.05, 0.0100,  93, 1",
        "0.95, 0.05, 0.0150, 124, 2",
        "0.95, 0.05, 0.0200, 181, 4",
        "0.95, 0.10, 0.0200,  46, 1",
        "0.90, 0.05, 0,       45, 0",
        "0.90, 0.10, 0,       22, 0",
        "0.90, 0.05, 0.0100,  77, 1",
    })
    void agreesWithTheTableOfAuditors(double confidence, double tolerable, double expected, int size, int allowed) {
        assertThat(SampleSize.of(1_000_000, confidence, tolerable, expected)).isEqualTo(new SampleSize(size, allowed));
    }

    @Test
    void isSmallerForFewAndNeverMoreThanAll() {
        assertThat(SampleSize.of(200, 0.95, 0.05, 0).size()).isBetween(40, 58);
        assertThat(SampleSize.of(10, 0.95, 0.05, 0)).isEqualTo(new SampleSize(10, 0));
        assertThat(SampleSize.of(1, 0.95, 0.5, 0)).isEqualTo(new SampleSize(1, 0));
        assertThat(SampleSize.of(30, 0.99, 0.10, 0.09).size()).isEqualTo(30);
    }

    @Test
    void isTheSmallestThatHolds() {
        for (int population : new int[] {20, 57, 130, 400}) {
            for (double tolerable : new double[] {0.03, 0.08, 0.2}) {
                SampleSize sample = SampleSize.of(population, 0.9, tolerable, 0);
                int errors = (int) Math.ceil(population * tolerable - 1e-9);
                assertThat(exactly(population, errors, sample.size(), 0)).isLessThan(0.1 + 1e-9);
                assertThat(exactly(population, errors, sample.size() - 1, 0)).isGreaterThan(0.1 + 1e-9);
            }
        }
    }

    @Test
    void countsAsManyWaysAsThereAre() {
        for (int allowed = 0; allowed <= 5; allowed++) {
            double sum = 0;
            for (int found = 0; found <= allowed; found++) {
                sum += exactly(300, 15, 40, found);
            }
            assertThat(SampleSize.atMost(300, 15, 40, allowed)).isCloseTo(sum, offset(1e-10));
        }
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThatIllegalArgumentException().isThrownBy(() -> SampleSize.of(0, 0.95, 0.05, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> SampleSize.of(10, 1, 0.05, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> SampleSize.of(10, 0.95, 0.05, 0.05));
        assertThatIllegalArgumentException().isThrownBy(() -> SampleSize.of(10, 0.95, Double.NaN, 0));
    }

    /** By counting, with whole numbers. */
    private static double exactly(int population, int errors, int size, int found) {
        BigInteger ways = choose(errors, found).multiply(choose(population - errors, size - found));
        return new BigDecimal(ways)
                .divide(new BigDecimal(choose(population, size)), MathContext.DECIMAL64)
                .doubleValue();
    }

    private static BigInteger choose(int of, int some) {
        BigInteger ways = BigInteger.ONE;
        for (int i = 0; i < some; i++) {
            ways = ways.multiply(BigInteger.valueOf(of - i)).divide(BigInteger.valueOf(i + 1));
        }
        return some < 0 || some > of ? BigInteger.ZERO : ways;
    }
}
