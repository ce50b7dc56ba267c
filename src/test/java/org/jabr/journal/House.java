package org.jabr.journal;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** A journal without a database: entries, their tree, and seals with a key of its own. */
final class House {

    final String installation;
    final Signing signing;
    final List<String> entries = new ArrayList<>();

    House(String installation, Path folder) {
        this.installation = installation;
        this.signing = Signing.in(folder.resolve(installation + ".pem"));
    }

    House with(int entries) {
        for (int i = 0; i < entries; i++) {
            int n = this.entries.size() + 1;
            this.entries.add(new Entry(
                            n,
                            n % 3 == 0 ? "case.decided" : "case.moved",
                            "JB-" + n % 40,
                            "rules",
                            CanonicalJson.of(java.util.Map.of("to", "RESOLVE", "n", n, "said", "قيد \"" + n + "\"")),
                            OffsetDateTime.of(2026, 3, 1, 8, 0, 0, 0, ZoneOffset.UTC)
                                    .plusSeconds(n))
                    .json());
        }
        return this;
    }

    Seal seal(long id, int size) {
        MerkleTree tree = new MerkleTree();
        entries.subList(0, size).forEach(entry -> tree.add(MerkleTree.leaf(entry)));
        return signed(id, size, HexFormat.of().formatHex(tree.root()));
    }

    Seal signed(long id, long size, String root) {
        Seal seal = new Seal(id, installation, size, root, "2026-03-02T08:00:00.000Z", signing.key(), "");
        return new Seal(id, installation, size, root, seal.at(), seal.key(), signing.sign(seal.signed()));
    }

    /** The export that ends with a seal over so many entries. */
    byte[] export(long id, int size) {
        List<String> lines = new ArrayList<>();
        Seal seal = seal(id, size);
        lines.add(EvidenceFormat.header(seal));
        for (int i = 0; i < size; i++) {
            lines.add(
                    EvidenceFormat.line(entries.get(i), HexFormat.of().formatHex(MerkleTree.leaf(entries.get(i))), i));
        }
        lines.add(seal.json());
        return bytes(lines);
    }

    /** Some entries below a seal over so many. */
    byte[] part(long id, int size, int... positions) {
        Seal seal = seal(id, size);
        List<String> lines = new ArrayList<>();
        lines.add(PartFormat.header(seal, positions.length));
        for (int position : positions) {
            lines.add(part(size, position));
        }
        lines.add(seal.json());
        return bytes(lines);
    }

    String part(int size, int position) {
        HexFormat hex = HexFormat.of();
        List<String> path = MerkleProof.inclusion(
                        position,
                        size,
                        (from, to) -> MerkleTree.root(entries.subList((int) from, (int) to).stream()
                                .map(MerkleTree::leaf)
                                .toList()))
                .stream()
                .map(hex::formatHex)
                .toList();
        return PartFormat.line(
                entries.get(position), hex.formatHex(MerkleTree.leaf(entries.get(position))), path, position);
    }

    static byte[] bytes(List<String> lines) {
        return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    static List<String> lines(byte[] export) {
        return List.of(new String(export, StandardCharsets.UTF_8).split("\n"));
    }
}
