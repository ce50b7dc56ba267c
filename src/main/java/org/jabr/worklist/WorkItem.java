package org.jabr.worklist;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jabr.rules.Authority;
import org.jabr.rules.CaseId;
import org.jabr.rules.Decider;
import org.jspecify.annotations.Nullable;

/**
 * A task for a person, wherever it comes from, in the one list.
 *
 * @param name the step's name as the analyst drew it, in the diagram's words
 * @param caseId the case that it is about; null, as its reference, where it is about none
 * @param task the engine's task that waits behind it; null where it comes from elsewhere
 * @param element id of the diagram's element
 * @param form form of the release that the answers must fit; null for an approval
 * @param subject what it is about, such as the key of the remedy that is asked for
 * @param authority who may complete it, or above
 * @param notBy who may not complete it (four eyes)
 * @param skill what somebody should know for it, as {@code language}; empty where it asks for none
 * @param dueAt when it must be done
 * @param effectiveAt the fixed sort key: the due time moved earlier by {@code why}
 * @param snoozedUntil until when it stays out of sight; null where it is in sight
 * @param reroutes how often it was taken from one person's hands, or from one queue, after it was opened
 * @param version counts its changes
 */
public record WorkItem(
        long id,
        Kind kind,
        String name,
        @Nullable CaseId caseId,
        @Nullable String caseReference,
        String release,
        @Nullable String task,
        String element,
        @Nullable String form,
        @Nullable String subject,
        Authority authority,
        @Nullable String notBy,
        String queue,
        String skill,
        String language,
        State state,
        @Nullable String assignee,
        OffsetDateTime dueAt,
        OffsetDateTime effectiveAt,
        List<Why> why,
        OffsetDateTime createdAt,
        @Nullable OffsetDateTime completedAt,
        @Nullable String completedBy,
        @Nullable OffsetDateTime snoozedUntil,
        @Nullable String snoozedBy,
        int reroutes,
        int version) {

    /** The name of work that is to look at a finding about giving; no diagram asks for it. */
    public static final String LOOK_AT_FINDING = "LOOK_AT_FINDING";

    public WorkItem {
        why = List.copyOf(why);
    }

    /**
     * The case that it is about.
     *
     * @throws IllegalStateException it is about none, which no work of a step or of a case is
     */
    public CaseId theCase() {
        if (caseId == null) {
            throw new IllegalStateException("Work item " + id + " is about no case");
        }
        return caseId;
    }

    /** The reference of its case, or else what it is about. */
    public String about() {
        return caseReference != null ? caseReference : Objects.requireNonNullElse(task, "");
    }

    /** Whether it is to look at a finding, which those whom it is about must not see. */
    public boolean aboutAFinding() {
        return element.isEmpty() && name.equals(LOOK_AT_FINDING);
    }

    /** Where the work comes from. */
    public enum Kind {
        ACKNOWLEDGEMENT,
        APPROVAL,
        CONFIRMATION,
        FOLLOW_UP,
        ESCALATION,
        INCIDENT,
        PROMISE,
        TASK
    }

    /** Where the item stands. */
    public enum State {
        OPEN,
        CLAIMED,
        DONE,
        CANCELLED
    }

    /** How the item stands in the list. */
    public enum Stand {
        FREE,
        TAKEN,
        SNOOZED,
        DONE
    }

    public Stand stand() {
        if (!open()) {
            return Stand.DONE;
        }
        return snoozedUntil != null ? Stand.SNOOZED : state == State.CLAIMED ? Stand.TAKEN : Stand.FREE;
    }

    /** Whether it still waits to be done, in sight or not. */
    public boolean open() {
        return state == State.OPEN || state == State.CLAIMED;
    }

    /**
     * One part of the reason for the item's place.
     *
     * @param part {@code due}, {@code boost} or {@code raised} (moved up to a higher authority)
     * @param minutes elapsed minutes that this part moves the item earlier; the parts add up to the distance between
     *     the due time and the effective deadline
     * @param because rule ids
     */
    public record Why(String part, long minutes, List<String> because) {}

    /** The item stands in the list; heard in the same transaction. */
    public record Opened(WorkItem item) {}

    /** A person completed the item; heard in the same transaction by the room that created it. */
    public record Completed(WorkItem item, Map<String, Object> answers, Decider by) {}

    /** Somebody put the item into somebody's hands. @param to whose it is now; null where everybody may take it */
    public record Handed(
            WorkItem item, @Nullable String from, @Nullable String to, String by) {}

    /** A supervisor sent the item to another desk. */
    public record Redirected(WorkItem item, String from, String by) {}

    /** Somebody put the item off for a while. */
    public record Snoozed(WorkItem item, OffsetDateTime until, String by) {}
}
