package org.jabr.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DrawTests {

    private static final List<String> MEMBERS =
            IntStream.rangeClosed(1, 1000).mapToObj(String::valueOf).toList();

    /** What {@code printf '%s' '7:42' | sha256sum} and the like give, for whoever repeats it elsewhere. */
    @Test
    void drawsWhatAnyOtherLanguageDraws() {
        assertThat(Draw.of("2026-audit", List.of("1", "2", "3", "4", "5", "6"), 3))
                .isEqualTo(List.of("5", "6", "2"));
    }

    @Test
    void theSameSeedDrawsTheSameInWhateverOrderTheyCome() {
        List<String> mixed = new ArrayList<>(MEMBERS);
        Collections.shuffle(mixed, new Random(1));

        assertThat(Draw.of("a", mixed, 60)).isEqualTo(Draw.of("a", MEMBERS, 60)).doesNotHaveDuplicates();
        assertThat(Draw.of("b", MEMBERS, 60)).isNotEqualTo(Draw.of("a", MEMBERS, 60));
        assertThat(Draw.of("a", MEMBERS, 80))
                .startsWith(Draw.of("a", MEMBERS, 60).toArray(String[]::new));
        assertThat(Draw.of("a", MEMBERS, 5000)).hasSize(1000);
    }

    /** 2,000 draws of 100 from 1,000: each member about 200 times; six standard deviations are 80. */
    @Test
    void everybodyIsDrawnAlikeOften() {
        int[] times = new int[1001];
        for (int i = 0; i < 2000; i++) {
            Draw.of("seed-" + i, MEMBERS, 100).forEach(member -> times[Integer.parseInt(member)]++);
        }
        assertThat(IntStream.rangeClosed(1, 1000).map(i -> times[i])).allMatch(n -> n > 120 && n < 280);
    }

    @Test
    void strataGetTheirShareAndEachOneAtLeast() {
        assertThat(Draw.share(strata(Map.of("GOLD", 10, "NEW", 890, "SILVER", 100)), 59))
                .isEqualTo(Map.of("GOLD", 1, "NEW", 52, "SILVER", 6));
        assertThat(Draw.share(strata(Map.of("A", 1, "B", 998, "C", 1)), 3)).isEqualTo(Map.of("A", 1, "B", 1, "C", 1));
        assertThat(Draw.share(strata(Map.of("A", 5, "B", 5)), 10)).isEqualTo(Map.of("A", 5, "B", 5));
        assertThat(Draw.share(strata(Map.of("A", 3, "B", 3, "C", 3)), 2).values())
                .containsExactly(1, 1, 0);
        assertThat(Draw.share(strata(Map.of("A", 3)), 0)).isEqualTo(Map.of("A", 0));
        assertThatIllegalArgumentException().isThrownBy(() -> Draw.share(strata(Map.of("A", 3)), 4));
    }

    @Test
    void sharesAlwaysAddUpAndNeverExceedTheirStratum() {
        Random random = new Random(7);
        for (int i = 0; i < 5000; i++) {
            SortedMap<String, Integer> strata = new TreeMap<>();
            int count = 1 + random.nextInt(8);
            for (int n = 0; n < count; n++) {
                strata.put("s" + n, 1 + random.nextInt(random.nextBoolean() ? 3 : 500));
            }
            int all = strata.values().stream().mapToInt(Integer::intValue).sum();
            int size = random.nextInt(all + 1);
            SortedMap<String, Integer> shares = Draw.share(strata, size);
            assertThat(shares.values().stream().mapToInt(Integer::intValue).sum())
                    .isEqualTo(size);
            assertThat(shares).allSatisfy((name, share) -> {
                assertThat(share).isBetween(size >= count ? 1 : 0, strata.get(name));
            });
        }
    }

    private static SortedMap<String, Integer> strata(Map<String, Integer> sizes) {
        return new TreeMap<>(sizes);
    }
}
