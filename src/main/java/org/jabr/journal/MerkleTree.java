package org.jabr.journal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The tree of hashes of RFC 9162, section 2.1, over leaves that are only ever added. It holds the roots of the whole
 * trees that the leaves so far fall into, the largest first: at most one for each bit of its size.
 */
final class MerkleTree {

    private static final HexFormat HEX = HexFormat.of();

    private final List<byte[]> peaks;
    private long size;

    MerkleTree() {
        this(0, List.of());
    }

    private MerkleTree(long size, List<byte[]> peaks) {
        if (Long.bitCount(size) != peaks.size()) {
            throw new IllegalArgumentException("A tree of " + size + " leaves has other peaks");
        }
        this.size = size;
        this.peaks = new ArrayList<>(peaks);
    }

    /** The tree that {@link #peaks()} wrote down. */
    static MerkleTree of(long size, String peaks) {
        List<byte[]> hashes = new ArrayList<>();
        for (String one : peaks.split(" ")) {
            if (!one.isEmpty()) {
                hashes.add(HEX.parseHex(one));
            }
        }
        return new MerkleTree(size, hashes);
    }

    /** What {@link #of} reads. */
    String peaks() {
        return String.join(" ", peaks.stream().map(HEX::formatHex).toList());
    }

    long size() {
        return size;
    }

    /** The hash of an entry, by the bytes of its canonical JSON. */
    static byte[] leaf(String entry) {
        return leaf(entry.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] leaf(byte[] entry) {
        return sha256((byte) 0, entry);
    }

    static byte[] node(byte[] left, byte[] right) {
        return sha256((byte) 1, left, right);
    }

    void add(byte[] leaf) {
        byte[] hash = leaf;
        for (long bits = size; (bits & 1) == 1; bits >>= 1) {
            hash = node(peaks.remove(peaks.size() - 1), hash);
        }
        peaks.add(hash);
        size++;
    }

    byte[] root() {
        if (peaks.isEmpty()) {
            return sha256();
        }
        return fold(peaks.size() - 1, peaks.get(peaks.size() - 1));
    }

    /** The root where some leaves follow that are fewer than each of these stands for, by their own root. */
    byte[] rootBefore(byte[] rest) {
        return fold(peaks.size(), rest);
    }

    private byte[] fold(int before, byte[] last) {
        byte[] root = last;
        for (int i = before - 1; i >= 0; i--) {
            root = node(peaks.get(i), root);
        }
        return root;
    }

    /** The root over some leaves. */
    static byte[] root(List<byte[]> leaves) {
        MerkleTree tree = new MerkleTree();
        leaves.forEach(tree::add);
        return tree.root();
    }

    /** The size of the left part of a tree: the largest power of two below its size. */
    static long split(long size) {
        return Long.highestOneBit(size - 1);
    }

    private static byte[] sha256(byte prefix, byte[]... parts) {
        MessageDigest digest = digest();
        digest.update(prefix);
        for (byte[] part : parts) {
            digest.update(part);
        }
        return digest.digest();
    }

    private static byte[] sha256() {
        return digest().digest();
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
