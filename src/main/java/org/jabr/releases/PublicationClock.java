package org.jabr.releases;

import java.time.Clock;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Publishes what is due, and compiles on every node what another one published before a case asks for it. */
@Component
class PublicationClock {

    private static final Logger LOG = LoggerFactory.getLogger(PublicationClock.class);

    private final LifeCycle lifeCycle;
    private final Releases releases;
    private final ReleaseStore store;
    private final Clock clock;

    @Nullable
    private String warm;

    PublicationClock(LifeCycle lifeCycle, Releases releases, ReleaseStore store, Clock clock) {
        this.lifeCycle = lifeCycle;
        this.releases = releases;
        this.store = store;
        this.clock = clock;
    }

    @Scheduled(initialDelayString = "${jabr.releases.every:PT1S}", fixedDelayString = "${jabr.releases.every:PT1S}")
    void look() {
        for (String id : store.due(OffsetDateTime.now(clock))) {
            try {
                lifeCycle.publishDue(id);
            } catch (RuntimeException e) {
                LOG.error("Release {} was due and could not go live", id, e);
            }
        }
        store.live().map(Release::id).filter(id -> !id.equals(warm)).ifPresent(this::warmUp);
    }

    private void warmUp(String id) {
        releases.rulebook(id);
        warm = id;
    }
}
