package org.jabr.journal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jabr.rules.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * Writes the journal up to a seal for somebody who does not trust this house: lines of canonical JSON, a header, the entries
 * in the order of their leaves, and the seal. Each byte follows from the entries and the seal.
 */
@Service
public class Evidence {

    private static final int PAGE = 2000;

    private static final String LINES = """
            select l.position, l.hash, e.id, e.kind, e.subject, e.by_whom, e.content, e.at from journal_leaf l
            left join journal_entry e on e.id = l.entry_id\s""";

    private final JdbcClient jdbc;
    private final Seals seals;
    private final Proofs proofs;

    Evidence(JdbcClient jdbc, Seals seals, Proofs proofs) {
        this.jdbc = jdbc;
        this.seals = seals;
        this.proofs = proofs;
    }

    private record Line(
            long position, byte[] leaf, @Nullable Entry entry) {

        /** What was sealed and is not there any more stands as {@code null}. */
        String json() {
            return EvidenceFormat.line(
                    entry == null ? "null" : entry.json(), HexFormat.of().formatHex(leaf), position);
        }

        String part(List<String> path) {
            return PartFormat.line(
                    entry == null ? "null" : entry.json(), HexFormat.of().formatHex(leaf), path, position);
        }
    }

    /**
     * The seal that an export ends with.
     *
     * @param id null for the newest
     * @throws Problem {@code JOURNAL-001} there is no such seal, {@code JOURNAL-002} nothing was sealed yet
     */
    public Seal seal(@Nullable Long id) {
        return id == null ? seals.theNewest() : seals.get(id);
    }

    /** The export, read as it is written. */
    public InputStream open(Seal seal) {
        return new SequenceInputStream(new Parts(seal));
    }

    /**
     * Some entries below a seal, each with its proof, as a text of its own; those that the seal does not cover are left out.
     *
     * @param entries their ids
     */
    public Part part(Seal seal, Collection<Long> entries) {
        List<Line> lines = entries.isEmpty() ? List.of() : lines(seal, entries);
        List<List<String>> paths =
                proofs.paths(lines.stream().map(Line::position).toList(), seal.size());
        StringBuilder text = new StringBuilder(PartFormat.header(seal, lines.size())).append('\n');
        for (int i = 0; i < lines.size(); i++) {
            text.append(lines.get(i).part(paths.get(i))).append('\n');
        }
        text.append(seal.json()).append('\n');
        return new Part(seal, lines.size(), text.toString());
    }

    /**
     * Some entries with their proofs.
     *
     * @param count how many they are
     * @param text as in {@code FORMAT.md}
     */
    public record Part(Seal seal, int count, String text) {}

    private List<Line> lines(Seal seal, Collection<Long> entries) {
        return jdbc.sql(LINES + "where l.entry_id in (:entries) and l.position < :size order by l.position")
                .param("entries", entries)
                .param("size", seal.size())
                .query(Evidence::line)
                .list();
    }

    /**
     * What somebody would find who checks the journal as it is now.
     *
     * @param kept seals of this house that were kept outside
     */
    public Found check(Seal seal, Collection<Seal> kept) {
        try (InputStream export = open(seal)) {
            Verifier.Said said = Verifier.verify(export, kept, Set.of());
            return new Found(
                    said.verdict() == Verifier.Verdict.GOOD,
                    said.code(),
                    said.values().toArray(),
                    said.entry() == null ? null : entryAt(said.entry()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What a check found.
     *
     * @param code its words stand in the messages, with the values
     * @param entry id of the first bad entry; null where it is none
     */
    public record Found(
            boolean good,
            String code,
            Object[] values,
            @Nullable Long entry) {}

    /** A seal that somebody has kept. @throws Problem {@code JOURNAL-006} it is none */
    public Seal kept(String text) {
        return EvidenceFormat.seal(text.strip()).orElseThrow(() -> new Problem(Problem.Kind.INVALID, "JOURNAL-006"));
    }

    private @Nullable Long entryAt(long position) {
        return jdbc.sql("select entry_id from journal_leaf where position = :position")
                .param("position", position)
                .query(Long.class)
                .optional()
                .orElse(null);
    }

    /** The header, pages of lines, the seal. */
    private final class Parts implements Enumeration<InputStream> {

        private final Seal seal;
        private long next = -1;
        private boolean ended;

        Parts(Seal seal) {
            this.seal = seal;
        }

        @Override
        public boolean hasMoreElements() {
            return !ended;
        }

        @Override
        public InputStream nextElement() {
            StringBuilder text = new StringBuilder();
            if (next < 0) {
                text.append(EvidenceFormat.header(seal)).append('\n');
                next = 0;
            }
            List<Line> lines = next < seal.size() ? page(next, seal.size()) : List.of();
            lines.forEach(line -> text.append(line.json()).append('\n'));
            if (lines.isEmpty()) {
                text.append(seal.json()).append('\n');
                ended = true;
            } else {
                next = lines.get(lines.size() - 1).position() + 1;
            }
            return new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    private List<Line> page(long from, long to) {
        return jdbc.sql(
                        LINES
                                + "where l.position >= :from and l.position < :to order by l.position fetch first :most rows only")
                .param("from", from)
                .param("to", to)
                .param("most", PAGE)
                .query(Evidence::line)
                .list();
    }

    private static Line line(ResultSet row, int n) throws SQLException {
        return new Line(
                row.getLong("position"),
                Objects.requireNonNull(row.getBytes("hash")),
                row.getObject("id", Long.class) == null ? null : Journal.entry(row, n));
    }
}
