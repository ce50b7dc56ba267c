package org.jabr.worklist;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Keeps the list in order by itself: brings back what was put off, folds the counts, forgets what nobody needs. */
@Component
class WorkKeeper {

    private static final Logger LOG = LoggerFactory.getLogger(WorkKeeper.class);
    private static final int AT_ONCE = 200;

    /** Longer than any watcher of the list looks back. */
    private static final Duration KEPT = Duration.ofMinutes(10);

    private final Worklist worklist;
    private final WorkTally tally;
    private final JdbcClient jdbc;
    private final Clock clock;

    WorkKeeper(Worklist worklist, WorkTally tally, JdbcClient jdbc, Clock clock) {
        this.worklist = worklist;
        this.tally = tally;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Scheduled(initialDelayString = "${jabr.worklist.every:PT1S}", fixedDelayString = "${jabr.worklist.every:PT1S}")
    void look() {
        try {
            while (worklist.wakeDue(AT_ONCE) == AT_ONCE) {
                // There is more.
            }
            tally.fold();
        } catch (RuntimeException e) {
            LOG.warn("The worklist could not be kept in order for now: {}", e.toString());
        }
    }

    @Scheduled(initialDelayString = "PT1M", fixedDelayString = "PT1M")
    void forget() {
        OffsetDateTime before = OffsetDateTime.now(clock).minus(KEPT);
        jdbc.sql("delete from work_change where at < :before")
                .param("before", before)
                .update();
        jdbc.sql("delete from work_presence where seen_at < :before")
                .param("before", before)
                .update();
    }
}
