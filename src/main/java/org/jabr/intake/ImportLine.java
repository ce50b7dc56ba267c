package org.jabr.intake;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line of an import as it is kept until it is done.
 *
 * @param line number of its first line in the file
 * @param fields what was read from it
 * @param identity what makes it the same line when it arrives again
 * @param rejection why it was rejected; only where the state says so
 */
record ImportLine(
        int line,
        Map<String, Object> fields,
        @Nullable String identity,
        State state,
        @Nullable Rejection rejection) {

    /** What became of the line. */
    enum State {
        NEW,
        ACCEPTED,
        DUPLICATE,
        REJECTED
    }

    static ImportLine fresh(int line, Map<String, Object> fields, @Nullable String identity) {
        return new ImportLine(line, fields, identity, State.NEW, null);
    }

    static ImportLine rejected(int line, Rejection why) {
        return new ImportLine(line, Map.of(), null, State.REJECTED, why);
    }

    ImportLine became(State other) {
        return new ImportLine(line, fields, identity, other, null);
    }

    ImportLine refused(Rejection why) {
        return new ImportLine(line, fields, identity, State.REJECTED, why);
    }
}
