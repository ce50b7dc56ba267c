package org.jabr.alike;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SharesTests {

    @Test
    void anIntervalIsTheOneOfClopperAndPearson() {
        Shares.Interval some = Shares.exact(3, 20, 0.95);
        assertThat(some.low()).isCloseTo(0.0320709, within(1e-6));
        assertThat(some.high()).isCloseTo(0.3789268, within(1e-6));
        Shares.Interval none = Shares.exact(0, 10, 0.95);
        assertThat(none.low()).isZero();
        // 1 - 0.025^(1/10)
        assertThat(none.high()).isCloseTo(1 - Math.pow(0.025, 0.1), within(1e-9));
        Shares.Interval all = Shares.exact(10, 10, 0.95);
        assertThat(all.high()).isEqualTo(1);
        assertThat(all.low()).isCloseTo(Math.pow(0.025, 0.1), within(1e-9));
    }

    @Test
    void fishersLadyTastingTeaIsNotSure() {
        // Three of four cups: (1 + 16 + 16 + 1) / 70
        assertThat(Shares.fisher(3, 4, 1, 4)).isCloseTo(34 / 70.0, within(1e-9));
        assertThat(Shares.fisher(4, 4, 0, 4)).isCloseTo(2 / 70.0, within(1e-9));
        assertThat(Shares.fisher(8, 10, 1, 6)).isCloseTo(0.0349650, within(1e-6));
        assertThat(Shares.fisher(12, 20, 30, 180)).isCloseTo(6.256675e-05, within(1e-9));
        assertThat(Shares.fisher(0, 5, 0, 9)).isEqualTo(1);
    }

    @Test
    void manyTestsAreCorrectedTogether() {
        // Sorted 0.005, 0.01, 0.03, 0.04: times 4, 3, 2, 1, never below the one before
        assertThat(Shares.holm(0.01, 0.04, 0.03, 0.005))
                .containsExactly(new double[] {0.03, 0.06, 0.06, 0.02}, within(1e-12));
        assertThat(Shares.holm(0.9, 0.6)).containsExactly(1, 1);
        assertThat(Shares.holm()).isEmpty();
    }
}
