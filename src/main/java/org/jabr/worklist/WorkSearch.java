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
 * no further than one page or one walk; so it takes as long for a million items as for a few, and for a queue that is
 * empty.
 */
@Repository
class WorkSearch {

    /** How many times a page the list is walked for what is common, before what is rare is looked up cell by cell. */
    private static final int WALK = 20;

    private static final String SORTS =
            "id, effective_at, due_at, stand, queue, language, kind, skill, authority, name, assignee, not_by";

    private final JdbcClient jdbc;
    private final WorkTally tally;

    WorkSearch(JdbcClient jdbc, WorkTally tally) {
        this.jdbc = jdbc;
        this.tally = tally;
    }

    List<Long> ids(Worklist.Filter filter, @Nullable WorkItem after, int limit) {
        Map<String, Object> rest = new HashMap<>();
        String narrower = narrower(filter, after, rest);
        if (filter.few()) {
            return union(List.of(WorkCondition.of(filter)), narrower, rest, limit);
        }
        if (!filter.cellular()) {
            return union(stands(filter), narrower, rest, limit);
        }
        List<Long> walked = walk(filter, after, limit);
        return walked.size() == limit
                ? walked
                : union(nearest(tally.keys(filter), narrower, rest, limit), narrower, rest, limit);
    }

    private List<Long> union(List<WorkCondition> ranges, String narrower, Map<String, Object> rest, int limit) {
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

    private static List<WorkCondition> stands(Worklist.Filter filter) {
        return filter.stands().stream()
                .map(stand -> {
                    Map<String, Object> values = new HashMap<>(Map.of("stand", stand.name()));
                    String where = "stand = :stand";
                    if (filter.queue() != null) {
                        where += " and queue = :queue";
                        values.put("queue", filter.queue());
                    }
                    return new WorkCondition(where, values);
                })
                .toList();
    }

    /** What is wanted among the next items of the list, which is the whole page where it is common. */
    private List<Long> walk(Worklist.Filter filter, @Nullable WorkItem after, int limit) {
        Map<String, Object> values = new HashMap<>();
        String beyond = "";
        if (after != null) {
            beyond = " and (effective_at, id) > (:afterAt, :afterId)";
            values.put("afterAt", after.effectiveAt());
            values.put("afterId", after.id());
        }
        List<String> branches = new ArrayList<>();
        for (WorkCondition stand : stands(filter)) {
            int n = branches.size();
            values.put("stand" + n, stand.values().get("stand"));
            branches.add("select s" + n + ".* from (select " + SORTS + " from work_item where "
                    + stand.where().replace(":stand", ":stand" + n) + beyond
                    + " order by effective_at, id fetch first " + limit * WALK + " rows only) s" + n);
        }
        // Only as far as all the stands were read may anything be taken: what follows could lie before it in another.
        WorkCondition wanted = WorkCondition.of(filter);
        values.putAll(wanted.values());
        return jdbc.sql("select id from (select * from (" + String.join(" union all ", branches)
                        + ") seen order by effective_at, id fetch first " + limit * WALK + " rows only) walked where "
                        + wanted.where() + narrower(filter, null, values)
                        + " order by effective_at, id fetch first " + limit + " rows only")
                .params(values)
                .query(Long.class)
                .list();
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
    private List<WorkCondition> nearest(List<String> keys, String narrower, Map<String, Object> rest, int limit) {
        return (keys.size() > limit ? first(keys, narrower, rest, limit) : keys)
                .stream()
                        .map(key -> new WorkCondition("cell = :cell", Map.of("cell", key)))
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
