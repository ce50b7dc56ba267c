package org.jabr.worklist;

import java.util.Optional;
import org.jabr.rules.Problem;

/** Who must leave which work to others, as only the room knows that knows what the work is about. */
public interface Involvement {

    /** Why this person must leave the item to somebody else; empty where nothing keeps them from it. */
    Optional<Problem> keeps(WorkItem item, String login);
}
