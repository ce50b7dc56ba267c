package org.jabr.process;

import java.util.Optional;
import org.jabr.rules.Moment;
import org.jabr.worklist.WorkItem;
import org.springframework.stereotype.Component;

/**
 * At which steps a person chooses remedies, and those of which moment: the diagram says so with the parameter
 * {@code chooses}. Behind such a step the diagram asks the rules with {@code decider=person}.
 */
@Component
public class ChoosingSteps {

    /** The parameter's name. */
    public static final String CHOOSES = "chooses";

    private final Diagrams diagrams;

    ChoosingSteps(Diagrams diagrams) {
        this.diagrams = diagrams;
    }

    /** The moment whose remedies are chosen with this work; empty where it is other work. */
    public Optional<Moment> moment(WorkItem item) {
        return diagrams.parameter(item.release(), item.element(), CHOOSES)
                // Releases from before there was the parameter let whoever acknowledges choose.
                .or(() -> item.kind() == WorkItem.Kind.ACKNOWLEDGEMENT
                        ? Optional.of(Moment.RESOLVE.name())
                        : Optional.empty())
                .map(Moment::new);
    }
}
