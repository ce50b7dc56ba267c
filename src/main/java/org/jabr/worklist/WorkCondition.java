package org.jabr.worklist;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What rows must fulfil.
 *
 * @param where of a statement, with named values
 */
record WorkCondition(String where, Map<String, Object> values) {

    /** Everything that items are asked for, but for their place in the list, their due time and who must not do them. */
    static WorkCondition of(Worklist.Filter filter) {
        Builder builder = sorts(filter);
        builder.put("assignee", "assignee = :assignee", filter.assignee());
        builder.put("reference", "case_reference = :reference", filter.caseReference());
        builder.put("cases", "case_id in (:cases)", filter.cases());
        builder.put("about", "subject = :about", filter.subject());
        if (filter.unassigned()) {
            builder.conditions.add("assignee is null");
        }
        return builder.condition();
    }

    /** What cells are asked for. */
    static WorkCondition ofCells(Worklist.Filter filter) {
        return sorts(filter).condition();
    }

    private static Builder sorts(Worklist.Filter filter) {
        WorkItem.Kind kind = filter.kind();
        Builder builder = new Builder();
        builder.put(
                "stands",
                "stand in (:stands)",
                filter.stands().stream().map(Enum::name).toList());
        builder.put("queue", "queue = :queue", filter.queue());
        builder.put("language", "language = :language", filter.language());
        builder.put("skill", "skill = :skill", filter.skill());
        builder.put("names", "name in (:names)", filter.names());
        builder.put("kind", "kind = :kind", kind == null ? null : kind.name());
        builder.put(
                "authorities", "authority in (:authorities)", filter.authority() == null ? null : filter.authorities());
        return builder;
    }

    private static final class Builder {

        private final List<String> conditions = new ArrayList<>();
        private final Map<String, Object> values = new HashMap<>();

        private void put(String name, String condition, @Nullable Object value) {
            if (value != null) {
                conditions.add(condition);
                values.put(name, value);
            }
        }

        private WorkCondition condition() {
            return new WorkCondition(String.join(" and ", conditions), values);
        }
    }
}
