package org.jabr.hooks;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import org.jabr.cases.RecoveryCase;
import org.jabr.outside.SignedClient.Reply;
import org.jabr.rules.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * News on their way, and who is at which. A claim is a commit of its own before any call; what came of the call is taken
 * only from the claim that still stands. Of one case a receiver hears one after the other: what comes later waits for what
 * came before, as long as that is not stopped.
 */
@Component
class Outbox {

    private static final String COLUMNS =
            "select id, receiver, event_id, type, case_reference, state, code, attempts, created_at, updated_at from hook_news ";

    private final JdbcClient jdbc;
    private final HookTerms terms;
    private final Clock clock;

    Outbox(JdbcClient jdbc, HookTerms terms, Clock clock) {
        this.jdbc = jdbc;
        this.terms = terms;
        this.clock = clock;
    }

    /** @param attempts with this one */
    record Claim(long id, String eventId, String body, long fence, int attempts, OffsetDateTime leaseUntil) {}

    /** Writes down what one receiver is to be told, in the transaction of what happened. */
    void add(String receiver, String eventId, NewsType type, RecoveryCase recovery, String body) {
        jdbc.sql("""
                        insert into hook_news (receiver, event_id, type, case_id, case_reference, body, state, attempts, fence, due_at, created_at, updated_at)
                        values (:receiver, :event, :type, :caseId, :reference, :body, 'WAITING', 0, 0, :now, :now, :now)
                        """)
                .param("receiver", receiver)
                .param("event", eventId)
                .param("type", type.type())
                .param("caseId", recovery.id().value())
                .param("reference", recovery.reference())
                .param("body", body)
                .param("now", OffsetDateTime.now(clock))
                .update();
    }

