package org.jabr.intake;

import java.util.List;
import org.jabr.rules.Problem;

/**
 * Why a line does not go in.
 *
 * @param values what the sentence names: columns, formats, limits; never what stands in a cell
 */
record Rejection(String code, List<Object> values) {

    Rejection {
        values = List.copyOf(values);
    }

    static Rejection of(String code, Object... values) {
        return new Rejection(code, List.of(values));
    }

    static Rejection of(Problem problem) {
        return new Rejection(problem.code(), problem.values());
    }
}
