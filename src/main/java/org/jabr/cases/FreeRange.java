package org.jabr.cases;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds how far an amount can be chosen without asking anybody, by asking the rules about some amounts: they may have
 * any number of rows and caps, and only they know. Takes the free amounts to lie together.
 */
final class FreeRange {

    private static final long HIGHEST = 1L << 40;

    /** What is granted where an amount is chosen, both in minor units; null where it is not simply granted. */
    interface Granted {
        @Nullable
        Long of(long chosen);
    }

    /** Amounts in minor units, both free. */
    record Found(long from, long to) {}

    private final Granted granted;

    FreeRange(Granted granted) {
        this.granted = granted;
    }

    /** The free amounts around one that is likely to be free; nothing where no amount is. */
    Optional<Found> around(long likely) {
        Long start = start(likely);
        if (start == null) {
            return Optional.empty();
        }
        // What was given before may be taken off; a cap begins where more no longer gives more.
        long takenOff = start - at(start);
        long low = 0;
        long free = start;
        while (free - low > 1) {
            long middle = low + (free - low) / 2;
            if (isFree(middle, takenOff)) {
                free = middle;
            } else {
                low = middle;
            }
        }
        long from = free;
        free = start;
        long high = free;
        do {
            free = high;
            high = Math.min(HIGHEST, high * 2);
        } while (high < HIGHEST && isFree(high, takenOff));
        while (high - free > 1) {
            long middle = free + (high - free) / 2;
            if (isFree(middle, takenOff)) {
                free = middle;
            } else {
                high = middle;
            }
        }
        return Optional.of(new Found(from, free));
    }

    private @Nullable Long start(long likely) {
        if (likely > 0) {
            Long given = granted.of(likely);
            if (given != null) {
                // A cap may have lowered it: then the lowered amount is the one to begin with.
                Long again = given.equals(likely) ? given : granted.of(given);
                return given.equals(again) ? given : Long.valueOf(likely);
            }
        }
        for (long tried = 1; tried < HIGHEST; tried *= 2) {
            if (granted.of(tried) != null) {
                return tried;
            }
        }
        return null;
    }

    private long at(long chosen) {
        Long given = granted.of(chosen);
        return given == null ? 0 : given;
    }

    private boolean isFree(long chosen, long takenOff) {
        Long given = granted.of(chosen);
        return given != null && given == chosen - takenOff;
    }
}
