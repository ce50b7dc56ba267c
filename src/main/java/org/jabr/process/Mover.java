package org.jabr.process;

import java.util.List;
import java.util.Map;
import org.jabr.cases.RecoveryCase;
import org.jabr.rules.Problem;

/** Moves the course of one running case to the diagrams of another release. */
public interface Mover {

    /** Longest text of an obstacle's cause that is kept. */
    int LONGEST_CAUSE = 300;

    /**
     * Moves it, as part of the caller's transaction; with it its open work, which gets the names and forms of the other
     * release. The case itself is pinned by the caller.
     *
     * @param steps steps that are not the same in both diagrams: from element to element
     * @throws CannotMove {@code MIG-002} with what stands in the way
     * @throws Problem {@code CASE-002} where the case is moved by somebody else at this moment
     */
    void move(RecoveryCase recovery, String to, Map<String, String> steps);

    /** The elements at which cases of a release's process may wait, in the order of the diagram. */
    List<Place> places(String release, String process);

    /** @param kind what sort of element it is, such as {@code userTask}: a step can only go on at one of the same kind */
    record Place(String element, String kind, String name) {}

    /**
     * What stands in the way of a move.
     *
     * @param element of the diagram that the case is in now; empty for the whole case
     * @param code stable code of the reason
     * @param cause as the engine says it
     */
    record Obstacle(String element, String code, String cause) {}

    /** The diagrams do not fit together where the case stands. */
    final class CannotMove extends Problem {

        private final transient List<Obstacle> obstacles;

        public CannotMove(String reference, List<Obstacle> obstacles) {
            super(Kind.CONFLICT, "MIG-002", reference);
            this.obstacles = List.copyOf(obstacles);
        }

        public List<Obstacle> obstacles() {
            return obstacles;
        }
    }
}
