package org.jabr.worklist;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import org.jabr.rules.CaseId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Lets open work follow a deadline that moved. */
@Service
public class DueTimes {

    private static final String COLUMNS = "select id, due_at, effective_at from work_item ";

    private final JdbcClient jdbc;

    DueTimes(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record Item(long id, OffsetDateTime dueAt, OffsetDateTime effectiveAt) {}

    /** The open work behind a task is due at another time; what moves it earlier in the list stays. */
    @Transactional
    public void move(String task, OffsetDateTime to) {
        jdbc.sql(COLUMNS + "where task = :task and state in ('OPEN', 'CLAIMED') order by id for update")
                .param("task", task)
                .query(DueTimes::item)
                .list()
                .forEach(item -> move(item, to));
    }

    /**
     * Open work of a case that is due at one time is due at another one; what moves it earlier in the list stays.
     *
     * @return how many items moved
     */
    @Transactional
    public int follow(CaseId caseId, OffsetDateTime from, OffsetDateTime to) {
        // A promise has its own time, also where it is the same one.
        List<Item> items = jdbc.sql(COLUMNS + """
                        where case_id = :case and due_at = :from and kind <> 'PROMISE' and state in ('OPEN', 'CLAIMED')
                        order by id for update
                        """)
                .param("case", caseId.value())
                .param("from", from)
                .query(DueTimes::item)
                .list();
        items.forEach(item -> move(item, to));
        return items.size();
    }

    private void move(Item item, OffsetDateTime to) {
        jdbc.sql("update work_item set due_at = :due, effective_at = :effective, version = version + 1 where id = :id")
                .param("due", to)
                .param("effective", to.minus(Duration.between(item.effectiveAt(), item.dueAt())))
                .param("id", item.id())
                .update();
    }

    private static Item item(ResultSet row, int n) throws SQLException {
        return new Item(
                row.getLong("id"),
                row.getObject("due_at", OffsetDateTime.class),
                row.getObject("effective_at", OffsetDateTime.class));
    }
}
