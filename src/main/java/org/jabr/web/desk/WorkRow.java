package org.jabr.web.desk;

import java.time.Instant;
import java.util.List;
import org.jabr.cases.RecoveryCase;
import org.jabr.rules.RuleWords;
import org.jabr.worklist.WorkItem;
import org.jspecify.annotations.Nullable;

/**
 * An item of the worklist as one reader sees it.
 *
 * @param name of the step, in the reader's language
 * @param recovery the case that it is about; null where it is about none
 * @param customerName their name, or how the company's systems name them; empty where there is no case
 * @param assignee name of who has it; null where nobody has
 * @param mine whether the reader has it
 * @param claimable whether the reader may take it
 * @param returnable whether the reader may put it back
 * @param suggested who should take it; null where it is taken, or nobody is there who can
 */
record WorkRow(
        WorkItem item,
        String name,
        @Nullable RecoveryCase recovery,
        String customerName,
        String queue,
        String language,
        @Nullable String assignee,
        boolean mine,
        boolean claimable,
        boolean returnable,
        Place place,
        @Nullable Suggested suggested) {

    /**
     * Why the item stands where it stands.
     *
     * @param due when it must be done
     * @param effective what it is sorted by
     * @param parts what moves it earlier than its due time; they add up
     */
    record Place(Instant due, Instant effective, List<Part> parts) {}

    /** @param why in words */
    record Suggested(String login, String name, String why) {}

    /** @param span how long, in words */
    record Part(String name, long minutes, String span, List<RuleWords> because) {}
}
