package org.jabr.releases;

import java.util.List;
import org.jabr.rules.Finding;
import org.springframework.stereotype.Component;

/** What was wrong with the folders at start, so that the pages can say it until they are mended. */
@Component
public class FolderState {

    private volatile List<Finding> findings = List.of();

    void refused(List<Finding> why) {
        findings = List.copyOf(why);
    }

    /** Blocking findings of the folders at start; empty when they were taken in. */
    public List<Finding> findings() {
        return findings;
    }
}
