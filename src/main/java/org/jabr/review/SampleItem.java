package org.jabr.review;

import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jabr.customers.PersonalText;
import org.jspecify.annotations.Nullable;

/**
 * One decision of a sample.
 *
 * @param place in the sample, from 1
 * @param assignedTo login of who looks at it
 * @param answers by question
 * @param note what was found, in a person's words
 */
public record SampleItem(
        long id,
        long sample,
        int place,
        long decision,
        String caseReference,
        String moment,
        String stratum,
        String assignedTo,
        @Nullable Verdict verdict,
        Map<String, Answer> answers,
        @Nullable PersonalText note,
        @Nullable String judgedBy,
        @Nullable OffsetDateTime judgedAt,
        int version) {

    public SampleItem {
        answers = Collections.unmodifiableMap(new TreeMap<>(answers));
    }

    /** What came of looking at it. */
    public enum Verdict {
        CORRECT,
        ERROR
    }

    /** An answer to a question of the checklist. */
    public enum Answer {
        YES,
        NO,
        /** Does not apply. */
        NA
    }
}
