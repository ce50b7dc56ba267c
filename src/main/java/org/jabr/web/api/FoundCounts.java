package org.jabr.web.api;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jabr.audit.DecisionSearch;
import org.jabr.cases.DecisionDocument;

/**
 * How many decisions were found, as programs see it.
 *
 * @param granted what was granted in each currency
 * @param shares how many have which word, by what they are counted
 */
record FoundCounts(
        long decisions, long cases, List<Map<String, Object>> granted, Map<String, Map<String, Long>> shares) {

    static FoundCounts of(DecisionSearch.Counts counts) {
        Map<String, Map<String, Long>> shares = new TreeMap<>();
        counts.facets().forEach(facet -> facet.shares()
                .forEach(share -> shares.computeIfAbsent(facet.name(), name -> new TreeMap<>())
                        .put(share.word(), share.decisions())));
        return new FoundCounts(
                counts.decisions(),
                counts.cases(),
                counts.granted().stream()
                        .map(DecisionDocument::money)
                        .map(Objects::requireNonNull)
                        .toList(),
                shares);
    }
}
