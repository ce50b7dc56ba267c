package org.jabr.post;

/** What letters say, kept by whoever wrote them. */
public interface Writing {

    /** The words of what was said. */
    Text text(long contactId);

    /**
     * @param language lower-case language code
     * @param caseReference what it is about
     */
    record Text(String subject, String body, String language, String caseReference) {}
}
