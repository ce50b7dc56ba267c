package org.jabr.rules.drools;

import java.util.List;
import java.util.Map;
import org.jabr.rules.Finding;
import org.jabr.rules.Progress;
import org.jabr.rules.RuleInspector;

/** Looks no deeper than compiling does. */
final class NothingInspected implements RuleInspector {

    @Override
    public List<Finding> tables(Map<String, String> files, Progress progress) {
        return List.of();
    }

    @Override
    public List<Finding> scenarios(Map<String, String> files, Progress progress) {
        return List.of();
    }

    @Override
    public List<Finding> mutants(Map<String, String> files, Progress progress) {
        return List.of();
    }

    @Override
    public List<Finding> contracts(Map<String, String> files, Progress progress) {
        return List.of();
    }
}
