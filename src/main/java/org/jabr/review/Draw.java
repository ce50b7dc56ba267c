package org.jabr.review;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A random draw that anybody can repeat, in any language: each member gets the SHA-256 of {@code seed:member}, and of each
 * stratum those with the smallest hashes are drawn. The same seed over the same members draws the same, whatever order
 * they come in, and a larger draw holds the smaller one.
 */
final class Draw {

    private Draw() {}

    /**
     * Shares a sample out over strata by their sizes (largest remainders, the first by name among equals), with one from
     * each at least where the sample suffices.
     *
     * @param strata how many there are in each; none is empty
     * @param size of the sample, at most all of them
     */
    static SortedMap<String, Integer> share(SortedMap<String, Integer> strata, int size) {
        long all = strata.values().stream().mapToLong(Integer::longValue).sum();
        if (size < 0 || size > all) {
            throw new IllegalArgumentException("a sample of %d from %d".formatted(size, all));
        }
        SortedMap<String, Integer> shares = new TreeMap<>();
        int least = size >= strata.size() ? 1 : 0;
        strata.forEach((name, members) -> shares.put(name, Math.max(least, (int) (size * (long) members / all))));
        long given = shares.values().stream().mapToLong(Integer::longValue).sum();
        while (given != size) {
            int step = given < size ? 1 : -1;
            String name = next(strata, shares, size, all, least, step);
            shares.merge(name, step, Integer::sum);
            given += step;
        }
        return shares;
    }

    /** Who is furthest below its due, or above it. */
    private static String next(
            SortedMap<String, Integer> strata, Map<String, Integer> shares, int size, long all, int least, int step) {
        String furthest = "";
        double most = Double.NEGATIVE_INFINITY;
        for (Map.Entry<String, Integer> stratum : strata.entrySet()) {
            int share = shares.getOrDefault(stratum.getKey(), 0);
            double off = step * ((double) size * stratum.getValue() / all - share);
            boolean may = step > 0 ? share < stratum.getValue() : share > least;
            if (may && off > most) {
                furthest = stratum.getKey();
                most = off;
            }
        }
        return furthest;
    }

    /** So many of these, in the order in which they were drawn. */
    static List<String> of(String seed, List<String> members, int size) {
        return members.stream()
                .map(member -> new Placed(place(seed, member), member))
                .sorted(Comparator.comparing(Placed::place).thenComparing(Placed::member))
                .limit(size)
                .map(Placed::member)
                .toList();
    }

    /** A member with its hash, which is worth making only once. */
    private record Placed(String place, String member) {}

    private static String place(String seed, String member) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest((seed + ":" + member).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
