package org.jabr.releases;

import java.util.List;
import java.util.SortedMap;
import org.jabr.rules.Finding;

/** Looks at the files of a release before it is used. Implemented by the rooms that know the files' kinds. */
public interface Check {

    /** @param files all files of the release by path, such as {@code processes/service-recovery.bpmn} */
    List<Finding> check(SortedMap<String, String> files);
}
