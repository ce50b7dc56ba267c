package org.jabr.releases;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;

/** The files of a release by path; its hash is the SHA-256 over path and text of each file, in path order. */
record ReleaseContent(SortedMap<String, String> files) {

    ReleaseContent {
        files = new TreeMap<>(files);
    }

    String hash() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            files.forEach((path, text) -> {
                part(digest, path);
                part(digest, text);
            });
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The short name of the content, long enough not to meet another in any installation. */
    static String idOf(String hash) {
        return "r-" + hash.substring(0, 12);
    }

    /** Length first, so that no two different lists of files have the same bytes. */
    private static void part(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
    }
}
