package org.jabr.anchors;

import java.util.Optional;
import org.jabr.anchors.AnchorSetup.Ways;
import org.jabr.anchors.Anchors.Claim;
import org.jabr.journal.Seal;
import org.jabr.journal.Seals;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Brings the newest seal elsewhere, by every way, as often as is configured. */
@Component
class AnchorRound {

    private static final Logger LOG = LoggerFactory.getLogger(AnchorRound.class);

    private final Ways ways;
    private final Anchors anchors;
    private final Seals seals;

    AnchorRound(Ways ways, Anchors anchors, Seals seals) {
        this.ways = ways;
        this.anchors = anchors;
        this.seals = seals;
    }

    @Scheduled(
            initialDelayString = "${jabr.anchors.look-every:PT10S}",
            fixedDelayString = "${jabr.anchors.look-every:PT10S}")
    void look() {
        if (ways.all().isEmpty()) {
            return;
        }
        Optional<Seal> newest = seals.newest();
        for (Way way : ways.all()) {
            try {
                newest.ifPresent(seal -> anchors.add(way.name(), seal));
                anchors.claim(way.name()).ifPresent(claim -> bring(way, claim));
            } catch (RuntimeException e) {
                LOG.warn("Seals cannot be brought by {} for now: {}", way.name(), e.toString());
            }
        }
    }

    private void bring(Way way, Claim claim) {
        @Nullable String code = "INTERNAL";
        try {
            code = way.bring(seals.get(claim.seal()));
        } finally {
            anchors.take(claim, code);
        }
    }
}
