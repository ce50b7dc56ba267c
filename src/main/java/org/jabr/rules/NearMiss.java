package org.jabr.rules;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row that did not match, and the smallest change that would make it match.
 *
 * @param file where its table lies in the release
 * @param table id of its decision
 * @param changes the columns that stand in the way
 */
public record NearMiss(RuleRef rule, String file, String table, List<Change> changes) {

    public NearMiss {
        changes = List.copyOf(changes);
    }

    /**
     * One column that stands in the way.
     *
     * @param column its expression, such as {@code customer.tier}
     * @param is what it saw
     * @param needed the value nearest to it that the cell accepts
     * @param cell the cell as its author wrote it
     */
    public record Change(
            String column, @Nullable Object is, @Nullable Object needed, String cell) {}
}
