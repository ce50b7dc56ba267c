package org.jabr.worklist;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What changed in the list, on whatever node it happened: read from the database, never remembered by a node alone. */
@Repository
public class WorkFeed {

    /**
     * Numbers are given out before they are committed, so a smaller one may appear after a larger one; so many are looked
     * at again each time.
     */
    private static final long OVERLAP = 500;

    private final JdbcClient jdbc;

    WorkFeed(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** From here on. */
    public Place begin() {
        long newest = jdbc.sql("select coalesce(max(id), 0) from work_change")
                .query(Long.class)
                .single();
        Place place = new Place(newest);
        read(place);
        return place;
    }

    /** Which items changed since the last time that this was asked with the same place. */
    public List<Long> news(Place place) {
        return read(place);
    }

    private List<Long> read(Place place) {
        record Change(long id, long item) {}
        List<Change> changes = jdbc.sql("select id, item_id from work_change where id > :after order by id")
                .param("after", place.newest - OVERLAP)
                .query((row, n) -> new Change(row.getLong("id"), row.getLong("item_id")))
                .list();
        List<Long> items = changes.stream()
                .filter(change -> place.seen.add(change.id()))
                .map(Change::item)
                .distinct()
                .toList();
        changes.forEach(change -> place.newest = Math.max(place.newest, change.id()));
        place.seen.removeIf(id -> id <= place.newest - OVERLAP);
        return items;
    }

    /** How far somebody has read. */
    public static final class Place {

        private final Set<Long> seen = new HashSet<>();
        private long newest;

        private Place(long newest) {
            this.newest = newest;
        }
    }
}
