package org.jabr.web.api;

import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import org.jabr.rules.Problem;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param next where the next page begins, to be sent as {@code after}; null on the last page
 */
record Listing<T>(List<T> items, @Nullable String next) {

    static final int MOST = 200;
    static final String USUAL = "50";

    /**
     * A page of at most {@code limit} items.
     *
     * @param read reads so many items
     * @param cursor what names an item
     * @param shown how an item is shown
     * @throws Problem {@code WEB-023} where the limit cannot be
     */
    static <S, T> Listing<T> of(
            int limit, IntFunction<List<S>> read, Function<S, String> cursor, Function<S, T> shown) {
        return of(limit, read, cursor, all -> true, shown);
    }

    /** As above. @param seen what the caller may see at all; a page may be shorter than asked for because of it */
    static <S, T> Listing<T> of(
            int limit, IntFunction<List<S>> read, Function<S, String> cursor, Predicate<S> seen, Function<S, T> shown) {
        if (limit < 1 || limit > MOST) {
            throw new Problem(Problem.Kind.INVALID, "WEB-023", MOST);
        }
        List<S> items = read.apply(limit + 1);
        boolean more = items.size() > limit;
        List<S> page = more ? items.subList(0, limit) : items;
        return new Listing<>(
                page.stream().filter(seen).map(shown).toList(), more ? cursor.apply(page.get(limit - 1)) : null);
    }
}
