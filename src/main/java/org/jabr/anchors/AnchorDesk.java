package org.jabr.anchors;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jabr.anchors.AnchorSetup.Ways;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** What those who audit and those who run the house see of seals that are kept elsewhere. */
@Service
public class AnchorDesk {

    /** So many times what is configured without one that arrived: somebody should look. */
    private static final int LATE = 3;

    private final Ways ways;
    private final Anchors anchors;
    private final AnchorTerms terms;
    private final Clock clock;

    AnchorDesk(Ways ways, Anchors anchors, AnchorTerms terms, Clock clock) {
        this.ways = ways;
        this.anchors = anchors;
        this.terms = terms;
        this.clock = clock;
    }

    /**
     * How a way stands.
     *
     * @param leads where to: the name of the file, the host, or how many addresses
     * @param kept the newest seal that arrived
     * @param under the newest one that has not arrived
     * @param late whether it has not arrived for long
     */
    public record Standing(
            String way,
            String leads,
            @Nullable Anchor kept,
            @Nullable Anchor under,
            boolean late) {}

    /** One for each way that is configured. */
    public List<Standing> ways() {
        return ways.all().stream().map(this::standing).toList();
    }

    /** By seal. */
    public Map<Long, List<Anchor>> of(Collection<Long> seals) {
        return anchors.of(seals).stream().collect(Collectors.groupingBy(Anchor::seal));
    }

    private Standing standing(Way way) {
        Optional<Anchor> kept = anchors.lastKept(way.name());
        Optional<Anchor> under = anchors.last(way.name()).filter(last -> last.state() != Anchor.State.KEPT);
        boolean late = anchors.waitingSince(way.name())
                .map(since -> since.isBefore(patience()))
                .orElse(false);
        return new Standing(way.name(), way.leads(), kept.orElse(null), under.orElse(null), late);
    }

    private OffsetDateTime patience() {
        return OffsetDateTime.now(clock).minus(terms.every().multipliedBy(LATE));
    }
}
