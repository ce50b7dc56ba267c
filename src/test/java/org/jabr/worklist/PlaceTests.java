package org.jabr.worklist;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jabr.rules.Authority;
import org.jabr.rules.CaseId;

/** Laws of an item's place in the list. */
class PlaceTests {

    private static final OffsetDateTime START = OffsetDateTime.parse("2026-03-02T09:00:00Z");

    /** The most that rules move an item: the table of boosts adds up to no more. */
    private static final int MOST_MINUTES = 1440;

    record Coming(OffsetDateTime opened, NewWork work) {}

    @Property
    void thePartsAddUpToTheDistanceBetweenDueAndEffectiveTime(@ForAll("work") Coming coming) {
        NewWork work = coming.work();
        long parts = work.why().stream().mapToLong(WorkItem.Why::minutes).sum();

        assertThat(Duration.between(work.effectiveAt(), work.dueAt())).isEqualTo(Duration.ofMinutes(parts));
    }

    /** Whatever comes later than a day after an item's effective deadline stands behind it: so it rises to the top. */
    @Property
    void nothingStarvesBecauseWhatComesLateEnoughStandsBehind(@ForAll("much") List<Coming> all) {
        List<Coming> list = new ArrayList<>(all);
        list.sort(Comparator.comparing(coming -> coming.work().effectiveAt()));
        for (int place = 0; place < list.size(); place++) {
            OffsetDateTime latest = list.get(place).work().effectiveAt().plusMinutes(MOST_MINUTES);
            assertThat(list.subList(0, place)).allMatch(ahead -> !ahead.opened().isAfter(latest));
        }
    }

    @Provide
    Arbitrary<List<Coming>> much() {
        return work().list().ofMaxSize(40);
    }

    @Provide
    Arbitrary<Coming> work() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 20_000),
                        Arbitraries.integers().between(0, 10_000),
                        Arbitraries.integers().between(0, MOST_MINUTES).list().ofMaxSize(4))
                .as((opened, due, boosts) -> coming(opened, due, boosts));
    }

    private static Coming coming(int opened, int due, List<Integer> boosts) {
        List<WorkItem.Why> why = new ArrayList<>(List.of(new WorkItem.Why("due", 0, List.of())));
        int left = MOST_MINUTES;
        for (int boost : boosts) {
            int minutes = Math.min(left, boost);
            left -= minutes;
            why.add(new WorkItem.Why("boost", minutes, List.of("boost-gold")));
        }
        OffsetDateTime at = START.plusMinutes(opened);
        return new Coming(
                at,
                new NewWork(
                        WorkItem.Kind.TASK,
                        "step",
                        new CaseId(1),
                        "R-2026-000001",
                        "r-1",
                        null,
                        "task",
                        null,
                        null,
                        Authority.AGENT,
                        null,
                        "GENERAL",
                        "STANDARD",
                        "en",
                        null,
                        at.plusMinutes(due),
                        why));
    }
}
