package org.jabr.remedies;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jabr.remedies.OutsideGateway.Answer;
import org.jabr.worklist.Worklist;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Who is at which effect. A claim is a commit of its own before any call; its lease says until when, its fence number
 * who. What a call brought is taken only from the claim that still stands: whoever wakes up late is fenced off.
 */
@Component
class SendingLedger {

    /** Who did it, where the gateway's answer did. */
    static final String GATEWAY = "gateway";

    static final String SENDER = "sender";

    private final JdbcClient jdbc;
    private final Effects effects;
    private final EffectHistory history;
    private final Worklist worklist;
    private final Purse purse;
    private final GatewayTerms terms;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    SendingLedger(
            JdbcClient jdbc,
            Effects effects,
            EffectHistory history,
            Worklist worklist,
            Purse purse,
            GatewayTerms terms,
            ApplicationEventPublisher events,
            Clock clock) {
        this.jdbc = jdbc;
        this.effects = effects;
        this.history = history;
        this.worklist = worklist;
        this.purse = purse;
        this.terms = terms;
        this.events = events;
        this.clock = clock;
    }

    /**
     * A worker's right to one effect.
     *
     * @param first whether it never left the house: then it is sent; else the gateway is asked first
     */
    record Claim(Effect effect, long fence, OffsetDateTime leaseUntil, boolean first) {}

    /**
     * What came of a claim.
     *
     * @param answer null where the worker did not get to it: nothing left the house under this claim
     * @param again whether it was sent once more, because the gateway had never seen it
     */
    record Result(Claim claim, @Nullable Answer answer, boolean again) {}

    /** @param lost whether a claim stands on it that nobody brought anything of */
    private record Due(String key, Effect.State state, long fence, boolean lost) {}

