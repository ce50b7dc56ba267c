package org.jabr.journal;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Goes through an evidence export with nothing but the export and what was kept outside, and says the first thing that is
 * wrong. Needs no database and no Spring.
 */
final class Verifier {

    private static final HexFormat HEX = HexFormat.of();

    /** What an export is, with the exit status that says so. */
    enum Verdict {
        GOOD(0),
        TAMPERED(1),
        UNREADABLE(2),
        OTHER_INSTALLATION(3),
        UNKNOWN_KEY(4);

        private final int status;

        Verdict(int status) {
            this.status = status;
        }

        int status() {
            return status;
        }
    }

    /**
     * What was found.
     *
     * @param code such as {@code VERIFY-102}; its words stand in the messages
     * @param entry position of the first bad entry; null where it is none
     */
    record Said(Verdict verdict, String code, @Nullable Long entry, List<Object> values) {

        Said {
            values = List.copyOf(values);
        }

        static Said of(Verdict verdict, String code, Object... values) {
            return new Said(verdict, code, null, List.of(values));
        }

        static Said at(long position, String code, Object... values) {
            List<Object> all = new ArrayList<>(List.of(String.valueOf(position)));
            all.addAll(List.of(values));
            return new Said(Verdict.TAMPERED, code, position, all);
        }
    }

    private final List<Seal> outside;
    private final Set<String> keys;
    private final MerkleTree tree = new MerkleTree();
    private int compared;

    /**
     * @param outside seals that were kept outside, of the same house
     * @param keys public keys that may have signed besides those of these seals; none and no seal: any key may
     */
    private Verifier(Collection<Seal> outside, Set<String> keys) {
        this.outside =
                outside.stream().sorted(Comparator.comparingLong(Seal::size)).toList();
        this.keys = keys;
    }

    /** @throws IOException where the export cannot be read at all */
    static Said verify(InputStream export, Collection<Seal> outside, Set<String> keys) throws IOException {
        return new Verifier(outside, keys).verify(new BufferedInputStream(export, 1 << 16));
    }

    private Said verify(InputStream in) throws IOException {
        byte[] header = line(in);
        String begin = header == null ? "" : new String(header, StandardCharsets.UTF_8);
        boolean part = begin.startsWith("{\"count\":") && begin.contains("\"format\":\"" + PartFormat.NAME + "\"");
        if (!part && !begin.startsWith("{\"format\":\"" + EvidenceFormat.NAME + "\"")) {
            return Said.of(Verdict.UNREADABLE, "VERIFY-201");
        }
        Optional<Said> kept = kept();
        if (kept.isPresent()) {
            return kept.get();
        }
        if (part) {
            List<byte[]> lines = new ArrayList<>();
            for (byte[] line = line(in); line != null; line = line(in)) {
                lines.add(line);
            }
            return new PartVerifier(outside, keys).verify(begin, lines);
        }
        byte[] line = line(in);
        byte[] next = line == null ? null : line(in);
        while (line != null && next != null) {
            Optional<Said> wrong = entry(line);
            if (wrong.isPresent()) {
                return wrong.get();
            }
            line = next;
            next = line(in);
        }
        return line == null ? Said.at(0, "VERIFY-105") : end(begin, new String(line, StandardCharsets.UTF_8));
    }

    /** Whether what was kept outside is what it should be. */
    private Optional<Said> kept() {
        for (Seal seal : outside) {
            if (!seal.genuine()) {
                return Optional.of(Said.of(Verdict.UNREADABLE, "VERIFY-203", seal.id()));
            }
        }
        return Optional.empty();
    }

    private Optional<Said> entry(byte[] line) {
        long position = tree.size();
        Optional<EvidenceFormat.Part> part = EvidenceFormat.read(line, position);
        if (part.isEmpty()) {
            return Optional.of(
                    EvidenceFormat.seal(new String(line, StandardCharsets.UTF_8))
                                    .isPresent()
                            ? Said.at(position, "VERIFY-106")
                            : Said.at(position, "VERIFY-101"));
        }
        if (part.get().missing()) {
            return Optional.of(Said.at(position, "VERIFY-103"));
        }
        byte[] leaf = MerkleTree.leaf(part.get().entry());
        if (!HEX.formatHex(leaf).equals(part.get().leaf())) {
            return Optional.of(Said.at(position, "VERIFY-102"));
        }
        tree.add(leaf);
        return compare();
    }

    /** With the seals that were kept of a tree of this size. */
    private Optional<Said> compare() {
        while (compared < outside.size() && outside.get(compared).size() == tree.size()) {
            Seal seal = outside.get(compared);
            if (!HEX.formatHex(tree.root()).equals(seal.root())) {
                long from = compared == 0 ? 0 : outside.get(compared - 1).size();
                return Optional.of(Said.at(from, "VERIFY-104", String.valueOf(seal.size() - 1), seal.id()));
            }
            compared++;
        }
        return Optional.empty();
    }

    private Said end(String header, String last) {
        Optional<Seal> read = EvidenceFormat.seal(last);
        if (read.isEmpty()) {
            return Said.at(tree.size(), "VERIFY-105");
        }
        Seal seal = read.get();
        for (Seal kept : outside) {
            if (!kept.installation().equals(seal.installation())) {
                return Said.of(
                        Verdict.OTHER_INSTALLATION, "VERIFY-301", seal.installation(), kept.installation(), kept.id());
            }
        }
        if (!header.equals(EvidenceFormat.header(seal))) {
            return seal.size() == tree.size()
                    ? Said.of(Verdict.TAMPERED, "VERIFY-108")
                    : Said.at(tree.size(), "VERIFY-105");
        }
        if (!seal.genuine()) {
            return Said.of(Verdict.TAMPERED, "VERIFY-109", seal.id());
        }
        if (seal.size() != tree.size()) {
            return Said.at(Math.min(seal.size(), tree.size()), "VERIFY-105");
        }
        if (!HEX.formatHex(tree.root()).equals(seal.root())) {
            long from = compared == 0 ? 0 : outside.get(compared - 1).size();
            return Said.at(from, "VERIFY-104", String.valueOf(seal.size() - 1), seal.id());
        }
        if (!known(seal.key())) {
            return Said.of(Verdict.UNKNOWN_KEY, "VERIFY-401", seal.key());
        }
        if (compared < outside.size()) {
            Seal later = outside.get(compared);
            return Said.at(tree.size(), "VERIFY-107", String.valueOf(later.size() - 1), later.id());
        }
        return Said.of(
                Verdict.GOOD,
                outside.isEmpty() ? "VERIFY-002" : "VERIFY-001",
                String.valueOf(tree.size()),
                seal.id(),
                seal.at(),
                seal.root());
    }

    private boolean known(String key) {
        return outside.isEmpty() && keys.isEmpty()
                || keys.contains(key)
                || outside.stream().anyMatch(seal -> seal.key().equals(key));
    }

    /** The bytes up to the next line feed; null at the end. What ends without one was cut. */
    private static byte @Nullable [] line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(512);
        int one;
        while ((one = in.read()) >= 0) {
            if (one == '\n') {
                return line.toByteArray();
            }
            line.write(one);
        }
        if (line.size() == 0) {
            return null;
        }
        line.write('\0');
        return line.toByteArray();
    }
}
