package org.jabr.rules;

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
        currencies = Map.copyOf(currencies);
        failureTypes = Set.copyOf(failureTypes);
        catalogue = List.copyOf(catalogue);
        moments = Set.copyOf(moments);
        answers = Map.copyOf(answers);
    }

    public Optional<CatalogueEntry> entry(String remedy) {
        return catalogue.stream().filter(e -> e.remedy().name().equals(remedy)).findFirst();
    }
}
