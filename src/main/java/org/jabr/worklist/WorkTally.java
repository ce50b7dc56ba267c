package org.jabr.worklist;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import org.jabr.rules.Authority;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Counts the items of every cell without counting items: each change adds what it changes, in its own transaction and
 * without a lock that another change waits for. The rows are folded into one for each cell now and then.
 */
@Repository
class WorkTally {

    private static final String SAME = "stand, cell, queue, kind, language, skill, authority, name";
    private static final String OPENED = "OPENED";
    private static final String REROUTED = "REROUTED";

    private final JdbcClient jdbc;
    private final Clock clock;

    WorkTally(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Everything that the list can be narrowed by, in one word. */
    static String cell(WorkItem.Stand stand, WorkItem item) {
        return String.join(
                "/",
                stand.name(),
                item.queue(),
                item.kind().name(),
                item.language(),
                item.skill(),
                item.authority().name(),
                item.name());
    }

    void opened(WorkItem item) {
        add(item, item.stand(), 1);
        ever(item, OPENED);
        news(item.id());
    }

    void changed(WorkItem before, WorkItem after) {
        if (!cell(before.stand(), before).equals(cell(after.stand(), after))) {
            add(before, before.stand(), -1);
            add(after, after.stand(), 1);
        }
        if (before.reroutes() == 0 && after.reroutes() > 0) {
            // It counts where it came from: that is where it went astray.
            ever(before, REROUTED);
        }
        news(after.id());
    }

    private void news(long item) {
        jdbc.sql("insert into work_change (item_id, at) values (:item, :at)")
                .param("item", item)
                .param("at", OffsetDateTime.now(clock))
                .update();
    }

    private void add(WorkItem item, WorkItem.Stand stand, int n) {
        jdbc.sql(
                        "insert into work_count (stand, cell, queue, kind, language, skill, authority, name, element, release_id, n)"
                                + " values (:stand, :cell, :queue, :kind, :language, :skill, :authority, :name, :element, :release, :n)")
                .param("stand", stand.name())
                .param("cell", cell(stand, item))
                .param("queue", item.queue())
                .param("kind", item.kind().name())
                .param("language", item.language())
                .param("skill", item.skill())
                .param("authority", item.authority().name())
                .param("name", item.name())
                .param("element", item.element())
                .param("release", item.release())
                .param("n", n)
                .update();
    }

    private void ever(WorkItem item, String what) {
        jdbc.sql(
                        "insert into work_count (stand, cell, queue, kind, language, skill, authority, name, element, release_id, n)"
                                + " values (:what, :cell, :queue, '', '', '', '', '', '', '', 1)")
                .param("what", what)
                .param("cell", what + "/" + item.queue())
                .param("queue", item.queue())
                .update();
    }

    WorkCells cells() {
        return new WorkCells(jdbc.sql("select " + SAME
                        + ", max(element) element, max(release_id) release_id, sum(n) n from work_count"
                        + " where stand not in ('OPENED', 'REROUTED') group by " + SAME
                        + " having sum(n) > 0")
                .query(WorkTally::cell)
                .list());
    }

    /** Whether work of this desk was ever counted. */
    boolean knows(String queue) {
        return jdbc.sql("select queue from work_count where queue = :queue fetch first 1 rows only")
                .param("queue", queue)
                .query(String.class)
                .optional()
                .isPresent();
    }

    /** The cells in which the filter finds something. */
    List<String> keys(Worklist.Filter filter) {
        WorkCondition wanted = WorkCondition.ofCells(filter);
        return jdbc.sql("select cell from work_count where " + wanted.where() + " group by cell having sum(n) > 0")
                .params(wanted.values())
                .query(String.class)
                .list();
    }

    List<Worklist.Rerouted> rerouted() {
        return jdbc.sql("select queue, sum(case when stand = 'OPENED' then n else 0 end) opened,"
                        + " sum(case when stand = 'REROUTED' then n else 0 end) rerouted from work_count"
                        + " where stand in ('OPENED', 'REROUTED') group by queue order by queue")
                .query((row, n) ->
                        new Worklist.Rerouted(row.getString("queue"), row.getLong("opened"), row.getLong("rerouted")))
                .list();
    }

    /**
     * Makes one row of all the rows of a cell. Only one node does so at a time; whoever reads meanwhile sees either all
     * the old rows or the new one.
     */
    @Transactional
    public void fold() {
        boolean turn = jdbc.sql("select name from work_turn where name = 'fold' for update skip locked")
                .query(String.class)
                .optional()
                .isPresent();
        if (!turn) {
            return;
        }
        // What is committed before this moment, row by row: identities are given out before they are committed.
        List<Long> rows = jdbc.sql("select id from work_count where cell in"
                        + " (select cell from work_count group by cell having count(*) > 1 or sum(n) = 0) order by id")
                .query(Long.class)
                .list();
        for (int from = 0; from < rows.size(); from += 1000) {
            List<Long> part = rows.subList(from, Math.min(rows.size(), from + 1000));
            jdbc.sql("insert into work_count (" + SAME + ", element, release_id, n) select " + SAME
                            + ", max(element), max(release_id), sum(n) from work_count where id in (:ids) group by "
                            + SAME + " having sum(n) <> 0")
                    .param("ids", part)
                    .update();
            jdbc.sql("delete from work_count where id in (:ids)")
                    .param("ids", part)
                    .update();
        }
    }

    private static WorkCells.Cell cell(ResultSet row, int n) throws SQLException {
        return new WorkCells.Cell(
                WorkItem.Stand.valueOf(row.getString("stand")),
                row.getString("cell"),
                row.getString("queue"),
                WorkItem.Kind.valueOf(row.getString("kind")),
                row.getString("language"),
                row.getString("skill"),
                Authority.valueOf(row.getString("authority")),
                row.getString("name"),
                row.getString("element"),
                row.getString("release_id"),
                row.getLong("n"));
    }
}
