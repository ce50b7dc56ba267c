package org.jabr.worklist;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.LongConsumer;
import org.jabr.rules.Problem;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does the same to many items, each for itself: what fails for one stops no other, and everyone learns what became of it. */
public final class Bulk {

    /** How many items at once. */
    public static final int MOST = 200;

    private static final Logger LOG = LoggerFactory.getLogger(Bulk.class);

    private Bulk() {}

    /** What became of one item. @param problem why it was not done; null where it was */
    public record Result(long id, @Nullable Problem problem) {

        public boolean done() {
            return problem == null;
        }
    }

    /**
     * Changes one item after the other. The change must bring a transaction of its own.
     *
     * @throws Problem {@code WORK-013} for more than {@link #MOST}
     */
    public static List<Result> each(List<Long> ids, LongConsumer change) {
        if (ids.size() > MOST) {
            throw new Problem(Problem.Kind.INVALID, "WORK-013", MOST);
        }
        List<Result> results = new ArrayList<>();
        for (long id : new LinkedHashSet<>(ids)) {
            results.add(one(id, change));
        }
        return results;
    }

    private static Result one(long id, LongConsumer change) {
        try {
            change.accept(id);
            return new Result(id, null);
        } catch (Problem problem) {
            return new Result(id, problem);
        } catch (RuntimeException e) {
            LOG.warn("Work item {} failed among several: {}", id, e.toString());
            return new Result(id, new Problem(Problem.Kind.CONFLICT, "WORK-012", id));
        }
    }
}
