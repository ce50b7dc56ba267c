package org.jabr.alike;

import java.time.OffsetDateTime;
import java.util.Map;
import java.util.SortedMap;

/**
 * One decision as it is compared with others.
 *
 * @param by login of who decided, or {@code rules}
 * @param stratum the bands of all permitted reasons together
 * @param exact the same with the values themselves
 * @param suspects by name
 * @param given what the customer got for it in money, by remedy, in policy units; without what was refused
 * @param facts those that may be shown: neither texts nor times, money in policy units
 * @param chosen whether a person picked otherwise than the rules had recommended
 * @param used share of what the decider might still give that they gave at once; below zero where there was no limit
 */
record Compared(
        long id,
        String caseReference,
        String release,
        OffsetDateTime at,
        String by,
        String stratum,
        String exact,
        Map<String, String> suspects,
        SortedMap<String, Double> given,
        SortedMap<String, Object> facts,
        boolean chosen,
        double used) {

    double units() {
        return given.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    boolean granted() {
        return !given.isEmpty();
    }
}