    /** Claims what is due: oldest first, nothing that another worker is at. Those that never left the house are SENT by it. */
    @Transactional
    public List<Claim> claim(int most) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        OffsetDateTime until = now.plus(terms.lease());
        List<Due> due = jdbc.sql("""
                        select effect_key, state, fence, lease_until from effect where due_at <= :now
                        order by due_at, effect_key fetch first :most rows only for update skip locked
                        """)
                .param("now", now)
                .param("most", most)
                .query((row, n) -> new Due(
                        row.getString("effect_key"),
                        Effect.State.valueOf(row.getString("state")),
                        row.getLong("fence"),
                        row.getObject("lease_until", OffsetDateTime.class) != null))
                .list();
        List<Claim> claims = new ArrayList<>();
        for (Due one : due) {
            boolean first = one.state == Effect.State.RESERVED;
            // Where a claim was lost the call may have gone out or not.
            Effect.State to = first ? Effect.State.SENT : one.lost ? Effect.State.UNKNOWN : one.state;
            jdbc.sql("""
                            update effect set state = :to, fence = fence + 1, lease_until = :until, due_at = :until,
                                attempts = attempts + :sends, sent_at = coalesce(sent_at, cast(:now as timestamp(3) with time zone)), updated_at = :now
                            where effect_key = :key
                            """)
                    .param("to", to.name())
                    .param("until", until)
                    .param("sends", first ? 1 : 0)
                    .param("now", now)
                    .param("key", one.key)
                    .update();
            if (first || one.lost) {
                history.add(one.key, one.state, to, one.lost && !first ? "LEASE_EXPIRED" : null, null, SENDER);
            }
            Effect effect = effects.find(one.key).orElseThrow();
            if (to != one.state) {
                events.publishEvent(new Effect.Changed(effect, SENDER));
            }
            claims.add(new Claim(effect, one.fence + 1, until, first));
        }
        return claims;
    }

    /** Whether the claim still stands and there is time for one more call: asked right before each. */
    boolean timeForACall(Claim claim) {
        return OffsetDateTime.now(clock).plus(terms.timeout()).isBefore(claim.leaseUntil());
    }

    /** Takes what calls brought, in one commit, where their claims still stand. */
    @Transactional
    public void take(List<Result> results) {
        if (results.size() > 1) {
            hold(results);
        }
        for (Result result : results) {
            Answer answer = result.answer();
            if (answer == null) {
                giveBack(result.claim());
            } else {
                take(result.claim(), answer, result.again());
            }
        }
    }

    /** Effects before pots, and each in one order: two nodes that take results of the same desk never wait for each other. */
    private void hold(List<Result> results) {
        List<String> keys = results.stream()
                .map(result -> result.claim().effect().key())
                .sorted()
                .toList();
        jdbc.sql("select effect_key from effect where effect_key in (:keys) order by effect_key for update")
                .param("keys", keys)
                .query(String.class)
                .list();
        purse.hold(keys);
    }

    private void take(Claim claim, Answer answer, boolean again) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        Effect effect = claim.effect();
        Next next =
                switch (answer.outcome()) {
                    case DONE -> new Next(Effect.State.CONFIRMED, null);
                    case REFUSED -> new Next(Effect.State.REFUSED, null);
                    case PENDING -> pending(counted(effect.key()), now);
                    case UNKNOWN, NEVER_SEEN -> unknown(counted(effect.key()), now);
                };
        if (next.state == Effect.State.REFUSED || next.state == Effect.State.NEEDS_PERSON) {
            // The diagram opens work for it: work items of a case are held before anything else of it.
            worklist.hold(effect.caseId());
        }
        boolean unknown = next.state == Effect.State.UNKNOWN;
        int rows = jdbc.sql("""
                        update effect set state = :to, due_at = :due, lease_until = null, said = :code,
                            reference = coalesce(cast(:reference as varchar(80)), reference),
                            unknowns = unknowns + :unknown, pendings = pendings + :pending, attempts = attempts + :again, updated_at = :now
                        where effect_key = :key and fence = :fence and lease_until is not null
                        """)
                .param("to", next.state.name())
                .param("due", next.dueAt)
                .param("code", answer.code())
                .param("reference", answer.reference())
                .param("unknown", unknown ? 1 : 0)
                .param("again", again ? 1 : 0)
                .param("pending", next.state == Effect.State.SENT ? 1 : 0)
                .param("now", now)
                .param("key", effect.key())
                .param("fence", claim.fence())
                .update();
        Effect after = effects.find(effect.key()).orElseThrow();
        if (rows == 0) {
            history.add(effect.key(), after.state(), after.state(), EffectHistory.FENCED_OFF, null, SENDER);
            return;
        }
        history.add(effect.key(), effect.state(), next.state, answer.code(), answer.said(), GATEWAY);
        if (next.state != effect.state()) {
            events.publishEvent(new Effect.Changed(after, GATEWAY));
        }
        if (next.state == Effect.State.CONFIRMED) {
            undone(after);
        }
    }

    private record Counted(int unknowns, int pendings, OffsetDateTime sentAt) {}

    private record Next(Effect.State state, @Nullable OffsetDateTime dueAt) {}

    private Counted counted(String key) {
        return jdbc.sql("select unknowns, pendings, sent_at from effect where effect_key = :key")
                .param("key", key)
                .query((row, n) -> new Counted(
                        row.getInt("unknowns"),
                        row.getInt("pendings"),
                        Objects.requireNonNull(row.getObject("sent_at", OffsetDateTime.class))))
                .single();
    }

    private Next unknown(Counted counted, OffsetDateTime now) {
        List<Duration> waits = terms.retries();
        return counted.unknowns < waits.size()
                ? new Next(Effect.State.UNKNOWN, now.plus(waits.get(counted.unknowns)))
                : new Next(Effect.State.NEEDS_PERSON, null);
    }

    private Next pending(Counted counted, OffsetDateTime now) {
        List<Duration> waits = terms.retries();
        return now.isBefore(counted.sentAt.plus(terms.pendingFor()))
                ? new Next(Effect.State.SENT, now.plus(waits.get(Math.min(counted.pendings, waits.size() - 1))))
                : new Next(Effect.State.NEEDS_PERSON, null);
    }

    /** Nothing left the house under this claim: the effect stands as before it, or is over where nobody wants it any more. */
    private void giveBack(Claim claim) {
        Effect effect = claim.effect();
        Effect.State to = !claim.first()
                ? effect.state()
                : unwanted(effect.key()) ? Effect.State.CANCELLED : Effect.State.RESERVED;
        OffsetDateTime now = OffsetDateTime.now(clock);
        int rows = jdbc.sql("""
                        update effect set state = :to, due_at = :due, lease_until = null, attempts = attempts - :sends, updated_at = :now
                        where effect_key = :key and fence = :fence and lease_until is not null
                        """)
                .param("to", to.name())
                .param("due", to == Effect.State.CANCELLED ? null : now)
                .param("now", now)
                .param("sends", claim.first() ? 1 : 0)
                .param("key", effect.key())
                .param("fence", claim.fence())
                .update();
        if (rows > 0 && claim.first()) {
            history.add(effect.key(), effect.state(), to, "NOT_SENT", null, SENDER);
            events.publishEvent(new Effect.Changed(effects.find(effect.key()).orElseThrow(), SENDER));
        }
    }

    /** Held until the answer is written, so that nobody withdraws in between. */
    private boolean unwanted(String key) {
        return jdbc.sql("select unwanted from effect where effect_key = :key for update")
                .param("key", key)
                .query(Boolean.class)
                .single();
    }

    /** Once an undo is confirmed, what it takes back counts no more. */
    void undone(Effect undo) {
        if (!undo.undo()) {
            return;
        }
        String first = jdbc.sql("select undoes from effect where effect_key = :key")
                .param("key", undo.key())
                .query(String.class)
                .single();
        int rows = jdbc.sql(
                        "update effect set state = 'REVERSED', updated_at = :now where effect_key = :key and state = 'CONFIRMED'")
                .param("now", OffsetDateTime.now(clock))
                .param("key", first)
                .update();
        if (rows > 0) {
            history.add(first, Effect.State.CONFIRMED, Effect.State.REVERSED, null, null, GATEWAY);
            events.publishEvent(new Effect.Changed(effects.find(first).orElseThrow(), GATEWAY));
        }
    }

    /** What waits for the gateway, by state, with the oldest. */
    List<GatewayHealth.Waiting> backlog() {
        return jdbc.sql(
                        "select state, count(*) n, min(created_at) oldest from effect where due_at is not null group by state order by state")
                .query((row, n) -> new GatewayHealth.Waiting(
                        Effect.State.valueOf(row.getString("state")),
                        row.getInt("n"),
                        Objects.requireNonNull(row.getObject("oldest", OffsetDateTime.class))))
                .list();
    }
}
