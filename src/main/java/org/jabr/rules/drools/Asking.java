package org.jabr.rules.drools;

import java.util.Map;
import org.jabr.rules.Moment;
import org.jspecify.annotations.Nullable;

/** Answers all tables of one file for facts by name. */
interface Asking {

    /** @throws org.jabr.rules.DecisionFailed for anything short of full success */
    Tables.Answer ask(Moment moment, DmnFile file, Map<String, @Nullable Object> facts);
}
