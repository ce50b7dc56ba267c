package org.jabr.outside;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** How both sides know who calls: {@code sha256=HEX(HMAC-SHA256(secret, timestamp + "." + body))}. */
public final class Signature {

    /** When the call was signed, in seconds since 1970. */
    public static final String TIMESTAMP = "X-Jabr-Timestamp";

    public static final String HEADER = "X-Jabr-Signature";

    private static final String ALGORITHM = "HmacSHA256";
    private static final String PREFIX = "sha256=";

    private Signature() {}

    /** What stands in the header. */
    public static String of(String secret, String timestamp, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            mac.update((timestamp + ".").getBytes(StandardCharsets.UTF_8));
            return PREFIX + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has this signature", e);
        }
    }

    /** Whether a header is right; how long that takes says nothing about where it is wrong. */
    public static boolean matches(String said, String secret, String timestamp, byte[] body) {
        return MessageDigest.isEqual(
                of(secret, timestamp, body).getBytes(StandardCharsets.UTF_8), said.getBytes(StandardCharsets.UTF_8));
    }
}
