package org.jabr.journal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The append-only journal. An entry is written in the transaction of what it records, or neither is. Whoever writes waits
 * for nobody: the order of entries is made when they are sealed.
 */
@Repository
public class Journal {

    /** Everything that is written down; each has its words in the messages. */
    public static final List<String> KINDS = List.of(
            "account.changed",
            "case.decided",
            "case.forgotten",
            "case.moved",
            "case.noted",
            "case.opened",
            "catalogue.changed",
            "decisions.exported",
            "dossier.read",
            "effect.changed",
            "erasure.asked",
            "erasure.done",
            "erasure.refused",
            "evidence.taken",
            "finding.judged",
            "hold.lifted",
            "hold.placed",
            "journal.exported",
            "letter.changed",
            "link.declared",
            "link.ended",
            "observation.raised",
            "observation.stepped",
            "password.changed",
            "personal.read",
            "release.published",
            "release.stepped",
            "replay.ended",
            "replay.started",
            "sample.assigned",
            "sample.closed",
            "sample.drawn",
            "sample.exported",
            "sample.judged",
            "sign-in.done",
            "sign-in.left",
            "sign-in.refused",
            "survey.answered",
            "table.exported",
            "work.completed",
            "work.handed",
            "work.redirected",
            "work.snoozed");

    private static final String COLUMNS =
            "select e.id, e.kind, e.subject, e.by_whom, e.content, e.at from journal_entry e ";

    private final JdbcClient jdbc;
    private final Clock clock;

    Journal(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** @param content what JSON can hold; numbers up to 2^53, amounts as text */
    @Transactional(propagation = Propagation.MANDATORY)
    public void append(String kind, String subject, String by, Map<String, ?> content) {
        jdbc.sql(
                        "insert into journal_entry (kind, subject, by_whom, content, at) values (:kind, :subject, :by, :content, :at)")
                .param("kind", kind)
                .param("subject", subject)
                .param("by", by)
                .param("content", CanonicalJson.of(content))
                .param("at", OffsetDateTime.now(clock))
                .update();
    }

    /** The entries after one, in the order of their ids. @param after 0 for the first */
    public List<Entry> after(long after, int most) {
        return jdbc.sql(COLUMNS + "where e.id > :after order by e.id fetch first :most rows only")
                .param("after", after)
                .param("most", most)
                .query(Journal::entry)
                .list();
    }

    /** All entries about one thing, in their order. */
    public List<Entry> of(String subject) {
        return jdbc.sql(COLUMNS + "where e.subject = :subject order by e.id")
                .param("subject", subject)
                .query(Journal::entry)
                .list();
    }

    /**
     * An entry and where it lies.
     *
     * @param position among the leaves, from 0; null where it is not sealed yet
     */
    public record Placed(Entry entry, @Nullable Long position) {}

    /** All entries about some things, in their order, with where they lie below the seals. */
    public List<Placed> about(Collection<String> subjects) {
        return subjects.isEmpty()
                ? List.of()
                : jdbc.sql("""
                        select e.id, e.kind, e.subject, e.by_whom, e.content, e.at, l.position from journal_entry e
                        left join journal_leaf l on l.entry_id = e.id where e.subject in (:subjects) order by e.id
                        """)
                        .param("subjects", subjects)
                        .query((row, n) -> new Placed(entry(row, n), row.getObject("position", Long.class)))
                        .list();
    }

    /**
     * The newest first.
     *
     * @param kind null for all
     * @param subject null for all
     * @param before the last one seen; null for the first page
     */
    public List<Entry> newest(@Nullable String kind, @Nullable String subject, @Nullable Long before, int most) {
        return jdbc.sql(COLUMNS + "where e.id < :before"
                        + (kind == null ? "" : " and e.kind = :kind")
                        + (subject == null ? "" : " and e.subject = :subject")
                        + " order by e.id desc fetch first :most rows only")
                .param("before", before == null ? Long.MAX_VALUE : before)
                .param("kind", kind)
                .param("subject", subject)
                .param("most", most)
                .query(Journal::entry)
                .list();
    }

    public Optional<Entry> find(long id) {
        return jdbc.sql(COLUMNS + "where e.id = :id")
                .param("id", id)
                .query(Journal::entry)
                .optional();
    }

    /**
     * A sealed entry and its place in the order of the seals.
     *
     * @param position from 0
     */
    public record SealedEntry(long position, Entry entry) {}

    /** Sealed entries of one kind, in the order of their seals. @param from the first position @param to behind the last */
    public List<SealedEntry> sealed(String kind, long from, long to) {
        return jdbc.sql("""
                        select l.position, e.id, e.kind, e.subject, e.by_whom, e.content, e.at
                        from journal_leaf l join journal_entry e on e.id = l.entry_id
                        where l.position >= :from and l.position < :to and e.kind = :kind order by l.position
                        """)
                .param("from", from)
                .param("to", to)
                .param("kind", kind)
                .query((row, n) -> new SealedEntry(row.getLong("position"), entry(row, n)))
                .list();
    }

    /** Committed entries that no leaf was made of yet. @param after only those with higher ids */
    List<Entry> unsealed(long after, int most) {
        return jdbc.sql(COLUMNS + """
                        where e.id > :after and not exists (select 1 from journal_leaf l where l.entry_id = e.id)
                        order by e.id fetch first :most rows only
                        """)
                .param("after", after)
                .param("most", most)
                .query(Journal::entry)
                .list();
    }

    static Entry entry(ResultSet row, int n) throws SQLException {
        return new Entry(
                row.getLong("id"),
                row.getString("kind"),
                row.getString("subject"),
                row.getString("by_whom"),
                row.getString("content"),
                Objects.requireNonNull(row.getObject("at", OffsetDateTime.class)));
    }
}
