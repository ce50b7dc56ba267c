package org.jabr.replay;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares two documents of maps, lists and values, place by place. */
final class Differences {

    private final List<Replayed.Difference> found = new ArrayList<>();

    private Differences() {}

    static List<Replayed.Difference> between(@Nullable Object was, @Nullable Object is) {
        Differences differences = new Differences();
        differences.compare("", was, is);
        return differences.found;
    }

    private void compare(String path, @Nullable Object was, @Nullable Object is) {
        if (was instanceof Map<?, ?> before && is instanceof Map<?, ?> after) {
            Set<Object> keys = new LinkedHashSet<>(before.keySet());
            keys.addAll(after.keySet());
            for (Object key : keys) {
                compare(path.isEmpty() ? key.toString() : path + "." + key, before.get(key), after.get(key));
            }
        } else if (was instanceof List<?> before && is instanceof List<?> after) {
            for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
                compare(
                        path + "[" + i + "]",
                        i < before.size() ? before.get(i) : null,
                        i < after.size() ? after.get(i) : null);
            }
        } else if (!same(was, is)) {
            found.add(new Replayed.Difference(path, was, is));
        }
    }

    /** Numbers are the same where people would write them alike, whatever type carries them. */
    private static boolean same(@Nullable Object was, @Nullable Object is) {
        if (was instanceof Number before && is instanceof Number after) {
            return decimal(before).compareTo(decimal(after)) == 0;
        }
        return Objects.equals(was, is);
    }

    private static BigDecimal decimal(Number number) {
        return new BigDecimal(number.toString());
    }
}
