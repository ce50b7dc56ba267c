package org.jabr.cases;

import java.time.OffsetDateTime;
import java.util.Map;

/**
 * One thing that happened to a case, put into words on reading (message key {@code timeline.KIND}).
 *
 * @param values what the sentence names; ids and numbers only
 */
public record TimelineEntry(String kind, Map<String, Object> values, String by, OffsetDateTime at) {}
