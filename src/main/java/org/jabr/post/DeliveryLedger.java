package org.jabr.post;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import org.jabr.post.MailGateway.Answer;
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
    private final PostTerms terms;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    DeliveryLedger(
            JdbcClient jdbc, Deliveries deliveries, PostTerms terms, ApplicationEventPublisher events, Clock clock) {
        this.jdbc = jdbc;
        this.deliveries = deliveries;
        this.terms = terms;
        this.events = events;
        this.clock = clock;
    }

    /** @param attempts with this one */
    record Claim(Delivery delivery, long fence, int attempts, OffsetDateTime leaseUntil) {}

    private record Due(long id, long fence, int attempts) {}

    /** Claims what is to leave: the oldest first, nothing that another worker is at. */
    @Transactional
    public List<Claim> claim() {
        OffsetDateTime now = OffsetDateTime.now(clock);
        OffsetDateTime until = now.plus(terms.lease());
        List<Due> due = jdbc.sql("""
                        select id, fence, attempts from delivery where due_at <= :now
                        order by due_at, id fetch first :most rows only for update skip locked
                        """)
                .param("now", now)
                .param("most", terms.batch())
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
                    return new Claim(deliveries.get(one.id), one.fence + 1, one.attempts + 1, until);
                })
                .toList();
    }

    /** Whether the claim stands long enough for one more letter: asked right before it leaves. */
    boolean timeLeft(Claim claim) {
        return OffsetDateTime.now(clock).plus(terms.timeout().multipliedBy(5)).isBefore(claim.leaseUntil());
    }

    /** Nothing left under this claim. */
    @Transactional
    public void giveBack(Claim claim, Duration wait) {
        put(claim, Delivery.State.WAITING, null, OffsetDateTime.now(clock).plus(wait), claim.attempts() - 1);
    }

    @Transactional
    public void take(Claim claim, Answer answer) {
        switch (answer.outcome()) {
            case HANDED_OVER -> put(claim, Delivery.State.CONFIRMED, null, null, claim.attempts());
            case REFUSED -> fail(claim, answer.code());
            case LATER, UNREACHABLE -> {
                if (claim.attempts() > terms.retries().size()) {
                    fail(claim, answer.code());
                } else {
                    Duration wait = terms.retries().get(claim.attempts() - 1);
                    put(
                            claim,
                            Delivery.State.WAITING,
                            answer.code(),
                            OffsetDateTime.now(clock).plus(wait),
                            claim.attempts());
                }
            }
        }
    }

    private void fail(Claim claim, String code) {
        if (put(claim, Delivery.State.NEEDS_PERSON, code, null, claim.attempts())) {
            events.publishEvent(
                    new Delivery.Failed(deliveries.get(claim.delivery().id())));
        }
    }

    private boolean put(
            Claim claim, Delivery.State to, @Nullable String code, @Nullable OffsetDateTime due, int attempts) {
        return jdbc.sql("""
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
    }
}
