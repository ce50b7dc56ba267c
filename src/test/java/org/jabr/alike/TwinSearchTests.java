package org.jabr.alike;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TwinSearchTests {

    @Test
    void twinsUnderOneReleaseComeFirstThenThoseThatAreExactThenTheLargestDifference() {
        List<Compared> decisions = List.of(
                of(1, "r1", "a", "a1", 10),
                of(2, "r1", "a", "a1", 30),
                of(3, "r1", "b", "b1", 0),
                of(4, "r1", "b", "b2", 90),
                of(5, "r1", "c", "c1", 0),
                of(6, "r2", "c", "c1", 400),
                of(7, "r1", "d", "d1", 50),
                of(8, "r1", "d", "d1", 52),
                of(9, "r1", "e", "e1", 500));
        List<Alike.Twins> twins = new TwinSearch(Policies.usual(), decisions).all();
        assertThat(twins)
                .extracting(one -> one.less().decision() + "-" + one.more().decision())
                .containsExactly("1-2", "3-4", "5-6");
        assertThat(twins).extracting(Alike.Twins::exact).containsExactly(true, false, true);
        assertThat(twins).extracting(Alike.Twins::sameRelease).containsExactly(true, true, false);
        assertThat(twins.get(1).difference()).isEqualByComparingTo("90");
        assertThat(twins.get(1).less().given()).isEmpty();
    }

    @Test
    void theFactsInWhichTheyDifferAreNamed() {
        Compared less = Policies.of(
                1,
                "r1",
                "a",
                "a1",
                0,
                new TreeMap<>(Map.of("channel", "CHAT", "loss", new BigDecimal("51"), "tier", "NEW")));
        Compared more = Policies.of(
                2,
                "r1",
                "a",
                "a2",
                20,
                new TreeMap<>(Map.of(
                        "channel", "EMAIL", "loss", new BigDecimal("52"), "tier", "NEW", "contacts", BigDecimal.ONE)));
        assertThat(new TwinSearch(Policies.usual(), List.of(less, more)).all())
                .singleElement()
                .satisfies(one -> assertThat(one.facts())
                        .containsExactly(
                                new Alike.FactPair("channel", "CHAT", "EMAIL", false),
                                new Alike.FactPair("contacts", "", BigDecimal.ONE, false),
                                new Alike.FactPair("loss", new BigDecimal("51"), new BigDecimal("52"), true)));
    }

    private static Compared of(long id, String release, String stratum, String exact, double units) {
        return Policies.of(id, release, stratum, exact, units, new TreeMap<>());
    }
}
