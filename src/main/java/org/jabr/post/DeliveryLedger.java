package org.jabr.post;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import org.jabr.post.Carrier.Answer;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Who is at which letter. A claim is a commit of its own before anything leaves; its lease says until when, its fence
 * number who. What came of it is taken only from the claim that still stands.
 */
@Component
class DeliveryLedger {

    private final JdbcClient jdbc;
    private final Deliveries deliveries;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    DeliveryLedger(JdbcClient jdbc, Deliveries deliveries, ApplicationEventPublisher events, Clock clock) {
        this.jdbc = jdbc;
        this.deliveries = deliveries;
        this.events = events;
        this.clock = clock;
    }

    /** @param attempts with this one */
    record Claim(Delivery delivery, long fence, int attempts, OffsetDateTime leaseUntil, Patience patience) {}

    private record Due(long id, long fence, int attempts) {}

    /** Claims what is to leave by these channels: the oldest first, nothing that another worker is at. */
    @Transactional
    public List<Claim> claim(Collection<String> channels, Patience patience, int most) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        OffsetDateTime until = now.plus(patience.lease());
        List<Due> due = jdbc.sql("""
                        select id, fence, attempts from delivery where due_at <= :now and channel in (:channels)
                        order by due_at, id fetch first :most rows only for update skip locked
                        """)
                .param("now", now)
                .param("channels", channels)
                .param("most", most)
                .query((row, n) -> new Due(row.getLong("id"), row.getLong("fence"), row.getInt("attempts")))
                .list();
        return due.stream()
                .map(one -> {
                    jdbc.sql("""
                                    update delivery set state = 'SENT', fence = fence + 1, attempts = attempts + 1, due_at = :until, updated_at = :now
                                    where id = :id
                                    """)
                            .param("until", until)
                            .param("now", now)
                            .param("id", one.id)
                            .update();
                    return new Claim(deliveries.get(one.id), one.fence + 1, one.attempts + 1, until, patience);
                })
                .toList();
    }

    /** Whether the claim stands long enough for one more letter: asked right before it leaves. */
    boolean timeLeft(Claim claim) {
        Duration longest = claim.patience().timeout().multipliedBy(5);
        return OffsetDateTime.now(clock).plus(longest).isBefore(claim.leaseUntil());
    }

    /** Nothing left under this claim. */
    @Transactional
    public void giveBack(Claim claim) {
        put(claim, Delivery.State.WAITING, claim.delivery().code(), OffsetDateTime.now(clock), claim.attempts() - 1);
    }

    @Transactional
    public void take(Claim claim, Answer answer) {
        List<Duration> waits = claim.patience().retries();
        switch (answer.outcome()) {
            case HANDED_OVER -> put(claim, Delivery.State.CONFIRMED, null, null, claim.attempts());
            case REFUSED -> fail(claim, answer.code());
            case UNREACHABLE -> again(claim, answer.code(), claim.patience().pause(), claim.attempts() - 1);
            case LATER -> {
                if (claim.attempts() > waits.size()) {
                    fail(claim, answer.code());
                } else {
                    again(claim, answer.code(), waits.get(claim.attempts() - 1), claim.attempts());
                }
            }
        }
    }

    private void again(Claim claim, String code, Duration wait, int attempts) {
        put(claim, Delivery.State.WAITING, code, OffsetDateTime.now(clock).plus(wait), attempts);
    }

    private void fail(Claim claim, String code) {
        if (put(claim, Delivery.State.NEEDS_PERSON, code, null, claim.attempts())) {
            events.publishEvent(
                    new Delivery.Failed(deliveries.get(claim.delivery().id())));
        }
    }

    private boolean put(
            Claim claim, Delivery.State to, @Nullable String code, @Nullable OffsetDateTime due, int attempts) {
        boolean changed = jdbc.sql("""
                        update delivery set state = :to, code = :code, due_at = :due, attempts = :attempts, updated_at = :now
                        where id = :id and fence = :fence and state = 'SENT'
                        """)
                        .param("to", to.name())
                        .param("code", code)
                        .param("due", due)
                        .param("attempts", attempts)
                        .param("now", OffsetDateTime.now(clock))
                        .param("id", claim.delivery().id())
                        .param("fence", claim.fence())
                        .update()
                > 0;
        if (changed) {
            events.publishEvent(
                    new Delivery.Changed(deliveries.get(claim.delivery().id())));
        }
        return changed;
    }
}
