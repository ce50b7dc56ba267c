package org.jabr.people;

import java.time.OffsetDateTime;

/**
 * Something about a person was changed; also heard as news, in the same transaction.
 *
 * @param detail words of the rules, or the times of an absence; never personal text
 */
public record AccountChange(String login, Kind kind, String detail, String by, OffsetDateTime at) {

    /** What was changed. */
    public enum Kind {
        ABSENCE_ADDED,
        ABSENCE_REMOVED,
        SKILLS,
        LANGUAGES,
        DESKS
    }
}