    /** Claims what one receiver is to be told next: the oldest first, of each case one. */
    @Transactional
    public List<Claim> claim(String receiver, int most) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        OffsetDateTime until = now.plus(terms.lease());
        List<Claim> due = jdbc.sql("""
                        select id, event_id, body, fence, attempts from hook_news n where receiver = :receiver and due_at <= :now
                            and not exists (select 1 from hook_news e
                                where e.receiver = n.receiver and e.case_id = n.case_id and e.id < n.id and e.due_at is not null)
                        order by due_at, id fetch first :most rows only for update skip locked
                        """)
                .param("receiver", receiver)
                .param("now", now)
                .param("most", most)
                .query((row, n) -> new Claim(
                        row.getLong("id"),
                        row.getString("event_id"),
                        row.getString("body"),
                        row.getLong("fence") + 1,
                        row.getInt("attempts") + 1,
                        until))
                .list();
        for (Claim claim : due) {
            jdbc.sql("""
                            update hook_news set state = 'SENT', fence = :fence, attempts = :attempts, due_at = :until, updated_at = :now
                            where id = :id
                            """)
                    .param("fence", claim.fence())
                    .param("attempts", claim.attempts())
                    .param("until", until)
                    .param("now", now)
                    .param("id", claim.id())
                    .update();
        }
        return due;
    }

    /** Whether the claim stands long enough for one more call: asked right before it. */
    boolean timeLeft(Claim claim) {
        return OffsetDateTime.now(clock).plus(terms.timeout()).isBefore(claim.leaseUntil());
    }

    /** Nothing left the house under this claim. */
    @Transactional
    public void giveBack(Claim claim) {
        put(claim, NewsItem.State.WAITING, null, OffsetDateTime.now(clock), claim.attempts() - 1);
    }

    /** Any 2xx is told; where nobody takes the connection no try is used up. */
    @Transactional
    public void take(Claim claim, Reply reply) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        List<Duration> waits = terms.retries();
        String code = code(reply);
        if (code == null) {
            put(claim, NewsItem.State.TOLD, null, null, claim.attempts());
        } else if (unreachable(reply)) {
            put(claim, NewsItem.State.WAITING, code, now.plus(waits.get(0)), claim.attempts() - 1);
        } else if (claim.attempts() > waits.size()) {
            put(claim, NewsItem.State.STOPPED, code, null, claim.attempts());
        } else {
            put(claim, NewsItem.State.WAITING, code, now.plus(waits.get(claim.attempts() - 1)), claim.attempts());
        }
    }

    /** Why it was not taken; null where it was. */
    static @Nullable String code(Reply reply) {
        String failure = reply.failure();
        if (failure != null) {
            return failure;
        }
        return reply.status() / 100 == 2 ? null : "STATUS-" + reply.status();
    }

    static boolean unreachable(Reply reply) {
        String failure = reply.failure();
        return failure != null
                && List.of("UNREACHABLE", "NO_ADDRESS", "ADDRESS_REFUSED", "TLS")
                        .contains(failure);
    }

    private void put(
            Claim claim, NewsItem.State to, @Nullable String code, @Nullable OffsetDateTime due, int attempts) {
        jdbc.sql("""
                        update hook_news set state = :to, code = :code, due_at = :due, attempts = :attempts, updated_at = :now
                        where id = :id and fence = :fence and state = 'SENT'
                        """)
                .param("to", to.name())
                .param("code", code)
                .param("due", due)
                .param("attempts", attempts)
                .param("now", OffsetDateTime.now(clock))
                .param("id", claim.id())
                .param("fence", claim.fence())
                .update();
    }

    /** @throws Problem {@code HOOK-010} where it is not stopped */
    @Transactional
    public void again(long id) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        int rows = jdbc.sql("""
                        update hook_news set state = 'WAITING', attempts = 0, due_at = :now, updated_at = :now
                        where id = :id and state = 'STOPPED'
                        """).param("now", now).param("id", id).update();
        if (rows == 0) {
            throw new Problem(Problem.Kind.CONFLICT, "HOOK-010", id);
        }
    }

    /** What is stopped, newest first. @param before id of the last one seen; null for the newest */
    List<NewsItem> stopped(@Nullable Long before, int limit) {
        return jdbc.sql(COLUMNS
                        + "where state = 'STOPPED' and id < :before order by id desc fetch first :limit rows only")
                .param("before", before == null ? Long.MAX_VALUE : before)
                .param("limit", limit)
                .query(Outbox::item)
                .list();
    }

    List<NewsItem> ofCase(String reference) {
        return jdbc.sql(COLUMNS + "where case_reference = :reference order by id")
                .param("reference", reference)
                .query(Outbox::item)
                .list();
    }

    /** @param oldest when the oldest of them happened */
    record Backlog(String receiver, NewsItem.State state, int count, OffsetDateTime oldest) {}

    List<Backlog> backlog() {
        return jdbc.sql(
                        "select receiver, state, count(*) n, min(created_at) oldest from hook_news where state <> 'TOLD' group by receiver, state order by receiver, state")
                .query((row, n) -> new Backlog(
                        row.getString("receiver"),
                        NewsItem.State.valueOf(row.getString("state")),
                        row.getInt("n"),
                        Objects.requireNonNull(row.getObject("oldest", OffsetDateTime.class))))
                .list();
    }

    /** Forgets what was told long ago. */
    @Transactional
    public void forget() {
        jdbc.sql("delete from hook_news where state = 'TOLD' and updated_at < :before")
                .param("before", OffsetDateTime.now(clock).minus(terms.keep()))
                .update();
    }

    private static NewsItem item(ResultSet row, int n) throws SQLException {
        return new NewsItem(
                row.getLong("id"),
                row.getString("receiver"),
                row.getString("event_id"),
                row.getString("type"),
                row.getString("case_reference"),
                NewsItem.State.valueOf(row.getString("state")),
                row.getString("code"),
                row.getInt("attempts"),
                row.getObject("created_at", OffsetDateTime.class),
                row.getObject("updated_at", OffsetDateTime.class));
    }
}
