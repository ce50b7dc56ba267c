package org.jabr.rules;

/** Hears how far long work is, and says whether somebody called it off. */
public interface Progress {

    /** Nobody listens, nobody cancels. */
    Progress NONE = (done, of) -> {};

    void at(long done, long of);

    /** Whether the work should stop soon; what was found so far is thrown away. */
    default boolean cancelled() {
        return false;
    }
}
