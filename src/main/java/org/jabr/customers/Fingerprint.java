package org.jabr.customers;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * Stands for a text where the text itself must not stand, and proves later that it was that text: SHA-256 over a random
 * salt and the text in UTF-8. Whoever has no salt cannot try out texts, so it tells nothing once the salt is erased.
 *
 * @param salt 16 random bytes, hexadecimal; kept beside the text and erased with it
 * @param hash 32 bytes, hexadecimal
 */
public record Fingerprint(String salt, String hash) {

    private static final int SALT_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Under a new salt. */
    public static Fingerprint of(String text) {
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        return of(HexFormat.of().formatHex(salt), text);
    }

    /** Under a salt that is known already. */
    public static Fingerprint of(String salt, String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(HexFormat.of().parseHex(salt));
            return new Fingerprint(
                    salt, HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8))));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
