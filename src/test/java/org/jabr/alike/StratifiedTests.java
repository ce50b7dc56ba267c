package org.jabr.alike;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The arithmetic against worked examples. */
class StratifiedTests {

    /**
     * Applicants to the six largest departments of the University of California, Berkeley, in the autumn of 1973: men
     * admitted, men, women admitted, women (Bickel, Hammel and O'Connell, Sex bias in graduate admissions, Science 187,
     * 1975, 398-404, as tabulated by Freedman, Pisani and Purves).
     */
    private static final List<Stratum> BERKELEY = List.of(
            yesOrNo(512, 825, 89, 108),
            yesOrNo(353, 560, 17, 25),
            yesOrNo(120, 325, 202, 593),
            yesOrNo(138, 417, 131, 375),
            yesOrNo(53, 191, 94, 393),
            yesOrNo(22, 373, 24, 341));

    @Test
    void departmentsExplainTheDifferenceAtBerkeley() {
        double crude = 1198 / 2691.0 - 557 / 1835.0;
        assertThat(crude).isCloseTo(0.1416, within(1e-4));

        Stratified.Estimate pooled = Stratified.shares(BERKELEY, 0.95).orElseThrow();

        assertThat(pooled.difference()).isCloseTo(-0.018425, within(1e-6));
        // Standard error 0.0148254 by the formula of Sato, Greenland and Robins
        assertThat(pooled.low()).isCloseTo(-0.018425 - 1.959964 * 0.0148254, within(1e-6));
        assertThat(pooled.high()).isCloseTo(-0.018425 + 1.959964 * 0.0148254, within(1e-6));
        // Cochran, Mantel and Haenszel's statistic without correction for continuity is 1.5246
        assertThat(pooled.p()).isCloseTo(0.21692, within(1e-5));
    }

    @Test
    void withoutDepartmentsTheDifferenceAtBerkeleyLooksLarge() {
        Stratified.Estimate crude =
                Stratified.shares(List.of(yesOrNo(1198, 2691, 557, 1835)), 0.95).orElseThrow();
        assertThat(crude.difference()).isCloseTo(0.14165, within(1e-5));
        assertThat(crude.p()).isLessThan(1e-20);
    }

    @Test
    void meansAreComparedAsComputedByHand() {
        Stratum.Count count = new Stratum.Count();
        List.of(10, 14).forEach(one -> count.add(true, one));
        List.of(6, 8, 10).forEach(one -> count.add(false, one));
        // Means 12 and 8; above expectation 24 - 2 * 48 / 5 = 4.8; variance 6 / 5 * 35.2 / 4 = 10.56
        Stratified.Estimate one =
                Stratified.means(List.of(count.stratum()), 0.95).orElseThrow();
        assertThat(one.difference()).isCloseTo(4, within(1e-9));
        assertThat(one.high() - one.difference()).isCloseTo(1.959964 * Math.sqrt(10.56) / 1.2, within(1e-5));
        assertThat(one.p()).isCloseTo(0.13965, within(1e-4));
    }

    @Test
    void forYesAndNoMeansAndSharesAreOneTest() {
        Stratified.Estimate shares = Stratified.shares(BERKELEY, 0.95).orElseThrow();
        Stratified.Estimate means = Stratified.means(BERKELEY, 0.95).orElseThrow();
        assertThat(means.p()).isCloseTo(shares.p(), within(1e-12));
        assertThat(means.difference()).isCloseTo(shares.difference(), within(1e-12));
    }

    @Test
    void aStratumWithOneGroupOnlySaysNothing() {
        List<Stratum> more = new ArrayList<>(BERKELEY);
        more.add(yesOrNo(0, 0, 400, 400));
        more.add(yesOrNo(0, 900, 0, 0));
        assertThat(Stratified.shares(more, 0.95)).isEqualTo(Stratified.shares(BERKELEY, 0.95));
        assertThat(Stratified.means(more, 0.95)).isEqualTo(Stratified.means(BERKELEY, 0.95));
        assertThat(Stratified.shares(more.subList(6, 8), 0.95)).isEmpty();
        assertThat(Stratified.means(more.subList(6, 8), 0.95)).isEmpty();
    }

    @Test
    void whereEverybodyGotTheSameThereIsNothingToExplain() {
        Stratum.Count count = new Stratum.Count();
        for (int i = 0; i < 100; i++) {
            count.add(i % 3 == 0, 17.1);
        }
        Stratified.Estimate same =
                Stratified.means(List.of(count.stratum()), 0.95).orElseThrow();
        assertThat(same.p()).isEqualTo(1);
        assertThat(same.difference()).isCloseTo(0, within(1e-9));
        assertThat(Stratified.shares(List.of(yesOrNo(5, 5, 9, 9)), 0.95)
                        .orElseThrow()
                        .p())
                .isEqualTo(1);
    }

    private static Stratum yesOrNo(int some, int of, int othersSome, int othersOf) {
        return new Stratum(of, some, some, othersOf, othersSome, othersSome);
    }
}
