package org.jabr.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class MerkleTreeTests {

    private static final HexFormat HEX = HexFormat.of();

    @Test
    void hasTheRootsThatTheStandardDefines() {
        // Of nothing the hash of nothing, of one leaf the leaf's hash (RFC 9162, 2.1.1).
        assertThat(HEX.formatHex(new MerkleTree().root()))
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assertThat(HEX.formatHex(MerkleTree.leaf("")))
                .isEqualTo("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
    }

    @Property(tries = 200)
    void agreesWithTheDefinitionHoweverItGrew(@ForAll @IntRange(min = 0, max = 600) int size) {
        List<byte[]> leaves = leaves(size);
        MerkleTree tree = new MerkleTree();
        for (byte[] leaf : leaves) {
            tree.add(leaf);
            tree = MerkleTree.of(tree.size(), tree.peaks());
        }
        assertThat(tree.root()).isEqualTo(defined(leaves));
    }

    @Test
    void showsEachLeafOfEachTreeAndNoOther() {
        for (int size = 1; size <= 40; size++) {
            List<byte[]> leaves = leaves(size);
            byte[] root = defined(leaves);
            for (int position = 0; position < size; position++) {
                List<byte[]> path = MerkleProof.inclusion(position, size, subtrees(leaves));
                assertThat(MerkleProof.includes(leaves.get(position), position, size, path, root))
                        .isTrue();
                int other = (position + 1) % size;
                if (other != position) {
                    assertThat(MerkleProof.includes(leaves.get(other), position, size, path, root))
                            .isFalse();
                    assertThat(MerkleProof.includes(leaves.get(position), other, size, path, root))
                            .isFalse();
                }
                for (int i = 0; i < path.size(); i++) {
                    List<byte[]> shorter = new ArrayList<>(path);
                    shorter.remove(i);
                    assertThat(MerkleProof.includes(leaves.get(position), position, size, shorter, root))
                            .isFalse();
                }
            }
        }
    }

    @Test
    void showsThatEachTreeBeginsEachLaterOne() {
        List<byte[]> leaves = leaves(70);
        List<byte[]> changed = new ArrayList<>(leaves);
        changed.set(0, MerkleTree.leaf("changed"));
        for (int size = 1; size <= 70; size++) {
            byte[] root = defined(leaves.subList(0, size));
            for (int earlier = 1; earlier <= size; earlier++) {
                List<byte[]> proof = MerkleProof.consistency(earlier, size, subtrees(leaves));
                assertThat(MerkleProof.begins(earlier, defined(leaves.subList(0, earlier)), size, root, proof))
                        .as("%s of %s", earlier, size)
                        .isTrue();
                assertThat(MerkleProof.begins(earlier, defined(changed.subList(0, earlier)), size, root, proof))
                        .isFalse();
            }
        }
    }

    private static MerkleProof.Subtrees subtrees(List<byte[]> leaves) {
        return (from, to) -> defined(leaves.subList((int) from, (int) to));
    }

    static List<byte[]> leaves(int size) {
        List<byte[]> leaves = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            leaves.add(MerkleTree.leaf("entry " + i));
        }
        return leaves;
    }

    /** As RFC 9162 defines it, from the top. */
    static byte[] defined(List<byte[]> leaves) {
        if (leaves.isEmpty()) {
            return new MerkleTree().root();
        }
        if (leaves.size() == 1) {
            return leaves.get(0);
        }
        int split = Integer.highestOneBit(leaves.size() - 1);
        return MerkleTree.node(defined(leaves.subList(0, split)), defined(leaves.subList(split, leaves.size())));
    }
}
