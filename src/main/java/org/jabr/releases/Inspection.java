package org.jabr.releases;

import java.util.List;
import java.util.SortedMap;
import org.jabr.rules.Finding;
import org.jabr.rules.Progress;

/**
 * A check that takes its time: it runs in the background on the content of a draft, and what it finds is kept by that
 * content. Implemented by the rooms that know how; {@code @Order} says which comes first.
 */
public interface Inspection {

    /** Its name: lower-case, at most 20 letters; its words stand in the messages under {@code inspection.KIND}. */
    String kind();

    /** Whether a draft can only be submitted after it. */
    default boolean required() {
        return true;
    }

    /**
     * @param files all files of the draft by path
     * @return what it found; thrown away where it was cancelled
     */
    List<Finding> inspect(SortedMap<String, String> files, Progress progress);
}
