package org.jabr.journal;

import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jabr.rules.Problem;
import org.springframework.stereotype.Service;

/** Shows an outsider that an entry lies below a seal, or that one seal continues another. */
@Service
public class Proofs {

    private static final HexFormat HEX = HexFormat.of();

    private final Journal journal;
    private final Seals seals;

    Proofs(Journal journal, Seals seals) {
        this.journal = journal;
        this.seals = seals;
    }

    /**
     * That an entry lies below a seal.
     *
     * @param entry canonical JSON, whose hash is the leaf
     * @param position of the leaf, from 0
     * @param path the hashes beside the way from the leaf to the root, in hexadecimal
     */
    public record Inclusion(String entry, String leaf, long position, List<String> path, Seal seal) {

        /** Whether the entry itself leads to the root that was signed. */
        public boolean holds() {
            return MerkleProof.includes(
                            MerkleTree.leaf(entry),
                            position,
                            seal.size(),
                            path.stream().map(HEX::parseHex).toList(),
                            HEX.parseHex(seal.root()))
                    && seal.genuine();
        }
    }

    /** That the entries below an earlier seal are still the first ones below a later one. */
    public record Consistency(Seal earlier, Seal later, List<String> path) {

        public boolean holds() {
            return MerkleProof.begins(
                            earlier.size(),
                            HEX.parseHex(earlier.root()),
                            later.size(),
                            HEX.parseHex(later.root()),
                            path.stream().map(HEX::parseHex).toList())
                    && earlier.genuine()
                    && later.genuine()
                    && earlier.installation().equals(later.installation());
        }
    }

    /**
     * Below the first seal that covers the entry.
     *
     * @throws Problem {@code JOURNAL-003} there is no such entry, {@code JOURNAL-004} no seal covers it yet
     */
    public Inclusion inclusion(long entry) {
        Entry found = journal.find(entry).orElseThrow(() -> new Problem(Problem.Kind.NOT_FOUND, "JOURNAL-003", entry));
        long position =
                seals.position(entry).orElseThrow(() -> new Problem(Problem.Kind.CONFLICT, "JOURNAL-004", entry));
        Seal seal = seals.over(position).orElseThrow(() -> new Problem(Problem.Kind.CONFLICT, "JOURNAL-004", entry));
        return new Inclusion(
                found.json(),
                HEX.formatHex(seals.leaves(position, position + 1).get(0)),
                position,
                hex(MerkleProof.inclusion(position, seal.size(), this::root)),
                seal);
    }

    /** The ways from some leaves to the root over all, in hexadecimal; what they have in common is read once. */
    List<List<String>> paths(Collection<Long> positions, long size) {
        Map<List<Long>, byte[]> known = new HashMap<>();
        MerkleProof.Subtrees once = (from, to) -> known.computeIfAbsent(List.of(from, to), range -> root(from, to));
        return positions.stream()
                .map(position -> hex(MerkleProof.inclusion(position, size, once)))
                .toList();
    }

    /** @throws Problem {@code JOURNAL-001} there is no such seal, {@code JOURNAL-005} the first is the later one */
    public Consistency consistency(long earlier, long later) {
        if (earlier > later) {
            throw new Problem(Problem.Kind.INVALID, "JOURNAL-005", earlier, later);
        }
        Seal first = seals.get(earlier);
        Seal second = seals.get(later);
        return new Consistency(first, second, hex(MerkleProof.consistency(first.size(), second.size(), this::root)));
    }

    /** The root over some leaves that a tree has as a part of its own. */
    private byte[] root(long from, long to) {
        if (to - from <= Seals.BLOCK) {
            return MerkleTree.root(seals.leaves(from, to));
        }
        MerkleTree blocks = new MerkleTree();
        seals.blocks(from / Seals.BLOCK, to / Seals.BLOCK).forEach(blocks::add);
        long rest = to - to % Seals.BLOCK;
        return rest == to ? blocks.root() : blocks.rootBefore(MerkleTree.root(seals.leaves(rest, to)));
    }

    private static List<String> hex(List<byte[]> hashes) {
        return hashes.stream().map(HEX::formatHex).toList();
    }
}
