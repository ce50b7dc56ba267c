package org.jabr.rules.drools;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values that a column can see: for every class of values that its cells tell apart, one that stands for it. */
record Domain(List<Point> points) {

    /** How sure it is that a value occurs. */
    enum Sureness {
        /** Nothing is known against it; only good for claims about every value. */
        POSSIBLE,
        /** An expression over facts gives such values; which of them is not known. */
        ASSUMED,
        /** A case with it can be written down. */
        SURE
    }

    /** A value and how sure it is. */
    record Point(@Nullable Object value, Sureness sureness) {}

    Domain {
        points = List.copyOf(points);
    }

    /** Collects points; the surest mention of a value counts. */
    static final class Gathering {
        private final Map<String, Point> points = new LinkedHashMap<>();

        Gathering add(@Nullable Object value, Sureness sureness) {
            Point point = new Point(value, sureness);
            points.merge(
                    key(value), point, (old, young) -> young.sureness().compareTo(old.sureness()) > 0 ? young : old);
            return this;
        }

        Gathering addAll(Iterable<?> values, Sureness sureness) {
            values.forEach(value -> add(value, sureness));
            return this;
        }

        Domain done() {
            return new Domain(new ArrayList<>(points.values()));
        }

        private static String key(@Nullable Object value) {
            return value instanceof java.math.BigDecimal number
                    ? number.stripTrailingZeros().toPlainString()
                    : value instanceof String text ? '"' + text : String.valueOf(value);
        }
    }
}
