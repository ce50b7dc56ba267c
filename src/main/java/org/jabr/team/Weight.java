package org.jabr.team;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** How much a piece of work weighs for whoever does it. */
public enum Weight {
    EASY,
    ORDINARY,
    HARD;

    /** What rules do not name in these words is ordinary. */
    static Weight of(@Nullable String word) {
        return Arrays.stream(values())
                .filter(one -> one.name().equals(word))
                .findFirst()
                .orElse(ORDINARY);
    }
}
