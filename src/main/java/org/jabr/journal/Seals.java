package org.jabr.journal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jabr.rules.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The seals that were made, and the leaves below them. */
@Repository
public class Seals {

    /** Leaves whose root is kept, so that a proof need not read all of them. */
    static final int BLOCK = 256;

    private static final String COLUMNS =
            "select id, installation, size, root, at, seal_key, signature from journal_seal ";

    private final JdbcClient jdbc;

    Seals(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The oldest first. @param after the last one seen; 0 for the first page */
    public List<Seal> after(long after, int most) {
        return jdbc.sql(COLUMNS + "where id > :after order by id fetch first :most rows only")
                .param("after", after)
                .param("most", most)
                .query(Seals::seal)
                .list();
    }

    /** The newest first. @param before the last one seen; null for the first page */
    public List<Seal> before(@Nullable Long before, int most) {
        return jdbc.sql(COLUMNS + "where id < :before order by id desc fetch first :most rows only")
                .param("before", before == null ? Long.MAX_VALUE : before)
                .param("most", most)
                .query(Seals::seal)
                .list();
    }

    /** @throws Problem {@code JOURNAL-001} there is none */
    public Seal get(long id) {
        return jdbc.sql(COLUMNS + "where id = :id")
                .param("id", id)
                .query(Seals::seal)
                .optional()
                .orElseThrow(() -> new Problem(Problem.Kind.NOT_FOUND, "JOURNAL-001", id));
    }

    public Optional<Seal> newest() {
        return jdbc.sql(COLUMNS + "order by id desc fetch first 1 rows only")
                .query(Seals::seal)
                .optional();
    }

    /** @throws Problem {@code JOURNAL-002} nothing was sealed yet */
    public Seal theNewest() {
        return newest().orElseThrow(() -> new Problem(Problem.Kind.CONFLICT, "JOURNAL-002"));
    }

    /** The first seal over a leaf. */
    Optional<Seal> over(long position) {
        return jdbc.sql(COLUMNS + "where size > :position order by size fetch first 1 rows only")
                .param("position", position)
                .query(Seals::seal)
                .optional();
    }

    /** Where an entry lies among the leaves, from 0. */
    Optional<Long> position(long entry) {
        return jdbc.sql("select position from journal_leaf where entry_id = :entry")
                .param("entry", entry)
                .query(Long.class)
                .optional();
    }

    /** The hashes of the leaves from one position to before another. */
    List<byte[]> leaves(long from, long to) {
        return jdbc.sql("select hash from journal_leaf where position >= :from and position < :to order by position")
                .param("from", from)
                .param("to", to)
                .query((row, n) -> row.getBytes("hash"))
                .list();
    }

    /** The roots of the full blocks from one to before another. */
    List<byte[]> blocks(long from, long to) {
        return jdbc.sql("select hash from journal_block where number >= :from and number < :to order by number")
                .param("from", from)
                .param("to", to)
                .query((row, n) -> row.getBytes("hash"))
                .list();
    }

    /** The tree below the newest seal. */
    MerkleTree tree() {
        return jdbc.sql("select size, peaks from journal_seal order by id desc fetch first 1 rows only")
                .query((row, n) -> MerkleTree.of(row.getLong("size"), row.getString("peaks")))
                .optional()
                .orElseGet(MerkleTree::new);
    }

    private static Seal seal(ResultSet row, int n) throws SQLException {
        return new Seal(
                row.getLong("id"),
                row.getString("installation"),
                row.getLong("size"),
                row.getString("root"),
                CanonicalJson.moment(Objects.requireNonNull(row.getObject("at", OffsetDateTime.class))
                        .toInstant()),
                row.getString("seal_key"),
                row.getString("signature"));
    }
}
