package org.jabr.rules;

import java.util.regex.Pattern;

/**
 * Where rules are asked. Each {@code rules/<name>.dmn} of a release makes one, so analysts can add moments.
 *
 * @param name lower-case name, such as {@code resolve} or {@code follow-up}
 */
public record Moment(String name) {

    private static final Pattern SHAPE = Pattern.compile("[a-z][a-z0-9-]{0,60}");

    public static final Moment INTAKE = new Moment("intake");
    public static final Moment ACKNOWLEDGE = new Moment("acknowledge");
    public static final Moment RESOLVE = new Moment("resolve");
    public static final Moment EXCEED = new Moment("exceed");
    public static final Moment FOLLOW_UP = new Moment("follow-up");
    public static final Moment ROUTE = new Moment("route");
    public static final Moment SERVICE_LEVEL = new Moment("service-level");

    public Moment {
        if (!SHAPE.matcher(name).matches()) {
            throw new Problem(Problem.Kind.INVALID, "RULES-001", name);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
