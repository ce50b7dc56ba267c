package org.jabr.journal;

import java.time.OffsetDateTime;

/**
 * One fact of the journal.
 *
 * @param kind what happened, such as {@code case.decided}
 * @param subject what it happened to, such as the reference of a case
 * @param by login of who did it, or {@code rules}
 * @param content canonical JSON: ids, codes, amounts and fingerprints, and nothing that says who a customer is
 */
public record Entry(long id, String kind, String subject, String by, String content, OffsetDateTime at) {

    /** The entry as it is sealed: canonical JSON of all of it. */
    String json() {
        return "{\"at\":\"" + CanonicalJson.moment(at.toInstant()) + "\",\"by\":" + CanonicalJson.quoted(by)
                + ",\"content\":"
                + content + ",\"id\":" + id + ",\"kind\":" + CanonicalJson.quoted(kind) + ",\"subject\":"
                + CanonicalJson.quoted(subject) + "}";
    }
}
