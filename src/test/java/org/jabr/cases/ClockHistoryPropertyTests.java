package org.jabr.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jabr.cases.ClockHistoryTests.CALENDARS;
import static org.jabr.cases.ClockHistoryTests.event;
import static org.jabr.cases.ClockHistoryTests.paused;
import static org.jabr.cases.ClockHistoryTests.resumed;
import static org.jabr.cases.ClockHistoryTests.terms;
import static org.jabr.cases.ClockHistoryTests.time;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What holds for every clock, however often it stands still. */
class ClockHistoryPropertyTests {

    /** Used and paused working time add up to what passed, whenever it is looked at. */
    @Property(tries = 300)
    void workingTimeIsEitherUsedOrPaused(@ForAll long seed) {
        Random random = new Random(seed);
        OffsetDateTime start = time("2026-04-06T00:00:00Z").plusMinutes(random.nextInt(10_000));
        List<ClockEvent> events = new ArrayList<>();
        events.add(event(ClockEvent.Kind.STARTED, start.toString(), terms("first", 3000)));
        OffsetDateTime at = start;
        long used = 0;
        for (int i = random.nextInt(6); i > 0; i--) {
            OffsetDateTime pause = at.plusMinutes(random.nextInt(3000));
            used += minutes(at, pause);
            at = pause.plusMinutes(random.nextInt(3000));
            events.add(paused(pause.toString()));
            events.add(resumed(at.toString()));
        }
        OffsetDateTime look = at.plusMinutes(random.nextInt(3000));
        used += minutes(at, look);

        ClockState state = new ClockHistory(events).asOf(look, CALENDARS).orElseThrow();

        assertThat(state.remaining()).isEqualTo(Duration.ofMinutes(3000 - used));
        assertThat(state.breached()).isEqualTo(used > 3000 || used == 3000 && look.isAfter(state.dueAt()));
    }

    private static long minutes(OffsetDateTime from, OffsetDateTime to) {
        return CALENDARS.between("first", "BUSINESS", from, to).toMinutes();
    }
}
