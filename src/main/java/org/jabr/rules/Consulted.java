package org.jabr.rules;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A table that had a part in a decision.
 *
 * @param file where it lies in the release
 * @param table id of its decision
 * @param inputs what its columns saw, by their expressions
 * @param matching the rows whose conditions all hold, whatever the hit policy makes of them
 */
public record Consulted(String file, String table, Map<String, Object> inputs, List<RuleRef> matching) {

    public Consulted {
        inputs = new LinkedHashMap<>(inputs);
        matching = List.copyOf(matching);
    }
}
