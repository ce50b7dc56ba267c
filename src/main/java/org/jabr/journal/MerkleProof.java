package org.jabr.journal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Shows that an entry lies in a sealed tree, or that a tree is the beginning of another one; as in RFC 9162, sections
 * 2.1.3 and 2.1.4.
 */
final class MerkleProof {

    private MerkleProof() {}

    /** Gives the root of the tree over the leaves from one position to before another. */
    @FunctionalInterface
    interface Subtrees {
        byte[] root(long from, long to);
    }

    /**
     * The hashes that lead from a leaf to the root.
     *
     * @param position of the leaf, from 0
     * @param size of the tree
     */
    static List<byte[]> inclusion(long position, long size, Subtrees subtrees) {
        if (position < 0 || position >= size) {
            throw new IllegalArgumentException("No leaf " + position + " of " + size);
        }
        List<byte[]> path = new ArrayList<>();
        long from = 0;
        long to = size;
        while (to - from > 1) {
            long middle = from + MerkleTree.split(to - from);
            if (position < middle) {
                path.add(0, subtrees.root(middle, to));
                to = middle;
            } else {
                path.add(0, subtrees.root(from, middle));
                from = middle;
            }
        }
        return path;
    }

    /** Whether these hashes lead from a leaf to the root. */
    static boolean includes(byte[] leaf, long position, long size, List<byte[]> path, byte[] root) {
        if (position < 0 || position >= size) {
            return false;
        }
        long node = position;
        long last = size - 1;
        byte[] hash = leaf;
        for (byte[] sibling : path) {
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                hash = MerkleTree.node(sibling, hash);
                while ((node & 1) == 0 && node != 0) {
                    node >>= 1;
                    last >>= 1;
                }
            } else {
                hash = MerkleTree.node(hash, sibling);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && Arrays.equals(hash, root);
    }

    /** The hashes that show that the tree of one size begins the tree of another one. */
    static List<byte[]> consistency(long earlier, long size, Subtrees subtrees) {
        if (earlier < 1 || earlier > size) {
            throw new IllegalArgumentException("No tree of " + earlier + " begins one of " + size);
        }
        List<byte[]> proof = new ArrayList<>();
        long from = 0;
        long to = size;
        boolean whole = true;
        while (earlier != to) {
            long middle = from + MerkleTree.split(to - from);
            if (earlier <= middle) {
                proof.add(0, subtrees.root(middle, to));
                to = middle;
            } else {
                proof.add(0, subtrees.root(from, middle));
                from = middle;
                whole = false;
            }
        }
        if (!whole) {
            proof.add(0, subtrees.root(from, to));
        }
        return proof;
    }

    /** Whether these hashes show that the first root begins the tree of the second. */
    static boolean begins(long earlier, byte[] earlierRoot, long size, byte[] root, List<byte[]> proof) {
        if (earlier < 1 || earlier > size) {
            return false;
        }
        if (earlier == size) {
            return proof.isEmpty() && Arrays.equals(earlierRoot, root);
        }
        List<byte[]> hashes = new ArrayList<>(proof);
        if (Long.bitCount(earlier) == 1) {
            hashes.add(0, earlierRoot);
        }
        if (hashes.isEmpty()) {
            return false;
        }
        long node = earlier - 1;
        long last = size - 1;
        while ((node & 1) == 1) {
            node >>= 1;
            last >>= 1;
        }
        byte[] first = hashes.get(0);
        byte[] second = hashes.get(0);
        for (byte[] hash : hashes.subList(1, hashes.size())) {
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                first = MerkleTree.node(hash, first);
                second = MerkleTree.node(hash, second);
                while ((node & 1) == 0 && node != 0) {
                    node >>= 1;
                    last >>= 1;
                }
            } else {
                second = MerkleTree.node(second, hash);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && Arrays.equals(first, earlierRoot) && Arrays.equals(second, root);
    }
}
