package org.jabr.replay;

import java.util.List;
import java.util.SortedMap;
import org.jabr.rules.CaseFacts;
import org.jabr.rules.Decision;
import org.jabr.rules.Moment;
import org.jspecify.annotations.Nullable;

/** Decides many cases under one content. Where that happens, here or in a process of its own, is its affair. */
public interface Deciding extends AutoCloseable {

    /** One case at one moment. */
    record Asked(Moment moment, CaseFacts facts) {}

    /**
     * What became of it: exactly one of both is null.
     *
     * @param failure stable code of why it could not be decided, such as {@code RULES-003}
     */
    record Decided(@Nullable Decision decision, @Nullable String failure) {}

    /** Decides all of them, in their order; what one of them suffers is its own answer. Safe for many threads. */
    List<Decided> all(List<Asked> asked);

    /** Gives back what the compiled rules hold. */
    @Override
    void close();

    /** Where content is made ready to decide. */
    interface Place {

        /**
         * @param files all files of the content by path
         * @param release the release that it is; null for a draft
         * @throws org.jabr.rules.Problem where it cannot be asked; {@link #all} may throw it as well
         */
        Deciding open(SortedMap<String, String> files, @Nullable String release);
    }
}
