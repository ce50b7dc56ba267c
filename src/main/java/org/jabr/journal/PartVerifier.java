package org.jabr.journal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jabr.journal.Verifier.Said;
import org.jabr.journal.Verifier.Verdict;

/** Goes through an export of some entries: each must lead to the root of the one seal at its end. */
final class PartVerifier {

    private static final HexFormat HEX = HexFormat.of();

    private final Collection<Seal> outside;
    private final Set<String> keys;

    PartVerifier(Collection<Seal> outside, Set<String> keys) {
        this.outside = outside;
        this.keys = keys;
    }

    /** @param lines all behind the header */
    Said verify(String header, List<byte[]> lines) {
        List<PartFormat.Line> entries = new ArrayList<>();
        for (byte[] line : lines.subList(0, Math.max(0, lines.size() - 1))) {
            Optional<PartFormat.Line> read = PartFormat.read(line);
            if (read.isEmpty()) {
                return Said.of(Verdict.TAMPERED, "VERIFY-110", String.valueOf(entries.size() + 2));
            }
            Optional<Said> wrong = alone(read.get(), entries);
            if (wrong.isPresent()) {
                return wrong.get();
            }
            entries.add(read.get());
        }
        Optional<Seal> seal = lines.isEmpty()
                ? Optional.empty()
                : EvidenceFormat.seal(new String(lines.get(lines.size() - 1), StandardCharsets.UTF_8));
        return seal.isEmpty() ? Said.of(Verdict.TAMPERED, "VERIFY-113") : below(seal.get(), header, entries);
    }

    /** What can be told of an entry without the seal. */
    private static Optional<Said> alone(PartFormat.Line line, List<PartFormat.Line> before) {
        if (!before.isEmpty() && before.get(before.size() - 1).position() >= line.position()) {
            return Optional.of(Said.at(line.position(), "VERIFY-111"));
        }
        if (line.missing()) {
            return Optional.of(Said.at(line.position(), "VERIFY-103"));
        }
        return HEX.formatHex(MerkleTree.leaf(line.entry())).equals(line.leaf())
                ? Optional.empty()
                : Optional.of(Said.at(line.position(), "VERIFY-102"));
    }

    private Said below(Seal seal, String header, List<PartFormat.Line> entries) {
        for (Seal kept : outside) {
            if (!kept.installation().equals(seal.installation())) {
                return Said.of(
                        Verdict.OTHER_INSTALLATION, "VERIFY-301", seal.installation(), kept.installation(), kept.id());
            }
        }
        if (!header.equals(PartFormat.header(seal, entries.size()))) {
            return Said.of(Verdict.TAMPERED, "VERIFY-114", String.valueOf(entries.size()));
        }
        if (!seal.genuine() || !seal.root().matches("[0-9a-f]{64}")) {
            return Said.of(Verdict.TAMPERED, "VERIFY-109", seal.id());
        }
        byte[] root = HEX.parseHex(seal.root());
        for (PartFormat.Line line : entries) {
            List<byte[]> path = line.path().stream().map(HEX::parseHex).toList();
            if (!MerkleProof.includes(MerkleTree.leaf(line.entry()), line.position(), seal.size(), path, root)) {
                return Said.at(line.position(), "VERIFY-112", seal.id());
            }
        }
        return against(seal, entries.size());
    }

    /** A seal over as many entries must have the same root; others would need a proof of their own. */
    private Said against(Seal seal, int count) {
        List<Seal> same =
                outside.stream().filter(kept -> kept.size() == seal.size()).toList();
        for (Seal kept : same) {
            if (!kept.root().equals(seal.root())) {
                return Said.at(0, "VERIFY-104", String.valueOf(kept.size() - 1), kept.id());
            }
        }
        boolean known = outside.isEmpty() && keys.isEmpty()
                || keys.contains(seal.key())
                || outside.stream().anyMatch(kept -> kept.key().equals(seal.key()));
        if (!known) {
            return Said.of(Verdict.UNKNOWN_KEY, "VERIFY-401", seal.key());
        }
        if (!outside.isEmpty() && same.isEmpty()) {
            return Said.of(
                    Verdict.UNREADABLE,
                    "VERIFY-206",
                    outside.iterator().next().id(),
                    seal.id(),
                    String.valueOf(seal.size()));
        }
        return Said.of(
                Verdict.GOOD,
                outside.isEmpty() ? "VERIFY-004" : "VERIFY-003",
                String.valueOf(count),
                seal.id(),
                seal.at(),
                seal.root());
    }
}
