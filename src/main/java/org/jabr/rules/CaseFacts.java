package org.jabr.rules;

import java.time.OffsetDateTime;
import java.util.Map;

/**
 * The facts of one case as a rule may see them: read and checked once by {@link Rulebook#read}, then unchangeable.
 * What was not given stays absent here; what a missing fact means is said by the vocabulary.
 */
public record CaseFacts(OffsetDateTime asOf, Map<String, Object> document) {}
