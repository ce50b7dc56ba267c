package org.jabr.worklist;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Finds one page of ids. Every way of looking is a union of ranges that lie in the list's order in some index, each read
 * no further than one page; so it takes as long for a million items as for a few, and for a queue that is empty.
 */
@Repository
class WorkSearch {

    private final JdbcClient jdbc;
    private final WorkTally tally;

    WorkSearch(JdbcClient jdbc, WorkTally tally) {
        this.jdbc = jdbc;
        this.tally = tally;
    }

    /** A range of an index: equal values first, then the list's order. */
    private record Range(String where, Map<String, Object> values) {}

    List<Long> ids(Worklist.Filter filter, @Nullable WorkItem after, int limit) {
        Map<String, Object> rest = new HashMap<>();
        String narrower = narrower(filter, after, rest);
        List<Range> ranges = ranges(filter, narrower, rest, limit);
        if (ranges.isEmpty()) {
            return List.of();
        }
        Map<String, Object> values = new HashMap<>(rest);
        List<String> branches = new ArrayList<>();
        for (int i = 0; i < ranges.size(); i++) {
            String where = ranges.get(i).where();
            for (Map.Entry<String, Object> value : ranges.get(i).values().entrySet()) {
                where = where.replace(":" + value.getKey(), ":" + value.getKey() + i);
                values.put(value.getKey() + i, value.getValue());
            }
            branches.add("select b" + i + ".* from (select id, effective_at from work_item where " + where + narrower
                    + " order by effective_at, id fetch first " + limit + " rows only) b" + i);
        }
        return jdbc.sql("select id from (" + String.join(" union all ", branches)
                        + ") found order by effective_at, id fetch first " + limit + " rows only")
                .params(values)
                .query(Long.class)
                .list();
    }

    private List<Range> ranges(Worklist.Filter filter, String narrower, Map<String, Object> rest, int limit) {
        List<String> stands = filter.stands().stream().map(Enum::name).toList();
        if (filter.few()) {
            return List.of(few(filter, stands));
        }
        if (filter.cellular()) {
            return nearest(tally.cells().matching(filter), narrower, rest, limit);
        }
        List<Range> ranges = new ArrayList<>();
        for (String stand : stands) {
            Map<String, Object> values = new HashMap<>(Map.of("stand", stand));
            String where = "stand = :stand";
            if (filter.queue() != null) {
                where += " and queue = :queue";
                values.put("queue", filter.queue());
            }
            ranges.add(new Range(where, values));
        }
        return ranges;
    }

    /** What belongs to a person, a few cases or one subject is little enough to look at one by one. */
    private static Range few(Worklist.Filter filter, List<String> stands) {
        Map<String, Object> values = new HashMap<>();
        List<String> conditions = new ArrayList<>();
        conditions.add("stand in (:stands)");
        values.put("stands", stands);
        put(conditions, values, "assignee", "assignee = :assignee", filter.assignee());
        put(conditions, values, "reference", "case_reference = :reference", filter.caseReference());
        put(conditions, values, "cases", "case_id in (:cases)", filter.cases());
        put(conditions, values, "about", "subject = :about", filter.subject());
        put(conditions, values, "queue", "queue = :queue", filter.queue());
        put(conditions, values, "language", "language = :language", filter.language());
        put(conditions, values, "skill", "skill = :skill", filter.skill());
        put(conditions, values, "names", "name in (:names)", filter.names());
        put(
                conditions,
                values,
                "kind",
                "kind = :kind",
                filter.kind() == null ? null : filter.kind().name());
        put(
                conditions,
                values,
                "authorities",
                "authority in (:authorities)",
                filter.authority() == null ? null : filter.authorities());
        if (filter.unassigned()) {
            conditions.add("assignee is null");
        }
        return new Range(String.join(" and ", conditions), values);
    }

    private static void put(
            List<String> conditions,
            Map<String, Object> values,
            String name,
            String condition,
            @Nullable Object value) {
        if (value != null) {
            conditions.add(condition);
            values.put(name, value);
        }
    }

    /** What holds for every range: beyond the page before, due in time, not kept from this person. */
    private static String narrower(Worklist.Filter filter, @Nullable WorkItem after, Map<String, Object> values) {
        StringBuilder where = new StringBuilder();
        if (after != null) {
            where.append(" and (effective_at, id) > (:afterAt, :afterId)");
            values.put("afterAt", after.effectiveAt());
            values.put("afterId", after.id());
        }
        if (filter.dueBefore() != null) {
            // An item is never sorted behind its due time, so the range ends where due times begin to be too late.
            where.append(" and effective_at <= :dueBefore and due_at <= :dueBefore");
            values.put("dueBefore", filter.dueBefore());
        }
        if (filter.notFor() != null) {
            where.append(" and (not_by is null or not_by <> :notFor)");
            values.put("notFor", filter.notFor());
        }
        return where.toString();
    }

    /** The cells that can have an item on this page: where there are many, those whose first items come first. */
    private List<Range> nearest(List<WorkCells.Cell> cells, String narrower, Map<String, Object> rest, int limit) {
        List<String> keys = cells.stream().map(WorkCells.Cell::key).toList();
        if (keys.size() > limit) {
            keys = first(keys, narrower, rest, limit);
        }
        return keys.stream()
                .map(key -> new Range("cell = :cell", Map.of("cell", key)))
                .toList();
    }

    private List<String> first(List<String> keys, String narrower, Map<String, Object> rest, int limit) {
        record First(String cell, OffsetDateTime at) {}
        List<First> firsts = new ArrayList<>();
        for (int from = 0; from < keys.size(); from += 500) {
            List<String> part = keys.subList(from, Math.min(keys.size(), from + 500));
            Map<String, Object> values = new HashMap<>(rest);
            List<String> rows = new ArrayList<>();
            for (int i = 0; i < part.size(); i++) {
                rows.add("(cast(:cell" + i + "x as varchar(400)))");
                values.put("cell" + i + "x", part.get(i));
            }
            jdbc.sql("select c.cell, (select min(effective_at) from work_item w where w.cell = c.cell" + narrower
                            + ") at from (values " + String.join(", ", rows) + ") c(cell)")
                    .params(values)
                    .query((row, n) -> {
                        OffsetDateTime at = row.getObject("at", OffsetDateTime.class);
                        return at == null || firsts.add(new First(row.getString("cell"), at));
                    })
                    .list();
        }
        firsts.sort(Comparator.comparing(First::at));
        if (firsts.size() <= limit) {
            return firsts.stream().map(First::cell).toList();
        }
        // Cells that begin at the same moment as the last one count too: their item may have the smaller id.
        OffsetDateTime last = firsts.get(limit - 1).at();
        return firsts.stream()
                .filter(first -> !first.at().isAfter(last))
                .map(First::cell)
                .toList();
    }
}
