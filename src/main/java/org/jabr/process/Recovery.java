package org.jabr.process;

import java.time.Instant;
import java.util.List;
import org.jabr.cases.RecoveryCase;
import org.jabr.rules.CaseId;
import org.jabr.rules.DecisionFailed;
import org.jabr.rules.Problem;
import org.jspecify.annotations.Nullable;

/** Moves cases along their diagrams. */
public interface Recovery {

    /**
     * Starts the process that the rules named for the case, in the release that the case is pinned to, as part of the
     * caller's transaction. Only the first part runs here; the rest follows asynchronously.
     *
     * @throws Problem {@code RELEASE-004} where the release has no such process
     */
    void start(RecoveryCase recovery);

    /**
     * The diagram of the case's own release and the way that the case took through it.
     *
     * @throws Problem {@code CASE-001}
     */
    Path path(CaseId id);

    /** Every time that the case came to an element of its diagram, in the order in which it came. @throws Problem {@code CASE-001} */
    default List<Visit> visits(CaseId id) {
        return List.of();
    }

    /** Steps that stopped because something failed, with what a person can do about it. */
    List<Incident> incidents(CaseId id);

    /** Tries all stopped steps of a case again, after their cause was mended. */
    void retry(CaseId id);

    /**
     * Ends the process of a case that goes on elsewhere, with all work that waits in it, as part of the caller's
     * transaction. Nothing of the diagram runs any more.
     *
     * @throws Problem {@code CASE-002} where the case is moved by somebody else at this moment
     */
    void end(RecoveryCase recovery, String why);

    /**
     * Takes work out of a running process that an event beside the main way made, as part of the caller's transaction.
     *
     * @param task the engine's task behind the work
     * @return false where the task is on the main way, or gone: then nothing changes
     * @throws Problem {@code CASE-002} as {@link #end}
     */
    boolean drop(RecoveryCase recovery, String task);

    /**
     * A diagram and the way taken.
     *
     * @param bpmn the diagram's XML
     * @param done ids of elements and flows that were passed
     * @param active ids of elements that the case waits at
     * @param failed ids of elements that stopped
     */
    record Path(String bpmn, List<String> done, List<String> active, List<String> failed) {}

    /**
     * One time that a case came to an element.
     *
     * @param task the engine's task, where a person was asked; as of the work
     * @param ended null where it still stands there
     * @param cancelled whether something else took it away from there
     */
    record Visit(
            String element,
            @Nullable String task,
            Instant began,
            @Nullable Instant ended,
            boolean cancelled) {}

    /**
     * A stopped step.
     *
     * @param element id in the diagram
     * @param code stable code of the cause, such as {@code RULES-003}
     * @param message what the engine kept of it; without personal data
     */
    record Incident(String element, String code, String message) {}

    /** A step of a case stopped for good; a person must look at it. Carries {@link DecisionFailed} and the like by code. */
    record Stopped(CaseId caseId, String element, String code) {}
}
