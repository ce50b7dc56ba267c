package org.jabr.journal;

import java.util.Map;
import java.util.TreeMap;

/**
 * A signature under all entries up to one. Whoever has kept a seal outside can tell later whether any of them was changed.
 *
 * @param id counts the seals of an installation from 1
 * @param installation which house sealed it
 * @param size how many entries lie below it
 * @param root of their tree, in hexadecimal
 * @param at when, in UTC with milliseconds
 * @param key the public key (Ed25519, 32 bytes in hexadecimal)
 * @param signature Ed25519 over the canonical JSON of all the others, in hexadecimal
 */
public record Seal(long id, String installation, long size, String root, String at, String key, String signature) {

    /** What is signed. */
    String signed() {
        return CanonicalJson.of(parts());
    }

    /** The seal as one line of canonical JSON, as it is kept outside. */
    public String json() {
        Map<String, Object> parts = parts();
        parts.put("signature", signature);
        return CanonicalJson.of(parts);
    }

    private Map<String, Object> parts() {
        Map<String, Object> parts = new TreeMap<>();
        parts.put("id", id);
        parts.put("installation", installation);
        parts.put("size", size);
        parts.put("root", root);
        parts.put("at", at);
        parts.put("key", key);
        return parts;
    }

    boolean genuine() {
        return Signing.verifies(key, signed(), signature);
    }
}
