package org.jabr.cases;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FreeRangeTests {

    @Property(tries = 500)
    void findsTheFreeAmountsWhateverIsKnownOfThem(
            @ForAll @LongRange(min = 1, max = 500_000) long from,
            @ForAll @LongRange(min = 0, max = 5_000_000) long wide,
            @ForAll @LongRange(min = 0, max = 6_000_000) long within) {
        long to = from + wide;
        long likely = Math.min(from + within, to);
        FreeRange range = new FreeRange(chosen -> chosen >= from && chosen <= to ? (Long) chosen : null);

        assertThat(range.around(likely)).contains(new FreeRange.Found(from, to));
    }

    @Test
    void endsWhereACapBegins() {
        FreeRange range = new FreeRange(chosen -> Math.min(chosen, 4_000));

        assertThat(range.around(2_500)).contains(new FreeRange.Found(1, 4_000));
        assertThat(range.around(9_000)).contains(new FreeRange.Found(1, 4_000));
    }

    @Test
    void countsWhatWasGivenBefore() {
        FreeRange range = new FreeRange(chosen -> chosen <= 1_000 ? null : (Long) (Math.min(chosen, 3_000) - 1_000));

        assertThat(range.around(2_000)).contains(new FreeRange.Found(1_001, 3_000));
    }

    @Test
    void knowsThatNothingIsFree() {
        FreeRange range = new FreeRange(FreeRangeTests::never);

        assertThat(range.around(2_000)).isEmpty();
        assertThat(range.around(0)).isEmpty();
    }

    private static @Nullable Long never(long chosen) {
        return null;
    }
}
