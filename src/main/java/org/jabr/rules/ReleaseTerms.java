package org.jabr.rules;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the tables of a release say about the values that facts may have.
 *
 * @param catalogue the remedies in catalogue order
 * @param moments names of the moments that it answers
 * @param answers the answers that its tables read, by name
 */
public record ReleaseTerms(
        Map<String, CurrencyTerms> currencies,
        Set<String> failureTypes,
        List<CatalogueEntry> catalogue,
        Set<String> moments,
        Map<String, AnswerField> answers) {

    public ReleaseTerms {
        // In the order of the tables: what is tried on them must not differ from one process to the next.
        currencies = Collections.unmodifiableMap(new LinkedHashMap<>(currencies));
        failureTypes = Collections.unmodifiableSet(new LinkedHashSet<>(failureTypes));
        catalogue = List.copyOf(catalogue);
        moments = Collections.unmodifiableSet(new LinkedHashSet<>(moments));
        answers = Collections.unmodifiableMap(new LinkedHashMap<>(answers));
    }

    public Optional<CatalogueEntry> entry(String remedy) {
        return catalogue.stream().filter(e -> e.remedy().name().equals(remedy)).findFirst();
    }
}
