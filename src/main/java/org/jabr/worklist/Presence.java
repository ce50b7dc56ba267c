package org.jabr.worklist;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Who looks at which item right now. A sign of life counts for a short while; whoever leaves is forgotten by itself. */
@Repository
public class Presence {

    /** How long a sign of life counts; pages renew theirs three times as often. */
    public static final Duration COUNTS = Duration.ofSeconds(45);

    private final JdbcClient jdbc;
    private final Clock clock;

    Presence(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** This person looks at the item. */
    @Transactional
    public void here(long item, String login) {
        int rows = jdbc.sql("update work_presence set seen_at = :at where item_id = :item and login = :login")
                .param("at", OffsetDateTime.now(clock))
                .param("item", item)
                .param("login", login)
                .update();
        // Two pages that somebody opens at once may both insert; twice the same person is still one person.
        if (rows == 0) {
            jdbc.sql("insert into work_presence (item_id, login, seen_at) values (:item, :login, :at)")
                    .param("item", item)
                    .param("login", login)
                    .param("at", OffsetDateTime.now(clock))
                    .update();
        }
    }

    /** Who looks at this item besides this person, by login. */
    public List<String> others(long item, String login) {
        return jdbc.sql(
                        "select distinct login from work_presence where item_id = :item and login <> :login and seen_at > :since order by login")
                .param("item", item)
                .param("login", login)
                .param("since", since())
                .query(String.class)
                .list();
    }

    /** Everybody who looks at some item, by item. */
    public Map<Long, Set<String>> all() {
        Map<Long, Set<String>> all = new HashMap<>();
        jdbc.sql("select item_id, login from work_presence where seen_at > :since")
                .param("since", since())
                .query((row, n) -> all.computeIfAbsent(row.getLong("item_id"), id -> new TreeSet<>())
                        .add(row.getString("login")))
                .list();
        return all;
    }

    private OffsetDateTime since() {
        return OffsetDateTime.now(clock).minus(COUNTS);
    }
}
