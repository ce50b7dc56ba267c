package org.jabr.customers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * How customers' keys stand in the database: wrapped under a key of the house that is kept in a file elsewhere (AES key
 * wrap, RFC 3394), so that the database alone reads nothing; as they are where there is no such file.
 */
@Component
class KeyWrap {

    private static final String PLAIN = "p:";
    private static final String WRAPPED = "w:";
    private static final String CIPHER = "AESWrap";

    private final @Nullable SecretKey house;

    KeyWrap(@Value("${jabr.privacy.key-file:}") String file) {
        this.house = file.isBlank() ? null : read(Path.of(file.strip()));
    }

    String close(long customerId, SecretKey key) {
        if (house == null) {
            return PLAIN + Base64.getEncoder().encodeToString(key.getEncoded());
        }
        try {
            Cipher cipher = Cipher.getInstance(CIPHER);
            cipher.init(Cipher.WRAP_MODE, house);
            return WRAPPED + Base64.getEncoder().encodeToString(cipher.wrap(key));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the key of customer " + customerId + " cannot be wrapped", e);
        }
    }

    SecretKey open(long customerId, String content) {
        if (content.startsWith(PLAIN)) {
            return new SecretKeySpec(Base64.getDecoder().decode(content.substring(PLAIN.length())), "AES");
        }
        if (house == null || !content.startsWith(WRAPPED)) {
            throw new IllegalStateException(
                    "the key of customer " + customerId + " is wrapped, and jabr.privacy.key-file names no key");
        }
        try {
            Cipher cipher = Cipher.getInstance(CIPHER);
            cipher.init(Cipher.UNWRAP_MODE, house);
            return (SecretKey) cipher.unwrap(
                    Base64.getDecoder().decode(content.substring(WRAPPED.length())), "AES", Cipher.SECRET_KEY);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "the key of customer " + customerId + " is wrapped under another key than jabr.privacy.key-file",
                    e);
        }
    }

    private static SecretKey read(Path file) {
        try {
            byte[] bytes = Base64.getMimeDecoder().decode(Files.readString(file).strip());
            if (bytes.length != 32) {
                throw new IllegalStateException(
                        "jabr.privacy.key-file has to hold 32 random bytes in base64, such as openssl rand -base64 32 makes");
            }
            return new SecretKeySpec(bytes, "AES");
        } catch (IOException e) {
            throw new UncheckedIOException("jabr.privacy.key-file cannot be read", e);
        }
    }
}
