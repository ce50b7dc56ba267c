package org.jabr.replay;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of deciding once more.
 *
 * @param identical whether the answer and all its reasons are the same
 * @param erased whether its facts were erased, so that nobody can decide it again
 * @param release the release that decided both times
 * @param failure code of why it cannot be decided any more; null where it can
 * @param engineThen name and version of the engine that decided; null where it was not kept
 * @param engineNow of the engine that decides now
 */
public record Replayed(
        long decision,
        boolean identical,
        boolean erased,
        String release,
        @Nullable String failure,
        @Nullable String engineThen,
        String engineNow,
        List<Difference> differences) {

    public Replayed {
        differences = List.copyOf(differences);
    }

    /**
     * One thing that is not the same.
     *
     * @param path where in the answer, such as {@code outcome[0].amount.amount}
     * @param was as it was stored; null where there was nothing
     * @param is as it is decided now; null where there is nothing
     */
    public record Difference(
            String path, @Nullable Object was, @Nullable Object is) {}
}
