package org.jabr.team;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import org.jabr.cases.Calendars;
import org.jabr.rules.Authority;
import org.jabr.rules.Problem;
import org.jabr.worklist.WorkItem;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What people have completed, and what it weighed, written down in the transaction in which they complete it. How long it
 * took them is nobody's business here.
 */
@Component
class DoneWork {

    /** Longer rows of hard work than that make no difference any more. */
    private static final int LONGEST_ROW = 50;

    private final JdbcClient jdbc;
    private final Weights weights;
    private final Calendars calendars;
    private final Clock clock;

    DoneWork(JdbcClient jdbc, Weights weights, Calendars calendars, Clock clock) {
        this.jdbc = jdbc;
        this.weights = weights;
        this.calendars = calendars;
        this.clock = clock;
    }

    @EventListener
    void completed(WorkItem.Completed event) {
        if (!event.by().authority().satisfies(Authority.AGENT)) {
            return;
        }
        WorkItem item = event.item();
        OffsetDateTime now = OffsetDateTime.now(clock);
        jdbc.sql(
                        "insert into work_done (item_id, login, kind, weight, after_hours, at) values (:item, :login, :kind, :weight, :after, :at)")
                .param("item", item.id())
                .param("login", event.by().login())
                .param("kind", item.kind().name())
                .param("weight", weights.of(item).name())
                .param("after", outside(item.release(), now))
                .param("at", now)
                .update();
    }

    private boolean outside(String release, OffsetDateTime at) {
        try {
            return !calendars.open(release, at);
        } catch (Problem noCalendar) {
            return false;
        }
    }

    /** How many hard ones this person completed last, without another in between. @param since what was before counts not */
    int hardInARow(String login, OffsetDateTime since) {
        List<String> newest = jdbc.sql("select weight from work_done where login = :login and at >= :since"
                        + " order by at desc, item_id desc fetch first " + LONGEST_ROW + " rows only")
                .param("login", login)
                .param("since", since)
                .query(String.class)
                .list();
        int row = 0;
        while (row < newest.size() && newest.get(row).equals(Weight.HARD.name())) {
            row++;
        }
        return row;
    }

    /** How many pieces of work this person completed outside of business hours since then. */
    long afterHours(String login, OffsetDateTime since) {
        return jdbc.sql("select count(*) from work_done where login = :login and at >= :since and after_hours = true")
                .param("login", login)
                .param("since", since)
                .query(Long.class)
                .single();
    }

    /** When this person completed something for the first time since then; null where they did not. */
    @Nullable
    OffsetDateTime first(String login, OffsetDateTime since) {
        return jdbc.sql(
                        "select at from work_done where login = :login and at >= :since order by at fetch first 1 rows only")
                .param("login", login)
                .param("since", since)
                .query(OffsetDateTime.class)
                .optional()
                .orElse(null);
    }
}
